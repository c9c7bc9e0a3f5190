CREATE TABLE `portal_access` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`factory_id` text NOT NULL,
	`kind` text NOT NULL,
	`created_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`factory_id`) REFERENCES `factories`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "portal_access_kind" CHECK("portal_access"."kind" in ('session', 'link'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `portal_access_by_factory` ON `portal_access` (`factory_id`);--> statement-breakpoint
ALTER TABLE `preorders` ADD `origin` text;--> statement-breakpoint
ALTER TABLE `preorders` ADD `letter_after` integer;--> statement-breakpoint
CREATE INDEX `preorders_held` ON `preorders` (`letter_after`) WHERE "preorders"."letter_after" is not null;