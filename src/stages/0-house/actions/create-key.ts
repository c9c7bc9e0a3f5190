import { z } from 'zod'
import { sha256 } from '../../../core/canonical.ts'
import { DAY, newId } from '../../../core/values.ts'
import { record } from '../../../db/security-log.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { newToken } from '../identity/parts.ts'
import { keySchema } from '../model.ts'
import { insertKey } from '../store/keys.ts'

/** The key itself is in the answer once and stored nowhere. */
export const createKey = action({
  name: 'identity.create-key',
  scope: 'accounts',
  input: keySchema,
  output: z.object({ id: z.string(), key: z.string() }),
  async run({ db, clock }: Context, actor, { name, scopes, expiresInDays, perMinute }) {
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
})
