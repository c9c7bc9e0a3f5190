CREATE TABLE "allowances" (
	"campaign_id" text NOT NULL,
	"buyer_key" text NOT NULL,
	"units" integer NOT NULL,
	CONSTRAINT "allowances_campaign_id_buyer_key_pk" PRIMARY KEY("campaign_id","buyer_key")
);
--> statement-breakpoint
ALTER TABLE "hand_acts" DROP CONSTRAINT "hand_acts_kind";--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "words" jsonb;--> statement-breakpoint
ALTER TABLE "lots" ADD COLUMN "act_id" text;--> statement-breakpoint
ALTER TABLE "allowances" ADD CONSTRAINT "allowances_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hand_acts" ADD CONSTRAINT "hand_acts_kind" CHECK ("hand_acts"."kind" in ('stop', 'take-down', 'pause', 'resume', 'dates', 'words', 'cap', 'dispatch', 'quote', 'message'));