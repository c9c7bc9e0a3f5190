CREATE TABLE `style_cards` (
	`style_id` text NOT NULL,
	`version` integer NOT NULL,
	`card` text NOT NULL,
	PRIMARY KEY(`style_id`, `version`)
) STRICT;
--> statement-breakpoint
CREATE INDEX `mails_sent` ON `mails` (`id`) WHERE "mails"."state" = 'sent';--> statement-breakpoint
CREATE INDEX `campaigns_on_sale` ON `campaigns` (`id`) WHERE "campaigns"."state" in ('open', 'dispatching');
--> statement-breakpoint
INSERT INTO `style_cards` (`style_id`, `version`, `card`)
SELECT v.`style_id`, v.`version`, json_object(
	'names', json_extract(v.`spec`, '$.names'),
	'colourways', (SELECT json_group_array(json_object(
		'id', json_extract(c.value, '$.id'),
		'name', json_extract(c.value, '$.name'),
		'colours', (SELECT json_group_object(r.key, r.value) FROM json_each(c.value, '$.colours') r WHERE r.key IN ('shell', 'contrast', 'button'))
	)) FROM json_each(v.`spec`, '$.colourways') c),
	'front', (SELECT json_group_array(json(p.value)) FROM json_each(v.`pictures`) p
		WHERE json_extract(p.value, '$.view') = 'front' AND json_extract(p.value, '$.colourway') =
			(SELECT json_extract(f.value, '$.colourway') FROM json_each(v.`pictures`) f WHERE json_extract(f.value, '$.view') = 'front' ORDER BY f.key LIMIT 1)),
	'pictures', json_array_length(v.`pictures`))
FROM `style_versions` v;
