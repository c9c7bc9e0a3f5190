/** What the parts of signing in and accounts share. */
import { randomBytes } from 'node:crypto'
import type { Actor, Role } from '../../../core/actor.ts'
import { sha256 } from '../../../core/canonical.ts'
import { networkOf } from '../../../core/network.ts'
import { DAY, MINUTE } from '../../../core/values.ts'
import type { Tx } from '../../../db/database.ts'
import { record } from '../../../db/security-log.ts'
import type { User } from '../store/accounts.ts'
import {
  deleteOldTickets,
  deleteSession,
  deleteTicket,
  deleteTicketsOf,
  insertSession,
  insertTicket,
  sessionsOf,
  ticketHolder,
} from '../store/sessions.ts'
import { refused } from '../messages.ts'
import type { Origin } from '../model.ts'

export const IDLE_MS = DAY / 2
export const LONGEST_MS = 30 * DAY
/** How long a person who has proved who they are may do what is dear. */
export const CONFIRMED_MS = 15 * MINUTE

export const fromOf = ({ address }: Origin): string | null => (address === undefined ? null : networkOf(address))
export const newToken = (): string => randomBytes(32).toString('base64url')
export const userActor = ({
  id,
  name,
  role,
}: Pick<User, 'id' | 'name' | 'role'>): Extract<Actor, { kind: 'user' }> => ({
  kind: 'user',
  id,
  name,
  role: role as Role,
})

const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/MicroMessenger/, '微信 WeChat'],
  [/Edg(e|A|iOS)?\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/HarmonyOS/, 'HarmonyOS'],
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
]

/** `Firefox · Windows`: enough to tell one's own devices apart, of words of our own only. */
export function agentWords(agent: string | undefined): string | null {
  const first = (list: typeof BROWSERS) => list.find(([mark]) => mark.test(agent ?? ''))?.[1]
  return [first(BROWSERS), first(SYSTEMS)].filter(Boolean).join(' · ') || null
}

/** A session in the transaction that lets somebody in; the one the browser had is ended, never carried over. */
export async function openSession(
  tx: Tx,
  user: User,
  origin: Origin,
  by: 'password' | 'password-code' | 'password-recovery',
  previous: string | undefined,
  now: Date,
): Promise<string> {
  const token = newToken()
  const from = fromOf(origin)
  if (previous) await deleteSession(tx, sha256(previous))
  await insertSession(tx, {
    tokenHash: sha256(token),
    userId: user.id,
    createdAt: now,
    lastSeenAt: now,
    expiresAt: new Date(now.getTime() + LONGEST_MS),
    confirmedAt: now,
    agent: agentWords(origin.agent),
    network: from,
  })
  await record(tx, { act: 'sign-in.done', by: userActor(user), on: `user:${user.id}`, details: { by, from } }, now)
  return token
}

/** End every session of an account, but for the one that is kept. @returns how many */
export async function endSessions(
  tx: Tx,
  actor: Actor,
  userId: string,
  why: 'ended' | 'changed',
  now: Date,
  keep?: string,
): Promise<number> {
  const over = (await sessionsOf(tx, userId)).filter(({ tokenHash }) => tokenHash !== keep)
  for (const { tokenHash } of over) await deleteSession(tx, tokenHash)
  if (over.length)
    await record(
      tx,
      { act: 'session.ended', by: actor, on: `user:${userId}`, details: { sessions: over.length, why } },
      now,
    )
  return over.length
}

/** Something to hold between two steps; those of the same purpose that were issued before stop to count. */
export async function issueTicket(
  tx: Tx,
  userId: string,
  purpose: 'code' | 'reset',
  lastsMs: number,
  now: Date,
): Promise<string> {
  const token = newToken()
  if (purpose === 'reset') await deleteTicketsOf(tx, userId, purpose)
  await deleteOldTickets(tx, now)
  await insertTicket(tx, { tokenHash: sha256(token), purpose, userId, expiresAt: new Date(now.getTime() + lastsMs) })
  return token
}

/** Whose ticket it is, while it counts. */
export async function ticketUser(
  db: Pick<Tx, 'select'>,
  token: string,
  purpose: 'code' | 'reset',
  now: Date,
): Promise<User | undefined> {
  const user = await ticketHolder(db, sha256(token), purpose, now)
  return user && !user.disabledAt ? user : undefined
}

/** Take it: the second who comes with it gets nothing. */
export const takeTicket = (tx: Tx, token: string): Promise<boolean> => deleteTicket(tx, sha256(token))

export const wrongLogin = () => refused('identity.wrong')

export const wrongCode = (field = 'code') => refused('identity.code', undefined, { field })

export const signInAgain = () => refused('identity.again')
