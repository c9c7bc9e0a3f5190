ALTER TABLE "preorders" ADD COLUMN "request_key" text;--> statement-breakpoint
CREATE UNIQUE INDEX "preorders_once" ON "preorders" USING btree ("request_key");