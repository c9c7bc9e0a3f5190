CREATE TABLE "codes" (
	"preorder_id" text PRIMARY KEY NOT NULL,
	"proof" text NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "verification" text;--> statement-breakpoint
ALTER TABLE "codes" ADD CONSTRAINT "codes_preorder_id_preorders_id_fk" FOREIGN KEY ("preorder_id") REFERENCES "preorders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_verification" CHECK ("campaigns"."verification" in ('email', 'sms', 'any', 'trusted'));