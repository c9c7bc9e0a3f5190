import { randomBytes } from 'node:crypto'
import { and, desc, eq, gt, isNull } from 'drizzle-orm'
import { z } from 'zod'
import { anonymous, demand, ROLES, SCOPES, type Actor, type Role, type Scope } from '../../core/actor.ts'
import { sha256 } from '../../core/canonical.ts'
import { notFound, problem } from '../../core/errors.ts'
import { networkOf } from '../../core/network.ts'
import { sameEmail } from '../../core/email.ts'
import { emailAddress, oneLine } from '../../core/typed.ts'
import { DAY, HOUR, LANGS, MINUTE, newId, type Lang } from '../../core/values.ts'
import { isUniqueViolation } from '../../db/database.ts'
import { apiKeys, sessions, users } from './tables.ts'
import { record } from '../../db/security-log.ts'
import type { Context } from '../context.ts'
import { hashPassword as hash, verifyPassword as verify } from './passwords.ts'

const IDLE_MS = 12 * HOUR
const LONGEST_MS = 30 * DAY

export const accountSchema = z.strictObject({
  email: emailAddress.transform((email) => email.toLowerCase()),
  name: oneLine(1, 80),
  password: z.string().min(10).max(200),
  lang: z.enum(LANGS).default('zh'),
})
/** What an operator changes in an account that is there. */
export const userChange = z.strictObject({ disabled: z.boolean(), password: accountSchema.shape.password }).partial()
export const newUserSchema = accountSchema.extend({ role: z.enum(ROLES).default('merchandiser') })
export const keySchema = z.strictObject({
  name: oneLine(1, 80),
  scopes: z.array(z.enum(SCOPES)).min(1),
})

export interface SignedIn {
  actor: Extract<Actor, { kind: 'user' }>
  lang: Lang
}

const newToken = (): string => randomBytes(32).toString('base64url')
const wrongLogin = () =>
  problem('identity.wrong', 401, {
    en: 'E-mail and password do not match. Check both and try again.',
    zh: '邮箱或密码不正确，请检查后重试。',
  })

export type Identity = ReturnType<typeof openIdentity>

export function openIdentity(context: Context) {
  const { db, clock } = context
  /** Compared against when no such user exists, so that the answer takes as long. */
  const nobody = hash(newToken())

  async function insertUser(
    actor: Actor,
    account: z.infer<typeof newUserSchema>,
    role: Role,
    onlyIfFirst: boolean,
  ): Promise<string> {
    const passwordHash = await hash(account.password)
    const id = newId()
    try {
      return await db.write(async (tx) => {
        if (onlyIfFirst && (await tx.$count(users)) > 0)
          throw problem('identity.not-first', 409, {
            en: 'The first account exists already. Sign in, or ask an operator for an account.',
            zh: '首个账号已创建。请登录，或联系运营管理员开通账号。',
          })
        await tx
          .insert(users)
          .values({
            id,
            email: account.email,
            name: account.name,
            role,
            passwordHash,
            lang: account.lang,
            createdAt: clock.now(),
          })
          .returning({ id: users.id })
        const details = { role, first: onlyIfFirst }
        await record(tx, { act: 'account.made', by: actor, on: `user:${id}`, details }, clock.now())
        return id
      })
    } catch (error) {
      if (!isUniqueViolation(error)) throw error
      throw problem(
        'identity.taken',
        409,
        {
          en: 'There is an account with this e-mail already.',
          zh: '该邮箱已注册账号。',
        },
        { field: 'email' },
      )
    }
  }

  return {
    async isFirstRun(): Promise<boolean> {
      return (await db.read.$count(users)) === 0
    },

    /** The first account of an empty installation: an operator, because somebody must be able to add the others. */
    createFirst: (account: z.infer<typeof accountSchema>): Promise<string> =>
      insertUser(anonymous, { ...account, role: 'operator' }, 'operator', true),

    async createUser(actor: Actor, account: z.infer<typeof newUserSchema>): Promise<string> {
      demand(actor, 'operate')
      return insertUser(actor, account, account.role, false)
    },

    async users(actor: Actor) {
      demand(actor, 'operate')
      return db.read
        .select({
          id: users.id,
          email: users.email,
          name: users.name,
          role: users.role,
          lang: users.lang,
          createdAt: users.createdAt,
          disabledAt: users.disabledAt,
        })
        .from(users)
        .orderBy(users.id)
    },

    /**
     * Switch an account off or on, or give it a new password. Either way its sessions end: whoever lost a laptop or left
     * the house is out at once.
     * @throws Problem 404, 409 for switching off oneself
     */
    async changeUser(actor: Actor, id: string, { disabled, password }: z.infer<typeof userChange>): Promise<void> {
      demand(actor, 'operate')
      if (disabled && actor.kind === 'user' && actor.id === id)
        throw problem('identity.self', 409, {
          en: 'This is your own account; switched off, you could not switch it on again. Ask another operator.',
          zh: '这是您自己的账号，停用后将无法自行恢复。请由其他运营管理员操作。',
        })
      const change = {
        ...(disabled === undefined ? {} : { disabledAt: disabled ? clock.now() : null }),
        ...(password === undefined ? {} : { passwordHash: await hash(password) }),
      }
      const rows = await db.write(async (tx) => {
        const ended = await tx.delete(sessions).where(eq(sessions.userId, id)).returning({ id: sessions.userId })
        const changed = await tx.update(users).set(change).where(eq(users.id, id)).returning({ id: users.id })
        if (!changed.length) return changed
        const [by, on, now] = [actor, `user:${id}`, clock.now()]
        if (disabled !== undefined)
          await record(tx, { act: disabled ? 'account.off' : 'account.on', by, on, details: {} }, now)
        if (password !== undefined) await record(tx, { act: 'account.password', by, on, details: { how: 'set' } }, now)
        if (ended.length)
          await record(tx, { act: 'session.ended', by, on, details: { sessions: ended.length, why: 'changed' } }, now)
        return changed
      })
      if (!rows.length) throw notFound({ en: 'account', zh: '账号' }, id)
    },

    /** @returns a new session's token; the old one, if any, is ended (a session is never carried over a sign-in) */
    async signIn(email: string, password: string, previousToken?: string, address?: string): Promise<string> {
      const [user] = await db.read
        .select()
        .from(users)
        .where(eq(users.email, sameEmail(email)))
      const right = await verify(user?.passwordHash ?? (await nobody), password)
      const from = address === undefined ? null : networkOf(address)
      if (!user || !right || user.disabledAt) {
        const reason = !user ? 'unknown' : user.disabledAt ? 'off' : 'password'
        const refused = { act: 'sign-in.refused', by: anonymous, details: { reason, from } } as const
        const on = user ? { on: `user:${user.id}` } : {}
        await db.write((tx) => record(tx, { ...refused, ...on }, clock.now()), { atomic: true })
        throw wrongLogin()
      }
      const token = newToken()
      const now = clock.now()
      await db.write(async (tx) => {
        if (previousToken)
          await tx
            .delete(sessions)
            .where(eq(sessions.tokenHash, sha256(previousToken)))
            .returning({ id: sessions.userId })
        await tx
          .insert(sessions)
          .values({
            tokenHash: sha256(token),
            userId: user.id,
            createdAt: now,
            lastSeenAt: now,
            expiresAt: new Date(now.getTime() + LONGEST_MS),
          })
          .returning({ id: sessions.userId })
        const by: Actor = { kind: 'user', id: user.id, name: user.name, role: user.role }
        await record(tx, { act: 'sign-in.done', by, on: `user:${user.id}`, details: { by: 'password', from } }, now)
      })
      return token
    },

    async signOut(token: string): Promise<void> {
      await db.write(
        async (tx) => {
          const [ended] = await tx
            .delete(sessions)
            .where(eq(sessions.tokenHash, sha256(token)))
            .returning({ userId: sessions.userId })
          if (!ended) return
          const by: Actor = { kind: 'user', id: ended.userId, name: '', role: 'merchandiser' }
          const details = { sessions: 1, why: 'signed-out' } as const
          await record(tx, { act: 'session.ended', by, on: `user:${ended.userId}`, details }, clock.now())
        },
        { atomic: true },
      )
    },

    /** Who a session belongs to, or undefined when it is unknown, idle too long, expired or its user disabled. */
    async bySession(token: string): Promise<SignedIn | undefined> {
      const now = clock.now()
      const tokenHash = sha256(token)
      const [row] = await db.read
        .select({ id: users.id, name: users.name, role: users.role, lang: users.lang, lastSeenAt: sessions.lastSeenAt })
        .from(sessions)
        .innerJoin(users, eq(users.id, sessions.userId))
        .where(
          and(
            eq(sessions.tokenHash, tokenHash),
            gt(sessions.expiresAt, now),
            gt(sessions.lastSeenAt, new Date(now.getTime() - IDLE_MS)),
            isNull(users.disabledAt),
          ),
        )
      if (!row) return undefined
      if (now.getTime() - row.lastSeenAt.getTime() > 5 * MINUTE)
        await db.write(
          (tx) =>
            tx
              .update(sessions)
              .set({ lastSeenAt: now })
              .where(eq(sessions.tokenHash, tokenHash))
              .returning({ id: sessions.userId }),
          { atomic: true },
        )
      return { actor: { kind: 'user', id: row.id, name: row.name, role: row.role }, lang: row.lang }
    },

    async byKey(key: string): Promise<Extract<Actor, { kind: 'key' }> | undefined> {
      const [row] = await db.read
        .select()
        .from(apiKeys)
        .where(and(eq(apiKeys.keyHash, sha256(key)), isNull(apiKeys.revokedAt)))
      return row && { kind: 'key', id: row.id, name: row.name, scopes: row.scopes as Scope[] }
    },

    /** The key itself is in the answer once and stored nowhere. */
    async createKey(actor: Actor, { name, scopes }: z.infer<typeof keySchema>): Promise<{ id: string; key: string }> {
      demand(actor, 'operate')
      const id = newId()
      const key = `fck_${newToken()}`
      await db.write(async (tx) => {
        await tx
          .insert(apiKeys)
          .values({ id, prefix: key.slice(0, 10), keyHash: sha256(key), name, scopes, createdAt: clock.now() })
          .returning({ id: apiKeys.id })
        const details = { scopes, expiresAt: null }
        await record(tx, { act: 'key.made', by: actor, on: `key:${id}`, details }, clock.now())
      })
      return { id, key }
    },

    async keys(actor: Actor) {
      demand(actor, 'operate')
      return db.read
        .select({
          id: apiKeys.id,
          prefix: apiKeys.prefix,
          name: apiKeys.name,
          scopes: apiKeys.scopes,
          createdAt: apiKeys.createdAt,
          revokedAt: apiKeys.revokedAt,
        })
        .from(apiKeys)
        .orderBy(desc(apiKeys.id))
    },

    async revokeKey(actor: Actor, id: string): Promise<void> {
      demand(actor, 'operate')
      const rows = await db.write(async (tx) => {
        const revoked = await tx
          .update(apiKeys)
          .set({ revokedAt: clock.now() })
          .where(and(eq(apiKeys.id, id), isNull(apiKeys.revokedAt)))
          .returning({ id: apiKeys.id })
        if (revoked.length)
          await record(tx, { act: 'key.revoked', by: actor, on: `key:${id}`, details: {} }, clock.now())
        return revoked
      })
      if (!rows.length) throw notFound({ en: 'API key', zh: 'API 密钥' }, id)
    },
  }
}
