import { z } from 'zod'
import { anonymous, authorize, may, roleNamed, ROLES, type Actor, type Role } from '../../../core/actor.ts'
import { sha256 } from '../../../core/canonical.ts'
import { notFound } from '../../../core/errors.ts'
import { emailAddress, oneLine } from '../../../core/typed.ts'
import { LANGS, newId } from '../../../core/values.ts'
import { isUniqueViolation, type Tx } from '../../../db/database.ts'
import { giveUp, slowDown, tooMany } from '../../../db/limits.ts'
import { record } from '../../../db/security-log.ts'
import type { Context } from '../../context.ts'
import { hashPassword, verifyPassword } from '../passwords.ts'
import { allUsers, changeUser, countUsers, hasOtherAdmin, insertUser, userById, type User } from '../store/accounts.ts'
import { deleteSession, liveSessionsOf, sessionsOf } from '../store/sessions.ts'
import { endSessions, IDLE_MS, signInAgain, userActor } from './parts.ts'
import { CODE_PACE, offeredAgain, offerFactor, replaceCodes, turnOn, type OfferedFactor } from './second-factor.ts'
import { refuseCommon } from './strength.ts'
import { refused } from '../messages.ts'

/** A role by its present name, or by the one that scripts know. */
const roleSchema = z.preprocess((name) => (typeof name === 'string' ? (roleNamed(name) ?? name) : name), z.enum(ROLES))

export const accountSchema = z.strictObject({
  email: emailAddress.transform((email) => email.toLowerCase()),
  name: oneLine(1, 80),
  password: z.string().min(10).max(200),
  lang: z.enum(LANGS).default('zh'),
})
export const newUserSchema = accountSchema.extend({ role: roleSchema.default('merchandiser') })
/** What an admin changes in an account that is there. `secondFactor: false` takes it away from whoever lost it. */
export const userChange = z
  .strictObject({
    disabled: z.boolean(),
    password: accountSchema.shape.password,
    role: z.enum(ROLES),
    secondFactor: z.literal(false),
  })
  .partial()
export const ownPasswordSchema = z.strictObject({
  current: z.string().max(200),
  password: accountSchema.shape.password,
})

/** A session as its owner sees it. The id is the start of a hash: it opens nothing. */
const sessionId = (tokenHash: string): string => tokenHash.slice(0, 16)

export function openAccounts(context: Context) {
  const { db, clock, engines } = context
  const { vault } = engines

  /** @throws Problem 404 */
  const readAccount = async (rows: Pick<Tx, 'select'>, id: string): Promise<User> => {
    const user = await userById(rows, id)
    if (!user) throw notFound({ en: 'account', zh: '账号' }, id)
    return user
  }
  /** @throws Problem 403 for a machine: an account of one's own is a person's */
  const self = async (actor: Actor): Promise<User> => {
    if (actor.kind !== 'user') throw signInAgain()
    return readAccount(db.read, actor.id)
  }

  async function addUser(actor: Actor, account: z.infer<typeof newUserSchema>, onlyIfFirst: boolean): Promise<string> {
    await refuseCommon(account.password, account)
    const passwordHash = await hashPassword(account.password)
    const { role, email, name, lang } = account
    const id = newId()
    try {
      return await db.write(async (tx) => {
        if (onlyIfFirst && (await countUsers(tx)) > 0) throw notFirst()
        await insertUser(tx, { id, email, name, role, passwordHash, lang, createdAt: clock.now() })
        const details = { role, first: onlyIfFirst }
        await record(tx, { act: 'account.made', by: actor, on: `user:${id}`, details }, clock.now())
        return id
      })
    } catch (error) {
      if (!isUniqueViolation(error)) throw error
      throw refused('identity.taken', undefined, { field: 'email' })
    }
  }
  const notFirst = () => refused('identity.not-first')
  const isFirstRun = async (): Promise<boolean> => (await countUsers(db.read)) === 0

  /** Somebody must be able to make accounts. @throws Problem 409 */
  async function anotherAdmin(tx: Tx, but: string): Promise<void> {
    if (await hasOtherAdmin(tx, but)) return
    throw refused('identity.last-admin')
  }

  return {
    isFirstRun,

    /** The first account of an empty installation: an admin, because somebody must be able to add the others. */
    async createFirst(account: z.infer<typeof accountSchema>): Promise<string> {
      // Before anything is made of the password: afterwards this is a stranger's.
      if (!(await isFirstRun())) throw notFirst()
      return addUser(anonymous, { ...account, role: 'admin' }, true)
    },

    async createUser(actor: Actor, account: z.infer<typeof newUserSchema>): Promise<string> {
      authorize(actor, 'accounts')
      return addUser(actor, { ...account, role: roleNamed(account.role) ?? account.role }, false)
    },

    async users(actor: Actor) {
      authorize(actor, 'accounts')
      const rows = await allUsers(db.read)
      return rows.map(({ id, email, name, role, lang, createdAt, disabledAt, secondFactor }) => ({
        id,
        email,
        name,
        role: role as Role,
        lang,
        createdAt,
        disabledAt,
        secondFactor: secondFactor !== null,
      }))
    },

    /**
     * Switch an account off or on, give it a new password or another role, take its second factor away. Its sessions
     * end: whoever lost a laptop or left the house is out at once.
     * @throws Problem 404; 409 for switching off or demoting oneself or the last admin
     */
    async changeUser(actor: Actor, id: string, change: z.infer<typeof userChange>): Promise<void> {
      authorize(actor, 'accounts')
      const { disabled, password, secondFactor } = change
      const { role } = change
      const before = await readAccount(db.read, id)
      const less = disabled || (role !== undefined && role !== 'admin')
      if (less && actor.kind === 'user' && actor.id === id) throw refused('identity.self')
      if (password !== undefined) await refuseCommon(password, before)
      const passwordHash = password === undefined ? undefined : await hashPassword(password)
      await db.write(async (tx) => {
        const user = await readAccount(tx, id)
        if (less && user.role === 'admin' && actor.kind !== 'system') await anotherAdmin(tx, id)
        const [by, on, now] = [actor, `user:${id}`, clock.now()]
        const set = {
          ...(disabled === undefined ? {} : { disabledAt: disabled ? now : null }),
          ...(passwordHash === undefined ? {} : { passwordHash }),
          ...(role === undefined ? {} : { role }),
          ...(secondFactor === false ? { secondFactor: null, secondFactorStep: null, recoveryHashes: null } : {}),
        }
        if (!Object.keys(set).length) return
        await changeUser(tx, id, set)
        if (disabled !== undefined)
          await record(tx, { act: disabled ? 'account.off' : 'account.on', by, on, details: {} }, now)
        if (role !== undefined && role !== user.role)
          await record(tx, { act: 'account.role', by, on, details: { was: user.role, is: role } }, now)
        if (passwordHash !== undefined) {
          await giveUp(tx, [{ of: 'sign-in.failed', by: user.email }])
          await record(tx, { act: 'account.password', by, on, details: { how: 'set' } }, now)
        }
        if (secondFactor === false && user.secondFactor)
          await record(tx, { act: 'account.second-factor', by, on, details: { is: 'off' } }, now)
        await endSessions(tx, by, id, 'changed', now)
      })
    },

    /** One's own account, for the page about it. */
    async own(actor: Actor) {
      const { id, email, name, role, secondFactor, recoveryHashes } = await self(actor)
      return { id, email, name, role, secondFactor: secondFactor !== null, codesLeft: recoveryHashes?.length ?? 0 }
    },

    /**
     * Another password of one's own; every other session ends.
     * @throws Problem 422 on `current` or `password`, 429
     */
    async changeOwnPassword(
      actor: Actor,
      sessionToken: string,
      { current, password }: z.infer<typeof ownPasswordSchema>,
    ): Promise<void> {
      const user = await self(actor)
      const wait = await db.write((tx) => slowDown(tx, { of: 'sign-in.code', by: user.id }, CODE_PACE, clock.now()))
      if (wait !== undefined) throw tooMany(wait)
      if (!(await verifyPassword(user.passwordHash, current)))
        throw refused('identity.current', undefined, { field: 'current' })
      await refuseCommon(password, user)
      const passwordHash = await hashPassword(password)
      await db.write(async (tx) => {
        const now = clock.now()
        await giveUp(tx, [{ of: 'sign-in.code', by: user.id }])
        await changeUser(tx, user.id, { passwordHash })
        await record(tx, { act: 'account.password', by: actor, on: `user:${user.id}`, details: { how: 'own' } }, now)
        await endSessions(tx, actor, user.id, 'changed', now, sha256(sessionToken))
      })
    },

    /** What to put into an app, before a first code turns it on. @param offer the one that was shown, to show it again */
    async offerFactor(actor: Actor, offer?: string): Promise<OfferedFactor> {
      const user = await self(actor)
      return offer ? offeredAgain(vault, user, offer, clock.now()) : offerFactor(vault, user, clock.now())
    },

    /** @returns recovery codes, shown this once. @throws Problem 422 on `code` */
    async turnOnFactor(actor: Actor, offer: string, code: string): Promise<string[]> {
      const user = await self(actor)
      return db.write((tx) => turnOn(tx, vault, user, offer, code, clock.now()))
    },

    async newRecoveryCodes(actor: Actor): Promise<string[]> {
      const { id } = await self(actor)
      return db.write(async (tx) => replaceCodes(tx, await readAccount(tx, id), clock.now()))
    },

    async turnOffFactor(actor: Actor): Promise<void> {
      const user = await self(actor)
      if (!user.secondFactor) return
      await db.write(async (tx) => {
        await changeUser(tx, user.id, { secondFactor: null, secondFactorStep: null, recoveryHashes: null })
        await record(tx, { act: 'account.second-factor', by: userActor(user), on: `user:${user.id}`, details: { is: 'off' } }, clock.now()) // prettier-ignore
      })
    },

    /** Open sessions of one's own, or of anybody for an admin; the newest first. */
    async sessions(actor: Actor, userId?: string, sessionToken?: string) {
      const whose = userId ?? (await self(actor)).id
      if (actor.kind !== 'user' || actor.id !== whose) authorize(actor, 'accounts')
      const now = clock.now()
      const rows = await liveSessionsOf(db.read, whose, now, new Date(now.getTime() - IDLE_MS))
      const mine = sessionToken === undefined ? undefined : sha256(sessionToken)
      return rows.map(({ tokenHash, createdAt, lastSeenAt, agent, network }) => ({
        id: sessionId(tokenHash),
        createdAt,
        lastSeenAt,
        agent,
        network,
        here: tokenHash === mine,
      }))
    },

    /** End one session of one's own. @throws Problem 404 */
    async endSession(actor: Actor, id: string): Promise<void> {
      const user = await self(actor)
      await db.write(async (tx) => {
        const theirs = await sessionsOf(tx, user.id)
        const over = theirs.find(({ tokenHash }) => sessionId(tokenHash) === id)
        if (!over) throw notFound({ en: 'session', zh: '登录' }, id)
        await deleteSession(tx, over.tokenHash)
        const details = { sessions: 1, why: 'ended' } as const
        await record(tx, { act: 'session.ended', by: actor, on: `user:${user.id}`, details }, clock.now())
      })
    },

    /** End every session of an account; of one's own all but the one at hand. @returns how many */
    async endSessions(actor: Actor, userId: string, sessionToken?: string): Promise<number> {
      if (actor.kind !== 'user' || actor.id !== userId) authorize(actor, 'accounts')
      await readAccount(db.read, userId)
      const keep = sessionToken === undefined ? undefined : sha256(sessionToken)
      return db.write((tx) => endSessions(tx, actor, userId, 'ended', clock.now(), keep))
    },

    mayManage: (actor: Actor): boolean => may(actor, 'accounts'),
  }
}
