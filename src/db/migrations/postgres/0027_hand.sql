CREATE TABLE "taken_pictures" (
	"file" text NOT NULL,
	"campaign_id" text NOT NULL,
	CONSTRAINT "taken_pictures_file_campaign_id_pk" PRIMARY KEY("file","campaign_id")
);
--> statement-breakpoint
CREATE TABLE "hand_acts" (
	"id" text PRIMARY KEY NOT NULL,
	"campaign_id" text NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"why" text NOT NULL,
	"reason" text NOT NULL,
	"what" jsonb NOT NULL,
	"before" jsonb NOT NULL,
	"sum" bigint NOT NULL,
	"by" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone,
	"decided_by" text,
	"decided_at" timestamp (3) with time zone,
	"undone_by" text,
	"undone_at" timestamp (3) with time zone,
	CONSTRAINT "hand_acts_kind" CHECK ("hand_acts"."kind" in ('stop', 'take-down', 'pause', 'resume')),
	CONSTRAINT "hand_acts_state" CHECK ("hand_acts"."state" in ('asked', 'refused', 'waiting', 'done', 'undone')),
	CONSTRAINT "hand_acts_why" CHECK ("hand_acts"."why" in ('rights', 'quality', 'supply', 'price', 'demand', 'mistake', 'other'))
);
--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "stopped_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "paused_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "taken_down_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "edition" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "taken_pictures" ADD CONSTRAINT "taken_pictures_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hand_acts" ADD CONSTRAINT "hand_acts_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "taken_pictures_of" ON "taken_pictures" USING btree ("campaign_id");--> statement-breakpoint
CREATE INDEX "hand_acts_of" ON "hand_acts" USING btree ("campaign_id","id");--> statement-breakpoint
CREATE INDEX "hand_acts_due" ON "hand_acts" USING btree ("due_at") WHERE "hand_acts"."state" = 'waiting';