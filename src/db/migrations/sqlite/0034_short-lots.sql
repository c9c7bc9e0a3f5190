CREATE TABLE `counts` (
	`order_id` text PRIMARY KEY NOT NULL,
	`edition` integer NOT NULL,
	`step` text NOT NULL,
	`after_at` integer,
	`after` text DEFAULT '' NOT NULL,
	`note` text,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`order_id`) REFERENCES `production_orders`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "counts_step" CHECK("counts"."step" in ('told', 'serving', 'keeping', 'done'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `counts_unsettled` ON `counts` (`order_id`) WHERE "counts"."step" <> 'done';--> statement-breakpoint
CREATE TABLE `pieces` (
	`order_id` text NOT NULL,
	`colourway` text NOT NULL,
	`size` text NOT NULL,
	`ordered` integer NOT NULL,
	`came` integer NOT NULL,
	`spare` integer NOT NULL,
	PRIMARY KEY(`order_id`, `colourway`, `size`),
	FOREIGN KEY (`order_id`) REFERENCES `production_orders`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
ALTER TABLE `shipments` ADD `chosen` text;--> statement-breakpoint
ALTER TABLE `shipments` ADD `answer_by` integer;--> statement-breakpoint
CREATE INDEX `shipments_unanswered` ON `shipments` (`answer_by`) WHERE "shipments"."answer_by" is not null;