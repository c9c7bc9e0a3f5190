ALTER TABLE "mails" ADD COLUMN "about" text;--> statement-breakpoint
CREATE INDEX "mails_parked" ON "mails" USING btree ("about") WHERE "mails"."state" = 'parked';