/** Factories. */
import { and, asc, desc, eq, inArray, isNotNull, lt, sql } from 'drizzle-orm'
import { atOnce } from '../../../db/at-once.ts'
import { prepared, type Reader, type Tx } from '../../../db/database.ts'
import { factories } from '../tables.ts'

export type Factory = typeof factories.$inferSelect

/** Asked for every endpoint whenever messages are claimed and recorded. */
const byFactoryId = prepared<{ id: string }, Factory>((tx) =>
  tx
    .select()
    .from(factories)
    .where(eq(factories.id, sql.placeholder('id'))),
)

export async function factoryById(db: Reader, id: string): Promise<Factory | undefined> {
  const [row] = await byFactoryId(db, { id })
  return row
}

type ById = Pick<Factory, 'id'>
const ID = { id: factories.id }

/** Those of these factories that there are, in no order. */
const factoriesAtOnce = atOnce<ById, Factory>(ID, (tx, { from, value }) =>
  tx
    .select()
    .from(factories)
    .where(sql`${factories.id} in (select ${value('id')} from ${from})`),
)
export const factoriesById = async (db: Reader, ids: readonly string[]): Promise<ReadonlyMap<string, Factory>> =>
  new Map(
    (
      await factoriesAtOnce(
        db,
        ids.map((id) => ({ id })),
      )
    ).map((factory) => [factory.id, factory]),
  )

/** Those of these whose endpoint is failing. */
const failingAtOnce = atOnce<ById, ById>(ID, (tx, { from, value }) =>
  tx
    .select(ID)
    .from(factories)
    .where(sql`${factories.id} in (select ${value('id')} from ${from}) and ${isNotNull(factories.failingSince)}`),
)
export const failingAmong = async (db: Reader, ids: Iterable<string>): Promise<string[]> =>
  (
    await failingAtOnce(
      db,
      [...ids].map((id) => ({ id })),
    )
  ).map(({ id }) => id)

export async function factoryByPortal(db: Reader, portalHash: string): Promise<Factory | undefined> {
  const [row] = await db.select().from(factories).where(eq(factories.portalHash, portalHash))
  return row
}

export const allFactories = (db: Reader) => db.select().from(factories).orderBy(asc(factories.id))

export const factoryPage = (db: Reader, page: { before?: string | undefined; limit: number }) =>
  db
    .select()
    .from(factories)
    .where(page.before ? lt(factories.id, page.before) : undefined)
    .orderBy(desc(factories.id))
    .limit(page.limit)

export const insertFactory = (tx: Tx, row: typeof factories.$inferInsert) =>
  tx.insert(factories).values(row).returning()

export async function changeFactory(
  tx: Tx,
  id: string,
  change: Partial<typeof factories.$inferInsert>,
  from?: readonly Factory['state'][],
): Promise<Factory | undefined> {
  const [row] = await tx
    .update(factories)
    .set(change)
    .where(and(eq(factories.id, id), from ? inArray(factories.state, [...from]) : undefined))
    .returning()
  return row
}
