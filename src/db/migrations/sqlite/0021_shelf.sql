DROP INDEX `campaigns_on_sale`;--> statement-breakpoint
CREATE INDEX `campaigns_on_sale` ON `campaigns` (("state" = 'open' or "state" = 'dispatching'),`id`);--> statement-breakpoint
ALTER TABLE `style_cards` ADD `pictures` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `style_cards_pictures` ON `style_cards` (`style_id`,`version`,`pictures`);--> statement-breakpoint
UPDATE `style_cards` SET `pictures` = json_extract(`card`, '$.pictures');
