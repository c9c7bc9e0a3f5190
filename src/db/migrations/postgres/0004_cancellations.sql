CREATE TABLE "cancellations" (
	"id" text PRIMARY KEY NOT NULL,
	"order_id" text NOT NULL,
	"offer_id" text NOT NULL,
	"factory_id" text NOT NULL,
	"side" text NOT NULL,
	"state" text NOT NULL,
	"reason" text NOT NULL,
	"follow" text,
	"request_id" text,
	"asked_by" text NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"answer" text,
	"answered_by" text,
	"answered_at" timestamp (3) with time zone,
	"promised_before" timestamp (3) with time zone,
	"promised_after" timestamp (3) with time zone,
	CONSTRAINT "cancellations_side" CHECK ("cancellations"."side" in ('house', 'factory')),
	CONSTRAINT "cancellations_state" CHECK ("cancellations"."state" in ('asked', 'agreed', 'refused', 'withdrawn')),
	CONSTRAINT "cancellations_follow" CHECK ("cancellations"."follow" is null or "cancellations"."follow" in ('replace', 'release'))
);
--> statement-breakpoint
DROP INDEX "progress_once";--> statement-breakpoint
ALTER TABLE "production_orders" ADD COLUMN "placement" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "progress" ADD COLUMN "placement" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "cancellations" ADD CONSTRAINT "cancellations_order_id_production_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "production_orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cancellations" ADD CONSTRAINT "cancellations_offer_id_offers_id_fk" FOREIGN KEY ("offer_id") REFERENCES "offers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cancellations" ADD CONSTRAINT "cancellations_factory_id_factories_id_fk" FOREIGN KEY ("factory_id") REFERENCES "factories"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "cancellations_one_open" ON "cancellations" USING btree ("order_id") WHERE "cancellations"."state" = 'asked';--> statement-breakpoint
CREATE UNIQUE INDEX "cancellations_once" ON "cancellations" USING btree ("offer_id") WHERE "cancellations"."state" = 'agreed';--> statement-breakpoint
CREATE UNIQUE INDEX "cancellations_request" ON "cancellations" USING btree ("order_id","request_id") WHERE "cancellations"."request_id" is not null;--> statement-breakpoint
CREATE INDEX "cancellations_by_order" ON "cancellations" USING btree ("order_id","id");--> statement-breakpoint
CREATE INDEX "cancellations_by_factory" ON "cancellations" USING btree ("factory_id","state");--> statement-breakpoint
CREATE UNIQUE INDEX "progress_once" ON "progress" USING btree ("order_id","placement","report_id");