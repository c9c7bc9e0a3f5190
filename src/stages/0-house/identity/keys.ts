import { z } from 'zod'
import { authorize, SCOPES, system, type Actor, type Scope } from '../../../core/actor.ts'
import { sha256 } from '../../../core/canonical.ts'
import { notFound, Problem } from '../../../core/errors.ts'
import { networkOf } from '../../../core/network.ts'
import { oneLine } from '../../../core/typed.ts'
import { DAY, MINUTE, newId } from '../../../core/values.ts'
import type { Database } from '../../../db/database.ts'
import { record } from '../../../db/security-log.ts'
import type { Context } from '../../context.ts'
import { allKeys, insertKey, keyByHash, noteKeyUse, revokeExpiredKeys, revokeKey } from '../store/keys.ts'
import { newToken } from './parts.ts'

export const keySchema = z.strictObject({
  name: oneLine(1, 80),
  scopes: z
    .array(z.enum(SCOPES))
    .min(1)
    .transform((scopes) => [...new Set(scopes)]),
  /** Null: until it is revoked. */
  expiresInDays: z.int().min(1).max(730).nullable().default(null),
  /** Requests a minute, counted in each process. */
  perMinute: z.int().min(1).max(1_000_000).default(6000),
})

/** How fresh "last used" is: a key that is busy writes no more often. */
const NOTED_MS = MINUTE

export interface KeyInUse {
  actor: Extract<Actor, { kind: 'key' }>
  perMinute: number | null
}

export function openKeys({ db, clock, log }: Context) {
  /** When it was used, at most once a minute; the first time goes into the log. A full disk does not stop the key. */
  async function noteUse(id: string, first: boolean, by: Actor, address: string | undefined): Promise<void> {
    const now = clock.now()
    try {
      await db.write(
        async (tx) => {
          const before = first ? undefined : new Date(now.getTime() - NOTED_MS + 1)
          if (!(await noteKeyUse(tx, id, now, before)) || !first) return
          const from = address === undefined ? null : networkOf(address)
          await record(tx, { act: 'key.used-first', by, on: `key:${id}`, details: { from } }, now)
        },
        { atomic: true },
      )
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      log.warn({ key: id, code: error.code }, 'when a key was used could not be noted')
    }
  }

  return {
    /** Who holds this key; undefined for one that is unknown, revoked or over. */
    async byKey(key: string, address?: string): Promise<KeyInUse | undefined> {
      const row = await keyByHash(db.read, sha256(key))
      const now = clock.now()
      if (!row || (row.expiresAt && row.expiresAt <= now)) return undefined
      const actor = { kind: 'key' as const, id: row.id, name: row.name, scopes: row.scopes as Scope[] }
      if (!row.lastUsedAt || now.getTime() - row.lastUsedAt.getTime() >= NOTED_MS)
        await noteUse(row.id, !row.lastUsedAt, actor, address)
      return { actor, perMinute: row.perMinute }
    },

    /** The key itself is in the answer once and stored nowhere. */
    async createKey(actor: Actor, input: z.input<typeof keySchema>): Promise<{ id: string; key: string }> {
      authorize(actor, 'accounts')
      const { name, scopes, expiresInDays, perMinute } = keySchema.parse(input)
      const id = newId()
      const key = `fck_${newToken()}`
      const now = clock.now()
      const expiresAt = expiresInDays === null ? null : new Date(now.getTime() + expiresInDays * DAY)
      await db.write(async (tx) => {
        const [prefix, keyHash] = [key.slice(0, 10), sha256(key)]
        await insertKey(tx, { id, prefix, keyHash, name, scopes, createdAt: now, expiresAt, perMinute })
        const details = { scopes, expiresAt: expiresAt?.toISOString() ?? null }
        await record(tx, { act: 'key.made', by: actor, on: `key:${id}`, details }, now)
      })
      return { id, key }
    },

    async keys(actor: Actor) {
      authorize(actor, 'accounts')
      return allKeys(db.read)
    },

    async revokeKey(actor: Actor, id: string): Promise<void> {
      authorize(actor, 'accounts')
      const done = await db.write(async (tx) => {
        const revoked = await revokeKey(tx, id, clock.now())
        if (revoked) await record(tx, { act: 'key.revoked', by: actor, on: `key:${id}`, details: {} }, clock.now())
        return revoked
      })
      if (!done) throw notFound({ en: 'API key', zh: 'API 密钥' }, id)
    },
  }
}

/** Keys whose time is over are closed for good, and the log says so. */
export const closeExpiredKeys = (db: Database, now: Date): Promise<number> =>
  db.write(async (tx) => {
    const over = await revokeExpiredKeys(tx, now)
    for (const { id } of over)
      await record(tx, { act: 'key.expired', by: system('worker'), on: `key:${id}`, details: {} }, now)
    return over.length
  })
