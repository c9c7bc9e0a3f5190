import { and, eq, inArray, isNotNull } from 'drizzle-orm'
import type { Reader } from '../../../db/database.ts'
import { cancellations, factories, productionOrders } from '../tables.ts'

/** Asked for by factories; the house has to answer. */
export const countOpenCancellations = (db: Reader): Promise<number> =>
  db.$count(cancellations, and(eq(cancellations.state, 'asked'), eq(cancellations.side, 'factory')))

export const factoryNames = (db: Reader, ids: string[]) =>
  db.select({ id: factories.id, name: factories.name }).from(factories).where(inArray(factories.id, ids))

/** Every stored brief. */
export async function filesOfOrders(db: Reader): Promise<string[]> {
  const rows = await db
    .select({ file: productionOrders.briefFile })
    .from(productionOrders)
    .where(isNotNull(productionOrders.briefFile))
  return rows.flatMap(({ file }) => (file ? [file] : []))
}

/** Factories that name somebody to write to. */
export const factoriesWithContact = (db: Reader) =>
  db
    .select({
      id: factories.id,
      name: factories.name,
      country: factories.country,
      address: factories.address,
      contactEmail: factories.contactEmail,
    })
    .from(factories)
    .where(isNotNull(factories.contactEmail))
