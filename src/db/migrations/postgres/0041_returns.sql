CREATE TABLE "returns" (
	"id" text PRIMARY KEY NOT NULL,
	"order_id" text NOT NULL,
	"shipment_id" text NOT NULL,
	"preorder_id" text NOT NULL,
	"style_id" text NOT NULL,
	"state" text NOT NULL,
	"kind" text NOT NULL,
	"reason" text NOT NULL,
	"fits" jsonb NOT NULL,
	"lines" jsonb NOT NULL,
	"want" jsonb NOT NULL,
	"words" text,
	"answer" text,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"decided_by" text,
	"decided_at" timestamp (3) with time zone,
	"back_at" timestamp (3) with time zone,
	"good" boolean,
	"again_id" text,
	"carrier" text,
	"tracking_number" text,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "returns_state" CHECK ("returns"."state" in ('asked', 'declined', 'accepted', 'returned', 'to-send', 'sent', 'next-lot', 'no-exchange')),
	CONSTRAINT "returns_kind" CHECK ("returns"."kind" in ('return', 'exchange')),
	CONSTRAINT "returns_reason" CHECK ("returns"."reason" in ('size', 'colour', 'quality', 'mind'))
);
--> statement-breakpoint
ALTER TABLE "returns" ADD CONSTRAINT "returns_order_id_production_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "production_orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "returns" ADD CONSTRAINT "returns_shipment_id_shipments_id_fk" FOREIGN KEY ("shipment_id") REFERENCES "shipments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "returns" ADD CONSTRAINT "returns_preorder_id_preorders_id_fk" FOREIGN KEY ("preorder_id") REFERENCES "preorders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "returns_of_preorder" ON "returns" USING btree ("preorder_id");--> statement-breakpoint
CREATE INDEX "returns_of_order" ON "returns" USING btree ("order_id");--> statement-breakpoint
CREATE INDEX "returns_of_style" ON "returns" USING btree ("style_id","id");--> statement-breakpoint
CREATE INDEX "returns_by_state" ON "returns" USING btree ("state","id");