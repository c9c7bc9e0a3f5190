import { desc, eq } from 'drizzle-orm'
import type { Reader, Tx } from '../../../db/database.ts'
import { saleTerms } from '../tables.ts'

export type SaleTerms = typeof saleTerms.$inferSelect

/** What buyers accept now; nothing while the house has no terms. */
export async function currentTerms(db: Reader): Promise<SaleTerms | undefined> {
  const [row] = await db.select().from(saleTerms).orderBy(desc(saleTerms.version)).limit(1)
  return row
}

export async function termsNumbered(db: Reader, version: number): Promise<SaleTerms | undefined> {
  const [row] = await db.select().from(saleTerms).where(eq(saleTerms.version, version))
  return row
}

/** Newest first. */
export const termsPage = (db: Reader, limit: number): Promise<SaleTerms[]> =>
  db.select().from(saleTerms).orderBy(desc(saleTerms.version)).limit(limit)

/** @returns false where somebody made that version in the same moment */
export async function insertTerms(tx: Tx, row: SaleTerms): Promise<boolean> {
  const made = await tx.insert(saleTerms).values(row).onConflictDoNothing().returning({ version: saleTerms.version })
  return made.length === 1
}
