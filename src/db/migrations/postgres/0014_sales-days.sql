CREATE TABLE "sales_days" (
	"source_id" text NOT NULL,
	"day" text NOT NULL,
	"units" jsonb NOT NULL,
	CONSTRAINT "sales_days_source_id_day_pk" PRIMARY KEY("source_id","day")
);
--> statement-breakpoint
ALTER TABLE "sales_days" ADD CONSTRAINT "sales_days_source_id_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "sources"("id") ON DELETE no action ON UPDATE no action;