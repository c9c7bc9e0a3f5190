CREATE TABLE `partner_terms` (
	`id` text PRIMARY KEY NOT NULL,
	`partner_id` text NOT NULL,
	`campaign_id` text,
	`commission` integer,
	`price` integer,
	`from_at` integer NOT NULL,
	`by` text NOT NULL,
	FOREIGN KEY (`partner_id`) REFERENCES `partners`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaigns`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `partner_terms_of` ON `partner_terms` (`partner_id`,`from_at`);--> statement-breakpoint
CREATE TABLE `partners` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`kind` text NOT NULL,
	`contact_name` text,
	`contact_email` text NOT NULL,
	`code` text NOT NULL,
	`key_hash` text NOT NULL,
	`key_prefix` text NOT NULL,
	`key_made_at` integer NOT NULL,
	`trusted` integer DEFAULT false NOT NULL,
	`created_at` integer NOT NULL,
	`stopped_at` integer,
	CONSTRAINT "partners_kind" CHECK("partners"."kind" in ('channel', 'chain-leader', 'group-buyer'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `partners_code` ON `partners` (`code`);--> statement-breakpoint
CREATE UNIQUE INDEX `partners_key` ON `partners` (`key_hash`);--> statement-breakpoint
ALTER TABLE `preorders` ADD `partner_id` text REFERENCES partners(id);--> statement-breakpoint
CREATE INDEX `preorders_of_partner` ON `preorders` (`partner_id`,`id`) WHERE "preorders"."partner_id" is not null;--> statement-breakpoint
CREATE INDEX `preorders_of_partner_in` ON `preorders` (`partner_id`,`campaign_id`) WHERE "preorders"."partner_id" is not null;