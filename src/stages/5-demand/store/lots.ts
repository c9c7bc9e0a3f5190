/** Lots, and how their pre-orders follow what is decided about them: at most {@link SLICE} rows in a transaction. */
import { and, asc, eq, exists, gt, inArray, isNotNull, isNull, not, sql } from 'drizzle-orm'
import { dialect } from '../../../core/dialect.ts'
import { newId } from '../../../core/values.ts'
import type { Reader, Tx } from '../../../db/database.ts'
import { takeFromTotal, type Campaign } from '../../4-storefront/door.ts'
import { firmIn, pricesOn, readPledge, rungWithin, settledAt } from '../pledges.ts'
import { SLICE, type Lot, type Preorder } from '../store.ts'
import { campaignBuyers, lots, pledgedFor, preorders } from '../tables.ts'
import { setCells, type Cell } from './counts.ts'

/**
 * What has gathered for a lot, counted from its pre-orders by the database; for one whose cells do not add up, as after
 * somebody else wrote to it. Pre-orders that say no lot are this one's, and its cells are what they say from now on.
 */
export async function countGathered(
  tx: Tx,
  campaign: Pick<Campaign, 'id' | 'ladder' | 'laterLadder'>,
  lot: number,
): Promise<{ firm: Cell[]; pledged: Cell[] }> {
  const { id: campaignId } = campaign
  await tx
    .update(preorders)
    .set({ lot })
    .where(and(eq(preorders.campaignId, campaignId), eq(preorders.state, 'confirmed'), isNull(preorders.lot)))
  const own = and(eq(preorders.campaignId, campaignId), eq(preorders.lot, lot), eq(preorders.state, 'confirmed'))
  const asked = sql`coalesce(${preorders.pledged}, ${preorders.lines})`
  const [each, member] =
    dialect === 'postgres'
      ? [
          sql`jsonb_array_elements(coalesce(${preorders.pledged}::jsonb, ${preorders.lines})) as line`,
          (name: string) => sql`line ->> ${sql.raw(`'${name}'`)}`,
        ]
      : [sql`json_each(${asked}) as line`, (name: string) => sql`line.value ->> ${sql.raw(`'${name}'`)}`]
  const quantity = sql`sum(cast(${member('quantity')} as integer))`
  const rows = await tx
    .select({
      colourway: sql<string>`${member('colourway')}`,
      size: sql<string>`${member('size')}`,
      shownPrice: preorders.shownPrice,
      atMost: sql<string | null>`${member('atMost')}`,
      units: quantity.mapWith(Number),
    })
    .from(preorders)
    .crossJoin(each)
    .where(own)
    .groupBy(sql`1`, sql`2`, sql`3`, sql`4`)
  const prices = pricesOn(campaign)
  const firm: Cell[] = []
  const pledged = new Map<string, Cell>()
  for (const { atMost, ...row } of rows) {
    if (atMost === null) {
      firm.push({ campaignId, lot, ...row })
      continue
    }
    const cell = { campaignId, ...row, lot: pledgedFor(lot), shownPrice: rungWithin(prices, Number(atMost)), units: 0 }
    const key = [cell.colourway, cell.size, cell.shownPrice].join('\n')
    const known = pledged.get(key) ?? cell
    known.units += row.units
    pledged.set(key, known)
  }
  await setCells(tx, campaignId, lot, firm)
  await setCells(tx, campaignId, pledgedFor(lot), [...pledged.values()])
  return { firm, pledged: [...pledged.values()] }
}

export async function insertLot(tx: Tx, row: Omit<typeof lots.$inferInsert, 'id'>): Promise<Lot> {
  const [lot] = await tx
    .insert(lots)
    .values({ id: newId(), ...row })
    .returning()
  if (!lot) throw new Error('a lot was not stored')
  return lot
}

export async function lotById(db: Reader, id: string): Promise<Lot | undefined> {
  const [row] = await db.select().from(lots).where(eq(lots.id, id))
  return row
}

/** A campaign's lot by its number; none while it gathers. */
export async function lotNumbered(db: Reader, campaignId: string, number: number): Promise<Lot | undefined> {
  const [row] = await db
    .select()
    .from(lots)
    .where(and(eq(lots.campaignId, campaignId), eq(lots.number, number)))
  return row
}

/** The next pre-orders of a frozen lot that are still to be fulfilled, by id: those whose pledge was held against its price. */
export const lotSlice = (db: Reader, campaignId: string, lot: number, after: string): Promise<Preorder[]> =>
  db
    .select()
    .from(preorders)
    .where(
      and(
        eq(preorders.campaignId, campaignId),
        eq(preorders.lot, lot),
        inArray(preorders.state, ['confirmed', 'in-lot']),
        not(unsettled),
        gt(preorders.id, after),
      ),
    )
    .orderBy(asc(preorders.id))
    .limit(SLICE)

/** Lots of a campaign, oldest first. */
export const lotsOf = (db: Reader, campaignId: string): Promise<Lot[]> =>
  db.select().from(lots).where(eq(lots.campaignId, campaignId)).orderBy(asc(lots.number))

/** Lots some of whose pre-orders are not yet what the lot is, oldest first. */
export const lotsFollowing = (db: Reader, limit: number): Promise<Pick<Lot, 'id'>[]> =>
  db
    .select({ id: lots.id })
    .from(lots)
    .where(sql`${lots.following}`)
    .orderBy(asc(lots.id))
    .limit(limit)

/** Numbers of a campaign's lots that will not be made. */
export async function lotsCalledOff(db: Reader, campaignId: string): Promise<number[]> {
  const rows = await db
    .select({ number: lots.number })
    .from(lots)
    .where(and(eq(lots.campaignId, campaignId), eq(lots.state, 'called-off')))
  return rows.map(({ number }) => number)
}

/** A pledge of a lot that was frozen, not yet held against its price. */
const unsettled = sql`(${preorders.state} = 'confirmed' and ${preorders.pledged} is not null)`

/** What the pre-orders of a lot are once they have followed it, and what they may be before. */
const FOLLOWS = {
  frozen: { to: 'in-lot', from: ['confirmed'] },
  arrived: { to: 'in-lot', from: ['confirmed'] },
  fulfilled: { to: 'fulfilled', from: ['confirmed', 'in-lot'] },
  'called-off': { to: 'released', from: ['confirmed', 'in-lot'] },
} as const satisfies Record<Lot['state'], { to: Preorder['state']; from: Preorder['state'][] }>

export interface Followed {
  /** Pre-orders that changed. */
  rows: number
  units: number
  /** There are no more. */
  done: boolean
}

const pledgesOf = ({ campaignId, number }: Pick<Lot, 'campaignId' | 'number'>) =>
  and(
    eq(preorders.campaignId, campaignId),
    eq(preorders.lot, number),
    eq(preorders.state, 'confirmed'),
    isNotNull(preorders.pledged),
  )

async function hasPledges(tx: Tx, lot: Lot): Promise<boolean> {
  const [found] = await tx.select({ id: preorders.id }).from(preorders).where(pledgesOf(lot)).limit(1)
  return found !== undefined
}

/**
 * The next slice of a lot's pledges is held against its price: what counts at it is in the lot, and nothing else of them; one
 * of which nothing does is let go.
 * @returns how many there were, and those that were let go
 */
export async function settlePledges(tx: Tx, lot: Lot): Promise<{ rows: number; released: Preorder[] }> {
  const rows = await tx.select().from(preorders).where(pledgesOf(lot)).limit(SLICE)
  const back: { buyerKey: string; units: number }[] = []
  const released: Preorder[] = []
  for (const row of rows) {
    const settled = settledAt(readPledge(row.pledged) ?? [], lot.unitPrice)
    const set = settled
      ? { ...settled, state: 'in-lot' as const }
      : { state: 'released' as const, endedAt: lot.frozenAt }
    const moved = await tx
      .update(preorders)
      .set(set)
      .where(and(eq(preorders.id, row.id), eq(preorders.state, 'confirmed')))
      .returning({ id: preorders.id })
    if (!moved.length) continue
    back.push({ buyerKey: row.buyerKey, units: row.units - (settled?.units ?? 0) })
    if (!settled) released.push(row)
  }
  await giveBackUnits(tx, lot.campaignId, back)
  return { rows: rows.length, released }
}

/**
 * The next slice of a lot's pre-orders becomes what the lot is. Found by what they still are, so it may end anywhere and
 * be gone on with by anybody.
 */
export async function followLot(tx: Tx, lot: Lot): Promise<Followed> {
  const { campaignId, number, state, endedAt } = lot
  const { to, from } = FOLLOWS[state]
  const still = inArray(preorders.state, [...from])
  const next = await tx
    .select({ id: preorders.id })
    .from(preorders)
    .where(and(eq(preorders.campaignId, campaignId), eq(preorders.lot, number), still, not(unsettled)))
    .limit(SLICE)
  const ids = next.map(({ id }) => id)
  const rows = await tx
    .update(preorders)
    .set({ state: to, endedAt })
    .where(and(inArray(preorders.id, ids), still))
    .returning({ buyerKey: preorders.buyerKey, units: preorders.units })
  if (state === 'called-off') await giveBackUnits(tx, campaignId, rows)
  const done = ids.length < SLICE && !(await hasPledges(tx, lot))
  // Something else may have been decided about it meanwhile: then its pre-orders follow that.
  if (done)
    await tx
      .update(lots)
      .set({ following: false })
      .where(and(eq(lots.id, lot.id), eq(lots.state, state)))
      .returning({ id: lots.id })
  return { rows: rows.length, units: rows.reduce((sum, row) => sum + row.units, 0), done }
}

/**
 * Buyers hold so much less, in one statement.
 * @param gathering the lot that the units had gathered for, where they had not gone into one
 */
export async function giveBackUnits(
  tx: Tx,
  campaignId: string,
  rows: readonly { buyerKey: string; units: number; pledged?: string | null }[],
  gathering?: number,
): Promise<void> {
  const byBuyer = new Map<string, { units: number; firm: number }>()
  for (const { buyerKey, units, pledged = null } of rows) {
    const known = byBuyer.get(buyerKey) ?? { units: 0, firm: 0 }
    known.units += units
    known.firm += firmIn({ units, pledged })
    byBuyer.set(buyerKey, known)
  }
  if (!byBuyer.size) return
  const given = sql.join(
    [...byBuyer].map(
      ([key, { units, firm }]) => sql`(cast(${key} as text), cast(${units} as integer), cast(${firm} as integer))`,
    ),
    sql`, `,
  )
  // Named by a query of its own: the embedded database names no columns of a list of values in FROM.
  const source = sql`(with back(buyer, units, firm) as (values ${given}) select buyer, units, firm from back) as back`
  await tx
    .update(campaignBuyers)
    .set({
      units: sql`${campaignBuyers.units} - back.units`,
      ...(gathering !== undefined && {
        lotUnits: sql`case when ${campaignBuyers.lot} = ${gathering} then ${campaignBuyers.lotUnits} - back.firm else ${campaignBuyers.lotUnits} end`,
      }),
    })
    .from(source)
    .where(and(eq(campaignBuyers.campaignId, campaignId), sql`${campaignBuyers.buyerKey} = back.buyer`))
}

/** The lot's garments are at the house's warehouse. Its pre-orders stay in it: each ends when its buyer has received it. */
export async function arriveLot(tx: Tx, campaignId: string, number: number, now: Date): Promise<void> {
  await tx
    .update(lots)
    .set({ state: 'arrived', arrivedAt: now })
    .where(and(eq(lots.campaignId, campaignId), eq(lots.number, number), eq(lots.state, 'frozen')))
    .returning({ id: lots.id })
  // Where the factory ships to buyers itself, they may all have theirs before it says so.
  await endLot(tx, campaignId, number, now)
}

/**
 * Buyers have received what they ordered: these pre-orders end, and with the last of a lot the lot does, too.
 * Those that ended before, or are in no lot, stay as they are.
 * @returns ids of the pre-orders that ended by this
 */
export async function fulfilPreorders(tx: Tx, ids: readonly string[], now: Date): Promise<string[]> {
  if (!ids.length) return []
  const ended = await tx
    .update(preorders)
    .set({ state: 'fulfilled', endedAt: now })
    .where(
      and(
        inArray(preorders.id, [...ids]),
        inArray(preorders.state, ['confirmed', 'in-lot']),
        exists(
          tx
            .select({ id: lots.id })
            .from(lots)
            .where(
              and(
                eq(lots.campaignId, preorders.campaignId),
                eq(lots.number, preorders.lot),
                inArray(lots.state, ['frozen', 'arrived']),
              ),
            ),
        ),
      ),
    )
    .returning({ id: preorders.id, campaignId: preorders.campaignId, lot: preorders.lot })
  const touched = new Map(ended.map(({ campaignId, lot }) => [`${campaignId} ${lot}`, { campaignId, lot }]))
  for (const { campaignId, lot } of touched.values()) if (lot !== null) await endLot(tx, campaignId, lot, now)
  return ended.map(({ id }) => id)
}

/**
 * One buyer of a lot that is made all the same is let go and pays nothing: what they hold goes back, the lot stays what it
 * was frozen with.
 * @returns false when the pre-order had ended before
 */
export async function letGoOfLot(tx: Tx, id: string, now: Date): Promise<boolean> {
  const [row] = await tx
    .update(preorders)
    .set({ state: 'released', endedAt: now })
    .where(
      and(
        eq(preorders.id, id),
        inArray(preorders.state, ['confirmed', 'in-lot']),
        exists(
          tx
            .select({ id: lots.id })
            .from(lots)
            .where(
              and(
                eq(lots.campaignId, preorders.campaignId),
                eq(lots.number, preorders.lot),
                inArray(lots.state, ['frozen', 'arrived']),
              ),
            ),
        ),
      ),
    )
    .returning({
      campaignId: preorders.campaignId,
      lot: preorders.lot,
      buyerKey: preorders.buyerKey,
      units: preorders.units,
    })
  if (!row || row.lot === null) return false
  await takeFromTotal(tx, row.campaignId, row.units)
  await giveBackUnits(tx, row.campaignId, [row])
  await endLot(tx, row.campaignId, row.lot, now)
  return true
}

/** A lot of which nobody waits any more is fulfilled. */
async function endLot(tx: Tx, campaignId: string, number: number, now: Date): Promise<void> {
  const [waits] = await tx
    .select({ id: preorders.id })
    .from(preorders)
    .where(
      and(
        eq(preorders.campaignId, campaignId),
        eq(preorders.lot, number),
        inArray(preorders.state, ['confirmed', 'in-lot']),
      ),
    )
    .limit(1)
  if (waits) return
  await tx
    .update(lots)
    .set({ state: 'fulfilled', endedAt: now, following: false })
    .where(and(eq(lots.campaignId, campaignId), eq(lots.number, number), inArray(lots.state, ['frozen', 'arrived'])))
    .returning({ id: lots.id })
}

/**
 * A lot will not be made: its pre-orders are let go and nobody pays. They leave the campaign's total at once, and what
 * their buyers hold as they follow, so that a buyer may order again where the campaign goes on.
 * @returns whether this decided it; false when somebody did it before
 */
export async function releaseLot(tx: Tx, campaignId: string, number: number, now: Date): Promise<boolean> {
  const [lot] = await tx
    .update(lots)
    .set({ state: 'called-off', endedAt: now, following: true })
    .where(and(eq(lots.campaignId, campaignId), eq(lots.number, number), eq(lots.state, 'frozen')))
    .returning()
  if (!lot) return false
  await takeFromTotal(tx, campaignId, lot.units)
  await followLot(tx, lot)
  return true
}
