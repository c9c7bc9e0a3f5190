import { isNotNull, sql } from 'drizzle-orm'
import type { Lang, Localized } from '../core/values.ts'
import { table, text, integer, json, index, uniqueIndex, check, primaryKey, id, at, oneOf, leased } from './kit.ts'

/** Append-only: what happened, who did it. The outbox and the audit log in one. */
export const events = table(
  'events',
  {
    id: id(),
    name: text('name').notNull(),
    payload: json<Record<string, unknown>>('payload').notNull(),
    actor: text('actor').notNull(),
    /** Set where the same fact may be announced twice (a schedule's window, a repeated request). */
    dedupeKey: text('dedupe_key'),
    at: at('at'),
  },
  (t) => [
    uniqueIndex('events_once').on(t.dedupeKey).where(isNotNull(t.dedupeKey)),
    index('events_by_name').on(t.name, t.id),
  ],
)

/** One row per event and listener: claimed with a lease, settled, postponed or parked. */
export const deliveries = table(
  'deliveries',
  {
    id: id(),
    eventId: text('event_id')
      .notNull()
      .references(() => events.id),
    listener: text('listener').notNull(),
    state: text('state', { enum: ['due', 'done', 'parked'] })
      .notNull()
      .default('due'),
    /** What a person looks at and what stands there while this is parked: `order:<id>`, in words. */
    about: text('about'),
    trouble: json<Localized>('trouble'),
    ...leased(),
  },
  (t) => [
    uniqueIndex('deliveries_once').on(t.eventId, t.listener),
    index('deliveries_about')
      .on(t.about, t.id)
      .where(sql`${t.state} = 'parked'`),
    index('deliveries_due')
      .on(t.dueAt, t.id)
      .where(sql`${t.state} = 'due'`),
    index('deliveries_parked')
      .on(t.id)
      .where(sql`${t.state} = 'parked'`),
    check('deliveries_state', oneOf(t.state, ['due', 'done', 'parked'])),
  ],
)

/** Refusals that a repetition hears again; a request that was granted is named by the row it made. */
export const refusals = table(
  'refusals',
  {
    /** Names the request, as `preorders.request_key` does (src/db/idempotency.ts). */
    requestKey: text('request_key').primaryKey(),
    bodyHash: text('body_hash').notNull(),
    status: integer('status').notNull(),
    response: text('response').notNull(),
    createdAt: at('created_at'),
  },
  (t) => [index('refusals_age').on(t.createdAt)],
)

/** How often somebody did something since a moment; the key holds what, and who only as a hash (src/db/limits.ts). */
export const limits = table(
  'limits',
  {
    key: text('key').primaryKey(),
    used: integer('used').notNull(),
    endsAt: at('ends_at'),
  },
  (t) => [index('limits_ends').on(t.endsAt)],
)

/** How many rows of a table there are by their state; kept by triggers (src/db/tallies.ts), never by hand. */
export const tallies = table(
  'tallies',
  {
    what: text('what').notNull(),
    state: text('state').notNull(),
    /** Whoever writes adds to a row of its own; the number is their sum. */
    shard: integer('shard').notNull(),
    n: integer('n').notNull(),
  },
  (t) => [primaryKey({ columns: [t.what, t.state, t.shard] })],
)

/** Letters to people, queued in the transaction that has something to tell them, sent by the worker. */
export const mails = table(
  'mails',
  {
    id: id(),
    dedupeKey: text('dedupe_key').notNull(),
    to: text('to').notNull(),
    lang: text('lang').$type<Lang>().notNull(),
    subject: text('subject').notNull(),
    body: text('body').notNull(),
    /** What it tells of (`campaign:…`, `order:…`): where people see that it could not be sent. Ids only. */
    about: text('about'),
    state: text('state', { enum: ['due', 'sent', 'parked'] })
      .notNull()
      .default('due'),
    ...leased('sent_at'),
    createdAt: at('created_at'),
  },
  (t) => [
    uniqueIndex('mails_once').on(t.dedupeKey),
    index('mails_due')
      .on(t.dueAt, t.id)
      .where(sql`${t.state} = 'due'`),
    index('mails_sent')
      .on(t.id)
      .where(sql`${t.state} = 'sent'`),
    index('mails_parked')
      .on(t.about)
      .where(sql`${t.state} = 'parked'`),
    check('mails_state', oneOf(t.state, ['due', 'sent', 'parked'])),
  ],
)

/**
 * Who did what that somebody may have to answer for. Only added to: triggers in both databases refuse anything else.
 * Each row holds the hash of the one before (src/db/security-log.ts). Ids only, so that an erasure leaves it alone.
 */
export const securityLog = table(
  'security_log',
  {
    /** 1, 2, 3 …, without a gap. */
    seq: integer('seq').primaryKey(),
    at: at('at'),
    act: text('act').notNull(),
    actor: text('actor').notNull(),
    subject: text('subject'),
    details: json<Record<string, unknown>>('details').notNull(),
    previous: text('previous').notNull(),
    hash: text('hash').notNull(),
  },
  (t) => [
    index('security_log_act').on(t.act, t.seq),
    index('security_log_actor').on(t.actor, t.seq),
    index('security_log_subject').on(t.subject, t.seq),
  ],
)

/** One row: where the log ends. Whoever writes holds it, so that rows of all nodes stand one behind the other. */
export const securityHead = table('security_head', {
  id: text('id').primaryKey(),
  seq: integer('seq').notNull(),
  hash: text('hash').notNull(),
})
