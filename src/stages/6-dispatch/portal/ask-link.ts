import { z } from 'zod'
import { anonymous } from '../../../core/actor.ts'
import { sha256 } from '../../../core/canonical.ts'
import { parse } from '../../../core/parse.ts'
import { emailAddress } from '../../../core/typed.ts'
import { HOUR, newId } from '../../../core/values.ts'
import { take, tooMany } from '../../../db/limits.ts'
import { queueLetters } from '../../../db/mailbox.ts'
import { record } from '../../../db/security-log.ts'
import type { Context } from '../../context.ts'
import { portalLinkLetter } from '../letters.ts'
import { factoriesAt, insertAccess } from '../store/portal.ts'
import { newToken } from './access.ts'

/** A link that was sent by letter opens the portal once. */
const LINK_MS = HOUR
const LINKS_AN_HOUR = { address: 3, network: 20 } as const

const linkRequest = z.strictObject({ email: emailAddress })

/**
 * Send the factories with this address a link that opens their portal once, within the hour. Whoever asks is told
 * nothing of whether there are any; the links they have go on to work.
 * @param origin whom the request came from, as limits count it
 * @throws Problem 422, 429 `limits.too-many`
 */
export async function askPortalLink(context: Context, input: unknown, origin: string): Promise<void> {
  const { db, clock, engines } = context
  const email = parse(linkRequest, input).email.toLowerCase()
  const now = clock.now()
  await db.write(async (tx) => {
    const over = await take(
      tx,
      [
        { of: 'portal-link.address', by: email, most: LINKS_AN_HOUR.address, windowMs: HOUR },
        { of: 'portal-link.network', by: origin, most: LINKS_AN_HOUR.network, windowMs: HOUR },
      ],
      now,
    )
    if (over !== undefined) throw tooMany(over)
    for (const factory of await factoriesAt(tx, email)) {
      const token = newToken('fcl')
      await insertAccess(tx, {
        tokenHash: sha256(token),
        factoryId: factory.id,
        kind: 'link',
        createdAt: now,
        expiresAt: new Date(now.getTime() + LINK_MS),
      })
      const link = `${context.baseUrl}/factory?token=${token}`
      await queueLetters(tx, portalLinkLetter(factory, { id: newId(), link }), now, engines.vault)
      await record(tx, { act: 'factory.link-issued', by: anonymous, on: `factory:${factory.id}`, details: {} }, now)
    }
  })
}
