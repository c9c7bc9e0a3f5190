CREATE TABLE `word_acts` (
	`id` text PRIMARY KEY NOT NULL,
	`word_id` text NOT NULL,
	`act` text NOT NULL,
	`by` text NOT NULL,
	`reason` text,
	`before` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`word_id`) REFERENCES `words`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `word_acts_by_word` ON `word_acts` (`word_id`,`id`);--> statement-breakpoint
CREATE TABLE `word_weeks` (
	`source_id` text NOT NULL,
	`week` text NOT NULL,
	`items` integer NOT NULL,
	`said` text NOT NULL,
	PRIMARY KEY(`source_id`, `week`),
	FOREIGN KEY (`source_id`) REFERENCES `sources`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `word_weeks_by_week` ON `word_weeks` (`week`);--> statement-breakpoint
CREATE TABLE `words` (
	`id` text PRIMARY KEY NOT NULL,
	`word` text NOT NULL,
	`origin` text NOT NULL,
	`state` text NOT NULL,
	`meaning` text,
	`into` text,
	`burst` real,
	`confidence` real,
	`lift` real,
	`rise` real,
	`week` text,
	`first_week` text,
	`evidence` text NOT NULL,
	`version` integer NOT NULL,
	`updated_at` integer NOT NULL,
	CONSTRAINT "words_state" CHECK("words"."state" in ('new', 'accepted', 'merged', 'dismissed'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `words_once` ON `words` (`word`);--> statement-breakpoint
CREATE INDEX `words_by_state` ON `words` (`state`,`week`);--> statement-breakpoint
ALTER TABLE `trends` ADD `word` text;