CREATE TABLE `preorder_changes` (
	`id` text PRIMARY KEY NOT NULL,
	`preorder_id` text NOT NULL,
	`lines` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`preorder_id`) REFERENCES `preorders`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `preorder_changes_of` ON `preorder_changes` (`preorder_id`,`id`);--> statement-breakpoint
CREATE INDEX `preorders_of_buyer` ON `preorders` (`buyer_key`,`id`) WHERE not "preorders"."letter_due";