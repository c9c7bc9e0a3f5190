DROP INDEX "deliveries_about";--> statement-breakpoint
DROP INDEX "deliveries_due";--> statement-breakpoint
DROP INDEX "mails_due";--> statement-breakpoint
DROP INDEX "messages_due";--> statement-breakpoint
DROP INDEX "progress_by_order";--> statement-breakpoint
CREATE INDEX "exposures_by_week" ON "exposures" USING btree ("week");--> statement-breakpoint
CREATE INDEX "cancellations_answered" ON "cancellations" USING btree ("state","answered_at");--> statement-breakpoint
CREATE INDEX "offers_by_state" ON "offers" USING btree ("state","answer_by");--> statement-breakpoint
CREATE INDEX "production_orders_in_state" ON "production_orders" USING btree ("state","id");--> statement-breakpoint
CREATE INDEX "production_orders_accepted" ON "production_orders" USING btree ("accepted_at") WHERE "production_orders"."accepted_at" is not null;--> statement-breakpoint
CREATE INDEX "production_orders_in_order" ON "production_orders" USING btree (length("number"),"number");--> statement-breakpoint
CREATE INDEX "reorders_open" ON "reorders" USING btree ("id") WHERE "reorders"."state" = 'proposed';--> statement-breakpoint
CREATE INDEX "deliveries_about" ON "deliveries" USING btree ("about","id") WHERE "deliveries"."state" = 'parked';--> statement-breakpoint
CREATE INDEX "deliveries_due" ON "deliveries" USING btree ("due_at","id") WHERE "deliveries"."state" = 'due';--> statement-breakpoint
CREATE INDEX "mails_due" ON "mails" USING btree ("due_at","id") WHERE "mails"."state" = 'due';--> statement-breakpoint
CREATE INDEX "messages_due" ON "messages" USING btree ("due_at","id") WHERE "messages"."state" = 'due';--> statement-breakpoint
CREATE INDEX "progress_by_order" ON "progress" USING btree ("order_id","placement","sequence","report_id");