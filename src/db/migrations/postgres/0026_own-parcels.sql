CREATE TABLE "clearances" (
	"progress_id" text PRIMARY KEY NOT NULL,
	"reason" text NOT NULL,
	"by" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "packings" (
	"order_id" text PRIMARY KEY NOT NULL,
	"numbered" integer DEFAULT 0 NOT NULL,
	"after" text DEFAULT '' NOT NULL,
	"filling" boolean DEFAULT true NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "parcels" (
	"id" text PRIMARY KEY NOT NULL,
	"shipment_id" text NOT NULL,
	"carrier" text NOT NULL,
	"tracking_number" text NOT NULL,
	"by" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"received_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "shipments" (
	"id" text PRIMARY KEY NOT NULL,
	"order_id" text NOT NULL,
	"preorder_id" text NOT NULL,
	"number" text NOT NULL,
	"state" text NOT NULL,
	"lines" jsonb NOT NULL,
	"units" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"sent_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "shipments_state" CHECK ("shipments"."state" in ('to-pack', 'short', 'sent', 'received', 'released'))
);
--> statement-breakpoint
ALTER TABLE "clearances" ADD CONSTRAINT "clearances_progress_id_progress_id_fk" FOREIGN KEY ("progress_id") REFERENCES "progress"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "packings" ADD CONSTRAINT "packings_order_id_production_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "production_orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "parcels" ADD CONSTRAINT "parcels_shipment_id_shipments_id_fk" FOREIGN KEY ("shipment_id") REFERENCES "shipments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shipments" ADD CONSTRAINT "shipments_order_id_production_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "production_orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shipments" ADD CONSTRAINT "shipments_preorder_id_preorders_id_fk" FOREIGN KEY ("preorder_id") REFERENCES "preorders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "packings_filling" ON "packings" USING btree ("order_id") WHERE "packings"."filling";--> statement-breakpoint
CREATE UNIQUE INDEX "parcels_once" ON "parcels" USING btree ("shipment_id","carrier","tracking_number");--> statement-breakpoint
CREATE INDEX "parcels_by_number" ON "parcels" USING btree ("tracking_number");--> statement-breakpoint
CREATE UNIQUE INDEX "shipments_once" ON "shipments" USING btree ("preorder_id");--> statement-breakpoint
CREATE UNIQUE INDEX "shipments_number" ON "shipments" USING btree ("number");--> statement-breakpoint
CREATE INDEX "shipments_of_order" ON "shipments" USING btree ("order_id","state","id");
--> statement-breakpoint
INSERT INTO packings (order_id, created_at) SELECT id, coalesce(delivered_at, created_at) FROM production_orders WHERE state = 'delivered';
