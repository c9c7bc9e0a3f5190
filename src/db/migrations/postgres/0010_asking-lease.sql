ALTER TABLE "generations" ADD COLUMN "lease_token" text;--> statement-breakpoint
ALTER TABLE "generations" ADD COLUMN "leased_until" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "generations_asked" ON "generations" USING btree ("leased_until") WHERE "generations"."leased_until" is not null;--> statement-breakpoint
-- Calls that an earlier version left under way: their processes are gone, and the sweep settles them.
UPDATE "generations" SET "leased_until" = "created_at" WHERE "record"->>'outcome' = 'asked';
