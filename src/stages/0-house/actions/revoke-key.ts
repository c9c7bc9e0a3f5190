import { z } from 'zod'
import { notFound } from '../../../core/errors.ts'
import { byId } from '../../../core/parse.ts'
import { record } from '../../../db/security-log.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { revokeKey as revoke } from '../store/keys.ts'

/** @throws Problem 404 for a key that is not there, or not any more */
export const revokeKey = action({
  name: 'identity.revoke-key',
  scope: 'accounts',
  input: byId,
  output: z.object({ revoked: z.literal(true) }),
  async run({ db, clock }: Context, actor, { id }) {
    const done = await db.write(async (tx) => {
      const revoked = await revoke(tx, id, clock.now())
      if (revoked) await record(tx, { act: 'key.revoked', by: actor, on: `key:${id}`, details: {} }, clock.now())
      return revoked
    })
    if (!done) throw notFound({ en: 'API key', zh: 'API 密钥' }, id)
    return { revoked: true as const }
  },
})
