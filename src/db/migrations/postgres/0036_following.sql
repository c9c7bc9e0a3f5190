CREATE TABLE "preference_evidence" (
	"style_id" text NOT NULL,
	"kind" text NOT NULL,
	"attributes" jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "preference_evidence_style_id_kind_pk" PRIMARY KEY("style_id","kind"),
	CONSTRAINT "preference_evidence_kind" CHECK ("preference_evidence"."kind" in ('approved', 'rejected', 'sold', 'unsold'))
);
--> statement-breakpoint
CREATE TABLE "unfollowed_trends" (
	"month" text NOT NULL,
	"term" text NOT NULL,
	"label" jsonb NOT NULL,
	"missing" text NOT NULL,
	"missing_label" jsonb NOT NULL,
	"why" jsonb NOT NULL,
	"refused" integer DEFAULT 0 NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "unfollowed_trends_month_term_pk" PRIMARY KEY("month","term")
);
--> statement-breakpoint
ALTER TABLE "preference_evidence" ADD CONSTRAINT "preference_evidence_style_id_styles_id_fk" FOREIGN KEY ("style_id") REFERENCES "styles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "preference_evidence_by_time" ON "preference_evidence" USING btree ("at");