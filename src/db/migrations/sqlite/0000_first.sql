CREATE TABLE `allocations` (
	`id` text PRIMARY KEY NOT NULL,
	`order_id` text NOT NULL,
	`inputs` text NOT NULL,
	`ranking` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`order_id`) REFERENCES `production_orders`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `allocations_once` ON `allocations` (`order_id`);--> statement-breakpoint
CREATE TABLE `api_keys` (
	`id` text PRIMARY KEY NOT NULL,
	`prefix` text NOT NULL,
	`key_hash` text NOT NULL,
	`name` text NOT NULL,
	`scopes` text NOT NULL,
	`created_at` integer NOT NULL,
	`revoked_at` integer
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `api_keys_hash` ON `api_keys` (`key_hash`);--> statement-breakpoint
CREATE TABLE `attempts` (
	`id` text PRIMARY KEY NOT NULL,
	`message_id` text NOT NULL,
	`at` integer NOT NULL,
	`status` integer,
	`duration_ms` integer NOT NULL,
	`answer` text,
	`error` text,
	FOREIGN KEY (`message_id`) REFERENCES `messages`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `attempts_by_message` ON `attempts` (`message_id`,`id`);--> statement-breakpoint
CREATE TABLE `campaign_buyers` (
	`campaign_id` text NOT NULL,
	`buyer_key` text NOT NULL,
	`units` integer NOT NULL,
	`lot_units` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`campaign_id`, `buyer_key`),
	FOREIGN KEY (`campaign_id`) REFERENCES `campaigns`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "campaign_buyers_units" CHECK("campaign_buyers"."units" >= 0)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `campaigns` (
	`id` text PRIMARY KEY NOT NULL,
	`slug` text NOT NULL,
	`style_id` text NOT NULL,
	`style_version` integer NOT NULL,
	`style_hash` text NOT NULL,
	`state` text NOT NULL,
	`opens_at` integer NOT NULL,
	`closes_at` integer NOT NULL,
	`threshold_units` integer NOT NULL,
	`min_buyers` integer DEFAULT 1 NOT NULL,
	`per_buyer_cap` integer NOT NULL,
	`currency` text NOT NULL,
	`ladder` text NOT NULL,
	`sizes` text NOT NULL,
	`colourways` text NOT NULL,
	`promised_days` integer NOT NULL,
	`lot` integer DEFAULT 1 NOT NULL,
	`lot_units` integer DEFAULT 0 NOT NULL,
	`lot_buyers` integer DEFAULT 0 NOT NULL,
	`total_units` integer DEFAULT 0 NOT NULL,
	`pending_units` integer DEFAULT 0 NOT NULL,
	`views` integer DEFAULT 0 NOT NULL,
	`inquiries` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	`ended_at` integer,
	FOREIGN KEY (`style_id`) REFERENCES `styles`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "campaigns_state" CHECK("campaigns"."state" in ('scheduled', 'open', 'dispatching', 'closed', 'released')),
	CONSTRAINT "campaigns_counts" CHECK("campaigns"."lot_units" >= 0 and "campaigns"."total_units" >= 0 and "campaigns"."pending_units" >= 0)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `campaigns_slug` ON `campaigns` (`slug`);--> statement-breakpoint
CREATE UNIQUE INDEX `campaigns_one_per_version` ON `campaigns` (`style_id`,`style_version`);--> statement-breakpoint
CREATE INDEX `campaigns_by_state` ON `campaigns` (`state`,`closes_at`);--> statement-breakpoint
CREATE TABLE `decisions` (
	`id` text PRIMARY KEY NOT NULL,
	`style_id` text NOT NULL,
	`version` integer NOT NULL,
	`hash` text NOT NULL,
	`kind` text NOT NULL,
	`reason` text,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`style_id`) REFERENCES `styles`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "decisions_kind" CHECK("decisions"."kind" in ('approve', 'refine', 'reject', 'undo'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `decisions_by_style` ON `decisions` (`style_id`,`id`);--> statement-breakpoint
CREATE TABLE `deliveries` (
	`id` text PRIMARY KEY NOT NULL,
	`event_id` text NOT NULL,
	`listener` text NOT NULL,
	`state` text DEFAULT 'due' NOT NULL,
	`due_at` integer NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`lease_token` text,
	`leased_until` integer,
	`last_error` text,
	`settled_at` integer,
	FOREIGN KEY (`event_id`) REFERENCES `events`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "deliveries_state" CHECK("deliveries"."state" in ('due', 'done', 'parked'))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `deliveries_once` ON `deliveries` (`event_id`,`listener`);--> statement-breakpoint
CREATE INDEX `deliveries_due` ON `deliveries` (`due_at`) WHERE "deliveries"."state" = 'due';--> statement-breakpoint
CREATE INDEX `deliveries_parked` ON `deliveries` (`id`) WHERE "deliveries"."state" = 'parked';--> statement-breakpoint
CREATE TABLE `design_runs` (
	`id` text PRIMARY KEY NOT NULL,
	`trend_ids` text NOT NULL,
	`brief` text NOT NULL,
	`state` text NOT NULL,
	`done` integer DEFAULT 0 NOT NULL,
	`total` integer NOT NULL,
	`error` text,
	`designer` text,
	`requested_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`finished_at` integer,
	CONSTRAINT "design_runs_state" CHECK("design_runs"."state" in ('waiting', 'working', 'done', 'failed'))
) STRICT;
--> statement-breakpoint
CREATE TABLE `events` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`payload` text NOT NULL,
	`actor` text NOT NULL,
	`dedupe_key` text,
	`at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `events_once` ON `events` (`dedupe_key`) WHERE "events"."dedupe_key" is not null;--> statement-breakpoint
CREATE INDEX `events_by_name` ON `events` (`name`,`id`);--> statement-breakpoint
CREATE TABLE `exposures` (
	`source_id` text NOT NULL,
	`week` text NOT NULL,
	`items` integer NOT NULL,
	`days` integer NOT NULL,
	PRIMARY KEY(`source_id`, `week`),
	FOREIGN KEY (`source_id`) REFERENCES `sources`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `factories` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`country` text NOT NULL,
	`address` text,
	`contact_email` text,
	`lang` text NOT NULL,
	`state` text NOT NULL,
	`categories` text NOT NULL,
	`moq` integer NOT NULL,
	`max_units` integer NOT NULL,
	`weekly_capacity` integer NOT NULL,
	`lead_days` integer NOT NULL,
	`rates` text NOT NULL,
	`currency` text NOT NULL,
	`compliance_class` text NOT NULL,
	`endpoint` text,
	`secret` text NOT NULL,
	`previous_secret` text,
	`portal_hash` text NOT NULL,
	`verified_at` integer,
	`failing_since` integer,
	`created_at` integer NOT NULL,
	CONSTRAINT "factories_state" CHECK("factories"."state" in ('invited', 'active', 'paused', 'disabled'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `factories_portal` ON `factories` (`portal_hash`);--> statement-breakpoint
CREATE TABLE `generations` (
	`id` text PRIMARY KEY NOT NULL,
	`purpose` text NOT NULL,
	`subject_id` text,
	`record` text NOT NULL,
	`cost_micros` integer DEFAULT 0 NOT NULL,
	`day` text NOT NULL,
	`created_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `generations_by_day` ON `generations` (`day`);--> statement-breakpoint
CREATE TABLE `idempotency` (
	`actor` text NOT NULL,
	`route` text NOT NULL,
	`key` text NOT NULL,
	`body_hash` text NOT NULL,
	`status` integer NOT NULL,
	`response` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`actor`, `route`, `key`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `idempotency_age` ON `idempotency` (`created_at`);--> statement-breakpoint
CREATE TABLE `ingests` (
	`id` text PRIMARY KEY NOT NULL,
	`source_id` text NOT NULL,
	`format` text NOT NULL,
	`at` integer NOT NULL,
	`bytes` integer NOT NULL,
	`items_seen` integer NOT NULL,
	`items_new` integer NOT NULL,
	`notes` text NOT NULL,
	`error` text,
	FOREIGN KEY (`source_id`) REFERENCES `sources`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `ingests_by_source` ON `ingests` (`source_id`,`id`);--> statement-breakpoint
CREATE TABLE `inquiries` (
	`id` text PRIMARY KEY NOT NULL,
	`campaign_id` text NOT NULL,
	`email` text NOT NULL,
	`lang` text NOT NULL,
	`question` text NOT NULL,
	`asked_at` integer NOT NULL,
	`answer` text,
	`answered_by` text,
	`answered_at` integer,
	`published` integer DEFAULT false NOT NULL,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaigns`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `inquiries_by_campaign` ON `inquiries` (`campaign_id`,`id`);--> statement-breakpoint
CREATE INDEX `inquiries_open` ON `inquiries` (`id`) WHERE "inquiries"."answered_at" is null;--> statement-breakpoint
CREATE TABLE `items` (
	`id` text PRIMARY KEY NOT NULL,
	`source_id` text NOT NULL,
	`external_id` text NOT NULL,
	`title` text NOT NULL,
	`url` text,
	`lang` text NOT NULL,
	`published_at` integer NOT NULL,
	`day` text NOT NULL,
	`week` text NOT NULL,
	`fingerprint` text NOT NULL,
	`terms` text NOT NULL,
	FOREIGN KEY (`source_id`) REFERENCES `sources`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `items_once` ON `items` (`source_id`,`external_id`);--> statement-breakpoint
CREATE INDEX `items_by_week` ON `items` (`week`);--> statement-breakpoint
CREATE TABLE `lots` (
	`id` text PRIMARY KEY NOT NULL,
	`campaign_id` text NOT NULL,
	`number` integer NOT NULL,
	`reason` text NOT NULL,
	`style_id` text NOT NULL,
	`style_version` integer NOT NULL,
	`style_hash` text NOT NULL,
	`quantities` text NOT NULL,
	`units` integer NOT NULL,
	`buyers` integer NOT NULL,
	`unit_price` integer NOT NULL,
	`currency` text NOT NULL,
	`promised_at` integer NOT NULL,
	`frozen_at` integer NOT NULL,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaigns`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "lots_reason" CHECK("lots"."reason" in ('threshold', 'reorder', 'closing'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `lots_once` ON `lots` (`campaign_id`,`number`);--> statement-breakpoint
CREATE TABLE `mails` (
	`id` text PRIMARY KEY NOT NULL,
	`dedupe_key` text NOT NULL,
	`to` text NOT NULL,
	`lang` text NOT NULL,
	`subject` text NOT NULL,
	`body` text NOT NULL,
	`state` text DEFAULT 'due' NOT NULL,
	`due_at` integer NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`lease_token` text,
	`leased_until` integer,
	`last_error` text,
	`created_at` integer NOT NULL,
	`sent_at` integer,
	CONSTRAINT "mails_state" CHECK("mails"."state" in ('due', 'sent', 'parked'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `mails_once` ON `mails` (`dedupe_key`);--> statement-breakpoint
CREATE INDEX `mails_due` ON `mails` (`due_at`) WHERE "mails"."state" = 'due';--> statement-breakpoint
CREATE TABLE `materials` (
	`id` text PRIMARY KEY NOT NULL,
	`material` text NOT NULL,
	`updated_at` integer NOT NULL,
	`updated_by` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `messages` (
	`id` text PRIMARY KEY NOT NULL,
	`factory_id` text NOT NULL,
	`order_id` text,
	`type` text NOT NULL,
	`dedupe_key` text NOT NULL,
	`body` text NOT NULL,
	`state` text NOT NULL,
	`due_at` integer NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`lease_token` text,
	`leased_until` integer,
	`created_at` integer NOT NULL,
	`settled_at` integer,
	FOREIGN KEY (`factory_id`) REFERENCES `factories`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "messages_state" CHECK("messages"."state" in ('due', 'sent', 'failed', 'dropped'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `messages_once` ON `messages` (`dedupe_key`);--> statement-breakpoint
CREATE INDEX `messages_due` ON `messages` (`due_at`) WHERE "messages"."state" = 'due';--> statement-breakpoint
CREATE INDEX `messages_by_factory` ON `messages` (`factory_id`,`id`);--> statement-breakpoint
CREATE TABLE `offers` (
	`id` text PRIMARY KEY NOT NULL,
	`order_id` text NOT NULL,
	`factory_id` text NOT NULL,
	`rank` integer NOT NULL,
	`state` text NOT NULL,
	`price` integer NOT NULL,
	`ship_by` integer NOT NULL,
	`offered_at` integer NOT NULL,
	`answer_by` integer NOT NULL,
	`answered_at` integer,
	`reason` text,
	`counter` text,
	FOREIGN KEY (`order_id`) REFERENCES `production_orders`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`factory_id`) REFERENCES `factories`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "offers_state" CHECK("offers"."state" in ('offered', 'accepted', 'declined', 'countered', 'expired', 'withdrawn'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `offers_once` ON `offers` (`order_id`,`rank`);--> statement-breakpoint
CREATE UNIQUE INDEX `offers_one_open` ON `offers` (`order_id`) WHERE "offers"."state" in ('offered', 'countered');--> statement-breakpoint
CREATE INDEX `offers_by_factory` ON `offers` (`factory_id`,`state`);--> statement-breakpoint
CREATE TABLE `preorders` (
	`id` text PRIMARY KEY NOT NULL,
	`campaign_id` text NOT NULL,
	`buyer_key` text NOT NULL,
	`email` text NOT NULL,
	`name` text NOT NULL,
	`lang` text NOT NULL,
	`lines` text NOT NULL,
	`units` integer NOT NULL,
	`shown_price` integer NOT NULL,
	`state` text NOT NULL,
	`lot` integer,
	`placed_at` integer NOT NULL,
	`confirmed_at` integer,
	`ended_at` integer,
	`letter_due` integer DEFAULT false NOT NULL,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaigns`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "preorders_state" CHECK("preorders"."state" in ('pending', 'confirmed', 'in-lot', 'fulfilled', 'cancelled', 'released')),
	CONSTRAINT "preorders_units" CHECK("preorders"."units" > 0)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `preorders_by_campaign` ON `preorders` (`campaign_id`,`state`,`lot`);--> statement-breakpoint
CREATE INDEX `preorders_letters` ON `preorders` (`id`) WHERE "preorders"."letter_due";--> statement-breakpoint
CREATE TABLE `production_orders` (
	`id` text PRIMARY KEY NOT NULL,
	`number` text NOT NULL,
	`campaign_id` text NOT NULL,
	`lot` integer NOT NULL,
	`lot_id` text NOT NULL,
	`state` text NOT NULL,
	`factory_id` text,
	`units` integer NOT NULL,
	`brief_file` text,
	`brief_hash` text,
	`style_hash` text NOT NULL,
	`agreed_price` integer,
	`currency` text NOT NULL,
	`promised_at` integer NOT NULL,
	`sequence` integer DEFAULT 0 NOT NULL,
	`late_noticed_at` integer,
	`created_at` integer NOT NULL,
	`accepted_at` integer,
	`shipped_at` integer,
	`delivered_at` integer,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaigns`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`lot_id`) REFERENCES `lots`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`factory_id`) REFERENCES `factories`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "production_orders_state" CHECK("production_orders"."state" in ('placing', 'unplaced', 'accepted', 'materials', 'cutting', 'sewing', 'finishing', 'quality-check', 'on-hold', 'shipped', 'delivered', 'cancelled'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `production_orders_once` ON `production_orders` (`campaign_id`,`lot`);--> statement-breakpoint
CREATE UNIQUE INDEX `production_orders_number` ON `production_orders` (`number`);--> statement-breakpoint
CREATE INDEX `production_orders_by_state` ON `production_orders` (`state`,`promised_at`);--> statement-breakpoint
CREATE TABLE `progress` (
	`id` text PRIMARY KEY NOT NULL,
	`order_id` text NOT NULL,
	`report_id` text NOT NULL,
	`sequence` integer NOT NULL,
	`state` text NOT NULL,
	`outcome` text NOT NULL,
	`note` text,
	`details` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`received_at` integer NOT NULL,
	FOREIGN KEY (`order_id`) REFERENCES `production_orders`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "progress_outcome" CHECK("progress"."outcome" in ('applied', 'stale'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `progress_once` ON `progress` (`order_id`,`report_id`);--> statement-breakpoint
CREATE INDEX `progress_by_order` ON `progress` (`order_id`,`sequence`);--> statement-breakpoint
CREATE TABLE `reorders` (
	`id` text PRIMARY KEY NOT NULL,
	`campaign_id` text NOT NULL,
	`lot` integer NOT NULL,
	`state` text NOT NULL,
	`units` integer NOT NULL,
	`inputs` text NOT NULL,
	`verdict` text NOT NULL,
	`proposed_at` integer NOT NULL,
	`decided_by` text,
	`decided_at` integer,
	`reason` text,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaigns`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "reorders_state" CHECK("reorders"."state" in ('proposed', 'approved', 'declined', 'sent'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `reorders_once` ON `reorders` (`campaign_id`,`lot`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `settings` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL,
	`updated_at` integer NOT NULL,
	`updated_by` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `sources` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`kind` text NOT NULL,
	`format` text NOT NULL,
	`url` text,
	`lang` text NOT NULL,
	`region` text,
	`enabled` integer DEFAULT true NOT NULL,
	`every_minutes` integer DEFAULT 60 NOT NULL,
	`etag` text,
	`last_modified` text,
	`next_fetch_at` integer,
	`last_fetched_at` integer,
	`last_error` text,
	`failures` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	CONSTRAINT "sources_kind" CHECK("sources"."kind" in ('feed', 'upload'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `sources_url` ON `sources` (`url`) WHERE "sources"."url" is not null;--> statement-breakpoint
CREATE TABLE `style_versions` (
	`id` text PRIMARY KEY NOT NULL,
	`style_id` text NOT NULL,
	`version` integer NOT NULL,
	`parent_version` integer,
	`sentence` text,
	`spec` text NOT NULL,
	`derived` text NOT NULL,
	`rules` text NOT NULL,
	`gates` text NOT NULL,
	`hash` text NOT NULL,
	`geometry_file` text NOT NULL,
	`pictures` text NOT NULL,
	`generation` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`style_id`) REFERENCES `styles`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `style_versions_once` ON `style_versions` (`style_id`,`version`);--> statement-breakpoint
CREATE INDEX `style_versions_hash` ON `style_versions` (`hash`);--> statement-breakpoint
CREATE TABLE `styles` (
	`id` text PRIMARY KEY NOT NULL,
	`number` text NOT NULL,
	`run_id` text,
	`slot` integer,
	`category` text NOT NULL,
	`state` text NOT NULL,
	`version` integer NOT NULL,
	`trend_ids` text NOT NULL,
	`created_at` integer NOT NULL,
	`decided_at` integer,
	FOREIGN KEY (`run_id`) REFERENCES `design_runs`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "styles_state" CHECK("styles"."state" in ('proposed', 'approved', 'rejected', 'replaced'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `styles_number` ON `styles` (`number`);--> statement-breakpoint
CREATE UNIQUE INDEX `styles_slot` ON `styles` (`run_id`,`slot`) WHERE "styles"."run_id" is not null;--> statement-breakpoint
CREATE INDEX `styles_by_state` ON `styles` (`state`,`id`);--> statement-breakpoint
CREATE TABLE `term_weeks` (
	`term` text NOT NULL,
	`source_id` text NOT NULL,
	`week` text NOT NULL,
	`value` real NOT NULL,
	`days` integer NOT NULL,
	PRIMARY KEY(`term`, `source_id`, `week`),
	FOREIGN KEY (`source_id`) REFERENCES `sources`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `term_weeks_week` ON `term_weeks` (`week`);--> statement-breakpoint
CREATE TABLE `trends` (
	`id` text PRIMARY KEY NOT NULL,
	`term` text NOT NULL,
	`week` text NOT NULL,
	`label` text NOT NULL,
	`kind` text NOT NULL,
	`lift` real,
	`rise` real,
	`burst` real,
	`confidence` real,
	`rank` integer NOT NULL,
	`evidence` text NOT NULL,
	`scored_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `trends_once` ON `trends` (`term`,`week`);--> statement-breakpoint
CREATE INDEX `trends_by_week` ON `trends` (`week`,`rank`);--> statement-breakpoint
CREATE TABLE `users` (
	`id` text PRIMARY KEY NOT NULL,
	`email` text NOT NULL,
	`name` text NOT NULL,
	`role` text NOT NULL,
	`password_hash` text NOT NULL,
	`lang` text NOT NULL,
	`created_at` integer NOT NULL,
	`disabled_at` integer,
	CONSTRAINT "users_role" CHECK("users"."role" in ('merchandiser', 'operator'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `users_email` ON `users` (`email`);