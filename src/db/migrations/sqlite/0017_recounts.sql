CREATE TABLE `recounts` (
	`source_id` text NOT NULL,
	`part` text NOT NULL,
	`mark` text NOT NULL,
	PRIMARY KEY(`source_id`, `part`),
	FOREIGN KEY (`source_id`) REFERENCES `sources`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `items_of_week` ON `items` (`source_id`,`week`,`id`);