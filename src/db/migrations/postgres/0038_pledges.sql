CREATE TABLE "pledge_rungs" (
	"campaign_id" text NOT NULL,
	"at_most" bigint NOT NULL,
	"units" integer NOT NULL,
	"buyers" integer NOT NULL,
	CONSTRAINT "pledge_rungs_campaign_id_at_most_pk" PRIMARY KEY("campaign_id","at_most")
);
--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "pledged_units" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "pledges_counted" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "pledgers_counted" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "preorders" ADD COLUMN "pledged" text;--> statement-breakpoint
ALTER TABLE "pledge_rungs" ADD CONSTRAINT "pledge_rungs_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "preorders_pledges" ON "preorders" USING btree ("campaign_id","buyer_key") WHERE "preorders"."pledged" is not null;