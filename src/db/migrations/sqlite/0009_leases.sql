ALTER TABLE `factories` ADD `quiet_until` integer;--> statement-breakpoint
ALTER TABLE `messages` ADD `sequence` integer;--> statement-breakpoint
ALTER TABLE `messages` ADD `last_error` text;--> statement-breakpoint
CREATE UNIQUE INDEX `messages_sequence` ON `messages` (`factory_id`,`order_id`,`sequence`);