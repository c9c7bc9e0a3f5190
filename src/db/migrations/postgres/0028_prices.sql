ALTER TABLE "campaigns" ADD COLUMN "pricing" text DEFAULT 'total' NOT NULL;--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "later_ladder" jsonb;--> statement-breakpoint
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_pricing" CHECK ("campaigns"."pricing" in ('lot', 'total'));