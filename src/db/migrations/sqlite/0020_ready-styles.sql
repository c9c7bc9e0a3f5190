CREATE TABLE `ready_styles` (
	`id` text PRIMARY KEY NOT NULL,
	`campaign_id` text NOT NULL,
	`style_id` text NOT NULL,
	`style_version` integer NOT NULL,
	`made_from` text NOT NULL,
	`file` text NOT NULL,
	`likely` text NOT NULL,
	`rounds` integer NOT NULL,
	`made_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `ready_styles_once` ON `ready_styles` (`style_id`,`style_version`);--> statement-breakpoint
CREATE INDEX `ready_styles_open` ON `ready_styles` (`rounds`,`made_at`);