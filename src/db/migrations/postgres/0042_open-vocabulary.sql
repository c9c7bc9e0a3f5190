CREATE TABLE "word_acts" (
	"id" text PRIMARY KEY NOT NULL,
	"word_id" text NOT NULL,
	"act" text NOT NULL,
	"by" text NOT NULL,
	"reason" text,
	"before" jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "word_weeks" (
	"source_id" text NOT NULL,
	"week" text NOT NULL,
	"items" integer NOT NULL,
	"said" jsonb NOT NULL,
	CONSTRAINT "word_weeks_source_id_week_pk" PRIMARY KEY("source_id","week")
);
--> statement-breakpoint
CREATE TABLE "words" (
	"id" text PRIMARY KEY NOT NULL,
	"word" text NOT NULL,
	"origin" text NOT NULL,
	"state" text NOT NULL,
	"meaning" jsonb,
	"into" text,
	"burst" double precision,
	"confidence" double precision,
	"lift" double precision,
	"rise" double precision,
	"week" text,
	"first_week" text,
	"evidence" jsonb NOT NULL,
	"version" integer NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "words_state" CHECK ("words"."state" in ('new', 'accepted', 'merged', 'dismissed'))
);
--> statement-breakpoint
ALTER TABLE "trends" ADD COLUMN "word" jsonb;--> statement-breakpoint
ALTER TABLE "word_acts" ADD CONSTRAINT "word_acts_word_id_words_id_fk" FOREIGN KEY ("word_id") REFERENCES "words"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "word_weeks" ADD CONSTRAINT "word_weeks_source_id_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "sources"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "word_acts_by_word" ON "word_acts" USING btree ("word_id","id");--> statement-breakpoint
CREATE INDEX "word_weeks_by_week" ON "word_weeks" USING btree ("week");--> statement-breakpoint
CREATE UNIQUE INDEX "words_once" ON "words" USING btree ("word");--> statement-breakpoint
CREATE INDEX "words_by_state" ON "words" USING btree ("state","week");