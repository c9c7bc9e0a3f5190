ALTER TABLE "campaigns" ADD COLUMN "closing" text DEFAULT 'atGoal' NOT NULL;--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "closing_units" integer;--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "collecting" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_closing" CHECK ("campaigns"."closing" in ('collect', 'atGoal', 'atRung'));