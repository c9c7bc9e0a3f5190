import { anonymous } from '../../../core/actor.ts'
import { sha256 } from '../../../core/canonical.ts'
import { sameEmail } from '../../../core/email.ts'
import { Problem } from '../../../core/errors.ts'
import { addressOf, networkOf } from '../../../core/network.ts'
import { DAY, HOUR, MINUTE, SECOND, type Lang } from '../../../core/values.ts'
import { giveUp, slowDown, take, tooMany, type Allowance } from '../../../db/limits.ts'
import { queueLetters } from '../../../db/mailbox.ts'
import { record } from '../../../db/security-log.ts'
import type { Context } from '../../context.ts'
import { hashPassword, verifyPassword } from '../passwords.ts'
import { changeUser, userByEmail, userById, type User } from '../store/accounts.ts'
import { changeSession } from '../store/sessions.ts'
import {
  endSessions,
  fromOf,
  issueTicket,
  newToken,
  openSession,
  signInAgain,
  takeTicket,
  ticketUser,
  userActor,
  wrongCode,
  wrongLogin,
  type Origin,
} from './parts.ts'
import { CODE_PACE, takeCode } from './second-factor.ts'
import { refuseCommon } from './strength.ts'
import { refused } from '../messages.ts'

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

const CODE_TICKET_MS = 10 * MINUTE
export const RESET_MS = HOUR

export type SignInStep = { step: 'in'; token: string; device: string } | { step: 'code'; ticket: string }

const resetLetter = {
  zh: (name: string, link: string) => ({
    subject: '重设登录密码',
    body: `${name}：\n\n请在一小时内打开以下链接设置新密码，链接只能使用一次：\n\n${link}\n\n设置后，所有设备上的登录都会失效。如果不是您本人操作，请忽略此邮件，密码不会改变。\n`,
  }),
  en: (name: string, link: string) => ({
    subject: 'A new password for signing in',
    body: `${name},\n\nopen this link within an hour to set a new password; it works once:\n\n${link}\n\nEverywhere you are signed in, you will be signed out. If you did not ask for this, leave this letter alone: nothing changes.\n`,
  }),
}

export function openSigningIn(context: Context) {
  const { db, clock, engines } = context
  const { vault } = engines
  /** Compared against when no such user exists, so that the answer takes as long. */
  const nobody = hashPassword(newToken())

  /** A browser that this account signed in with before. */
  const known = (device: string | undefined, user: User | undefined): boolean => {
    if (!device || !user) return false
    try {
      return vault.open(device) === `device ${user.id}`
    } catch {
      return false
    }
  }
  const deviceOf = (user: User): string => vault.seal(`device ${user.id}`)

  /** Too many from there: said once in the log for each network and hour, or whoever floods us would flood it. */
  async function refuseTooMany(wait: number, origin: Origin, user: User | undefined): Promise<never> {
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
  function countersOf(email: string, origin: Origin, isKnown: boolean) {
    const place = isKnown ? `device ${sha256(origin.device ?? '')}` : `address ${addressOf(origin.address ?? 'here')}`
    return {
      onePlace: { of: 'sign-in.failed-here', by: `${email} ${place}`, most: FROM_ONE_PLACE, windowMs: HOUR },
      spread: { of: 'sign-in.spread', by: `${email} ${place}`, most: SPREAD, windowMs: HOUR },
      account: { of: 'sign-in.failed', by: email },
    }
  }

  /** Count a try before it is made. @throws Problem 429 with the time to wait */
  async function admit(email: string, origin: Origin, user: User | undefined, isKnown: boolean): Promise<void> {
    const { onePlace, spread, account } = countersOf(email, origin, isKnown)
    const now = clock.now()
    try {
      await db.write(async (tx) => {
        const full = await take(tx, [...byPlace(origin), onePlace], now)
        if (full !== undefined) throw tooMany(full)
        if (isKnown) return
        const counts = (await take(tx, [spread], now)) === undefined
        const wait = await slowDown(tx, account, STRANGERS, now, counts)
        if (wait !== undefined) throw tooMany(wait)
      })
    } catch (error) {
      if (error instanceof Problem && error.status === 429)
        await refuseTooMany((error.extra.retryAfter ?? 1) * SECOND, origin, user)
      throw error
    }
  }

  /** Codes of an account: whoever tries them has shown the password. */
  async function admitCode(user: User): Promise<void> {
    const wait = await db.write((tx) => slowDown(tx, { of: 'sign-in.code', by: user.id }, CODE_PACE, clock.now()))
    if (wait !== undefined) throw tooMany(wait)
  }
  const forgetCodes = { of: 'sign-in.code' }

  async function noteRefusal(
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

  return {
    /**
     * The password. Where the account has a second factor, a ticket for the next step instead of a session.
     * @throws Problem 401, the same for an unknown address, a wrong password and an account that is off; 429
     */
    async signIn(typed: string, password: string, origin: Origin = {}, previous?: string): Promise<SignInStep> {
      const email = sameEmail(typed)
      const user = await userByEmail(db.read, email)
      const isKnown = known(origin.device, user)
      await admit(email, origin, user, isKnown)
      const right = await verifyPassword(user?.passwordHash ?? (await nobody), password)
      if (!user || !right || user.disabledAt) {
        await noteRefusal(!user ? 'unknown' : user.disabledAt ? 'off' : 'password', origin, user)
        throw wrongLogin()
      }
      const { onePlace, spread, account } = countersOf(email, origin, isKnown)
      return db.write(async (tx): Promise<SignInStep> => {
        await giveUp(tx, isKnown ? [onePlace] : [onePlace, spread, account])
        const now = clock.now()
        if (user.secondFactor)
          return { step: 'code', ticket: await issueTicket(tx, user.id, 'code', CODE_TICKET_MS, now) }
        return {
          step: 'in',
          token: await openSession(tx, user, origin, 'password', previous, now),
          device: deviceOf(user),
        }
      })
    },

    /** The second step. @throws Problem 401 where the first is too long ago, 422 for a wrong code, 429 */
    async signInByCode(
      ticket: string,
      code: string,
      origin: Origin = {},
      previous?: string,
    ): Promise<Extract<SignInStep, { step: 'in' }>> {
      const user = await ticketUser(db.read, ticket, 'code', clock.now())
      if (!user) throw signInAgain()
      await admitCode(user)
      const token = await db.write(async (tx) => {
        const now = clock.now()
        const taken = await takeCode(tx, vault, user, code, now)
        if (!taken) return undefined
        if (!(await takeTicket(tx, ticket))) throw signInAgain()
        await giveUp(tx, [{ ...forgetCodes, by: user.id }])
        const by = taken === 'code' ? 'password-code' : 'password-recovery'
        return openSession(tx, user, origin, by, previous, now)
      })
      if (token === undefined) {
        await noteRefusal('code', origin, user)
        throw wrongCode()
      }
      return { step: 'in', token, device: deviceOf(user) }
    },

    /**
     * Prove once more who it is, for what is dear: the password, or a code where there is a second factor.
     * @throws Problem 422 on `proof`, 429
     */
    async confirm(sessionToken: string, userId: string, proof: string, origin: Origin = {}): Promise<void> {
      const user = await userById(db.read, userId)
      if (!user) throw signInAgain()
      await admitCode(user)
      const right = await verifyPassword(user.passwordHash, proof)
      const done = await db.write(async (tx) => {
        const now = clock.now()
        const by = right ? ('password' as const) : await takeCode(tx, vault, user, proof, now)
        if (!by) return false
        await giveUp(tx, [{ ...forgetCodes, by: user.id }])
        await changeSession(tx, sha256(sessionToken), { confirmedAt: now })
        await record(tx, { act: 'sign-in.confirmed', by: userActor(user), on: `user:${user.id}`, details: { by, from: fromOf(origin) } }, now) // prettier-ignore
        return true
      })
      if (done) return
      await noteRefusal('password', origin, user)
      throw refused('identity.proof', undefined, { field: 'proof' })
    },

    /**
     * A letter with a link to set a new password, if there is such an account; whoever asks is told the same either way.
     * @throws Problem 429
     */
    async askReset(typed: string, lang: Lang, origin: Origin = {}): Promise<void> {
      const email = sameEmail(typed)
      const address = origin.address ?? 'here'
      await db.write(async (tx) => {
        const now = clock.now()
        const wait = await take(
          tx,
          [
            { of: 'reset.address', by: addressOf(address), most: 5, windowMs: HOUR },
            { of: 'reset.network', by: networkOf(address), most: 30, windowMs: HOUR },
          ],
          now,
        )
        if (wait !== undefined) throw tooMany(wait)
        const user = await userByEmail(tx, email)
        if (!user || user.disabledAt) return
        // As many letters as a person needs; more would be somebody else's, and silence tells them nothing.
        const letters = { of: 'reset.letters', by: user.id, most: 3, windowMs: HOUR }
        if ((await take(tx, [letters], now)) !== undefined) return
        const token = await issueTicket(tx, user.id, 'reset', RESET_MS, now)
        const link = `${context.baseUrl}/reset-password?token=${encodeURIComponent(token)}`
        const letter = resetLetter[lang](user.name, link)
        await queueLetters(tx, [{ dedupeKey: `reset:${sha256(token)}`, to: user.email, lang, ...letter }], now, vault)
        await record(tx, { act: 'account.reset-asked', by: anonymous, on: `user:${user.id}`, details: { from: fromOf(origin) } }, now) // prettier-ignore
      })
    },

    /** Whether a link of a letter still counts, for the page it leads to. */
    resetOpen: async (token: string): Promise<boolean> =>
      (await ticketUser(db.read, token, 'reset', clock.now())) !== undefined,

    /**
     * The new password of whoever holds the letter. Every session ends, and whoever was made to wait by strangers waits
     * no longer. A second factor stays.
     * @throws Problem 410 for a link that was used or is too old, 422 on `password`
     */
    async reset(token: string, password: string): Promise<void> {
      const gone = () => refused('identity.reset-gone')
      const user = await ticketUser(db.read, token, 'reset', clock.now())
      if (!user) throw gone()
      await refuseCommon(password, user)
      const passwordHash = await hashPassword(password)
      await db.write(async (tx) => {
        if (!(await takeTicket(tx, token))) throw gone()
        const now = clock.now()
        await changeUser(tx, user.id, { passwordHash })
        await giveUp(tx, [{ of: 'sign-in.failed', by: user.email }])
        const by = userActor(user)
        await record(tx, { act: 'account.password', by, on: `user:${user.id}`, details: { how: 'letter' } }, now)
        await endSessions(tx, by, user.id, 'changed', now)
      })
    },
  }
}
