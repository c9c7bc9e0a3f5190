CREATE TABLE `tallies` (
	`what` text NOT NULL,
	`state` text NOT NULL,
	`shard` integer NOT NULL,
	`n` integer NOT NULL,
	PRIMARY KEY(`what`, `state`, `shard`)
) STRICT, WITHOUT ROWID;