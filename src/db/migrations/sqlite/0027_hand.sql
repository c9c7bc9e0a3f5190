CREATE TABLE `taken_pictures` (
	`file` text NOT NULL,
	`campaign_id` text NOT NULL,
	PRIMARY KEY(`file`, `campaign_id`),
	FOREIGN KEY (`campaign_id`) REFERENCES `campaigns`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `taken_pictures_of` ON `taken_pictures` (`campaign_id`);--> statement-breakpoint
CREATE TABLE `hand_acts` (
	`id` text PRIMARY KEY NOT NULL,
	`campaign_id` text NOT NULL,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`why` text NOT NULL,
	`reason` text NOT NULL,
	`what` text NOT NULL,
	`before` text NOT NULL,
	`sum` integer NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`due_at` integer,
	`decided_by` text,
	`decided_at` integer,
	`undone_by` text,
	`undone_at` integer,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaigns`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "hand_acts_kind" CHECK("hand_acts"."kind" in ('stop', 'take-down', 'pause', 'resume')),
	CONSTRAINT "hand_acts_state" CHECK("hand_acts"."state" in ('asked', 'refused', 'waiting', 'done', 'undone')),
	CONSTRAINT "hand_acts_why" CHECK("hand_acts"."why" in ('rights', 'quality', 'supply', 'price', 'demand', 'mistake', 'other'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `hand_acts_of` ON `hand_acts` (`campaign_id`,`id`);--> statement-breakpoint
CREATE INDEX `hand_acts_due` ON `hand_acts` (`due_at`) WHERE "hand_acts"."state" = 'waiting';--> statement-breakpoint
ALTER TABLE `campaigns` ADD `stopped_at` integer;--> statement-breakpoint
ALTER TABLE `campaigns` ADD `paused_at` integer;--> statement-breakpoint
ALTER TABLE `campaigns` ADD `taken_down_at` integer;--> statement-breakpoint
ALTER TABLE `campaigns` ADD `edition` integer DEFAULT 1 NOT NULL;