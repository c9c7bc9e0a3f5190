CREATE TABLE "style_cards" (
	"style_id" text NOT NULL,
	"version" integer NOT NULL,
	"card" jsonb NOT NULL,
	CONSTRAINT "style_cards_style_id_version_pk" PRIMARY KEY("style_id","version")
);
--> statement-breakpoint
CREATE INDEX "mails_sent" ON "mails" USING btree ("id") WHERE "mails"."state" = 'sent';--> statement-breakpoint
CREATE INDEX "campaigns_on_sale" ON "campaigns" USING btree ("id") WHERE "campaigns"."state" in ('open', 'dispatching');
--> statement-breakpoint
INSERT INTO "style_cards" ("style_id", "version", "card")
SELECT v."style_id", v."version", jsonb_build_object(
	'names', v."spec" -> 'names',
	'colourways', (SELECT coalesce(jsonb_agg(jsonb_build_object(
		'id', c.value -> 'id',
		'name', c.value -> 'name',
		'colours', (SELECT coalesce(jsonb_object_agg(r.key, r.value), '{}') FROM jsonb_each(c.value -> 'colours') r WHERE r.key IN ('shell', 'contrast', 'button'))
	) ORDER BY c.ordinality), '[]') FROM jsonb_array_elements(v."spec" -> 'colourways') WITH ORDINALITY c),
	'front', (SELECT coalesce(jsonb_agg(p.value ORDER BY p.ordinality), '[]') FROM jsonb_array_elements(v."pictures") WITH ORDINALITY p
		WHERE p.value ->> 'view' = 'front' AND p.value ->> 'colourway' =
			(SELECT f.value ->> 'colourway' FROM jsonb_array_elements(v."pictures") WITH ORDINALITY f WHERE f.value ->> 'view' = 'front' ORDER BY f.ordinality LIMIT 1)),
	'pictures', jsonb_array_length(v."pictures"))
FROM "style_versions" v;
