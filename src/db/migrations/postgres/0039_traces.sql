CREATE TABLE "traces" (
	"preorder_id" text PRIMARY KEY NOT NULL,
	"network" text,
	"address" text,
	"placed_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "traces" ADD CONSTRAINT "traces_preorder_id_preorders_id_fk" FOREIGN KEY ("preorder_id") REFERENCES "preorders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "traces_by_age" ON "traces" USING btree ("placed_at");