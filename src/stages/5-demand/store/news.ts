/** Who wants no letters but those about their own orders. */
import { inArray } from 'drizzle-orm'
import type { Reader, Tx } from '../../../db/database.ts'
import { newsRefused } from '../tables.ts'

/** Which of these persons. */
export async function refusedBy(db: Reader, keys: readonly string[]): Promise<ReadonlySet<string>> {
  if (!keys.length) return new Set()
  const rows = await db
    .select({ person: newsRefused.person })
    .from(newsRefused)
    .where(inArray(newsRefused.person, [...keys]))
  return new Set(rows.map(({ person }) => person))
}

export const refuseNews = (tx: Tx, person: string, at: Date) =>
  tx.insert(newsRefused).values({ person, at }).onConflictDoNothing().returning({ person: newsRefused.person })

/** They want them again, or are nobody any more. */
export const takeNews = (tx: Tx, keys: readonly string[]) =>
  tx
    .delete(newsRefused)
    .where(inArray(newsRefused.person, [...keys]))
    .returning({ person: newsRefused.person })
