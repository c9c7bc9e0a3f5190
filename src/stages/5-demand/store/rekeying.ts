/**
 * Keys of buyers become others: campaign by campaign, so that every look at a table is in the order of an index, and
 * everything of a buyer in a campaign in one transaction, so that no counter ever sees half of it.
 */
import { and, asc, eq, gt, inArray } from 'drizzle-orm'
import { ERASED } from '../../../core/person.ts'
import { inSteps, type Database, type Reader, type Tx } from '../../../db/database.ts'
import { campaigns, countBuyer } from '../../4-storefront/door.ts'
import { HELD_TOGETHER, SLICE } from '../store.ts'
import { campaignBuyers, preorders } from '../tables.ts'
import { GONE } from './people.ts'

/** Buyers that are held in memory at a time: a campaign of more is read once for each so many of them. */
const MOST_BUYERS = 50_000

/** A buyer under a key of old, with everything that they ordered in a campaign. */
interface Buyer {
  campaignId: string
  key: string
  emails: Set<string>
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
      known.emails.add(email)
    } else buyers.set(key, { campaignId, key, emails: new Set([email]), ids: [id] })
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

async function move(tx: Tx, { campaignId, key, ids }: Buyer, fresh: string): Promise<void> {
  await tx
    .update(preorders)
    .set({ buyerKey: fresh })
    .where(and(inArray(preorders.id, ids), eq(preorders.buyerKey, key)))
    .returning({ id: preorders.id })
  const heldBy = (buyerKey: string) => and(eq(campaignBuyers.campaignId, campaignId), eq(campaignBuyers.buyerKey, buyerKey)) // prettier-ignore
  const [held] = await tx.select().from(campaignBuyers).where(heldBy(key))
  if (!held) return
  const [also] = await tx.select().from(campaignBuyers).where(heldBy(fresh))
  await tx
    .insert(campaignBuyers)
    .values({ ...held, buyerKey: fresh })
    .onConflictDoUpdate({ target: [campaignBuyers.campaignId, campaignBuyers.buyerKey], set: HELD_TOGETHER })
    .returning({ key: campaignBuyers.buyerKey })
  await tx.delete(campaignBuyers).where(heldBy(key)).returning({ key: campaignBuyers.buyerKey })
  // Who had ordered under both keys was two buyers of the lot that gathers, and is one.
  if (!also || also.lot !== held.lot || !also.lotUnits || !held.lotUnits) return
  const [campaign] = await tx.select({ lot: campaigns.lot }).from(campaigns).where(eq(campaigns.id, campaignId))
  if (campaign?.lot === held.lot) await countBuyer(tx, { campaignId, change: -1 })
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
          for (const buyer of some) {
            const [email = ''] = buyer.emails
            await move(tx, buyer, keyOf(email))
          }
          await moved(
            tx,
            some.flatMap(({ emails }) => [...emails]),
          )
        })
      count += buyers.length
      whole = all
    }
  return count
}
