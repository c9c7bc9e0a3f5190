CREATE TABLE `pledge_rungs` (
	`campaign_id` text NOT NULL,
	`at_most` integer NOT NULL,
	`units` integer NOT NULL,
	`buyers` integer NOT NULL,
	PRIMARY KEY(`campaign_id`, `at_most`),
	FOREIGN KEY (`campaign_id`) REFERENCES `campaigns`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
ALTER TABLE `campaigns` ADD `pledged_units` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `campaigns` ADD `pledges_counted` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `campaigns` ADD `pledgers_counted` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `preorders` ADD `pledged` text;--> statement-breakpoint
CREATE INDEX `preorders_pledges` ON `preorders` (`campaign_id`,`buyer_key`) WHERE "preorders"."pledged" is not null;