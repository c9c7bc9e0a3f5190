DROP INDEX "campaigns_on_sale";--> statement-breakpoint
ALTER TABLE "style_cards" ADD COLUMN "pictures" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "style_cards_pictures" ON "style_cards" USING btree ("style_id","version","pictures");--> statement-breakpoint
CREATE INDEX "campaigns_on_sale" ON "campaigns" USING btree (("state" = 'open' or "state" = 'dispatching'),"id");--> statement-breakpoint
UPDATE "style_cards" SET "pictures" = ("card" ->> 'pictures')::integer;
