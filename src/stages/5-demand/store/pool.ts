/** Who joined a pool, for the page that everybody sees. */
import { and, desc, eq, exists, inArray, ne, sql } from 'drizzle-orm'
import { ERASED } from '../../../core/person.ts'
import type { Reader } from '../../../db/database.ts'
import { partners, preorders } from '../tables.ts'

/** Pre-orders that are looked through for the names of those who joined last: no page waits for more. */
const LOOKED_THROUGH = 300
const STANDS = ['confirmed', 'in-lot', 'fulfilled'] as const

/** Names of those whose verified orders are the newest, each buyer once; nobody's are left out. */
export async function joinedLast(db: Reader, campaignId: string, most: number): Promise<string[]> {
  const newest = db
    .select({ buyerKey: preorders.buyerKey, name: preorders.name, email: preorders.email, state: preorders.state })
    .from(preorders)
    .where(eq(preorders.campaignId, campaignId))
    .orderBy(desc(preorders.id))
    .limit(LOOKED_THROUGH)
    .as('newest')
  const rows = await db
    .select({ buyerKey: newest.buyerKey, name: newest.name })
    .from(newest)
    .where(and(inArray(newest.state, [...STANDS]), ne(newest.email, ERASED)))
  const names = new Map<string, string>()
  for (const { buyerKey, name } of rows) if (names.size < most && !names.has(buyerKey)) names.set(buyerKey, name)
  return [...names.values()]
}

/** How many partners brought verified orders into it. */
export async function shopsIn(db: Reader, campaignId: string): Promise<number> {
  const brought = db
    .select({ one: sql`1` })
    .from(preorders)
    .where(
      and(
        eq(preorders.partnerId, partners.id),
        eq(preorders.campaignId, campaignId),
        inArray(preorders.state, [...STANDS]),
      ),
    )
  return db.$count(partners, exists(brought))
}
