/** Partners, what was agreed with them, and what they sold. */
import { and, asc, desc, eq, gt, inArray, isNotNull, isNull, lt, sql } from 'drizzle-orm'
import type { Currency } from '../../../core/values.ts'
import type { Reader, Tx } from '../../../db/database.ts'
import { campaigns } from '../../4-storefront/door.ts'
import { standing } from '../standing.ts'
import { seen, type Preorder } from '../store.ts'
import { lots, partners, partnerTerms, preorders } from '../tables.ts'

export type Partner = typeof partners.$inferSelect
type Terms = typeof partnerTerms.$inferSelect

export async function insertPartner(tx: Tx, row: typeof partners.$inferInsert): Promise<Partner> {
  const [made] = await tx.insert(partners).values(row).returning()
  if (!made) throw new Error('a partner was not stored')
  return made
}

export async function partnerById(db: Reader, id: string): Promise<Partner | undefined> {
  const [row] = await db.select().from(partners).where(eq(partners.id, id))
  return row
}

/** Stopped or not: whoever sends an old key is told so. */
export async function partnerByKeyHash(db: Reader, keyHash: string): Promise<Partner | undefined> {
  const [row] = await db.select().from(partners).where(eq(partners.keyHash, keyHash))
  return row
}

/** One that sells. */
export async function partnerByCode(db: Reader, code: string): Promise<Pick<Partner, 'id' | 'name'> | undefined> {
  const [row] = await db
    .select({ id: partners.id, name: partners.name })
    .from(partners)
    .where(and(eq(partners.code, code), isNull(partners.stoppedAt)))
  return row
}

/** Newest first. */
export const partnerPage = (
  db: Reader,
  { before, limit }: { before?: string | undefined; limit: number },
): Promise<Partner[]> =>
  db
    .select()
    .from(partners)
    .where(before === undefined ? undefined : lt(partners.id, before))
    .orderBy(desc(partners.id))
    .limit(limit)

export async function changePartner(
  tx: Tx,
  id: string,
  set: Partial<typeof partners.$inferInsert>,
): Promise<Partner | undefined> {
  const [row] = await tx.update(partners).set(set).where(eq(partners.id, id)).returning()
  return row
}

export async function insertTerms(tx: Tx, row: typeof partnerTerms.$inferInsert): Promise<void> {
  await tx.insert(partnerTerms).values(row).returning({ id: partnerTerms.id })
}

/** Everything that was ever agreed with these, oldest first. */
export const termsOf = (db: Reader, partnerIds: readonly string[]): Promise<Terms[]> =>
  db
    .select()
    .from(partnerTerms)
    .where(inArray(partnerTerms.partnerId, [...partnerIds]))
    .orderBy(asc(partnerTerms.fromAt), asc(partnerTerms.id))

export const partnerNames = (db: Reader, ids: string[]) =>
  db.select({ id: partners.id, name: partners.name }).from(partners).where(inArray(partners.id, ids))

export const partnersWithContact = (db: Reader) =>
  db
    .select({
      id: partners.id,
      name: partners.name,
      contactName: partners.contactName,
      contactEmail: partners.contactEmail,
    })
    .from(partners)

/** Pre-orders of a partner that are alike in everything that says what they come to. */
export interface Sold {
  campaignId: string
  lot: { number: number; units: number; unitPrice: number } | null
  state: Preorder['state']
  /** How many of the partner's terms were agreed when they were placed. */
  agreed: number
  orders: number
  units: number
  currency: Currency
}

/** A pledge whose lot has gone out and that has not followed it yet: what of it counts is decided by the lot's price. */
const notSettled = and(
  eq(preorders.state, 'confirmed'),
  isNotNull(preorders.pledged),
  sql`exists (select 1 from ${lots} where ${lots.campaignId} = ${preorders.campaignId} and ${lots.number} = ${preorders.lot})`,
)

/** What a partner sold, as it stands: added up where it lies, whatever there is of it, but for what has yet to follow. */
export async function soldBy(db: Reader, partnerId: string): Promise<Sold[]> {
  const own = eq(preorders.partnerId, partnerId)
  const each = db
    .select({
      campaignId: preorders.campaignId,
      lot: preorders.lot,
      state: preorders.state,
      units: preorders.units,
      agreed: sql<number>`(select count(*) from ${partnerTerms} where ${partnerTerms.partnerId} = ${preorders.partnerId}
        and ${partnerTerms.fromAt} <= ${preorders.placedAt})`.as('agreed'),
    })
    .from(preorders)
    .where(and(own, sql`not (${notSettled})`))
    .as('each_sold')
  const sums = await db
    .select({
      campaignId: each.campaignId,
      lot: each.lot,
      state: each.state,
      agreed: each.agreed,
      orders: sql<number>`count(*)`.mapWith(Number),
      units: sql<number>`sum(${each.units})`.mapWith(Number),
    })
    .from(each)
    .groupBy(each.campaignId, each.lot, each.state, each.agreed)
  const following = await seen(db).where(and(own, notSettled))
  const ids = [...new Set([...sums, ...following.map(({ preorder }) => preorder)].map(({ campaignId }) => campaignId))]
  if (!ids.length) return []
  const [of, made, terms] = await Promise.all([
    db.select().from(campaigns).where(inArray(campaigns.id, ids)),
    db.select().from(lots).where(inArray(lots.campaignId, ids)),
    following.length ? termsOf(db, [partnerId]) : [],
  ])
  const lotOf = (sold: { campaignId: string; lot: number | null }) =>
    made.find(({ campaignId, number }) => campaignId === sold.campaignId && number === sold.lot) ?? null
  const added = sums.flatMap((sum) => {
    const campaign = of.find(({ id }) => id === sum.campaignId)
    if (!campaign) return []
    const lot = lotOf(sum)
    const { state } = standing({ ...sum, endedAt: null, lines: [], pledged: null }, { campaign, lot })
    const { orders, units } = sum
    return { campaignId: campaign.id, lot, state, agreed: Number(sum.agreed), orders, units, currency: campaign.currency } // prettier-ignore
  })
  const alone = following.flatMap(({ preorder, ...decided }) => {
    const campaign = of.find(({ id }) => id === preorder.campaignId)
    if (!campaign) return []
    const { state, units } = standing(preorder, decided)
    const agreed = terms.filter(({ fromAt }) => fromAt <= preorder.placedAt).length
    return {
      campaignId: campaign.id,
      lot: lotOf(preorder),
      state,
      agreed,
      orders: 1,
      units,
      currency: campaign.currency,
    }
  })
  return [...added, ...alone]
}

/** Its pre-orders as they stand, oldest first: nothing of their buyers. */
export async function ordersOfPartner(
  db: Reader,
  { partnerId, after, limit }: { partnerId: string; after?: string | undefined; limit: number },
): Promise<Preorder[]> {
  const rows = await seen(db)
    .where(and(eq(preorders.partnerId, partnerId), after === undefined ? undefined : gt(preorders.id, after)))
    .orderBy(asc(preorders.id))
    .limit(limit)
  return rows.map((row) => standing(row.preorder, row))
}
