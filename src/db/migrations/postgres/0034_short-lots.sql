CREATE TABLE "counts" (
	"order_id" text PRIMARY KEY NOT NULL,
	"edition" integer NOT NULL,
	"step" text NOT NULL,
	"after_at" timestamp (3) with time zone,
	"after" text DEFAULT '' NOT NULL,
	"note" text,
	"by" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "counts_step" CHECK ("counts"."step" in ('told', 'serving', 'keeping', 'done'))
);
--> statement-breakpoint
CREATE TABLE "pieces" (
	"order_id" text NOT NULL,
	"colourway" text NOT NULL,
	"size" text NOT NULL,
	"ordered" integer NOT NULL,
	"came" integer NOT NULL,
	"spare" integer NOT NULL,
	CONSTRAINT "pieces_order_id_colourway_size_pk" PRIMARY KEY("order_id","colourway","size")
);
--> statement-breakpoint
ALTER TABLE "shipments" ADD COLUMN "chosen" text;--> statement-breakpoint
ALTER TABLE "shipments" ADD COLUMN "answer_by" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "counts" ADD CONSTRAINT "counts_order_id_production_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "production_orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pieces" ADD CONSTRAINT "pieces_order_id_production_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "production_orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "counts_unsettled" ON "counts" USING btree ("order_id") WHERE "counts"."step" <> 'done';--> statement-breakpoint
CREATE INDEX "shipments_unanswered" ON "shipments" USING btree ("answer_by") WHERE "shipments"."answer_by" is not null;