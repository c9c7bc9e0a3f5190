ALTER TABLE `preorders` ADD `request_key` text;--> statement-breakpoint
CREATE UNIQUE INDEX `preorders_once` ON `preorders` (`request_key`);