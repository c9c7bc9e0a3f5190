CREATE TABLE `returns` (
	`id` text PRIMARY KEY NOT NULL,
	`order_id` text NOT NULL,
	`shipment_id` text NOT NULL,
	`preorder_id` text NOT NULL,
	`style_id` text NOT NULL,
	`state` text NOT NULL,
	`kind` text NOT NULL,
	`reason` text NOT NULL,
	`fits` text NOT NULL,
	`lines` text NOT NULL,
	`want` text NOT NULL,
	`words` text,
	`answer` text,
	`asked_at` integer NOT NULL,
	`decided_by` text,
	`decided_at` integer,
	`back_at` integer,
	`good` integer,
	`again_id` text,
	`carrier` text,
	`tracking_number` text,
	`ended_at` integer,
	FOREIGN KEY (`order_id`) REFERENCES `production_orders`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`shipment_id`) REFERENCES `shipments`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`preorder_id`) REFERENCES `preorders`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "returns_state" CHECK("returns"."state" in ('asked', 'declined', 'accepted', 'returned', 'to-send', 'sent', 'next-lot', 'no-exchange')),
	CONSTRAINT "returns_kind" CHECK("returns"."kind" in ('return', 'exchange')),
	CONSTRAINT "returns_reason" CHECK("returns"."reason" in ('size', 'colour', 'quality', 'mind'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `returns_of_preorder` ON `returns` (`preorder_id`);--> statement-breakpoint
CREATE INDEX `returns_of_order` ON `returns` (`order_id`);--> statement-breakpoint
CREATE INDEX `returns_of_style` ON `returns` (`style_id`,`id`);--> statement-breakpoint
CREATE INDEX `returns_by_state` ON `returns` (`state`,`id`);