CREATE TABLE "refusals" (
	"request_key" text PRIMARY KEY NOT NULL,
	"body_hash" text NOT NULL,
	"status" integer NOT NULL,
	"response" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
INSERT INTO "refusals" SELECT left("key", 36) || ' ' || left(translate(encode(sha256(convert_to("actor" || chr(10) || "route" || chr(10) || "key", 'UTF8')), 'base64'), '+/', '-_'), 22), "body_hash", "status", "response", "created_at" FROM "idempotency";--> statement-breakpoint
DROP TABLE "idempotency" CASCADE;--> statement-breakpoint
CREATE INDEX "refusals_age" ON "refusals" USING btree ("created_at");