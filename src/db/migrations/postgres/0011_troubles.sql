ALTER TABLE "deliveries" ADD COLUMN "about" text;--> statement-breakpoint
ALTER TABLE "deliveries" ADD COLUMN "trouble" jsonb;--> statement-breakpoint
CREATE INDEX "deliveries_about" ON "deliveries" USING btree ("about") WHERE "deliveries"."state" = 'parked';