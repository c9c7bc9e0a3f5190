CREATE TABLE `codes` (
	`preorder_id` text PRIMARY KEY NOT NULL,
	`proof` text NOT NULL,
	`tries` integer DEFAULT 0 NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`preorder_id`) REFERENCES `preorders`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
ALTER TABLE `campaigns` ADD `verification` text CONSTRAINT "campaigns_verification" CHECK("verification" in ('email', 'sms', 'any', 'trusted'));