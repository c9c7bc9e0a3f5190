ALTER TABLE `generations` ADD `lease_token` text;--> statement-breakpoint
ALTER TABLE `generations` ADD `leased_until` integer;--> statement-breakpoint
CREATE INDEX `generations_asked` ON `generations` (`leased_until`) WHERE "generations"."leased_until" is not null;--> statement-breakpoint
-- Calls that an earlier version left under way: their processes are gone, and the sweep settles them.
UPDATE `generations` SET `leased_until` = `created_at` WHERE json_extract(`record`, '$.outcome') = 'asked';
