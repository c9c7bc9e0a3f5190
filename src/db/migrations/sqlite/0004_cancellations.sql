CREATE TABLE `cancellations` (
	`id` text PRIMARY KEY NOT NULL,
	`order_id` text NOT NULL,
	`offer_id` text NOT NULL,
	`factory_id` text NOT NULL,
	`side` text NOT NULL,
	`state` text NOT NULL,
	`reason` text NOT NULL,
	`follow` text,
	`request_id` text,
	`asked_by` text NOT NULL,
	`asked_at` integer NOT NULL,
	`answer` text,
	`answered_by` text,
	`answered_at` integer,
	`promised_before` integer,
	`promised_after` integer,
	FOREIGN KEY (`order_id`) REFERENCES `production_orders`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`offer_id`) REFERENCES `offers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`factory_id`) REFERENCES `factories`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "cancellations_side" CHECK("cancellations"."side" in ('house', 'factory')),
	CONSTRAINT "cancellations_state" CHECK("cancellations"."state" in ('asked', 'agreed', 'refused', 'withdrawn')),
	CONSTRAINT "cancellations_follow" CHECK("cancellations"."follow" is null or "cancellations"."follow" in ('replace', 'release'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `cancellations_one_open` ON `cancellations` (`order_id`) WHERE "cancellations"."state" = 'asked';--> statement-breakpoint
CREATE UNIQUE INDEX `cancellations_once` ON `cancellations` (`offer_id`) WHERE "cancellations"."state" = 'agreed';--> statement-breakpoint
CREATE UNIQUE INDEX `cancellations_request` ON `cancellations` (`order_id`,`request_id`) WHERE "cancellations"."request_id" is not null;--> statement-breakpoint
CREATE INDEX `cancellations_by_order` ON `cancellations` (`order_id`,`id`);--> statement-breakpoint
CREATE INDEX `cancellations_by_factory` ON `cancellations` (`factory_id`,`state`);--> statement-breakpoint
DROP INDEX `progress_once`;--> statement-breakpoint
ALTER TABLE `progress` ADD `placement` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `progress_once` ON `progress` (`order_id`,`placement`,`report_id`);--> statement-breakpoint
ALTER TABLE `production_orders` ADD `placement` integer DEFAULT 1 NOT NULL;