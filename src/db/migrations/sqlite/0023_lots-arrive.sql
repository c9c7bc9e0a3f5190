ALTER TABLE `lots` ADD `arrived_at` integer;--> statement-breakpoint
ALTER TABLE `lots` ADD `stands` text DEFAULT 'frozen' NOT NULL CONSTRAINT "lots_state" CHECK("stands" in ('frozen', 'arrived', 'fulfilled', 'called-off'));--> statement-breakpoint
UPDATE `lots` SET `stands` = `state`;--> statement-breakpoint
ALTER TABLE `lots` DROP COLUMN `state`;--> statement-breakpoint
ALTER TABLE `lots` RENAME COLUMN `stands` TO `state`;--> statement-breakpoint
UPDATE lots SET arrived_at = ended_at WHERE state = 'fulfilled';--> statement-breakpoint
UPDATE preorders SET state = 'in-lot', ended_at = NULL WHERE state = 'fulfilled' AND email <> 'erased@erased.invalid';--> statement-breakpoint
UPDATE lots SET state = 'arrived', ended_at = NULL WHERE state = 'fulfilled' AND EXISTS (SELECT 1 FROM preorders p WHERE p.campaign_id = lots.campaign_id AND p.lot = lots.number AND p.state IN ('confirmed', 'in-lot'));
