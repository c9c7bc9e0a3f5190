/** Pre-orders of a person: found, and made nobody's without touching what they count. */
import { and, asc, desc, eq, inArray, lt, ne, sql } from 'drizzle-orm'
import { ERASED, NOBODY } from '../../../core/person.ts'
import { grouped, newId } from '../../../core/values.ts'
import type { Reader, Tx } from '../../../db/database.ts'
import { isOf, maybeOf } from '../../../db/persons.ts'
import { campaigns } from '../../4-storefront/door.ts'
import { standing } from '../standing.ts'
import { seen, type Preorder } from '../store.ts'
import { allowances, campaignBuyers, preorders } from '../tables.ts'
import { dropTraces } from './traces.ts'

/** Keys of buyers who are nobody any more. */
export const GONE = 'erased.'
const ENDED = ['fulfilled', 'cancelled', 'released'] as const

export const isOver = ({ state }: Pick<Preorder, 'state'>): boolean => (ENDED as readonly string[]).includes(state)

/** A person's pre-orders: each as it stands, and its row, which may have to follow that. */
export async function preordersOf(db: Reader, email: string): Promise<{ stands: Preorder; row: Preorder }[]> {
  const isTheirs = isOf(email)
  const found = await seen(db).where(maybeOf(preorders.email, email))
  return found
    .filter(({ preorder }) => isTheirs(preorder.email))
    .map((each) => ({ stands: standing(each.preorder, each), row: each.preorder }))
}

/**
 * Pre-orders of whoever has one of these keys, as they stand, newest first.
 * @param before the id of the last one already seen
 */
export async function ordersUnder(
  db: Reader,
  keys: readonly string[],
  { before, limit }: { before?: string | undefined; limit: number },
): Promise<Preorder[]> {
  const found = await seen(db)
    .where(
      and(
        inArray(preorders.buyerKey, [...keys]),
        // Said as the index says it.
        sql`not ${preorders.letterDue}`,
        before === undefined ? undefined : lt(preorders.id, before),
      ),
    )
    .orderBy(desc(preorders.id))
    .limit(limit)
  return found.map((each) => standing(each.preorder, each))
}

/** The same by their ids; `over`: those that have ended. */
export async function preordersOfPerson(db: Reader, email: string): Promise<{ ids: string[]; over: string[] }> {
  const rows = (await preordersOf(db, email)).map(({ row }) => row)
  return { ids: rows.map(({ id }) => id), over: rows.filter(isOver).map(({ id }) => id) }
}

export async function buyerAddresses(db: Reader): Promise<string[]> {
  return (await db.selectDistinct({ email: preorders.email }).from(preorders)).map(({ email }) => email)
}

/** What the buyer says of themselves is this from now on. @param contact sealed */
export const keepContact = (tx: Tx, id: string, contact: string | null) =>
  tx.update(preorders).set({ contact }).where(eq(preorders.id, id)).returning({ id: preorders.id })

/** Whom these pre-orders are sent to; what was erased is nobody's and goes nowhere. */
export const addressedTo = (db: Reader, ids: readonly string[]) =>
  db
    .select({
      id: preorders.id,
      name: preorders.name,
      email: preorders.email,
      lang: preorders.lang,
      contact: preorders.contact,
    })
    .from(preorders)
    .where(and(inArray(preorders.id, [...ids]), ne(preorders.email, ERASED)))

/**
 * These pre-orders become nobody's. What they count goes with them to a key that says nothing, so that every counter
 * stays what it was, and a lot keeps its buyers.
 */
export async function anonymise(tx: Tx, rows: readonly Preorder[]): Promise<void> {
  for (const [first, ...rest] of grouped(rows, ({ campaignId, buyerKey }) => `${campaignId} ${buyerKey}`).values())
    if (first) await anonymiseBuyer(tx, [first, ...rest])
}

/** Pre-orders of one buyer in one campaign. */
async function anonymiseBuyer(tx: Tx, group: [Preorder, ...Preorder[]]): Promise<void> {
  const [{ campaignId, buyerKey }] = group
  const ids = group.map(({ id }) => id)
  const nobody = buyerKey.startsWith(GONE) ? buyerKey : `${GONE}${newId()}`
  await tx
    .update(preorders)
    .set({ email: ERASED, name: NOBODY, contact: null, buyerKey: nobody, requestKey: null })
    .where(inArray(preorders.id, ids))
    .returning({ id: preorders.id })
  await dropTraces(tx, ids)
  const held = group.reduce((sum, { state, units }) => sum + (state === 'fulfilled' ? units : 0), 0)
  const own = and(eq(campaignBuyers.campaignId, campaignId), eq(campaignBuyers.buyerKey, buyerKey))
  const [before] = nobody === buyerKey ? [] : await tx.select().from(campaignBuyers).where(own)
  if (!before) return
  await tx
    .insert(campaignBuyers)
    .values({ campaignId, buyerKey: nobody, units: held })
    .returning({ key: campaignBuyers.buyerKey })
  const theirs = and(eq(preorders.campaignId, campaignId), eq(preorders.buyerKey, buyerKey))
  if (await tx.$count(preorders, theirs))
    await tx
      .update(campaignBuyers)
      .set({ units: before.units - held })
      .where(own)
      .returning({ key: campaignBuyers.buyerKey })
  else {
    await tx.delete(campaignBuyers).where(own).returning({ key: campaignBuyers.buyerKey })
    const allowed = and(eq(allowances.campaignId, campaignId), eq(allowances.buyerKey, buyerKey))
    await tx.delete(allowances).where(allowed).returning({ key: allowances.buyerKey })
  }
}

/**
 * What was under way when its buyer asked to be erased, and has ended since. What the same buyer ordered later is
 * somebody's again and stays.
 * @param asked when each buyer asked, by their key
 * @returns ids of the pre-orders
 */
export async function forgetEnded(tx: Tx, asked: ReadonlyMap<string, string>): Promise<string[]> {
  const ended = await tx
    .select()
    .from(preorders)
    .where(and(inArray(preorders.buyerKey, [...asked.keys()]), inArray(preorders.state, [...ENDED])))
  const due = ended.filter(({ buyerKey, placedAt }) => placedAt.toISOString() <= (asked.get(buyerKey) ?? ''))
  await anonymise(tx, due)
  return due.map(({ id }) => id)
}

/** Those that ended before, of campaigns that are over: a slice of them. @returns how many it found */
export async function forgetOld(tx: Tx, before: Date, limit: number): Promise<number> {
  const old = await tx
    .select({ campaignId: preorders.campaignId, buyerKey: preorders.buyerKey })
    .from(preorders)
    .innerJoin(campaigns, eq(campaigns.id, preorders.campaignId))
    .where(
      and(
        inArray(preorders.state, [...ENDED]),
        lt(preorders.endedAt, before),
        ne(preorders.email, ERASED),
        inArray(campaigns.state, ['closed', 'released']),
      ),
    )
    .orderBy(asc(preorders.id))
    .limit(limit)
  // Everything of one buyer in one campaign goes together, so that a lot keeps as many buyers as it had.
  const buyers = new Map(old.map((row) => [`${row.campaignId} ${row.buyerKey}`, row]))
  for (const { campaignId, buyerKey } of buyers.values()) {
    const own = and(eq(preorders.campaignId, campaignId), eq(preorders.buyerKey, buyerKey))
    await anonymise(tx, await tx.select().from(preorders).where(and(own, inArray(preorders.state, [...ENDED])))) // prettier-ignore
  }
  return old.length
}
