import { and, asc, eq, isNull, lt, ne, or } from 'drizzle-orm'
import type { Reader, Tx } from '../../../db/database.ts'
import { isOf, maybeOf } from '../../../db/persons.ts'
import { users } from '../tables.ts'

export type User = typeof users.$inferSelect
/** Reading inside a transaction or beside it. */
type Rows = Pick<Reader, 'select'>

export async function userById(db: Rows, id: string): Promise<User | undefined> {
  const [user] = await db.select().from(users).where(eq(users.id, id))
  return user
}

export async function userByEmail(db: Rows, email: string): Promise<User | undefined> {
  const [user] = await db.select().from(users).where(eq(users.email, email))
  return user
}

export const allUsers = (db: Reader): Promise<User[]> => db.select().from(users).orderBy(asc(users.id))

export const countUsers = (db: Reader): Promise<number> => db.$count(users)

export const insertUser = (tx: Tx, row: typeof users.$inferInsert) =>
  tx.insert(users).values(row).returning({ id: users.id })

export const changeUser = (tx: Tx, id: string, set: Partial<typeof users.$inferInsert>) =>
  tx.update(users).set(set).where(eq(users.id, id)).returning({ id: users.id })

/** Whether another admin than this one works. */
export async function hasOtherAdmin(db: Rows, but: string): Promise<boolean> {
  const others = await db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.role, 'admin'), isNull(users.disabledAt), ne(users.id, but)))
    .limit(1)
  return others.length > 0
}

/** Take the time step of a code: whoever comes second with it, or with an older one, gets nothing. */
export async function takeStep(tx: Tx, id: string, step: number): Promise<boolean> {
  const taken = await tx
    .update(users)
    .set({ secondFactorStep: step })
    .where(and(eq(users.id, id), or(isNull(users.secondFactorStep), lt(users.secondFactorStep, step))))
    .returning({ id: users.id })
  return taken.length > 0
}

/** Accounts of whoever has this address, however it was typed. */
export async function usersOf(db: Reader, email: string): Promise<User[]> {
  const isTheirs = isOf(email)
  return (await db.select().from(users).where(maybeOf(users.email, email))).filter((row) => isTheirs(row.email))
}
