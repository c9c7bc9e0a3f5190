ALTER TABLE `mails` ADD `about` text;--> statement-breakpoint
CREATE INDEX `mails_parked` ON `mails` (`about`) WHERE "mails"."state" = 'parked';