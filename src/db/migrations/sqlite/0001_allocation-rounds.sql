DROP INDEX `allocations_once`;--> statement-breakpoint
ALTER TABLE `allocations` ADD `round` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `allocations_once` ON `allocations` (`order_id`,`round`);