import { system, type Actor, type Scope } from '../../../core/actor.ts'
import { sha256 } from '../../../core/canonical.ts'
import { Problem } from '../../../core/errors.ts'
import { networkOf } from '../../../core/network.ts'
import { MINUTE } from '../../../core/values.ts'
import type { Database } from '../../../db/database.ts'
import { record } from '../../../db/security-log.ts'
import type { Context } from '../../context.ts'
import { keyByHash, noteKeyUse, revokeExpiredKeys } from '../store/keys.ts'

/** How fresh "last used" is: a key that is busy writes no more often. */
const NOTED_MS = MINUTE

export interface KeyInUse {
  actor: Extract<Actor, { kind: 'key' }>
  perMinute: number | null
}

interface Use {
  id: string
  first: boolean
  by: Actor
  address: string | undefined
}

/** When it was used, at most once a minute; the first time goes into the log. A full disk does not stop the key. */
async function noteUse({ db, clock, log }: Context, { id, first, by, address }: Use): Promise<void> {
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

/** Who holds this key; undefined for one that is unknown, revoked or over. */
export async function byKey(context: Context, key: string, address?: string): Promise<KeyInUse | undefined> {
  const row = await keyByHash(context.db.read, sha256(key))
  const now = context.clock.now()
  if (!row || (row.expiresAt && row.expiresAt <= now)) return undefined
  const actor = { kind: 'key' as const, id: row.id, name: row.name, scopes: row.scopes as Scope[] }
  if (!row.lastUsedAt || now.getTime() - row.lastUsedAt.getTime() >= NOTED_MS)
    await noteUse(context, { id: row.id, first: !row.lastUsedAt, by: actor, address })
  return { actor, perMinute: row.perMinute }
}

/** Keys whose time is over are closed for good, and the log says so. */
export const closeExpiredKeys = (db: Database, now: Date): Promise<number> =>
  db.write(async (tx) => {
    const over = await revokeExpiredKeys(tx, now)
    for (const { id } of over)
      await record(tx, { act: 'key.expired', by: system('worker'), on: `key:${id}`, details: {} }, now)
    return over.length
  })
