/** Who a session belongs to, and where an account is signed in. */
import type { Actor } from '../../../core/actor.ts'
import { sha256 } from '../../../core/canonical.ts'
import { MINUTE, type Lang } from '../../../core/values.ts'
import type { Context } from '../../context.ts'
import { changeSession, liveSession, liveSessionsOf } from '../store/sessions.ts'
import { CONFIRMED_MS, IDLE_MS, userActor } from './parts.ts'

export interface SignedIn {
  actor: Extract<Actor, { kind: 'user' }>
  lang: Lang
  /** Who it is was proved a short while ago: what is dear may be done. */
  confirmed: boolean
}

/** How fresh "last seen" is: a session that is busy writes no more often. */
const NOTED_MS = 5 * MINUTE

/** A session as its owner sees it. The id is the start of a hash: it opens nothing. */
export const sessionId = (tokenHash: string): string => tokenHash.slice(0, 16)

/** Who a session belongs to, or undefined when it is unknown, idle too long, expired or its user disabled. */
export async function bySession({ db, clock }: Context, token: string): Promise<SignedIn | undefined> {
  const now = clock.now()
  const tokenHash = sha256(token)
  const row = await liveSession(db.read, tokenHash, now, new Date(now.getTime() - IDLE_MS))
  if (!row) return undefined
  if (now.getTime() - row.lastSeenAt.getTime() > NOTED_MS)
    await db.write((tx) => changeSession(tx, tokenHash, { lastSeenAt: now }), { atomic: true })
  const confirmed = row.confirmedAt !== null && now.getTime() - row.confirmedAt.getTime() < CONFIRMED_MS
  return { actor: userActor(row), lang: row.lang, confirmed }
}

/** Open sessions of an account, the newest first. @param here the token of the one that asks, if it is one of them */
export async function sessionsShown({ db, clock }: Context, userId: string, here?: string) {
  const now = clock.now()
  const rows = await liveSessionsOf(db.read, userId, now, new Date(now.getTime() - IDLE_MS))
  const mine = here === undefined ? undefined : sha256(here)
  return rows.map(({ tokenHash, createdAt, lastSeenAt, agent, network }) => ({
    id: sessionId(tokenHash),
    createdAt,
    lastSeenAt,
    agent,
    network,
    here: tokenHash === mine,
  }))
}
