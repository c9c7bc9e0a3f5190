CREATE TABLE `sales_days` (
	`source_id` text NOT NULL,
	`day` text NOT NULL,
	`units` text NOT NULL,
	PRIMARY KEY(`source_id`, `day`),
	FOREIGN KEY (`source_id`) REFERENCES `sources`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;