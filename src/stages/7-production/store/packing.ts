/** Shipments of lots that have arrived, one for each pre-order, and their parcels. */
import { and, asc, eq, gt, inArray, isNotNull, isNull, sql } from 'drizzle-orm'
import { dialect } from '../../../core/dialect.ts'
import { newId } from '../../../core/values.ts'
import type { Reader, Tx } from '../../../db/database.ts'
import { lotSlice, preorders, SLICE, unitsOf } from '../../5-demand/door.ts'
import { packings, parcels, shipments } from '../tables.ts'

export type Packing = typeof packings.$inferSelect
export type Shipment = typeof shipments.$inferSelect
export type Parcel = typeof parcels.$inferSelect

/** Begun once, whoever comes first. */
export const beginPacking = (tx: Tx, orderId: string, now: Date) =>
  tx.insert(packings).values({ orderId, createdAt: now }).onConflictDoNothing().returning({ id: packings.orderId })

/** The factory of this placement sends to the buyers itself. */
export const beginDirect = (tx: Tx, { id, placement }: { id: string; placement: number }, now: Date) =>
  tx
    .insert(packings)
    .values({ orderId: id, direct: placement, createdAt: now })
    .onConflictDoUpdate({ target: packings.orderId, set: { direct: placement } })
    .returning({ id: packings.orderId })

export async function packingOf(db: Reader, orderId: string): Promise<Packing | undefined> {
  const [row] = await db.select().from(packings).where(eq(packings.orderId, orderId))
  return row
}

/** Orders of which some pre-orders may have no shipment yet. */
export const packingsFilling = (db: Reader, limit: number): Promise<{ orderId: string }[]> =>
  db.select({ orderId: packings.orderId }).from(packings).where(sql`${packings.filling}`).orderBy(asc(packings.orderId)).limit(limit) // prettier-ignore

/**
 * Shipments for the next pre-orders of a lot, from where the last slice ended.
 * @returns how many pre-orders were looked at, or undefined where somebody else has gone on
 */
export async function fillPacking(
  tx: Tx,
  order: { id: string; number: string; campaignId: string; lot: number },
  now: Date,
): Promise<number | undefined> {
  const packing = await packingOf(tx, order.id)
  if (!packing?.filling) return undefined
  const next = await lotSlice(tx, order.campaignId, order.lot, packing.after)
  const known = next.length
    ? await tx
        .select({ id: shipments.preorderId })
        .from(shipments)
        .where(
          inArray(
            shipments.preorderId,
            next.map(({ id }) => id),
          ),
        )
    : []
  const fresh = next.filter(({ id }) => !known.some((row) => row.id === id))
  const moved = await tx
    .update(packings)
    .set({
      after: next.at(-1)?.id ?? packing.after,
      numbered: packing.numbered + fresh.length,
      filling: next.length === SLICE,
    })
    .where(and(eq(packings.orderId, order.id), eq(packings.after, packing.after), eq(packings.filling, true)))
    .returning({ id: packings.orderId })
  if (!moved.length) return undefined
  if (fresh.length)
    await tx
      .insert(shipments)
      .values(
        fresh.map(({ id, lines }, index) => ({
          id: newId(),
          orderId: order.id,
          preorderId: id,
          number: `${order.number}-${packing.numbered + index + 1}`,
          state: 'to-pack' as const,
          lines,
          units: unitsOf(lines),
          createdAt: now,
        })),
      )
      .returning({ id: shipments.id })
  return next.length
}

/** How many shipments of an order are in each state, and their units. */
export const shipmentCounts = (db: Reader, orderId: string) =>
  db
    .select({
      state: shipments.state,
      shipments: sql`count(*)`.mapWith(Number),
      units: sql`coalesce(sum(${shipments.units}), 0)`.mapWith(Number),
    })
    .from(shipments)
    .where(eq(shipments.orderId, orderId))
    .groupBy(shipments.state)

/** A shipment as the house sees it: whose it is comes with it. */
export const WITH_BUYER = {
  shipment: shipments,
  buyer: {
    preorderId: preorders.id,
    buyerKey: preorders.buyerKey,
    name: preorders.name,
    email: preorders.email,
    lang: preorders.lang,
  },
}
export interface ShipmentWithBuyer {
  shipment: Shipment
  buyer: Pick<typeof preorders.$inferSelect, 'buyerKey' | 'name' | 'email' | 'lang'> & { preorderId: string }
}
const withBuyer = (db: Reader) =>
  db.select(WITH_BUYER).from(shipments).innerJoin(preorders, eq(preorders.id, shipments.preorderId))

/** Shipments of an order in the order in which they were numbered; `after` is the id of the last one already seen. */
export const shipmentPage = (
  db: Reader,
  filter: {
    orderId: string
    states?: readonly Shipment['state'][] | undefined
    after?: string | undefined
    limit: number
  },
): Promise<ShipmentWithBuyer[]> =>
  withBuyer(db)
    .where(
      and(
        eq(shipments.orderId, filter.orderId),
        filter.states ? inArray(shipments.state, [...filter.states]) : undefined,
        filter.after ? gt(shipments.id, filter.after) : undefined,
      ),
    )
    .orderBy(asc(shipments.id))
    .limit(filter.limit)

/** Rows that one statement asks for by their keys. */
const KEYS = 500
async function byKeys<Row>(keys: readonly string[], some: (keys: string[]) => Promise<Row[]>): Promise<Row[]> {
  const rows: Row[] = []
  for (let from = 0; from < keys.length; from += KEYS) rows.push(...(await some(keys.slice(from, from + KEYS))))
  return rows
}

export const shipmentsNumbered = (db: Reader, numbers: readonly string[]): Promise<ShipmentWithBuyer[]> =>
  byKeys(numbers, (some) => withBuyer(db).where(inArray(shipments.number, some)))

export const shipmentsOfPreorders = (db: Reader, ids: readonly string[]): Promise<Shipment[]> =>
  byKeys(ids, (some) => db.select().from(shipments).where(inArray(shipments.preorderId, some)))

export const parcelsOf = (db: Reader, shipmentIds: readonly string[]): Promise<Parcel[]> =>
  byKeys(shipmentIds, (some) =>
    db.select().from(parcels).where(inArray(parcels.shipmentId, some)).orderBy(asc(parcels.id)),
  )

/** Parcels under these numbers, whoever's: with the shipment and whose that is. */
export const parcelsNumbered = (db: Reader, numbers: readonly string[]) =>
  byKeys(numbers, (some) =>
    db
      .select({ parcel: parcels, ...WITH_BUYER })
      .from(parcels)
      .innerJoin(shipments, eq(shipments.id, parcels.shipmentId))
      .innerJoin(preorders, eq(preorders.id, shipments.preorderId))
      .where(inArray(parcels.trackingNumber, some)),
  )

export type NewParcel = Pick<Parcel, 'shipmentId' | 'carrier' | 'trackingNumber' | 'by' | 'at'>

/** Parcels have left: those that were known already are left out of what comes back. */
export async function insertParcels(tx: Tx, rows: readonly NewParcel[]): Promise<Parcel[]> {
  const made: Parcel[] = []
  for (let from = 0; from < rows.length; from += KEYS)
    made.push(
      ...(await tx
        .insert(parcels)
        .values(rows.slice(from, from + KEYS).map((row) => ({ id: newId(), ...row })))
        .onConflictDoNothing()
        .returning()),
    )
  return made
}

/** Compare and swap. @returns the shipments that changed by this */
export const moveShipments = (
  tx: Tx,
  ids: readonly string[],
  from: readonly Shipment['state'][],
  change: Partial<Pick<Shipment, 'state' | 'sentAt' | 'endedAt' | 'lines' | 'units' | 'chosen' | 'answerBy'>>,
): Promise<Shipment[]> =>
  byKeys(ids, (some) =>
    tx
      .update(shipments)
      .set(change)
      .where(and(inArray(shipments.id, some), inArray(shipments.state, [...from])))
      .returning(),
  )

export const receiveParcels = (tx: Tx, ids: readonly string[], at: Date) =>
  byKeys(ids, (some) =>
    tx
      .update(parcels)
      .set({ receivedAt: at })
      .where(and(inArray(parcels.id, some), sql`${parcels.receivedAt} is null`))
      .returning(),
  )

/** Units of shipments in these states, by variant: counted by the database. */
export async function unitsByVariant(
  db: Reader,
  orderId: string,
  states: readonly Shipment['state'][],
  /** Only what their buyers have settled, or have not. */
  chosen?: boolean,
): Promise<{ colourway: string; size: string; quantity: number }[]> {
  const [each, member] =
    dialect === 'postgres'
      ? [sql`jsonb_array_elements(${shipments.lines}) as line`, (name: string) => sql`line ->> ${sql.raw(`'${name}'`)}`]
      : [sql`json_each(${shipments.lines}) as line`, (name: string) => sql`line.value ->> ${sql.raw(`'${name}'`)}`]
  return db
    .select({
      colourway: sql<string>`${member('colourway')}`,
      size: sql<string>`${member('size')}`,
      quantity: sql`sum(cast(${member('quantity')} as integer))`.mapWith(Number),
    })
    .from(shipments)
    .crossJoin(each)
    .where(
      and(
        eq(shipments.orderId, orderId),
        inArray(shipments.state, [...states]),
        chosen === undefined ? undefined : (chosen ? isNotNull : isNull)(shipments.chosen),
      ),
    )
    .groupBy(sql`1`, sql`2`)
}
