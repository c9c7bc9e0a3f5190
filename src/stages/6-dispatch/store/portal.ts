/** Ways into the portal: sessions of browsers, and links that were sent by letter. Every token is stored as its hash. */
import { and, eq, gt, lte, or, sql } from 'drizzle-orm'
import type { Reader, Tx } from '../../../db/database.ts'
import { factories, portalAccess } from '../tables.ts'
import type { Factory } from './factories.ts'

type Kind = (typeof portalAccess.$inferSelect)['kind']
const ids = { id: portalAccess.factoryId }

/** Whose way in this is, while it is good and was used since `idle`. */
export async function accessBy(
  db: Reader,
  { tokenHash, kind, now, idle }: { tokenHash: string; kind: Kind; now: Date; idle: Date },
): Promise<{ factory: Factory; lastSeenAt: Date } | undefined> {
  const [row] = await db
    .select({ factory: factories, lastSeenAt: portalAccess.lastSeenAt })
    .from(portalAccess)
    .innerJoin(factories, eq(factories.id, portalAccess.factoryId))
    .where(
      and(
        eq(portalAccess.tokenHash, tokenHash),
        eq(portalAccess.kind, kind),
        gt(portalAccess.expiresAt, now),
        gt(portalAccess.lastSeenAt, idle),
      ),
    )
  return row
}

export const insertAccess = (tx: Tx, row: Omit<typeof portalAccess.$inferInsert, 'lastSeenAt'>) =>
  tx
    .insert(portalAccess)
    .values({ ...row, lastSeenAt: row.createdAt })
    .returning(ids)

export const noteSeen = (tx: Tx, tokenHash: string, at: Date) =>
  tx.update(portalAccess).set({ lastSeenAt: at }).where(eq(portalAccess.tokenHash, tokenHash)).returning(ids)

/** False = there was none: it is used up, or has ended. */
export async function endAccess(tx: Tx, tokenHash: string, kind: Kind): Promise<boolean> {
  const rows = await tx
    .delete(portalAccess)
    .where(and(eq(portalAccess.tokenHash, tokenHash), eq(portalAccess.kind, kind)))
    .returning(ids)
  return rows.length > 0
}

/** All of a factory's: its link has been renewed. */
export const endAccessOf = (tx: Tx, factoryId: string) =>
  tx.delete(portalAccess).where(eq(portalAccess.factoryId, factoryId)).returning(ids)

/** What has ended by itself. */
export const forgetEnded = (tx: Tx, now: Date, idle: Date) =>
  tx
    .delete(portalAccess)
    .where(or(lte(portalAccess.expiresAt, now), lte(portalAccess.lastSeenAt, idle)))
    .returning(ids)

/** @param email in small letters */
export const factoriesAt = (db: Reader, email: string): Promise<Factory[]> =>
  db
    .select()
    .from(factories)
    .where(eq(sql`lower(${factories.contactEmail})`, email))
