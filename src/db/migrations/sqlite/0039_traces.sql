CREATE TABLE `traces` (
	`preorder_id` text PRIMARY KEY NOT NULL,
	`network` text,
	`address` text,
	`placed_at` integer NOT NULL,
	FOREIGN KEY (`preorder_id`) REFERENCES `preorders`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `traces_by_age` ON `traces` (`placed_at`);