CREATE TABLE "allocations" (
	"id" text PRIMARY KEY NOT NULL,
	"order_id" text NOT NULL,
	"inputs" jsonb NOT NULL,
	"ranking" jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "api_keys" (
	"id" text PRIMARY KEY NOT NULL,
	"prefix" text NOT NULL,
	"key_hash" text NOT NULL,
	"name" text NOT NULL,
	"scopes" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"revoked_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "attempts" (
	"id" text PRIMARY KEY NOT NULL,
	"message_id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"status" integer,
	"duration_ms" integer NOT NULL,
	"answer" text,
	"error" text
);
--> statement-breakpoint
CREATE TABLE "campaign_buyers" (
	"campaign_id" text NOT NULL,
	"buyer_key" text NOT NULL,
	"units" integer NOT NULL,
	"lot_units" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "campaign_buyers_campaign_id_buyer_key_pk" PRIMARY KEY("campaign_id","buyer_key"),
	CONSTRAINT "campaign_buyers_units" CHECK ("campaign_buyers"."units" >= 0)
);
--> statement-breakpoint
CREATE TABLE "campaigns" (
	"id" text PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"style_id" text NOT NULL,
	"style_version" integer NOT NULL,
	"style_hash" text NOT NULL,
	"state" text NOT NULL,
	"opens_at" timestamp (3) with time zone NOT NULL,
	"closes_at" timestamp (3) with time zone NOT NULL,
	"threshold_units" integer NOT NULL,
	"min_buyers" integer DEFAULT 1 NOT NULL,
	"per_buyer_cap" integer NOT NULL,
	"currency" text NOT NULL,
	"ladder" jsonb NOT NULL,
	"sizes" jsonb NOT NULL,
	"colourways" jsonb NOT NULL,
	"promised_days" integer NOT NULL,
	"lot" integer DEFAULT 1 NOT NULL,
	"lot_units" integer DEFAULT 0 NOT NULL,
	"lot_buyers" integer DEFAULT 0 NOT NULL,
	"total_units" integer DEFAULT 0 NOT NULL,
	"pending_units" integer DEFAULT 0 NOT NULL,
	"views" integer DEFAULT 0 NOT NULL,
	"inquiries" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "campaigns_state" CHECK ("campaigns"."state" in ('scheduled', 'open', 'dispatching', 'closed', 'released')),
	CONSTRAINT "campaigns_counts" CHECK ("campaigns"."lot_units" >= 0 and "campaigns"."total_units" >= 0 and "campaigns"."pending_units" >= 0)
);
--> statement-breakpoint
CREATE TABLE "decisions" (
	"id" text PRIMARY KEY NOT NULL,
	"style_id" text NOT NULL,
	"version" integer NOT NULL,
	"hash" text NOT NULL,
	"kind" text NOT NULL,
	"reason" text,
	"by" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "decisions_kind" CHECK ("decisions"."kind" in ('approve', 'refine', 'reject', 'undo'))
);
--> statement-breakpoint
CREATE TABLE "deliveries" (
	"id" text PRIMARY KEY NOT NULL,
	"event_id" text NOT NULL,
	"listener" text NOT NULL,
	"state" text DEFAULT 'due' NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"lease_token" text,
	"leased_until" timestamp (3) with time zone,
	"last_error" text,
	"settled_at" timestamp (3) with time zone,
	CONSTRAINT "deliveries_state" CHECK ("deliveries"."state" in ('due', 'done', 'parked'))
);
--> statement-breakpoint
CREATE TABLE "design_runs" (
	"id" text PRIMARY KEY NOT NULL,
	"trend_ids" jsonb NOT NULL,
	"brief" jsonb NOT NULL,
	"state" text NOT NULL,
	"done" integer DEFAULT 0 NOT NULL,
	"total" integer NOT NULL,
	"error" jsonb,
	"designer" text,
	"requested_by" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone,
	CONSTRAINT "design_runs_state" CHECK ("design_runs"."state" in ('waiting', 'working', 'done', 'failed'))
);
--> statement-breakpoint
CREATE TABLE "events" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"payload" jsonb NOT NULL,
	"actor" text NOT NULL,
	"dedupe_key" text,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "exposures" (
	"source_id" text NOT NULL,
	"week" text NOT NULL,
	"items" integer NOT NULL,
	"days" integer NOT NULL,
	CONSTRAINT "exposures_source_id_week_pk" PRIMARY KEY("source_id","week")
);
--> statement-breakpoint
CREATE TABLE "factories" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"country" text NOT NULL,
	"address" text,
	"contact_email" text,
	"lang" text NOT NULL,
	"state" text NOT NULL,
	"categories" jsonb NOT NULL,
	"moq" integer NOT NULL,
	"max_units" integer NOT NULL,
	"weekly_capacity" integer NOT NULL,
	"lead_days" integer NOT NULL,
	"rates" jsonb NOT NULL,
	"currency" text NOT NULL,
	"compliance_class" text NOT NULL,
	"endpoint" text,
	"secret" text NOT NULL,
	"previous_secret" text,
	"portal_hash" text NOT NULL,
	"verified_at" timestamp (3) with time zone,
	"failing_since" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "factories_state" CHECK ("factories"."state" in ('invited', 'active', 'paused', 'disabled'))
);
--> statement-breakpoint
CREATE TABLE "generations" (
	"id" text PRIMARY KEY NOT NULL,
	"purpose" text NOT NULL,
	"subject_id" text,
	"record" jsonb NOT NULL,
	"cost_micros" bigint DEFAULT 0 NOT NULL,
	"day" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "idempotency" (
	"actor" text NOT NULL,
	"route" text NOT NULL,
	"key" text NOT NULL,
	"body_hash" text NOT NULL,
	"status" integer NOT NULL,
	"response" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "idempotency_actor_route_key_pk" PRIMARY KEY("actor","route","key")
);
--> statement-breakpoint
CREATE TABLE "ingests" (
	"id" text PRIMARY KEY NOT NULL,
	"source_id" text NOT NULL,
	"format" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"bytes" integer NOT NULL,
	"items_seen" integer NOT NULL,
	"items_new" integer NOT NULL,
	"notes" jsonb NOT NULL,
	"error" jsonb
);
--> statement-breakpoint
CREATE TABLE "inquiries" (
	"id" text PRIMARY KEY NOT NULL,
	"campaign_id" text NOT NULL,
	"email" text NOT NULL,
	"lang" text NOT NULL,
	"question" text NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"answer" text,
	"answered_by" text,
	"answered_at" timestamp (3) with time zone,
	"published" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "items" (
	"id" text PRIMARY KEY NOT NULL,
	"source_id" text NOT NULL,
	"external_id" text NOT NULL,
	"title" text NOT NULL,
	"url" text,
	"lang" text NOT NULL,
	"published_at" timestamp (3) with time zone NOT NULL,
	"day" text NOT NULL,
	"week" text NOT NULL,
	"fingerprint" text NOT NULL,
	"terms" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "lots" (
	"id" text PRIMARY KEY NOT NULL,
	"campaign_id" text NOT NULL,
	"number" integer NOT NULL,
	"reason" text NOT NULL,
	"style_id" text NOT NULL,
	"style_version" integer NOT NULL,
	"style_hash" text NOT NULL,
	"quantities" jsonb NOT NULL,
	"units" integer NOT NULL,
	"buyers" integer NOT NULL,
	"unit_price" bigint NOT NULL,
	"currency" text NOT NULL,
	"promised_at" timestamp (3) with time zone NOT NULL,
	"frozen_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "lots_reason" CHECK ("lots"."reason" in ('threshold', 'reorder', 'closing'))
);
--> statement-breakpoint
CREATE TABLE "mails" (
	"id" text PRIMARY KEY NOT NULL,
	"dedupe_key" text NOT NULL,
	"to" text NOT NULL,
	"lang" text NOT NULL,
	"subject" text NOT NULL,
	"body" text NOT NULL,
	"state" text DEFAULT 'due' NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"lease_token" text,
	"leased_until" timestamp (3) with time zone,
	"last_error" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"sent_at" timestamp (3) with time zone,
	CONSTRAINT "mails_state" CHECK ("mails"."state" in ('due', 'sent', 'parked'))
);
--> statement-breakpoint
CREATE TABLE "materials" (
	"id" text PRIMARY KEY NOT NULL,
	"material" jsonb NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"updated_by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"id" text PRIMARY KEY NOT NULL,
	"factory_id" text NOT NULL,
	"order_id" text,
	"type" text NOT NULL,
	"dedupe_key" text NOT NULL,
	"body" text NOT NULL,
	"state" text NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"lease_token" text,
	"leased_until" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"settled_at" timestamp (3) with time zone,
	CONSTRAINT "messages_state" CHECK ("messages"."state" in ('due', 'sent', 'failed', 'dropped'))
);
--> statement-breakpoint
CREATE TABLE "offers" (
	"id" text PRIMARY KEY NOT NULL,
	"order_id" text NOT NULL,
	"factory_id" text NOT NULL,
	"rank" integer NOT NULL,
	"state" text NOT NULL,
	"price" bigint NOT NULL,
	"ship_by" timestamp (3) with time zone NOT NULL,
	"offered_at" timestamp (3) with time zone NOT NULL,
	"answer_by" timestamp (3) with time zone NOT NULL,
	"answered_at" timestamp (3) with time zone,
	"reason" text,
	"counter" jsonb,
	CONSTRAINT "offers_state" CHECK ("offers"."state" in ('offered', 'accepted', 'declined', 'countered', 'expired', 'withdrawn'))
);
--> statement-breakpoint
CREATE TABLE "preorders" (
	"id" text PRIMARY KEY NOT NULL,
	"campaign_id" text NOT NULL,
	"buyer_key" text NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"lang" text NOT NULL,
	"lines" jsonb NOT NULL,
	"units" integer NOT NULL,
	"shown_price" bigint NOT NULL,
	"state" text NOT NULL,
	"lot" integer,
	"placed_at" timestamp (3) with time zone NOT NULL,
	"confirmed_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"letter_due" boolean DEFAULT false NOT NULL,
	CONSTRAINT "preorders_state" CHECK ("preorders"."state" in ('pending', 'confirmed', 'in-lot', 'fulfilled', 'cancelled', 'released')),
	CONSTRAINT "preorders_units" CHECK ("preorders"."units" > 0)
);
--> statement-breakpoint
CREATE TABLE "production_orders" (
	"id" text PRIMARY KEY NOT NULL,
	"number" text NOT NULL,
	"campaign_id" text NOT NULL,
	"lot" integer NOT NULL,
	"lot_id" text NOT NULL,
	"state" text NOT NULL,
	"factory_id" text,
	"units" integer NOT NULL,
	"brief_file" text,
	"brief_hash" text,
	"style_hash" text NOT NULL,
	"agreed_price" bigint,
	"currency" text NOT NULL,
	"promised_at" timestamp (3) with time zone NOT NULL,
	"sequence" integer DEFAULT 0 NOT NULL,
	"late_noticed_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"accepted_at" timestamp (3) with time zone,
	"shipped_at" timestamp (3) with time zone,
	"delivered_at" timestamp (3) with time zone,
	CONSTRAINT "production_orders_state" CHECK ("production_orders"."state" in ('placing', 'unplaced', 'accepted', 'materials', 'cutting', 'sewing', 'finishing', 'quality-check', 'on-hold', 'shipped', 'delivered', 'cancelled'))
);
--> statement-breakpoint
CREATE TABLE "progress" (
	"id" text PRIMARY KEY NOT NULL,
	"order_id" text NOT NULL,
	"report_id" text NOT NULL,
	"sequence" integer NOT NULL,
	"state" text NOT NULL,
	"outcome" text NOT NULL,
	"note" text,
	"details" jsonb NOT NULL,
	"by" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "progress_outcome" CHECK ("progress"."outcome" in ('applied', 'stale'))
);
--> statement-breakpoint
CREATE TABLE "reorders" (
	"id" text PRIMARY KEY NOT NULL,
	"campaign_id" text NOT NULL,
	"lot" integer NOT NULL,
	"state" text NOT NULL,
	"units" integer NOT NULL,
	"inputs" jsonb NOT NULL,
	"verdict" text NOT NULL,
	"proposed_at" timestamp (3) with time zone NOT NULL,
	"decided_by" text,
	"decided_at" timestamp (3) with time zone,
	"reason" text,
	CONSTRAINT "reorders_state" CHECK ("reorders"."state" in ('proposed', 'approved', 'declined', 'sent'))
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"last_seen_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"key" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"updated_by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sources" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"format" text NOT NULL,
	"url" text,
	"lang" text NOT NULL,
	"region" text,
	"enabled" boolean DEFAULT true NOT NULL,
	"every_minutes" integer DEFAULT 60 NOT NULL,
	"etag" text,
	"last_modified" text,
	"next_fetch_at" timestamp (3) with time zone,
	"last_fetched_at" timestamp (3) with time zone,
	"last_error" jsonb,
	"failures" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "sources_kind" CHECK ("sources"."kind" in ('feed', 'upload'))
);
--> statement-breakpoint
CREATE TABLE "style_versions" (
	"id" text PRIMARY KEY NOT NULL,
	"style_id" text NOT NULL,
	"version" integer NOT NULL,
	"parent_version" integer,
	"sentence" text,
	"spec" jsonb NOT NULL,
	"derived" jsonb NOT NULL,
	"rules" jsonb NOT NULL,
	"gates" jsonb NOT NULL,
	"hash" text NOT NULL,
	"geometry_file" text NOT NULL,
	"pictures" jsonb NOT NULL,
	"generation" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "styles" (
	"id" text PRIMARY KEY NOT NULL,
	"number" text NOT NULL,
	"run_id" text,
	"slot" integer,
	"category" text NOT NULL,
	"state" text NOT NULL,
	"version" integer NOT NULL,
	"trend_ids" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"decided_at" timestamp (3) with time zone,
	CONSTRAINT "styles_state" CHECK ("styles"."state" in ('proposed', 'approved', 'rejected', 'replaced'))
);
--> statement-breakpoint
CREATE TABLE "term_weeks" (
	"term" text NOT NULL,
	"source_id" text NOT NULL,
	"week" text NOT NULL,
	"value" double precision NOT NULL,
	"days" integer NOT NULL,
	CONSTRAINT "term_weeks_term_source_id_week_pk" PRIMARY KEY("term","source_id","week")
);
--> statement-breakpoint
CREATE TABLE "trends" (
	"id" text PRIMARY KEY NOT NULL,
	"term" text NOT NULL,
	"week" text NOT NULL,
	"label" jsonb NOT NULL,
	"kind" text NOT NULL,
	"lift" double precision,
	"rise" double precision,
	"burst" double precision,
	"confidence" double precision,
	"rank" integer NOT NULL,
	"evidence" jsonb NOT NULL,
	"scored_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" text PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"password_hash" text NOT NULL,
	"lang" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"disabled_at" timestamp (3) with time zone,
	CONSTRAINT "users_role" CHECK ("users"."role" in ('merchandiser', 'operator'))
);
--> statement-breakpoint
ALTER TABLE "allocations" ADD CONSTRAINT "allocations_order_id_production_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "production_orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attempts" ADD CONSTRAINT "attempts_message_id_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "messages"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_buyers" ADD CONSTRAINT "campaign_buyers_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_style_id_styles_id_fk" FOREIGN KEY ("style_id") REFERENCES "styles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_style_id_styles_id_fk" FOREIGN KEY ("style_id") REFERENCES "styles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exposures" ADD CONSTRAINT "exposures_source_id_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "sources"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ingests" ADD CONSTRAINT "ingests_source_id_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "sources"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inquiries" ADD CONSTRAINT "inquiries_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "items" ADD CONSTRAINT "items_source_id_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "sources"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lots" ADD CONSTRAINT "lots_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_factory_id_factories_id_fk" FOREIGN KEY ("factory_id") REFERENCES "factories"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offers" ADD CONSTRAINT "offers_order_id_production_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "production_orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offers" ADD CONSTRAINT "offers_factory_id_factories_id_fk" FOREIGN KEY ("factory_id") REFERENCES "factories"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "preorders" ADD CONSTRAINT "preorders_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "production_orders" ADD CONSTRAINT "production_orders_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "production_orders" ADD CONSTRAINT "production_orders_lot_id_lots_id_fk" FOREIGN KEY ("lot_id") REFERENCES "lots"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "production_orders" ADD CONSTRAINT "production_orders_factory_id_factories_id_fk" FOREIGN KEY ("factory_id") REFERENCES "factories"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "progress" ADD CONSTRAINT "progress_order_id_production_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "production_orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reorders" ADD CONSTRAINT "reorders_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "style_versions" ADD CONSTRAINT "style_versions_style_id_styles_id_fk" FOREIGN KEY ("style_id") REFERENCES "styles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "styles" ADD CONSTRAINT "styles_run_id_design_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "design_runs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "term_weeks" ADD CONSTRAINT "term_weeks_source_id_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "sources"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "allocations_once" ON "allocations" USING btree ("order_id");--> statement-breakpoint
CREATE UNIQUE INDEX "api_keys_hash" ON "api_keys" USING btree ("key_hash");--> statement-breakpoint
CREATE INDEX "attempts_by_message" ON "attempts" USING btree ("message_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "campaigns_slug" ON "campaigns" USING btree ("slug");--> statement-breakpoint
CREATE UNIQUE INDEX "campaigns_one_per_version" ON "campaigns" USING btree ("style_id","style_version");--> statement-breakpoint
CREATE INDEX "campaigns_by_state" ON "campaigns" USING btree ("state","closes_at");--> statement-breakpoint
CREATE INDEX "decisions_by_style" ON "decisions" USING btree ("style_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "deliveries_once" ON "deliveries" USING btree ("event_id","listener");--> statement-breakpoint
CREATE INDEX "deliveries_due" ON "deliveries" USING btree ("due_at") WHERE "deliveries"."state" = 'due';--> statement-breakpoint
CREATE INDEX "deliveries_parked" ON "deliveries" USING btree ("id") WHERE "deliveries"."state" = 'parked';--> statement-breakpoint
CREATE UNIQUE INDEX "events_once" ON "events" USING btree ("dedupe_key") WHERE "events"."dedupe_key" is not null;--> statement-breakpoint
CREATE INDEX "events_by_name" ON "events" USING btree ("name","id");--> statement-breakpoint
CREATE UNIQUE INDEX "factories_portal" ON "factories" USING btree ("portal_hash");--> statement-breakpoint
CREATE INDEX "generations_by_day" ON "generations" USING btree ("day");--> statement-breakpoint
CREATE INDEX "idempotency_age" ON "idempotency" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "ingests_by_source" ON "ingests" USING btree ("source_id","id");--> statement-breakpoint
CREATE INDEX "inquiries_by_campaign" ON "inquiries" USING btree ("campaign_id","id");--> statement-breakpoint
CREATE INDEX "inquiries_open" ON "inquiries" USING btree ("id") WHERE "inquiries"."answered_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "items_once" ON "items" USING btree ("source_id","external_id");--> statement-breakpoint
CREATE INDEX "items_by_week" ON "items" USING btree ("week");--> statement-breakpoint
CREATE UNIQUE INDEX "lots_once" ON "lots" USING btree ("campaign_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "mails_once" ON "mails" USING btree ("dedupe_key");--> statement-breakpoint
CREATE INDEX "mails_due" ON "mails" USING btree ("due_at") WHERE "mails"."state" = 'due';--> statement-breakpoint
CREATE UNIQUE INDEX "messages_once" ON "messages" USING btree ("dedupe_key");--> statement-breakpoint
CREATE INDEX "messages_due" ON "messages" USING btree ("due_at") WHERE "messages"."state" = 'due';--> statement-breakpoint
CREATE INDEX "messages_by_factory" ON "messages" USING btree ("factory_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "offers_once" ON "offers" USING btree ("order_id","rank");--> statement-breakpoint
CREATE UNIQUE INDEX "offers_one_open" ON "offers" USING btree ("order_id") WHERE "offers"."state" in ('offered', 'countered');--> statement-breakpoint
CREATE INDEX "offers_by_factory" ON "offers" USING btree ("factory_id","state");--> statement-breakpoint
CREATE INDEX "preorders_by_campaign" ON "preorders" USING btree ("campaign_id","state","lot");--> statement-breakpoint
CREATE INDEX "preorders_letters" ON "preorders" USING btree ("id") WHERE "preorders"."letter_due";--> statement-breakpoint
CREATE UNIQUE INDEX "production_orders_once" ON "production_orders" USING btree ("campaign_id","lot");--> statement-breakpoint
CREATE UNIQUE INDEX "production_orders_number" ON "production_orders" USING btree ("number");--> statement-breakpoint
CREATE INDEX "production_orders_by_state" ON "production_orders" USING btree ("state","promised_at");--> statement-breakpoint
CREATE UNIQUE INDEX "progress_once" ON "progress" USING btree ("order_id","report_id");--> statement-breakpoint
CREATE INDEX "progress_by_order" ON "progress" USING btree ("order_id","sequence");--> statement-breakpoint
CREATE UNIQUE INDEX "reorders_once" ON "reorders" USING btree ("campaign_id","lot");--> statement-breakpoint
CREATE UNIQUE INDEX "sources_url" ON "sources" USING btree ("url") WHERE "sources"."url" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "style_versions_once" ON "style_versions" USING btree ("style_id","version");--> statement-breakpoint
CREATE INDEX "style_versions_hash" ON "style_versions" USING btree ("hash");--> statement-breakpoint
CREATE UNIQUE INDEX "styles_number" ON "styles" USING btree ("number");--> statement-breakpoint
CREATE UNIQUE INDEX "styles_slot" ON "styles" USING btree ("run_id","slot") WHERE "styles"."run_id" is not null;--> statement-breakpoint
CREATE INDEX "styles_by_state" ON "styles" USING btree ("state","id");--> statement-breakpoint
CREATE INDEX "term_weeks_week" ON "term_weeks" USING btree ("week");--> statement-breakpoint
CREATE UNIQUE INDEX "trends_once" ON "trends" USING btree ("term","week");--> statement-breakpoint
CREATE INDEX "trends_by_week" ON "trends" USING btree ("week","rank");--> statement-breakpoint
CREATE UNIQUE INDEX "users_email" ON "users" USING btree ("email");