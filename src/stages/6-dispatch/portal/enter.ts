import { sha256 } from '../../../core/canonical.ts'
import type { Context } from '../../context.ts'
import { portalHashOf } from '../secrets.ts'
import { factoryByPortal, type Factory } from '../store/factories.ts'
import { endAccess, forgetEnded, insertAccess } from '../store/portal.ts'
import { factoryOfLink, idleSince, LONGEST_MS, newToken, wrongPortalToken } from './access.ts'

/** Open a session by a link; one that was sent by letter is used up. @throws Problem 401 `factories.token` */
export async function enterPortal(
  context: Context,
  token: string,
): Promise<{ session: string; factory: Pick<Factory, 'id' | 'lang'> }> {
  const { db, clock } = context
  const factory = await factoryOfLink(context, token)
  if (!factory) throw wrongPortalToken()
  const session = newToken('fcs')
  const now = clock.now()
  await db.write(async (tx) => {
    if (!(await factoryByPortal(tx, portalHashOf(token)))) {
      // Pressed twice: the first one is in.
      if (!(await endAccess(tx, sha256(token), 'link'))) throw wrongPortalToken()
    }
    await insertAccess(tx, {
      tokenHash: sha256(session),
      factoryId: factory.id,
      kind: 'session',
      createdAt: now,
      expiresAt: new Date(now.getTime() + LONGEST_MS),
    })
    await forgetEnded(tx, now, idleSince(now))
  })
  return { session, factory }
}
