DROP INDEX "allocations_once";--> statement-breakpoint
ALTER TABLE "allocations" ADD COLUMN "round" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "allocations_once" ON "allocations" USING btree ("order_id","round");