CREATE TABLE "security_head" (
	"id" text PRIMARY KEY NOT NULL,
	"seq" integer NOT NULL,
	"hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "security_log" (
	"seq" integer PRIMARY KEY NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"act" text NOT NULL,
	"actor" text NOT NULL,
	"subject" text,
	"details" jsonb NOT NULL,
	"previous" text NOT NULL,
	"hash" text NOT NULL
);
--> statement-breakpoint
CREATE INDEX "security_log_act" ON "security_log" USING btree ("act","seq");--> statement-breakpoint
CREATE INDEX "security_log_actor" ON "security_log" USING btree ("actor","seq");--> statement-breakpoint
CREATE INDEX "security_log_subject" ON "security_log" USING btree ("subject","seq");
--> statement-breakpoint
CREATE FUNCTION "security_log_only_added_to"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'security_log is only added to'; END $$;
--> statement-breakpoint
CREATE TRIGGER "security_log_no_change" BEFORE UPDATE OR DELETE ON "security_log" FOR EACH ROW EXECUTE FUNCTION "security_log_only_added_to"();
--> statement-breakpoint
CREATE TRIGGER "security_log_no_truncate" BEFORE TRUNCATE ON "security_log" FOR EACH STATEMENT EXECUTE FUNCTION "security_log_only_added_to"();
--> statement-breakpoint
INSERT INTO "security_head" ("id", "seq", "hash") VALUES ('head', 0, '0000000000000000000000000000000000000000000000000000000000000000');