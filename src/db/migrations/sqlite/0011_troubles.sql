ALTER TABLE `deliveries` ADD `about` text;--> statement-breakpoint
ALTER TABLE `deliveries` ADD `trouble` text;--> statement-breakpoint
CREATE INDEX `deliveries_about` ON `deliveries` (`about`) WHERE "deliveries"."state" = 'parked';