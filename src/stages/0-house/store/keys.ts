import { and, desc, eq, getTableColumns, isNotNull, isNull, lt, lte, or } from 'drizzle-orm'
import type { Reader, Tx } from '../../../db/database.ts'
import { apiKeys } from '../tables.ts'

export type ApiKey = typeof apiKeys.$inferSelect

/** A key that was not revoked, by its SHA-256; its time may be over. */
export async function keyByHash(db: Reader, keyHash: string): Promise<ApiKey | undefined> {
  const [row] = await db
    .select()
    .from(apiKeys)
    .where(and(eq(apiKeys.keyHash, keyHash), isNull(apiKeys.revokedAt)))
  return row
}

/**
 * When it was used, unless somebody noted it already.
 * @param before noted uses from then on stand; undefined where any does (the first use)
 * @returns whether this call noted it
 */
export async function noteKeyUse(tx: Tx, id: string, now: Date, before: Date | undefined): Promise<boolean> {
  const unused = isNull(apiKeys.lastUsedAt)
  const noted = await tx
    .update(apiKeys)
    .set({ lastUsedAt: now })
    .where(and(eq(apiKeys.id, id), before ? or(unused, lt(apiKeys.lastUsedAt, before)) : unused))
    .returning({ id: apiKeys.id })
  return noted.length > 0
}

export const insertKey = (tx: Tx, row: typeof apiKeys.$inferInsert) =>
  tx.insert(apiKeys).values(row).returning({ id: apiKeys.id })

/** Newest first, without the hashes. */
export function allKeys(db: Reader) {
  const { keyHash: _hash, ...shown } = getTableColumns(apiKeys)
  return db.select(shown).from(apiKeys).orderBy(desc(apiKeys.id))
}

/** @returns whether there was such a key to revoke */
export async function revokeKey(tx: Tx, id: string, now: Date): Promise<boolean> {
  const revoked = await tx
    .update(apiKeys)
    .set({ revokedAt: now })
    .where(and(eq(apiKeys.id, id), isNull(apiKeys.revokedAt)))
    .returning({ id: apiKeys.id })
  return revoked.length > 0
}

/** Close those whose time is over. */
export const revokeExpiredKeys = (tx: Tx, now: Date) =>
  tx
    .update(apiKeys)
    .set({ revokedAt: now })
    .where(and(isNull(apiKeys.revokedAt), isNotNull(apiKeys.expiresAt), lte(apiKeys.expiresAt, now)))
    .returning({ id: apiKeys.id })
