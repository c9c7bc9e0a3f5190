/**
 * How a factory's people come into the portal: a link of the house or one that was sent by letter opens a session, and
 * only the session's token, which ends by itself, lies in a browser. Every token is stored as its hash.
 */
import { randomBytes } from 'node:crypto'
import { sha256 } from '../../../core/canonical.ts'
import type { Problem } from '../../../core/errors.ts'
import { DAY } from '../../../core/values.ts'
import type { Context } from '../../context.ts'
import { refused } from '../messages.ts'
import { portalHashOf } from '../secrets.ts'
import { factoryByPortal, type Factory } from '../store/factories.ts'
import { accessBy } from '../store/portal.ts'

/** A browser that is signed in, unused, and at most. */
const IDLE_MS = 7 * DAY
export const LONGEST_MS = 30 * DAY

export const newToken = (prefix: 'fcs' | 'fcl'): string => `${prefix}_${randomBytes(32).toString('base64url')}`

export const idleSince = (now: Date) => new Date(now.getTime() - IDLE_MS)

export const wrongPortalToken = (): Problem => refused('factories.token', undefined, { field: 'token' })

/** A factory by a session or a sent link that is still good. */
export function factoryByAccess({ db, clock }: Pick<Context, 'db' | 'clock'>, token: string, kind: 'session' | 'link') {
  const now = clock.now()
  return accessBy(db.read, { tokenHash: sha256(token), kind, now, idle: idleSince(now) })
}

/** Whom a link is for; looking at it opens nothing. */
export const factoryOfLink = async (context: Context, token: string): Promise<Factory | undefined> =>
  (await factoryByPortal(context.db.read, portalHashOf(token))) ??
  (await factoryByAccess(context, token, 'link'))?.factory
