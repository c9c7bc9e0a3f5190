CREATE TABLE "recounts" (
	"source_id" text NOT NULL,
	"part" text NOT NULL,
	"mark" text NOT NULL,
	CONSTRAINT "recounts_source_id_part_pk" PRIMARY KEY("source_id","part")
);
--> statement-breakpoint
ALTER TABLE "recounts" ADD CONSTRAINT "recounts_source_id_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "sources"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "items_of_week" ON "items" USING btree ("source_id","week","id");