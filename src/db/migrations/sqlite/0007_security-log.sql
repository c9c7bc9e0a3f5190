CREATE TABLE `security_head` (
	`id` text PRIMARY KEY NOT NULL,
	`seq` integer NOT NULL,
	`hash` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `security_log` (
	`seq` integer PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`act` text NOT NULL,
	`actor` text NOT NULL,
	`subject` text,
	`details` text NOT NULL,
	`previous` text NOT NULL,
	`hash` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `security_log_act` ON `security_log` (`act`,`seq`);--> statement-breakpoint
CREATE INDEX `security_log_actor` ON `security_log` (`actor`,`seq`);--> statement-breakpoint
CREATE INDEX `security_log_subject` ON `security_log` (`subject`,`seq`);
--> statement-breakpoint
CREATE TRIGGER `security_log_no_update` BEFORE UPDATE ON `security_log` BEGIN SELECT RAISE(ABORT, 'security_log is only added to'); END;
--> statement-breakpoint
CREATE TRIGGER `security_log_no_delete` BEFORE DELETE ON `security_log` BEGIN SELECT RAISE(ABORT, 'security_log is only added to'); END;
--> statement-breakpoint
CREATE TRIGGER `security_log_no_replace` BEFORE INSERT ON `security_log` WHEN EXISTS (SELECT 1 FROM `security_log` WHERE seq >= NEW.seq) BEGIN SELECT RAISE(ABORT, 'security_log is only added to'); END;
--> statement-breakpoint
INSERT INTO "security_head" ("id", "seq", "hash") VALUES ('head', 0, '0000000000000000000000000000000000000000000000000000000000000000');