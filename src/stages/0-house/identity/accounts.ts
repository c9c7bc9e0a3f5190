import type { Actor } from '../../../core/actor.ts'
import { notFound } from '../../../core/errors.ts'
import { newId } from '../../../core/values.ts'
import { isUniqueViolation, type Reader, type Tx } from '../../../db/database.ts'
import { giveUp } from '../../../db/limits.ts'
import { record } from '../../../db/security-log.ts'
import type { Context } from '../../context.ts'
import { refused } from '../messages.ts'
import type { NewUser, UserChange } from '../model.ts'
import { hashPassword } from '../passwords.ts'
import { changeUser, countUsers, hasOtherAdmin, insertUser, userById, type User } from '../store/accounts.ts'
import { endSessions, signInAgain } from './parts.ts'
import { refuseCommon } from './strength.ts'

export const isFirstRun = async (db: Reader): Promise<boolean> => (await countUsers(db)) === 0

/** @throws Problem 404 */
export async function readAccount(rows: Pick<Tx, 'select'>, id: string): Promise<User> {
  const user = await userById(rows, id)
  if (!user) throw notFound({ en: 'account', zh: '账号' }, id)
  return user
}

/** @throws Problem 401 for a machine: an account of one's own is a person's */
export async function ownAccount({ db }: Context, actor: Actor): Promise<User> {
  if (actor.kind !== 'user') throw signInAgain()
  return readAccount(db.read, actor.id)
}

/** @throws Problem 409 for an address that has an account, or where it should have been the first; 422 on `password` */
export async function addAccount(
  { db, clock }: Context,
  by: Actor,
  account: NewUser,
  { onlyIfFirst }: { onlyIfFirst: boolean },
): Promise<{ id: string }> {
  await refuseCommon(account.password, account)
  const passwordHash = await hashPassword(account.password)
  const { role, email, name, lang } = account
  const id = newId()
  try {
    return await db.write(async (tx) => {
      if (onlyIfFirst && (await countUsers(tx)) > 0) throw refused('identity.not-first')
      await insertUser(tx, { id, email, name, role, passwordHash, lang, createdAt: clock.now() })
      const details = { role, first: onlyIfFirst }
      await record(tx, { act: 'account.made', by, on: `user:${id}`, details }, clock.now())
      return { id }
    })
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    throw refused('identity.taken', undefined, { field: 'email' })
  }
}

const NO_FACTOR = { secondFactor: null, secondFactorStep: null, recoveryHashes: null } as const

/** From now on the password alone lets in. */
export const dropFactor = (tx: Tx, id: string) => changeUser(tx, id, NO_FACTOR)

/** The columns that a change changes. */
const columnsOf = ({ disabled, role, secondFactor }: UserChange, passwordHash: string | undefined, now: Date) => ({
  ...(disabled === undefined ? {} : { disabledAt: disabled ? now : null }),
  ...(passwordHash === undefined ? {} : { passwordHash }),
  ...(role === undefined ? {} : { role }),
  ...(secondFactor === false ? NO_FACTOR : {}),
})

/** What the security log says of a change, one row for each thing that changed. */
async function noteChange(tx: Tx, by: Actor, user: User, change: UserChange, now: Date): Promise<void> {
  const { disabled, role, password, secondFactor } = change
  const on = `user:${user.id}` as const
  if (disabled !== undefined)
    await record(tx, { act: disabled ? 'account.off' : 'account.on', by, on, details: {} }, now)
  if (role !== undefined && role !== user.role)
    await record(tx, { act: 'account.role', by, on, details: { was: user.role, is: role } }, now)
  if (password !== undefined) {
    await giveUp(tx, [{ of: 'sign-in.failed', by: user.email }])
    await record(tx, { act: 'account.password', by, on, details: { how: 'set' } }, now)
  }
  if (secondFactor === false && user.secondFactor)
    await record(tx, { act: 'account.second-factor', by, on, details: { is: 'off' } }, now)
}

/**
 * Switch an account off or on, give it a new password or another role, take its second factor away. Its sessions
 * end: whoever lost a laptop or left the house is out at once.
 * @throws Problem 404; 409 for switching off or demoting oneself or the last admin
 */
export async function changeAccount({ db, clock }: Context, actor: Actor, id: string, change: UserChange) {
  const { disabled, password, role } = change
  const before = await readAccount(db.read, id)
  const less = disabled || (role !== undefined && role !== 'admin')
  if (less && actor.kind === 'user' && actor.id === id) throw refused('identity.self')
  if (password !== undefined) await refuseCommon(password, before)
  const passwordHash = password === undefined ? undefined : await hashPassword(password)
  await db.write(async (tx) => {
    const user = await readAccount(tx, id)
    // Somebody must be able to make accounts.
    if (less && user.role === 'admin' && actor.kind !== 'system' && !(await hasOtherAdmin(tx, id)))
      throw refused('identity.last-admin')
    const now = clock.now()
    const columns = columnsOf(change, passwordHash, now)
    if (!Object.keys(columns).length) return
    await changeUser(tx, id, columns)
    await noteChange(tx, actor, user, change, now)
    await endSessions(tx, actor, id, 'changed', now)
  })
}
