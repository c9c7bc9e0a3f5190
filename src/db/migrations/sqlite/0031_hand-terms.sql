CREATE TABLE `allowances` (
	`campaign_id` text NOT NULL,
	`buyer_key` text NOT NULL,
	`units` integer NOT NULL,
	PRIMARY KEY(`campaign_id`, `buyer_key`),
	FOREIGN KEY (`campaign_id`) REFERENCES `campaigns`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_hand_acts` (
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
	CONSTRAINT "hand_acts_kind" CHECK("__new_hand_acts"."kind" in ('stop', 'take-down', 'pause', 'resume', 'dates', 'words', 'cap', 'dispatch', 'quote', 'message')),
	CONSTRAINT "hand_acts_state" CHECK("__new_hand_acts"."state" in ('asked', 'refused', 'waiting', 'done', 'undone')),
	CONSTRAINT "hand_acts_why" CHECK("__new_hand_acts"."why" in ('rights', 'quality', 'supply', 'price', 'demand', 'mistake', 'other'))
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_hand_acts`("id", "campaign_id", "kind", "state", "why", "reason", "what", "before", "sum", "by", "at", "due_at", "decided_by", "decided_at", "undone_by", "undone_at") SELECT "id", "campaign_id", "kind", "state", "why", "reason", "what", "before", "sum", "by", "at", "due_at", "decided_by", "decided_at", "undone_by", "undone_at" FROM `hand_acts`;--> statement-breakpoint
DROP TABLE `hand_acts`;--> statement-breakpoint
ALTER TABLE `__new_hand_acts` RENAME TO `hand_acts`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE INDEX `hand_acts_of` ON `hand_acts` (`campaign_id`,`id`);--> statement-breakpoint
CREATE INDEX `hand_acts_due` ON `hand_acts` (`due_at`) WHERE "hand_acts"."state" = 'waiting';--> statement-breakpoint
ALTER TABLE `campaigns` ADD `words` text;--> statement-breakpoint
ALTER TABLE `lots` ADD `act_id` text;