DROP INDEX "production_orders_accepted";--> statement-breakpoint
CREATE INDEX "production_orders_taken" ON "production_orders" USING btree ("accepted_at","id") WHERE "production_orders"."accepted_at" is not null;--> statement-breakpoint
CREATE INDEX "production_orders_by_factory" ON "production_orders" USING btree ("factory_id","id");