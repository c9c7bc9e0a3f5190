CREATE TABLE "partner_terms" (
	"id" text PRIMARY KEY NOT NULL,
	"partner_id" text NOT NULL,
	"campaign_id" text,
	"commission" integer,
	"price" bigint,
	"from_at" timestamp (3) with time zone NOT NULL,
	"by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "partners" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"contact_name" text,
	"contact_email" text NOT NULL,
	"code" text NOT NULL,
	"key_hash" text NOT NULL,
	"key_prefix" text NOT NULL,
	"key_made_at" timestamp (3) with time zone NOT NULL,
	"trusted" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"stopped_at" timestamp (3) with time zone,
	CONSTRAINT "partners_kind" CHECK ("partners"."kind" in ('channel', 'chain-leader', 'group-buyer'))
);
--> statement-breakpoint
ALTER TABLE "preorders" ADD COLUMN "partner_id" text;--> statement-breakpoint
ALTER TABLE "partner_terms" ADD CONSTRAINT "partner_terms_partner_id_partners_id_fk" FOREIGN KEY ("partner_id") REFERENCES "partners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "partner_terms" ADD CONSTRAINT "partner_terms_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "partner_terms_of" ON "partner_terms" USING btree ("partner_id","from_at");--> statement-breakpoint
CREATE UNIQUE INDEX "partners_code" ON "partners" USING btree ("code");--> statement-breakpoint
CREATE UNIQUE INDEX "partners_key" ON "partners" USING btree ("key_hash");--> statement-breakpoint
ALTER TABLE "preorders" ADD CONSTRAINT "preorders_partner_id_partners_id_fk" FOREIGN KEY ("partner_id") REFERENCES "partners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "preorders_of_partner" ON "preorders" USING btree ("partner_id","id") WHERE "preorders"."partner_id" is not null;--> statement-breakpoint
CREATE INDEX "preorders_of_partner_in" ON "preorders" USING btree ("partner_id","campaign_id") WHERE "preorders"."partner_id" is not null;