CREATE TABLE "preorder_changes" (
	"id" text PRIMARY KEY NOT NULL,
	"preorder_id" text NOT NULL,
	"lines" jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "preorder_changes" ADD CONSTRAINT "preorder_changes_preorder_id_preorders_id_fk" FOREIGN KEY ("preorder_id") REFERENCES "preorders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "preorder_changes_of" ON "preorder_changes" USING btree ("preorder_id","id");--> statement-breakpoint
CREATE INDEX "preorders_of_buyer" ON "preorders" USING btree ("buyer_key","id") WHERE not "preorders"."letter_due";