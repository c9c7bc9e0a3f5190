CREATE TABLE "portal_access" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"factory_id" text NOT NULL,
	"kind" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"last_seen_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "portal_access_kind" CHECK ("portal_access"."kind" in ('session', 'link'))
);
--> statement-breakpoint
ALTER TABLE "preorders" ADD COLUMN "origin" text;--> statement-breakpoint
ALTER TABLE "preorders" ADD COLUMN "letter_after" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "portal_access" ADD CONSTRAINT "portal_access_factory_id_factories_id_fk" FOREIGN KEY ("factory_id") REFERENCES "factories"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "portal_access_by_factory" ON "portal_access" USING btree ("factory_id");--> statement-breakpoint
CREATE INDEX "preorders_held" ON "preorders" USING btree ("letter_after") WHERE "preorders"."letter_after" is not null;