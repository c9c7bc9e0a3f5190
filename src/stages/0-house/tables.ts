import type { Lang } from '../../core/values.ts'
import { table, text, instant, json, uniqueIndex, check, id, at, oneOf } from '../../db/kit.ts'

export const settings = table('settings', {
  key: text('key').primaryKey(),
  value: json<unknown>('value').notNull(),
  updatedAt: at('updated_at'),
  updatedBy: text('updated_by').notNull(),
})

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
