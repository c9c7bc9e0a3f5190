/** Every table, once, for both databases. Changed only together with a generated migration (`npm run migrations`). */
import { isNotNull, isNull, sql, type SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { dialect } from '../core/dialect.ts'
import type { Currency, Lang, Localized } from '../core/values.ts'
import type { Derived, GateResult, HouseRules, Material, Rung, StyleSpec } from '../garments/types.ts'
import { columnsFor } from './columns.ts'

const { table, text, integer, real, boolean, money, instant, json, index, uniqueIndex, check, primaryKey } =
  columnsFor(dialect)

const id = () => text('id').primaryKey()
const at = (name: string) => instant(name).notNull()
/** What a leased queue keeps about each of its rows (src/db/leases.ts); its `state` has the words of each queue. */
const leased = (settledAt = 'settled_at') => ({
  dueAt: at('due_at'),
  attempts: integer('attempts').notNull().default(0),
  leaseToken: text('lease_token'),
  leasedUntil: instant('leased_until'),
  lastError: text('last_error'),
  settledAt: instant(settledAt),
})
/** `text({ enum })` checks nothing in either database, so each closed set gets a CHECK of its own. */
const oneOf = (column: PgColumn, values: readonly string[]): SQL =>
  sql`${column} in (${sql.raw(values.map((value) => `'${value}'`).join(', '))})`

// ── the line's own machinery ────────────────────────────────────────────────────────────────────────────────────

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
    ...leased(),
  },
  (t) => [
    uniqueIndex('deliveries_once').on(t.eventId, t.listener),
    index('deliveries_due')
      .on(t.dueAt)
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
    state: text('state', { enum: ['due', 'sent', 'parked'] })
      .notNull()
      .default('due'),
    ...leased('sent_at'),
    createdAt: at('created_at'),
  },
  (t) => [
    uniqueIndex('mails_once').on(t.dedupeKey),
    index('mails_due')
      .on(t.dueAt)
      .where(sql`${t.state} = 'due'`),
    check('mails_state', oneOf(t.state, ['due', 'sent', 'parked'])),
  ],
)

export const settings = table('settings', {
  key: text('key').primaryKey(),
  value: json<unknown>('value').notNull(),
  updatedAt: at('updated_at'),
  updatedBy: text('updated_by').notNull(),
})

// ── who is asking ───────────────────────────────────────────────────────────────────────────────────────────────

export const users = table(
  'users',
  {
    id: id(),
    email: text('email').notNull(),
    name: text('name').notNull(),
    role: text('role', { enum: ['merchandiser', 'operator'] }).notNull(),
    passwordHash: text('password_hash').notNull(),
    lang: text('lang').$type<Lang>().notNull(),
    createdAt: at('created_at'),
    disabledAt: instant('disabled_at'),
  },
  (t) => [uniqueIndex('users_email').on(t.email), check('users_role', oneOf(t.role, ['merchandiser', 'operator']))],
)

export const sessions = table('sessions', {
  tokenHash: text('token_hash').primaryKey(),
  userId: text('user_id')
    .notNull()
    .references(() => users.id),
  createdAt: at('created_at'),
  lastSeenAt: at('last_seen_at'),
  expiresAt: at('expires_at'),
})

export const apiKeys = table(
  'api_keys',
  {
    id: id(),
    /** The readable start of the key, shown in lists; the key itself is stored only as its SHA-256. */
    prefix: text('prefix').notNull(),
    keyHash: text('key_hash').notNull(),
    name: text('name').notNull(),
    scopes: json<string[]>('scopes').notNull(),
    createdAt: at('created_at'),
    revokedAt: instant('revoked_at'),
  },
  (t) => [uniqueIndex('api_keys_hash').on(t.keyHash)],
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

// ── 1 trends ────────────────────────────────────────────────────────────────────────────────────────────────────

export const sources = table(
  'sources',
  {
    id: id(),
    name: text('name').notNull(),
    kind: text('kind', { enum: ['feed', 'upload'] }).notNull(),
    /** rss | atom | json-feed | google-trends | hot-search | pinterest | auto */
    format: text('format').notNull(),
    url: text('url'),
    lang: text('lang').$type<Lang>().notNull(),
    region: text('region'),
    enabled: boolean('enabled').notNull().default(true),
    everyMinutes: integer('every_minutes').notNull().default(60),
    etag: text('etag'),
    lastModified: text('last_modified'),
    nextFetchAt: instant('next_fetch_at'),
    lastFetchedAt: instant('last_fetched_at'),
    lastError: json<Localized>('last_error'),
    failures: integer('failures').notNull().default(0),
    createdAt: at('created_at'),
  },
  (t) => [
    uniqueIndex('sources_url').on(t.url).where(isNotNull(t.url)),
    check('sources_kind', oneOf(t.kind, ['feed', 'upload'])),
  ],
)

/** Every read of a source, good or bad: what came, what was new, what was refused and why. */
export const ingests = table(
  'ingests',
  {
    id: id(),
    sourceId: text('source_id')
      .notNull()
      .references(() => sources.id),
    format: text('format').notNull(),
    at: at('at'),
    bytes: integer('bytes').notNull(),
    itemsSeen: integer('items_seen').notNull(),
    itemsNew: integer('items_new').notNull(),
    notes: json<Localized[]>('notes').notNull(),
    error: json<Localized>('error'),
  },
  (t) => [index('ingests_by_source').on(t.sourceId, t.id)],
)

/** One published thing (an article, a hot-search title): stored once per source. */
export const items = table(
  'items',
  {
    id: id(),
    sourceId: text('source_id')
      .notNull()
      .references(() => sources.id),
    externalId: text('external_id').notNull(),
    title: text('title').notNull(),
    url: text('url'),
    lang: text('lang').$type<Lang>().notNull(),
    publishedAt: at('published_at'),
    /** Business day and ISO week (its Monday), as text: date arithmetic differs between the databases. */
    day: text('day').notNull(),
    week: text('week').notNull(),
    /** Near-duplicates (reposts) share it and are counted once. */
    fingerprint: text('fingerprint').notNull(),
    terms: json<string[]>('terms').notNull(),
  },
  (t) => [uniqueIndex('items_once').on(t.sourceId, t.externalId), index('items_by_week').on(t.week)],
)

/** Weekly value of a term in a source: counted from items, or read from an export (search interest). */
export const termWeeks = table(
  'term_weeks',
  {
    term: text('term').notNull(),
    sourceId: text('source_id')
      .notNull()
      .references(() => sources.id),
    week: text('week').notNull(),
    value: real('value').notNull(),
    days: integer('days').notNull(),
  },
  (t) => [primaryKey({ columns: [t.term, t.sourceId, t.week] }), index('term_weeks_week').on(t.week)],
)

/** How much a source said at all in a week; 0 where it was silent, so that a gap is not read as a fall. */
export const exposures = table(
  'exposures',
  {
    sourceId: text('source_id')
      .notNull()
      .references(() => sources.id),
    week: text('week').notNull(),
    items: integer('items').notNull(),
    days: integer('days').notNull(),
  },
  (t) => [primaryKey({ columns: [t.sourceId, t.week] })],
)

/** A term as ranked in a week: three scores apart, the combined order, and the evidence behind them. */
export const trends = table(
  'trends',
  {
    id: id(),
    term: text('term').notNull(),
    week: text('week').notNull(),
    label: json<Localized>('label').notNull(),
    kind: text('kind').notNull(),
    lift: real('lift'),
    rise: real('rise'),
    burst: real('burst'),
    confidence: real('confidence'),
    rank: integer('rank').notNull(),
    /** { series: [{week, value}], items: [{title, url, day, source}], sources, flags } */
    evidence: json<Record<string, unknown>>('evidence').notNull(),
    scoredAt: at('scored_at'),
  },
  (t) => [uniqueIndex('trends_once').on(t.term, t.week), index('trends_by_week').on(t.week, t.rank)],
)

// ── 2 designs ───────────────────────────────────────────────────────────────────────────────────────────────────

/** The operator's material library; starts as a copy of the built-in one. */
export const materials = table('materials', {
  id: id(),
  material: json<Material>('material').notNull(),
  updatedAt: at('updated_at'),
  updatedBy: text('updated_by').notNull(),
})

/** One request for designs: which trends, how many, and how far it has come. */
export const designRuns = table(
  'design_runs',
  {
    id: id(),
    trendIds: json<string[]>('trend_ids').notNull(),
    /** DesignBrief: count, categories, genders, season, price band … */
    brief: json<Record<string, unknown>>('brief').notNull(),
    state: text('state', { enum: ['waiting', 'working', 'done', 'failed'] }).notNull(),
    done: integer('done').notNull().default(0),
    total: integer('total').notNull(),
    error: json<Localized>('error'),
    designer: text('designer'),
    requestedBy: text('requested_by').notNull(),
    createdAt: at('created_at'),
    finishedAt: instant('finished_at'),
  },
  (t) => [check('design_runs_state', oneOf(t.state, ['waiting', 'working', 'done', 'failed']))],
)

export const STYLE_STATES = ['proposed', 'approved', 'rejected', 'replaced'] as const

export const styles = table(
  'styles',
  {
    id: id(),
    /** What people call it: FC-26-0007. */
    number: text('number').notNull(),
    runId: text('run_id').references(() => designRuns.id),
    /** Position within its run: a run that is repeated makes no style twice. */
    slot: integer('slot'),
    category: text('category').notNull(),
    state: text('state', { enum: STYLE_STATES }).notNull(),
    version: integer('version').notNull(),
    trendIds: json<string[]>('trend_ids').notNull(),
    createdAt: at('created_at'),
    decidedAt: instant('decided_at'),
  },
  (t) => [
    uniqueIndex('styles_number').on(t.number),
    uniqueIndex('styles_slot').on(t.runId, t.slot).where(isNotNull(t.runId)),
    index('styles_by_state').on(t.state, t.id),
    check('styles_state', oneOf(t.state, STYLE_STATES)),
  ],
)

/** A frozen version of a style. Never updated: a change is a new version with its parent named. */
export const styleVersions = table(
  'style_versions',
  {
    id: id(),
    styleId: text('style_id')
      .notNull()
      .references(() => styles.id),
    version: integer('version').notNull(),
    parentVersion: integer('parent_version'),
    /** What the merchandiser said that led here, if anything. */
    sentence: text('sentence'),
    spec: json<StyleSpec>('spec').notNull(),
    derived: json<Derived>('derived').notNull(),
    rules: json<HouseRules>('rules').notNull(),
    gates: json<GateResult[]>('gates').notNull(),
    /** One hash over spec, derived data (with the geometry's own hash) and rules. */
    hash: text('hash').notNull(),
    /** File-store hash of the canonical drafts and markers, gzipped JSON. */
    geometryFile: text('geometry_file').notNull(),
    /** [{ colourway, view, crop, width, height, files: {webp, avif, png} as file hashes, source }] */
    pictures: json<StylePicture[]>('pictures').notNull(),
    /** How it was made: designer, seed, prompt, model, cost; see GenerationRecord. */
    generation: json<Record<string, unknown>>('generation').notNull(),
    createdAt: at('created_at'),
  },
  (t) => [uniqueIndex('style_versions_once').on(t.styleId, t.version), index('style_versions_hash').on(t.hash)],
)

export interface StylePicture {
  colourway: string
  view: string
  width: number
  height: number
  /** format → file-store hash */
  files: Record<string, string>
  digitalSourceType: string
}

/** Every call to a model: what was asked, what came, what it cost, whether it was repaired or replaced. */
export const generations = table(
  'generations',
  {
    id: id(),
    purpose: text('purpose').notNull(),
    subjectId: text('subject_id'),
    record: json<Record<string, unknown>>('record').notNull(),
    costMicros: money('cost_micros').notNull().default(0),
    day: text('day').notNull(),
    createdAt: at('created_at'),
    /** Who is asking holds the row; null once it is settled. */
    leaseToken: text('lease_token'),
    leasedUntil: instant('leased_until'),
  },
  (t) => [
    index('generations_by_day').on(t.day),
    index('generations_asked').on(t.leasedUntil).where(isNotNull(t.leasedUntil)),
  ],
)

// ── 3 approvals ─────────────────────────────────────────────────────────────────────────────────────────────────

export const decisions = table(
  'decisions',
  {
    id: id(),
    styleId: text('style_id')
      .notNull()
      .references(() => styles.id),
    version: integer('version').notNull(),
    /** The hash of exactly what was looked at. */
    hash: text('hash').notNull(),
    kind: text('kind', { enum: ['approve', 'refine', 'reject', 'undo'] }).notNull(),
    reason: text('reason'),
    by: text('by').notNull(),
    at: at('at'),
  },
  (t) => [
    index('decisions_by_style').on(t.styleId, t.id),
    check('decisions_kind', oneOf(t.kind, ['approve', 'refine', 'reject', 'undo'])),
  ],
)

// ── 4 storefront ────────────────────────────────────────────────────────────────────────────────────────────────

export const CAMPAIGN_STATES = ['scheduled', 'open', 'dispatching', 'closed', 'released'] as const

/**
 * The time in which a style gathers demand. `dispatching` = lot 1 has gone out and later pre-orders gather for the
 * next lot; `closed` = over after at least one lot; `released` = over, below the threshold, everybody released.
 */
export const campaigns = table(
  'campaigns',
  {
    id: id(),
    slug: text('slug').notNull(),
    styleId: text('style_id')
      .notNull()
      .references(() => styles.id),
    styleVersion: integer('style_version').notNull(),
    /** What is sold: equals the approved version's hash, checked at opening and at dispatch. */
    styleHash: text('style_hash').notNull(),
    state: text('state', { enum: CAMPAIGN_STATES }).notNull(),
    opensAt: at('opens_at'),
    closesAt: at('closes_at'),
    thresholdUnits: integer('threshold_units').notNull(),
    minBuyers: integer('min_buyers').notNull().default(1),
    perBuyerCap: integer('per_buyer_cap').notNull(),
    currency: text('currency').$type<Currency>().notNull(),
    ladder: json<Rung[]>('ladder').notNull(),
    sizes: json<string[]>('sizes').notNull(),
    colourways: json<string[]>('colourways').notNull(),
    /** Days from dispatch to delivery promised to buyers. */
    promisedDays: integer('promised_days').notNull(),
    /** The lot now gathering, and what has gathered for it. */
    lot: integer('lot').notNull().default(1),
    lotUnits: integer('lot_units').notNull().default(0),
    lotBuyers: integer('lot_buyers').notNull().default(0),
    /** Verified units over all lots: what the ladder counts. */
    totalUnits: integer('total_units').notNull().default(0),
    pendingUnits: integer('pending_units').notNull().default(0),
    views: integer('views').notNull().default(0),
    inquiries: integer('inquiries').notNull().default(0),
    createdAt: at('created_at'),
    endedAt: instant('ended_at'),
  },
  (t) => [
    uniqueIndex('campaigns_slug').on(t.slug),
    uniqueIndex('campaigns_one_per_version').on(t.styleId, t.styleVersion),
    index('campaigns_by_state').on(t.state, t.closesAt),
    check('campaigns_state', oneOf(t.state, CAMPAIGN_STATES)),
    check('campaigns_counts', sql`${t.lotUnits} >= 0 and ${t.totalUnits} >= 0 and ${t.pendingUnits} >= 0`),
  ],
)

export const inquiries = table(
  'inquiries',
  {
    id: id(),
    campaignId: text('campaign_id')
      .notNull()
      .references(() => campaigns.id),
    email: text('email').notNull(),
    lang: text('lang').$type<Lang>().notNull(),
    question: text('question').notNull(),
    askedAt: at('asked_at'),
    answer: text('answer'),
    answeredBy: text('answered_by'),
    answeredAt: instant('answered_at'),
    /** Shown on the style's page for everybody. */
    published: boolean('published').notNull().default(false),
  },
  (t) => [
    index('inquiries_by_campaign').on(t.campaignId, t.id),
    index('inquiries_open').on(t.id).where(isNull(t.answeredAt)),
  ],
)

// ── 5 demand ────────────────────────────────────────────────────────────────────────────────────────────────────

export interface PreorderLine {
  size: string
  colourway: string
  quantity: number
}

export const PREORDER_STATES = ['pending', 'confirmed', 'in-lot', 'fulfilled', 'cancelled', 'released'] as const

/**
 * A buyer's commitment. `pending` until the buyer is verified; `confirmed` counts; `in-lot` is frozen in a lot and
 * can no longer be cancelled; `released` = the campaign did not reach its threshold, or its lot was called off
 * (then `lot` stays set): nobody pays.
 */
export const preorders = table(
  'preorders',
  {
    id: id(),
    campaignId: text('campaign_id')
      .notNull()
      .references(() => campaigns.id),
    /** The person, not the address as typed: SHA-256 of the normalised e-mail. */
    buyerKey: text('buyer_key').notNull(),
    email: text('email').notNull(),
    name: text('name').notNull(),
    lang: text('lang').$type<Lang>().notNull(),
    lines: json<PreorderLine[]>('lines').notNull(),
    units: integer('units').notNull(),
    /** Unit price shown when it was placed: never more than this is asked. */
    shownPrice: money('shown_price').notNull(),
    state: text('state', { enum: PREORDER_STATES }).notNull(),
    lot: integer('lot'),
    placedAt: at('placed_at'),
    confirmedAt: instant('confirmed_at'),
    endedAt: instant('ended_at'),
    /** The confirmation letter still has to be queued. Swept by the worker, so intake writes no mail row. */
    letterDue: boolean('letter_due').notNull().default(false),
    /**
     * Where it came from, as long as its letter is not decided about: a keyed hash of a network, or an account. What is
     * limited is the letters that come of it, so intake only writes it down.
     */
    origin: text('origin'),
    /** Too many letters were asked for: this one is looked at again then. */
    letterAfter: instant('letter_after'),
    /** Names the request that placed it (src/db/idempotency.ts): the row itself is what makes a repetition harmless. */
    requestKey: text('request_key'),
  },
  (t) => [
    uniqueIndex('preorders_once').on(t.requestKey),
    index('preorders_by_campaign').on(t.campaignId, t.state, t.lot),
    index('preorders_letters')
      .on(t.id)
      .where(sql`${t.letterDue}`),
    index('preorders_held').on(t.letterAfter).where(isNotNull(t.letterAfter)),
    check('preorders_state', oneOf(t.state, PREORDER_STATES)),
    check('preorders_units', sql`${t.units} > 0`),
  ],
)

/** What one buyer holds in one campaign: carries the cap and makes buyers countable. */
export const campaignBuyers = table(
  'campaign_buyers',
  {
    campaignId: text('campaign_id')
      .notNull()
      .references(() => campaigns.id),
    buyerKey: text('buyer_key').notNull(),
    /** Units held, verified or not (what the cap is about). */
    units: integer('units').notNull(),
    /** Verified units in the lot now gathering. */
    lotUnits: integer('lot_units').notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.campaignId, t.buyerKey] }), check('campaign_buyers_units', sql`${t.units} >= 0`)],
)

export const LOT_REASONS = ['threshold', 'reorder', 'closing'] as const

/** A frozen set of pre-orders and a frozen style version. The row is the decision: one per campaign and number. */
export const lots = table(
  'lots',
  {
    id: id(),
    campaignId: text('campaign_id')
      .notNull()
      .references(() => campaigns.id),
    number: integer('number').notNull(),
    reason: text('reason', { enum: LOT_REASONS }).notNull(),
    styleId: text('style_id').notNull(),
    styleVersion: integer('style_version').notNull(),
    styleHash: text('style_hash').notNull(),
    /** [{size, colourway, quantity}], summed over its pre-orders. */
    quantities: json<PreorderLine[]>('quantities').notNull(),
    units: integer('units').notNull(),
    buyers: integer('buyers').notNull(),
    /** The lowest tier reached when it was frozen: what everybody in it pays. */
    unitPrice: money('unit_price').notNull(),
    currency: text('currency').$type<Currency>().notNull(),
    promisedAt: at('promised_at'),
    frozenAt: at('frozen_at'),
  },
  (t) => [uniqueIndex('lots_once').on(t.campaignId, t.number), check('lots_reason', oneOf(t.reason, LOT_REASONS))],
)

// ── 6 dispatch ──────────────────────────────────────────────────────────────────────────────────────────────────

export const factories = table(
  'factories',
  {
    id: id(),
    name: text('name').notNull(),
    country: text('country').notNull(),
    address: text('address'),
    contactEmail: text('contact_email'),
    lang: text('lang').$type<Lang>().notNull(),
    state: text('state', { enum: ['invited', 'active', 'paused', 'disabled'] }).notNull(),
    categories: json<string[]>('categories').notNull(),
    moq: integer('moq').notNull(),
    maxUnits: integer('max_units').notNull(),
    weeklyCapacity: integer('weekly_capacity').notNull(),
    leadDays: integer('lead_days').notNull(),
    /** CMT per category in minor units; a category without an entry uses the house's rate. */
    rates: json<Record<string, number>>('rates').notNull(),
    currency: text('currency').$type<Currency>().notNull(),
    complianceClass: text('compliance_class').notNull(),
    endpoint: text('endpoint'),
    /** Webhook secrets, AES-256-GCM at rest: the current one and, during rotation, the one before. */
    secret: text('secret').notNull(),
    previousSecret: text('previous_secret'),
    /** SHA-256 of the portal's access token. */
    portalHash: text('portal_hash').notNull(),
    verifiedAt: instant('verified_at'),
    failingSince: instant('failing_since'),
    /** It said that it is overloaded: nothing is sent to it before. */
    quietUntil: instant('quiet_until'),
    createdAt: at('created_at'),
  },
  (t) => [
    uniqueIndex('factories_portal').on(t.portalHash),
    check('factories_state', oneOf(t.state, ['invited', 'active', 'paused', 'disabled'])),
  ],
)

/** Ways into the portal that end by themselves: a browser that is signed in, or a link sent to the factory's address. */
export const portalAccess = table(
  'portal_access',
  {
    /** SHA-256 of what the browser's cookie, or the link, holds. */
    tokenHash: text('token_hash').primaryKey(),
    factoryId: text('factory_id')
      .notNull()
      .references(() => factories.id),
    kind: text('kind', { enum: ['session', 'link'] }).notNull(),
    createdAt: at('created_at'),
    lastSeenAt: at('last_seen_at'),
    expiresAt: at('expires_at'),
  },
  (t) => [
    index('portal_access_by_factory').on(t.factoryId),
    check('portal_access_kind', oneOf(t.kind, ['session', 'link'])),
  ],
)

export const ORDER_STATES = [
  'placing',
  'unplaced',
  'accepted',
  'materials',
  'cutting',
  'sewing',
  'finishing',
  'quality-check',
  'on-hold',
  'shipped',
  'delivered',
  'cancelled',
] as const

export const productionOrders = table(
  'production_orders',
  {
    id: id(),
    /** What people call it: PO-26-0003. */
    number: text('number').notNull(),
    campaignId: text('campaign_id')
      .notNull()
      .references(() => campaigns.id),
    lot: integer('lot').notNull(),
    lotId: text('lot_id')
      .notNull()
      .references(() => lots.id),
    state: text('state', { enum: ORDER_STATES }).notNull(),
    factoryId: text('factory_id').references(() => factories.id),
    units: integer('units').notNull(),
    /** File-store hash of the brief as sent, and the style hash inside it. */
    briefFile: text('brief_file'),
    briefHash: text('brief_hash'),
    styleHash: text('style_hash').notNull(),
    agreedPrice: money('agreed_price'),
    currency: text('currency').$type<Currency>().notNull(),
    promisedAt: at('promised_at'),
    /** Highest sequence number of the factory's reports that was applied. */
    sequence: integer('sequence').notNull().default(0),
    /** 1, and one more each time it was called off and placed with another factory: whose reports count. */
    placement: integer('placement').notNull().default(1),
    lateNoticedAt: instant('late_noticed_at'),
    createdAt: at('created_at'),
    acceptedAt: instant('accepted_at'),
    shippedAt: instant('shipped_at'),
    deliveredAt: instant('delivered_at'),
    /** Why it was given up where no factory took it. */
    givenUpFor: text('given_up_for'),
  },
  (t) => [
    uniqueIndex('production_orders_once').on(t.campaignId, t.lot),
    uniqueIndex('production_orders_number').on(t.number),
    index('production_orders_by_state').on(t.state, t.promisedAt),
    check('production_orders_state', oneOf(t.state, ORDER_STATES)),
  ],
)

/** A decision about who should make it, with everything that was known, so that it can be replayed. */
export const allocations = table(
  'allocations',
  {
    id: id(),
    orderId: text('order_id')
      .notNull()
      .references(() => productionOrders.id),
    /** 1, and one more each time an unplaced order is tried again. */
    round: integer('round').notNull().default(1),
    inputs: json<Record<string, unknown>>('inputs').notNull(),
    /** Ranked candidates with their expected cost, and those filtered out with the reason. */
    ranking: json<Record<string, unknown>[]>('ranking').notNull(),
    at: at('at'),
  },
  (t) => [uniqueIndex('allocations_once').on(t.orderId, t.round)],
)

export const OFFER_STATES = ['offered', 'accepted', 'declined', 'countered', 'expired', 'withdrawn'] as const

export const offers = table(
  'offers',
  {
    id: id(),
    orderId: text('order_id')
      .notNull()
      .references(() => productionOrders.id),
    factoryId: text('factory_id')
      .notNull()
      .references(() => factories.id),
    rank: integer('rank').notNull(),
    state: text('state', { enum: OFFER_STATES }).notNull(),
    price: money('price').notNull(),
    shipBy: at('ship_by'),
    offeredAt: at('offered_at'),
    answerBy: at('answer_by'),
    answeredAt: instant('answered_at'),
    reason: text('reason'),
    /** What the factory asked for instead: { price?, shipBy?, note? }. */
    counter: json<Record<string, unknown>>('counter'),
  },
  (t) => [
    uniqueIndex('offers_once').on(t.orderId, t.rank),
    uniqueIndex('offers_one_open')
      .on(t.orderId)
      .where(sql`${t.state} in ('offered', 'countered')`),
    index('offers_by_factory').on(t.factoryId, t.state),
    check('offers_state', oneOf(t.state, OFFER_STATES)),
  ],
)

export const CANCELLATION_STATES = ['asked', 'agreed', 'refused', 'withdrawn'] as const
export const CANCELLATION_FOLLOWS = ['replace', 'release'] as const

/** A request to call an accepted order off, by either side, and what became of it: one row each, none overwritten. */
export const cancellations = table(
  'cancellations',
  {
    id: id(),
    orderId: text('order_id')
      .notNull()
      .references(() => productionOrders.id),
    /** The acceptance that it would undo. */
    offerId: text('offer_id')
      .notNull()
      .references(() => offers.id),
    factoryId: text('factory_id')
      .notNull()
      .references(() => factories.id),
    side: text('side', { enum: ['house', 'factory'] }).notNull(),
    state: text('state', { enum: CANCELLATION_STATES }).notNull(),
    reason: text('reason').notNull(),
    /** What the house does with the lot: another factory, or its buyers let go. Null until the house has said so. */
    follow: text('follow', { enum: CANCELLATION_FOLLOWS }),
    /** The asker's own id for it, where it gave one: asked again under it, the first request answers. */
    requestId: text('request_id'),
    askedBy: text('asked_by').notNull(),
    askedAt: at('asked_at'),
    answer: text('answer'),
    answeredBy: text('answered_by'),
    answeredAt: instant('answered_at'),
    /** For a lot that is placed anew: the date its buyers were promised, and the one they are promised since. */
    promisedBefore: instant('promised_before'),
    promisedAfter: instant('promised_after'),
  },
  (t) => [
    uniqueIndex('cancellations_one_open')
      .on(t.orderId)
      .where(sql`${t.state} = 'asked'`),
    // The decision: an acceptance is undone once, whoever comes second.
    uniqueIndex('cancellations_once')
      .on(t.offerId)
      .where(sql`${t.state} = 'agreed'`),
    uniqueIndex('cancellations_request').on(t.orderId, t.requestId).where(isNotNull(t.requestId)),
    index('cancellations_by_order').on(t.orderId, t.id),
    index('cancellations_by_factory').on(t.factoryId, t.state),
    check('cancellations_side', oneOf(t.side, ['house', 'factory'])),
    check('cancellations_state', oneOf(t.state, CANCELLATION_STATES)),
    check('cancellations_follow', sql`${t.follow} is null or ${oneOf(t.follow, CANCELLATION_FOLLOWS)}`),
  ],
)

/** Webhook messages to factories: the id stays the same on every attempt. */
export const messages = table(
  'messages',
  {
    id: id(),
    factoryId: text('factory_id')
      .notNull()
      .references(() => factories.id),
    orderId: text('order_id'),
    type: text('type').notNull(),
    dedupeKey: text('dedupe_key').notNull(),
    body: text('body').notNull(),
    state: text('state', { enum: ['due', 'sent', 'failed', 'dropped'] }).notNull(),
    /** Counts what one factory is told about one order, from 1: it goes out in this order. Null: about no order. */
    sequence: integer('sequence'),
    ...leased(),
    createdAt: at('created_at'),
  },
  (t) => [
    uniqueIndex('messages_once').on(t.dedupeKey),
    index('messages_due')
      .on(t.dueAt)
      .where(sql`${t.state} = 'due'`),
    index('messages_by_factory').on(t.factoryId, t.id),
    uniqueIndex('messages_sequence').on(t.factoryId, t.orderId, t.sequence),
    check('messages_state', oneOf(t.state, ['due', 'sent', 'failed', 'dropped'])),
  ],
)

/** Every attempt to deliver a message: when, what was answered, how long it took. */
export const attempts = table(
  'attempts',
  {
    id: id(),
    messageId: text('message_id')
      .notNull()
      .references(() => messages.id),
    at: at('at'),
    status: integer('status'),
    durationMs: integer('duration_ms').notNull(),
    answer: text('answer'),
    error: text('error'),
  },
  (t) => [index('attempts_by_message').on(t.messageId, t.id)],
)

// ── 7 production ────────────────────────────────────────────────────────────────────────────────────────────────

/** Every report about an order, applied or not: each state change is a row, never an overwrite. */
export const progress = table(
  'progress',
  {
    id: id(),
    orderId: text('order_id')
      .notNull()
      .references(() => productionOrders.id),
    /** The order's placement it was about: reports of a factory that is out do not count for the next one. */
    placement: integer('placement').notNull().default(1),
    /** The sender's id for this report: a repeated one changes nothing. */
    reportId: text('report_id').notNull(),
    sequence: integer('sequence').notNull(),
    state: text('state').notNull(),
    outcome: text('outcome', { enum: ['applied', 'stale'] }).notNull(),
    note: text('note'),
    /** { carrier, trackingNumber, units } of a parcel; { inspected, defects } of a check … */
    details: json<Record<string, unknown>>('details').notNull(),
    by: text('by').notNull(),
    at: at('at'),
    receivedAt: at('received_at'),
  },
  (t) => [
    uniqueIndex('progress_once').on(t.orderId, t.placement, t.reportId),
    index('progress_by_order').on(t.orderId, t.sequence),
    check('progress_outcome', oneOf(t.outcome, ['applied', 'stale'])),
  ],
)

// ── 8 reorders ──────────────────────────────────────────────────────────────────────────────────────────────────

export const reorders = table(
  'reorders',
  {
    id: id(),
    campaignId: text('campaign_id')
      .notNull()
      .references(() => campaigns.id),
    lot: integer('lot').notNull(),
    state: text('state', { enum: ['proposed', 'approved', 'declined', 'sent'] }).notNull(),
    units: integer('units').notNull(),
    /** Demand since the last lot, rates, quantiles: what the proposal was computed from. */
    inputs: json<Record<string, unknown>>('inputs').notNull(),
    verdict: text('verdict').notNull(),
    proposedAt: at('proposed_at'),
    decidedBy: text('decided_by'),
    decidedAt: instant('decided_at'),
    reason: text('reason'),
  },
  (t) => [
    uniqueIndex('reorders_once').on(t.campaignId, t.lot),
    check('reorders_state', oneOf(t.state, ['proposed', 'approved', 'declined', 'sent'])),
  ],
)
