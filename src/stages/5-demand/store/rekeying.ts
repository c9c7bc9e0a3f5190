/**
 * Keys of buyers become others: campaign by campaign, so that every look at a table is in the order of an index, and
 * everything of a buyer in a campaign in one transaction, so that no counter ever sees half of it.
 */
import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm'
import { ERASED } from '../../../core/person.ts'
import { grouped } from '../../../core/values.ts'
import { inSteps, type Database, type Reader, type Tx } from '../../../db/database.ts'
import { campaigns, countBuyer } from '../../4-storefront/door.ts'
import { HELD_TOGETHER, SLICE } from '../store.ts'
import { allowances, campaignBuyers, preorders } from '../tables.ts'
import { allow, disallow } from './hand.ts'
import { GONE } from './people.ts'
import { recountPledgers } from './pledges.ts'

/** Buyers that are held in memory at a time: a campaign of more is read once for each so many of them. */
const MOST_BUYERS = 50_000

/** A buyer under a key of old, with everything that they ordered in a campaign. */
interface Buyer {
  key: string
  /** As they were typed, mostly one. */
  emails: string[]
  ids: string[]
}

const campaignIds = (db: Reader) =>
  inSteps<{ id: string }>((last, limit) =>
    db
      .select({ id: campaigns.id })
      .from(campaigns)
      .where(last && gt(campaigns.id, last.id))
      .orderBy(asc(campaigns.id))
      .limit(limit),
  )

const ordersOf = (db: Reader, campaignId: string) =>
  inSteps<{ id: string; key: string; email: string }>((last, limit) =>
    db
      .select({ id: preorders.id, key: preorders.buyerKey, email: preorders.email })
      .from(preorders)
      .where(and(eq(preorders.campaignId, campaignId), last && gt(preorders.id, last.id)))
      .orderBy(asc(preorders.id))
      .limit(limit),
  )

/** Buyers of a campaign whose keys begin otherwise. @returns `all`: there are no more */
async function ofOld(db: Reader, campaignId: string, current: string, most: number) {
  const buyers = new Map<string, Buyer>()
  let all = true
  for await (const { id, key, email } of ordersOf(db, campaignId)) {
    if (key.startsWith(current) || key.startsWith(GONE) || email === ERASED) continue
    const known = buyers.get(key)
    if (!known && buyers.size === most) all = false
    else if (known) {
      known.ids.push(id)
      if (!known.emails.includes(email)) known.emails.push(email)
    } else buyers.set(key, { key, emails: [email], ids: [id] })
  }
  return { buyers: [...buyers.values()], all }
}

/** As many as have so many pre-orders together; the last of them may have more. */
function* slices(buyers: readonly Buyer[]): Generator<Buyer[]> {
  let some: Buyer[] = []
  let orders = 0
  for (const buyer of buyers) {
    some.push(buyer)
    orders += buyer.ids.length
    if (orders < SLICE) continue
    yield some
    ;[some, orders] = [[], 0]
  }
  if (some.length) yield some
}

type Held = typeof campaignBuyers.$inferSelect

/** What several keys of one buyer held, put together as {@link HELD_TOGETHER} does it. */
function together([first, ...others]: readonly [Held, ...Held[]]): Held {
  return others.reduce((all, held) => {
    const later = all.lot < held.lot ? held : all
    const lotUnits = all.lot === held.lot ? all.lotUnits + held.lotUnits : later.lotUnits
    return { ...later, units: all.units + held.units, lotUnits }
  }, first)
}

/** Everything of these buyers in a campaign goes to other keys. @param freshOf the new key for each old one */
async function move(
  tx: Tx,
  campaignId: string,
  ids: readonly string[],
  freshOf: ReadonlyMap<string, string>,
): Promise<void> {
  const pairs = sql.join(
    [...freshOf].map(([old, fresh]) => sql`(cast(${old} as text), cast(${fresh} as text))`),
    sql`, `,
  )
  await tx
    .update(preorders)
    .set({ buyerKey: sql`moved.fresh` })
    // Named by a query of its own: the embedded database names no columns of a list of values in FROM.
    .from(sql`(with moved(old, fresh) as (values ${pairs}) select old, fresh from moved) as moved`)
    .where(and(inArray(preorders.id, [...ids]), sql`${preorders.buyerKey} = moved.old`))
  // What a person allowed them beyond the cap goes along.
  const allowed = await tx
    .select()
    .from(allowances)
    .where(and(eq(allowances.campaignId, campaignId), inArray(allowances.buyerKey, [...freshOf.keys()])))
  for (const { buyerKey, units } of allowed) {
    await disallow(tx, campaignId, buyerKey)
    await allow(tx, { campaignId, buyerKey: freshOf.get(buyerKey) ?? buyerKey, units })
  }
  const heldBy = (keys: Iterable<string>) =>
    and(eq(campaignBuyers.campaignId, campaignId), inArray(campaignBuyers.buyerKey, [...keys]))
  const held = await tx.select().from(campaignBuyers).where(heldBy(freshOf.keys()))
  if (!held.length) return
  const also = await tx.select().from(campaignBuyers).where(heldBy(freshOf.values()))
  const freshKey = ({ buyerKey }: Held): string => freshOf.get(buyerKey) ?? buyerKey
  const byBuyer = [...grouped(held, freshKey)].flatMap(([buyerKey, [first, ...others]]) =>
    first ? [{ ...together([first, ...others]), buyerKey }] : [],
  )
  await tx
    .insert(campaignBuyers)
    .values(byBuyer)
    .onConflictDoUpdate({ target: [campaignBuyers.campaignId, campaignBuyers.buyerKey], set: HELD_TOGETHER })
    .returning({ key: campaignBuyers.buyerKey })
  await tx.delete(campaignBuyers).where(heldBy(freshOf.keys())).returning({ key: campaignBuyers.buyerKey })
  // Who had ordered under several keys was several buyers of the lot that gathers, and is one.
  const [campaign] = await tx.select({ lot: campaigns.lot }).from(campaigns).where(eq(campaigns.id, campaignId))
  const gathering = [...held, ...also].filter(({ lot, lotUnits }) => lot === campaign?.lot && lotUnits > 0)
  const change = grouped(gathering, freshKey).size - gathering.length
  if (change) await countBuyer(tx, { campaignId, change })
  await recountPledgers(tx, campaignId)
}

/**
 * Keys of buyers as an earlier version or an earlier master secret made them become those of now.
 * @returns how many buyers, each counted once in every campaign
 */
export async function rekeyBuyers(
  db: Database,
  { current, keyOf, most = MOST_BUYERS }: { current: string; keyOf: (email: string) => string; most?: number },
  moved: (tx: Tx, emails: readonly string[]) => Promise<void>,
): Promise<number> {
  let count = 0
  for await (const { id } of campaignIds(db.read))
    for (let whole = false; !whole;) {
      const { buyers, all } = await ofOld(db.read, id, current, most)
      for (const some of slices(buyers))
        await db.write(async (tx) => {
          const freshOf = new Map(some.map(({ key, emails: [email = ''] }) => [key, keyOf(email)]))
          await move(
            tx,
            id,
            some.flatMap(({ ids }) => ids),
            freshOf,
          )
          await moved(
            tx,
            some.flatMap(({ emails }) => emails),
          )
        })
      count += buyers.length
      whole = all
    }
  return count
}
