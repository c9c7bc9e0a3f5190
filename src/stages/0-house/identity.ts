import type { Actor } from '../../core/actor.ts'
import { sha256 } from '../../core/canonical.ts'
import { MINUTE, type Lang } from '../../core/values.ts'
import { record } from '../../db/security-log.ts'
import type { Context } from '../context.ts'
import { openAccounts } from './identity/accounts.ts'
import { openKeys } from './identity/keys.ts'
import { CONFIRMED_MS, IDLE_MS, userActor } from './identity/parts.ts'
import { openSigningIn } from './identity/signing-in.ts'
import { changeSession, deleteSession, liveSession, sessionUser } from './store/sessions.ts'

export { accountSchema, newUserSchema, ownPasswordSchema, userChange } from './identity/accounts.ts'
export { keySchema } from './identity/keys.ts'
export type { Origin } from './identity/parts.ts'
export type { OfferedFactor } from './identity/second-factor.ts'

export interface SignedIn {
  actor: Extract<Actor, { kind: 'user' }>
  lang: Lang
  /** Who it is was proved a short while ago: what is dear may be done. */
  confirmed: boolean
}

export type Identity = ReturnType<typeof openIdentity>

/** Who is asking: people by their sessions, machines by their keys, and the accounts of both. */
export function openIdentity(context: Context) {
  const { db, clock } = context
  return {
    ...openAccounts(context),
    ...openSigningIn(context),
    ...openKeys(context),

    async signOut(token: string): Promise<void> {
      const tokenHash = sha256(token)
      await db.write(
        async (tx) => {
          const who = await sessionUser(tx, tokenHash)
          if (!(await deleteSession(tx, tokenHash)) || !who) return
          const details = { sessions: 1, why: 'signed-out' } as const
          await record(tx, { act: 'session.ended', by: userActor(who), on: `user:${who.id}`, details }, clock.now())
        },
        { atomic: true },
      )
    },

    /** Who a session belongs to, or undefined when it is unknown, idle too long, expired or its user disabled. */
    async bySession(token: string): Promise<SignedIn | undefined> {
      const now = clock.now()
      const tokenHash = sha256(token)
      const row = await liveSession(db.read, tokenHash, now, new Date(now.getTime() - IDLE_MS))
      if (!row) return undefined
      if (now.getTime() - row.lastSeenAt.getTime() > 5 * MINUTE)
        await db.write((tx) => changeSession(tx, tokenHash, { lastSeenAt: now }), { atomic: true })
      const confirmed = row.confirmedAt !== null && now.getTime() - row.confirmedAt.getTime() < CONFIRMED_MS
      return { actor: userActor(row), lang: row.lang, confirmed }
    },
  }
}
