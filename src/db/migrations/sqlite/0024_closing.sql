ALTER TABLE `campaigns` ADD `closing` text DEFAULT 'atGoal' NOT NULL CONSTRAINT "campaigns_closing" CHECK("closing" in ('collect', 'atGoal', 'atRung'));--> statement-breakpoint
ALTER TABLE `campaigns` ADD `closing_units` integer;--> statement-breakpoint
ALTER TABLE `campaigns` ADD `collecting` integer DEFAULT false NOT NULL;
