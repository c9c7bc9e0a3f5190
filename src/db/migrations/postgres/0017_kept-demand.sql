CREATE TABLE "demand_cells" (
	"campaign_id" text NOT NULL,
	"lot" integer NOT NULL,
	"colourway" text NOT NULL,
	"size" text NOT NULL,
	"shown_price" bigint NOT NULL,
	"units" integer NOT NULL,
	CONSTRAINT "demand_cells_campaign_id_lot_colourway_size_shown_price_pk" PRIMARY KEY("campaign_id","lot","colourway","size","shown_price")
);
--> statement-breakpoint
CREATE TABLE "demand_hours" (
	"campaign_id" text NOT NULL,
	"hour" timestamp (3) with time zone NOT NULL,
	"lot" integer NOT NULL,
	"orders" integer NOT NULL,
	"units" integer NOT NULL,
	CONSTRAINT "demand_hours_campaign_id_hour_lot_pk" PRIMARY KEY("campaign_id","hour","lot")
);
--> statement-breakpoint
CREATE TABLE "releases" (
	"campaign_id" text PRIMARY KEY NOT NULL,
	"after" text DEFAULT '' NOT NULL,
	"done" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
DROP INDEX "preorders_by_campaign";--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "sold_orders" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "sold_units" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "campaign_buyers" ADD COLUMN "lot" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "lots" ADD COLUMN "state" text DEFAULT 'frozen' NOT NULL;--> statement-breakpoint
ALTER TABLE "lots" ADD COLUMN "ended_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "lots" ADD COLUMN "following" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "demand_cells" ADD CONSTRAINT "demand_cells_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "demand_hours" ADD CONSTRAINT "demand_hours_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "releases" ADD CONSTRAINT "releases_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "campaigns_in_state" ON "campaigns" USING btree ("state","id");--> statement-breakpoint
CREATE INDEX "campaigns_ended" ON "campaigns" USING btree ("ended_at") WHERE "campaigns"."ended_at" is not null;--> statement-breakpoint
CREATE INDEX "lots_following" ON "lots" USING btree ("id") WHERE "lots"."following";--> statement-breakpoint
CREATE INDEX "preorders_in_campaign" ON "preorders" USING btree ("campaign_id","id");--> statement-breakpoint
CREATE INDEX "preorders_in_lot" ON "preorders" USING btree ("campaign_id","lot","state","id") WHERE "preorders"."lot" is not null;--> statement-breakpoint
ALTER TABLE "lots" ADD CONSTRAINT "lots_state" CHECK ("lots"."state" in ('frozen', 'fulfilled', 'called-off'));--> statement-breakpoint
UPDATE preorders SET lot = (SELECT c.lot FROM campaigns c WHERE c.id = preorders.campaign_id) WHERE state = 'confirmed';--> statement-breakpoint
UPDATE campaign_buyers SET lot = (SELECT c.lot FROM campaigns c WHERE c.id = campaign_buyers.campaign_id);--> statement-breakpoint
UPDATE lots SET state = 'fulfilled', ended_at = (SELECT max(p.ended_at) FROM preorders p WHERE p.campaign_id = lots.campaign_id AND p.lot = lots.number AND p.state = 'fulfilled') WHERE EXISTS (SELECT 1 FROM preorders p WHERE p.campaign_id = lots.campaign_id AND p.lot = lots.number AND p.state = 'fulfilled');--> statement-breakpoint
UPDATE lots SET state = 'called-off', ended_at = (SELECT max(p.ended_at) FROM preorders p WHERE p.campaign_id = lots.campaign_id AND p.lot = lots.number AND p.state = 'released') WHERE EXISTS (SELECT 1 FROM preorders p WHERE p.campaign_id = lots.campaign_id AND p.lot = lots.number AND p.state = 'released');--> statement-breakpoint
INSERT INTO demand_cells (campaign_id, lot, colourway, size, shown_price, units)
SELECT p.campaign_id, CASE WHEN p.state = 'pending' THEN 0 ELSE coalesce(p.lot, c.lot) END, line ->> 'colourway', line ->> 'size', p.shown_price, sum((line ->> 'quantity')::integer)
FROM preorders p JOIN campaigns c ON c.id = p.campaign_id CROSS JOIN jsonb_array_elements(p.lines) as line
WHERE p.state IN ('confirmed', 'in-lot', 'fulfilled') OR (p.state = 'pending' AND not p.letter_due) OR (p.state = 'released' AND p.confirmed_at IS NOT NULL)
GROUP BY 1, 2, 3, 4, 5;--> statement-breakpoint
INSERT INTO demand_hours (campaign_id, hour, lot, orders, units)
SELECT p.campaign_id, date_trunc('hour', p.confirmed_at at time zone 'UTC') at time zone 'UTC', coalesce(p.lot, c.lot), count(*), sum(p.units)
FROM preorders p JOIN campaigns c ON c.id = p.campaign_id
WHERE p.confirmed_at IS NOT NULL AND p.state <> 'cancelled'
GROUP BY 1, 2, 3;--> statement-breakpoint
UPDATE campaigns SET sold_orders = (SELECT coalesce(sum(h.orders), 0) FROM demand_hours h WHERE h.campaign_id = campaigns.id), sold_units = (SELECT coalesce(sum(h.units), 0) FROM demand_hours h WHERE h.campaign_id = campaigns.id);

--> statement-breakpoint
CREATE TABLE "recounts" (
	"source_id" text NOT NULL,
	"part" text NOT NULL,
	"mark" text NOT NULL,
	CONSTRAINT "recounts_source_id_part_pk" PRIMARY KEY("source_id","part")
);
--> statement-breakpoint
ALTER TABLE "recounts" ADD CONSTRAINT "recounts_source_id_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "sources"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "items_of_week" ON "items" USING btree ("source_id","week","id");