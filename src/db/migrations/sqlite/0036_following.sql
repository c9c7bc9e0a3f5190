CREATE TABLE `preference_evidence` (
	`style_id` text NOT NULL,
	`kind` text NOT NULL,
	`attributes` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`style_id`, `kind`),
	FOREIGN KEY (`style_id`) REFERENCES `styles`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "preference_evidence_kind" CHECK("preference_evidence"."kind" in ('approved', 'rejected', 'sold', 'unsold'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `preference_evidence_by_time` ON `preference_evidence` (`at`);--> statement-breakpoint
CREATE TABLE `unfollowed_trends` (
	`month` text NOT NULL,
	`term` text NOT NULL,
	`label` text NOT NULL,
	`missing` text NOT NULL,
	`missing_label` text NOT NULL,
	`why` text NOT NULL,
	`refused` integer DEFAULT 0 NOT NULL,
	`seen_at` integer NOT NULL,
	PRIMARY KEY(`month`, `term`)
) STRICT;