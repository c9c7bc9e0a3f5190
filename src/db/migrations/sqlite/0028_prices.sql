ALTER TABLE `campaigns` ADD `pricing` text DEFAULT 'total' NOT NULL CONSTRAINT "campaigns_pricing" CHECK("pricing" in ('lot', 'total'));--> statement-breakpoint
ALTER TABLE `campaigns` ADD `later_ladder` text;
