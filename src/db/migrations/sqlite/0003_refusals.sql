CREATE TABLE `refusals` (
	`request_key` text PRIMARY KEY NOT NULL,
	`body_hash` text NOT NULL,
	`status` integer NOT NULL,
	`response` text NOT NULL,
	`created_at` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `refusals` SELECT request_key(`actor`, `route`, `key`), `body_hash`, `status`, `response`, `created_at` FROM `idempotency`;--> statement-breakpoint
CREATE INDEX `refusals_age` ON `refusals` (`created_at`);--> statement-breakpoint
DROP TABLE `idempotency`;