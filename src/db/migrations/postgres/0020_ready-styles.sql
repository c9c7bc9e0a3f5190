CREATE TABLE "ready_styles" (
	"id" text PRIMARY KEY NOT NULL,
	"campaign_id" text NOT NULL,
	"style_id" text NOT NULL,
	"style_version" integer NOT NULL,
	"made_from" text NOT NULL,
	"file" text NOT NULL,
	"likely" jsonb NOT NULL,
	"rounds" integer NOT NULL,
	"made_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "ready_styles_once" ON "ready_styles" USING btree ("style_id","style_version");--> statement-breakpoint
CREATE INDEX "ready_styles_open" ON "ready_styles" USING btree ("rounds","made_at");