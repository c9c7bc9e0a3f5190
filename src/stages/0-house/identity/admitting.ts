/** Whoever tries to get in is counted before it is tried, so that nobody finds a password by trying. */
import { anonymous } from '../../../core/actor.ts'
import { sha256 } from '../../../core/canonical.ts'
import { Problem } from '../../../core/errors.ts'
import { lazily } from '../../../core/lazily.ts'
import { addressOf, networkOf } from '../../../core/network.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../../core/values.ts'
import { slowDown, take, tooMany, type Allowance } from '../../../db/limits.ts'
import { record } from '../../../db/security-log.ts'
import type { Vault } from '../../../engines/ports.ts'
import type { Context } from '../../context.ts'
import type { Origin } from '../model.ts'
import { newToken, fromOf } from './parts.ts'
import { hashPassword } from '../passwords.ts'
import type { User } from '../store/accounts.ts'
import { CODE_PACE } from './second-factor.ts'

/** A person types a password wrong now and then; whoever types more is trying them. */
const A_MINUTE = 20
const A_NETWORK = 300
/**
 * Wrong passwords for one account from anywhere: five cost nothing, then each doubles the wait up to a quarter of an
 * hour. One address makes others wait for three of its failures and no more; a browser that signed in before does not
 * wait for strangers; a reset by letter ends the wait. So nobody is locked out by somebody who does not like them.
 */
const STRANGERS = { free: 5, firstMs: 2 * SECOND, mostMs: 15 * MINUTE, forgetMs: DAY }
const SPREAD = 3
/** Wrong passwords for one account from one address, or from one browser that is known. */
const FROM_ONE_PLACE = 20

export interface SigningContext extends Context {
  /** Compared against when no such user exists, so that the answer takes as long. Made when the first person signs in. */
  nobody(): Promise<string>
}

export const signingContext = (context: Context): SigningContext => ({
  ...context,
  nobody: lazily(() => hashPassword(newToken())),
})

/** A browser that this account signed in with before. */
export function isKnown(vault: Vault, device: string | undefined, user: User | undefined): boolean {
  if (!device || !user) return false
  try {
    return vault.open(device) === `device ${user.id}`
  } catch {
    return false
  }
}
export const deviceOf = (vault: Vault, user: User): string => vault.seal(`device ${user.id}`)

/** A try at one account: whose it is if it is anybody's, and whether the browser was there before. */
export interface Try {
  email: string
  origin: Origin
  user: User | undefined
  known: boolean
}

/** Too many from there: said once in the log for each network and hour, or whoever floods us would flood it. */
async function refuseTooMany({ db, clock }: Context, wait: number, { origin, user }: Try): Promise<never> {
  const from = fromOf(origin)
  await db.write(async (tx) => {
    const noted = { of: 'sign-in.noted', by: `${from} ${user?.id}`, most: 1, windowMs: HOUR }
    if ((await take(tx, [noted], clock.now())) !== undefined) return
    const on = user ? { on: `user:${user.id}` } : {}
    await record(tx, { act: 'sign-in.refused', by: anonymous, ...on, details: { reason: 'too-many', from } }, clock.now()) // prettier-ignore
  })
  throw tooMany(wait)
}

const byPlace = ({ address = 'here' }: Origin): Allowance[] => [
  { of: 'sign-in.address', by: addressOf(address), most: A_MINUTE, windowMs: MINUTE },
  { of: 'sign-in.network', by: networkOf(address), most: A_NETWORK, windowMs: 10 * MINUTE },
]

/** The counters of tries at one account, by who tries. */
export function countersOf({ email, origin, known }: Omit<Try, 'user'>) {
  const place = known ? `device ${sha256(origin.device ?? '')}` : `address ${addressOf(origin.address ?? 'here')}`
  return {
    onePlace: { of: 'sign-in.failed-here', by: `${email} ${place}`, most: FROM_ONE_PLACE, windowMs: HOUR },
    spread: { of: 'sign-in.spread', by: `${email} ${place}`, most: SPREAD, windowMs: HOUR },
    account: { of: 'sign-in.failed', by: email },
  }
}

/** Count a try before it is made. @throws Problem 429 with the time to wait */
export async function admit(context: Context, tried: Try): Promise<void> {
  const { db, clock } = context
  const { onePlace, spread, account } = countersOf(tried)
  const now = clock.now()
  try {
    await db.write(async (tx) => {
      const full = await take(tx, [...byPlace(tried.origin), onePlace], now)
      if (full !== undefined) throw tooMany(full)
      if (tried.known) return
      const counts = (await take(tx, [spread], now)) === undefined
      const wait = await slowDown(tx, account, STRANGERS, now, counts)
      if (wait !== undefined) throw tooMany(wait)
    })
  } catch (error) {
    if (error instanceof Problem && error.status === 429)
      await refuseTooMany(context, (error.extra.retryAfter ?? 1) * SECOND, tried)
    throw error
  }
}

/** The counter of codes tried for an account. */
export const codesOf = (user: Pick<User, 'id'>) => ({ of: 'sign-in.code', by: user.id })

/** Codes of an account, and its own password once more: whoever tries them has shown the password. @throws Problem 429 */
export async function admitCode({ db, clock }: Context, user: User): Promise<void> {
  const wait = await db.write((tx) => slowDown(tx, codesOf(user), CODE_PACE, clock.now()))
  if (wait !== undefined) throw tooMany(wait)
}

export async function noteRefusal(
  { db, clock }: Context,
  reason: 'unknown' | 'password' | 'off' | 'code',
  origin: Origin,
  user?: User,
): Promise<void> {
  const on = user ? { on: `user:${user.id}` } : {}
  const details = { reason, from: fromOf(origin) }
  await db.write((tx) => record(tx, { act: 'sign-in.refused', by: anonymous, ...on, details }, clock.now()), {
    atomic: true,
  })
}
