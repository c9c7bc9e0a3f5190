CREATE TABLE `tickets` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`purpose` text NOT NULL,
	`user_id` text NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "tickets_purpose" CHECK("tickets"."purpose" in ('code', 'reset'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `tickets_by_user` ON `tickets` (`user_id`);--> statement-breakpoint
DELETE FROM `sessions`;--> statement-breakpoint
CREATE TABLE `__new_users` (
	`id` text PRIMARY KEY NOT NULL,
	`email` text NOT NULL,
	`name` text NOT NULL,
	`role` text NOT NULL,
	`password_hash` text NOT NULL,
	`second_factor` text,
	`second_factor_step` integer,
	`recovery_hashes` text,
	`lang` text NOT NULL,
	`created_at` integer NOT NULL,
	`disabled_at` integer,
	CONSTRAINT "users_role" CHECK("__new_users"."role" in ('viewer', 'merchandiser', 'manager', 'admin'))
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_users`("id", "email", "name", "role", "password_hash", "second_factor", "second_factor_step", "recovery_hashes", "lang", "created_at", "disabled_at") SELECT "id", "email", "name", CASE "role" WHEN 'operator' THEN 'admin' ELSE "role" END, "password_hash", NULL, NULL, NULL, "lang", "created_at", "disabled_at" FROM `users`;--> statement-breakpoint
DROP TABLE `users`;--> statement-breakpoint
ALTER TABLE `__new_users` RENAME TO `users`;--> statement-breakpoint
CREATE UNIQUE INDEX `users_email` ON `users` (`email`);--> statement-breakpoint
ALTER TABLE `api_keys` ADD `expires_at` integer;--> statement-breakpoint
ALTER TABLE `api_keys` ADD `last_used_at` integer;--> statement-breakpoint
ALTER TABLE `api_keys` ADD `per_minute` integer;--> statement-breakpoint
ALTER TABLE `sessions` ADD `confirmed_at` integer;--> statement-breakpoint
ALTER TABLE `sessions` ADD `agent` text;--> statement-breakpoint
ALTER TABLE `sessions` ADD `network` text;
--> statement-breakpoint
UPDATE `api_keys` SET `scopes` = json_insert(`scopes`, '$[#]', 'people') WHERE `scopes` LIKE '%"read"%';
