CREATE TABLE `clearances` (
	`progress_id` text PRIMARY KEY NOT NULL,
	`reason` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`progress_id`) REFERENCES `progress`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `packings` (
	`order_id` text PRIMARY KEY NOT NULL,
	`numbered` integer DEFAULT 0 NOT NULL,
	`after` text DEFAULT '' NOT NULL,
	`filling` integer DEFAULT true NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`order_id`) REFERENCES `production_orders`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `packings_filling` ON `packings` (`order_id`) WHERE "packings"."filling";--> statement-breakpoint
CREATE TABLE `parcels` (
	`id` text PRIMARY KEY NOT NULL,
	`shipment_id` text NOT NULL,
	`carrier` text NOT NULL,
	`tracking_number` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`received_at` integer,
	FOREIGN KEY (`shipment_id`) REFERENCES `shipments`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `parcels_once` ON `parcels` (`shipment_id`,`carrier`,`tracking_number`);--> statement-breakpoint
CREATE INDEX `parcels_by_number` ON `parcels` (`tracking_number`);--> statement-breakpoint
CREATE TABLE `shipments` (
	`id` text PRIMARY KEY NOT NULL,
	`order_id` text NOT NULL,
	`preorder_id` text NOT NULL,
	`number` text NOT NULL,
	`state` text NOT NULL,
	`lines` text NOT NULL,
	`units` integer NOT NULL,
	`created_at` integer NOT NULL,
	`sent_at` integer,
	`ended_at` integer,
	FOREIGN KEY (`order_id`) REFERENCES `production_orders`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`preorder_id`) REFERENCES `preorders`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "shipments_state" CHECK("shipments"."state" in ('to-pack', 'short', 'sent', 'received', 'released'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `shipments_once` ON `shipments` (`preorder_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `shipments_number` ON `shipments` (`number`);--> statement-breakpoint
CREATE INDEX `shipments_of_order` ON `shipments` (`order_id`,`state`,`id`);
--> statement-breakpoint
INSERT INTO packings (order_id, created_at) SELECT id, coalesce(delivered_at, created_at) FROM production_orders WHERE state = 'delivered';
