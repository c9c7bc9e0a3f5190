import { ROLES } from '../../core/actor.ts'
import type { Lang } from '../../core/values.ts'
import { table, text, integer, instant, json, index, uniqueIndex, check, id, at, oneOf } from '../../db/kit.ts'

export const settings = table('settings', {
  key: text('key').primaryKey(),
  value: json<unknown>('value').notNull(),
  updatedAt: at('updated_at'),
  updatedBy: text('updated_by').notNull(),
})

/** What buyers accept when they order. A version is never changed: the orders that were placed under it name it. */
export const saleTerms = table('sale_terms', {
  version: integer('version').primaryKey(),
  zh: text('zh').notNull(),
  en: text('en').notNull(),
  /** Of both languages together. */
  hash: text('hash').notNull(),
  at: at('at'),
  by: text('by').notNull(),
})

export const users = table(
  'users',
  {
    id: id(),
    email: text('email').notNull(),
    name: text('name').notNull(),
    role: text('role', { enum: ROLES }).notNull(),
    passwordHash: text('password_hash').notNull(),
    /** Sealed: what the owner's app makes its codes from. Null where there is no second factor. */
    secondFactor: text('second_factor'),
    /** The time step of the last code that was taken: it, and any before it, is not taken again. */
    secondFactorStep: integer('second_factor_step'),
    /** SHA-256 of the recovery codes that are left. */
    recoveryHashes: json<string[]>('recovery_hashes'),
    lang: text('lang').$type<Lang>().notNull(),
    createdAt: at('created_at'),
    disabledAt: instant('disabled_at'),
  },
  (t) => [uniqueIndex('users_email').on(t.email), check('users_role', oneOf(t.role, ROLES))],
)

export const sessions = table('sessions', {
  tokenHash: text('token_hash').primaryKey(),
  userId: text('user_id')
    .notNull()
    .references(() => users.id),
  createdAt: at('created_at'),
  lastSeenAt: at('last_seen_at'),
  expiresAt: at('expires_at'),
  /** When its owner last proved who they are; what is dear asks for it anew. */
  confirmedAt: instant('confirmed_at'),
  /** For the owner to tell one from the other: `Firefox · Windows`, and the network it came from. */
  agent: text('agent'),
  network: text('network'),
})

/** What a person holds between two steps, stored as its SHA-256 and taken once: the password was right, a reset letter. */
export const tickets = table(
  'tickets',
  {
    tokenHash: text('token_hash').primaryKey(),
    purpose: text('purpose', { enum: ['code', 'reset'] }).notNull(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id),
    expiresAt: at('expires_at'),
  },
  (t) => [index('tickets_by_user').on(t.userId), check('tickets_purpose', oneOf(t.purpose, ['code', 'reset']))],
)

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
    expiresAt: instant('expires_at'),
    /** Written at most once a minute. */
    lastUsedAt: instant('last_used_at'),
    /** Requests a minute; null for keys from before there was a limit. */
    perMinute: integer('per_minute'),
    revokedAt: instant('revoked_at'),
  },
  (t) => [uniqueIndex('api_keys_hash').on(t.keyHash)],
)
