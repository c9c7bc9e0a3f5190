CREATE TABLE "refusals" (
	"request_key" text PRIMARY KEY NOT NULL,
	"body_hash" text NOT NULL,
	"status" integer NOT NULL,
	"response" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
DROP TABLE "idempotency" CASCADE;--> statement-breakpoint
CREATE INDEX "refusals_age" ON "refusals" USING btree ("created_at");