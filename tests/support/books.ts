/**
 * What must hold whatever has happened: counted anew from the rows themselves, with nothing of the code under test. A
 * disagreement is told in words; the caller expects none.
 */
import { asc } from 'drizzle-orm'
import {
  allocations,
  campaignBuyers,
  campaigns,
  cancellations,
  deliveries,
  events,
  factories,
  lots,
  counts,
  mails,
  offers,
  pieces,
  preorderChanges,
  preorders,
  productionOrders,
  reorders,
  returns,
  shipments,
  type PreorderLine,
} from '../../src/db/schema.ts'
import type { Brief } from '../../src/garments/index.ts'
import { commitments } from '../../src/stages/6-dispatch/store/allocations.ts'
import { house, type Line } from './line.ts'

/** States that may be reached from each, in any number of steps. */
const PREORDER_LIFE: Record<string, readonly string[]> = {
  pending: ['pending', 'confirmed', 'in-lot', 'fulfilled', 'cancelled', 'released'],
  confirmed: ['confirmed', 'in-lot', 'fulfilled', 'cancelled', 'released'],
  'in-lot': ['in-lot', 'fulfilled', 'released'],
  fulfilled: ['fulfilled'],
  cancelled: ['cancelled'],
  released: ['released'],
}
const CAMPAIGN_LIFE: Record<string, readonly string[]> = {
  scheduled: ['scheduled', 'open', 'dispatching', 'closed', 'released'],
  open: ['open', 'dispatching', 'closed', 'released'],
  dispatching: ['dispatching', 'closed'],
  closed: ['closed'],
  released: ['released'],
}
const OFFER_LIFE: Record<string, readonly string[]> = {
  offered: ['offered', 'countered', 'accepted', 'declined', 'expired', 'withdrawn'],
  countered: ['countered', 'accepted', 'declined', 'expired', 'withdrawn'],
  accepted: ['accepted', 'withdrawn'],
  declined: ['declined'],
  expired: ['expired'],
  withdrawn: ['withdrawn'],
}
/** How far an order is; one that is on hold is as far as it was. A failed check leads from 5 to 5. */
const FAR: Record<string, number> = {
  placing: 0,
  unplaced: 0,
  accepted: 1,
  materials: 2,
  cutting: 3,
  sewing: 4,
  finishing: 5,
  'quality-check': 5,
  shipped: 6,
  delivered: 7,
  cancelled: 8,
}
const IN_HAND = ['accepted', 'materials', 'cutting', 'sewing', 'finishing', 'quality-check', 'on-hold']
const TAKEN = [...IN_HAND, 'shipped', 'delivered']

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)

/** Units per colour and size, as one text. */
const cells = (lines: readonly { size: string; colourway: string; quantity: number }[]): string => {
  const counts = new Map<string, number>()
  for (const { size, colourway, quantity } of lines)
    counts.set(`${colourway} ${size}`, (counts.get(`${colourway} ${size}`) ?? 0) + quantity)
  return [...counts]
    .map(([cell, units]) => `${cell} × ${units}`)
    .sort()
    .join(', ')
}
const grouped = <T>(rows: readonly T[], key: (row: T) => string): Map<string, T[]> => {
  const groups = new Map<string, T[]>()
  for (const row of rows) groups.set(key(row), [...(groups.get(key(row)) ?? []), row])
  return groups
}

type StoredPreorder = typeof preorders.$inferSelect
type AskedLine = PreorderLine & { atMost?: number | undefined }

const askedIn = ({ lines, pledged }: Pick<StoredPreorder, 'lines' | 'pledged'>): AskedLine[] =>
  pledged === null ? lines : (JSON.parse(pledged) as AskedLine[])
const unitsOf = (lines: readonly AskedLine[]): number => sum(lines.map(({ quantity }) => quantity))
const firmOf = (row: Pick<StoredPreorder, 'lines' | 'pledged'>): number =>
  unitsOf(askedIn(row).filter(({ atMost }) => atMost === undefined))
const upTo = (row: Pick<StoredPreorder, 'lines' | 'pledged'>, price: number): AskedLine[] =>
  askedIn(row).filter(({ atMost }) => atMost === undefined || atMost >= price)

/**
 * A pre-order as it was decided by the price of its lot: what of its pledge is in it. `out`: nothing is. Its row follows, and
 * until then its buyer holds what the row says.
 */
function decided(row: StoredPreorder, ofLots: readonly (typeof lots.$inferSelect)[]) {
  const lot = ofLots.find(({ campaignId, number }) => campaignId === row.campaignId && number === row.lot)
  const held = { heldUnits: row.units, heldAs: row.state }
  if (!lot || row.pledged === null) return { ...row, ...held, out: false }
  const lines = upTo(row, lot.unitPrice)
  const out = lines.length === 0
  const ended = out || lot.state === 'called-off'
  const state = row.state === 'confirmed' ? (ended ? ('released' as const) : ('in-lot' as const)) : row.state
  return { ...row, ...held, state, out, ...(out ? {} : { lines, units: unitsOf(lines) }) }
}

/** What of a campaign's confirmed pre-orders counts: at the lowest price of its ladder that enough of them accept. */
function counting(
  { pricing, lot, ladder, laterLadder }: typeof campaigns.$inferSelect,
  waiting: readonly Pick<StoredPreorder, 'lines' | 'pledged' | 'buyerKey'>[],
) {
  const rungs = pricing === 'lot' && lot > 1 && laterLadder?.length ? laterLadder : ladder
  const at = (price: number) => sum(waiting.map((row) => unitsOf(upTo(row, price))))
  const made = rungs.filter(({ fromUnits, unitPrice }) => at(unitPrice) >= fromUnits)
  const price = Math.min(...(made.length ? made : rungs.slice(0, 1)).map(({ unitPrice }) => unitPrice))
  const buyers = waiting.filter((row) => upTo(row, price).length).map(({ buyerKey }) => buyerKey)
  return { units: at(price), buyers: new Set(buyers).size }
}

/** Holds what is stored now against itself, against what was acknowledged, and against what was stored before. */
export function openBooks(line: Line) {
  const { db, context } = line
  const before = {
    preorders: new Map<string, string>(),
    campaigns: new Map<string, string>(),
    offers: new Map<string, string>(),
    orders: new Map<string, { placement: number; far: number; state: string }>(),
    lots: new Map<string, string>(),
  }
  const briefs = new Map<string, Brief>()

  const briefIn = async (file: string): Promise<Brief> => {
    const known = briefs.get(file)
    if (known) return known
    const brief = JSON.parse((await context.engines.files.get(file)).toString('utf8')) as Brief
    briefs.set(file, brief)
    return brief
  }

  /** All tables at one moment: nobody else writes while the books are read. */
  const read = async () => {
    const tables = await Promise.all([
      db.read.select().from(preorders).orderBy(asc(preorders.id)),
      db.read.select().from(campaigns).orderBy(asc(campaigns.id)),
      db.read.select().from(campaignBuyers),
      db.read.select().from(lots),
      db.read.select().from(productionOrders).orderBy(asc(productionOrders.id)),
      db.read.select().from(offers).orderBy(asc(offers.id)),
      db.read.select().from(cancellations).orderBy(asc(cancellations.id)),
      db.read.select().from(reorders),
      db.read.select().from(allocations),
      db.read.select().from(factories),
      db.read.select().from(events),
      db.read.select().from(deliveries),
      db.read.select().from(mails),
      db.read.select().from(shipments),
      db.read.select().from(counts),
      db.read.select().from(pieces),
      db.read.select().from(preorderChanges).orderBy(asc(preorderChanges.id)),
      db.read.select().from(returns),
    ])
    const [
      ofPreorders,
      ofCampaigns,
      ofBuyers,
      ofLots,
      ofOrders,
      ofOffers,
      ofCancellations,
      ofReorders,
      ofAllocations,
      ofFactories,
      ofEvents,
      ofDeliveries,
      ofMails,
      ofShipments,
      ofCounts,
      ofPieces,
      ofChanges,
      ofReturns,
    ] = tables
    return {
      preorders: ofPreorders.map((row) => decided(row, ofLots)),
      campaigns: ofCampaigns,
      buyers: ofBuyers,
      lots: ofLots,
      orders: ofOrders,
      offers: ofOffers,
      cancellations: ofCancellations,
      reorders: ofReorders,
      allocations: ofAllocations,
      factories: ofFactories,
      events: ofEvents,
      deliveries: ofDeliveries,
      mails: ofMails,
      shipments: ofShipments,
      counts: ofCounts,
      pieces: ofPieces,
      changes: ofChanges,
      returns: ofReturns,
    }
  }
  type Rows = Awaited<ReturnType<typeof read>>

  function aboutPreorders(rows: Rows, wrong: (words: string) => void): void {
    const stored = new Map(rows.preorders.map((row) => [row.id, row]))
    for (const { id, campaignId, unitPrice, email, ...first } of line.acknowledged.values()) {
      const row = stored.get(id)
      // Which of two changes at once was the later one, nobody is told.
      const told = line.changed.get(id) ?? [first]
      const [before] = rows.changes.filter(({ preorderId }) => preorderId === id)
      if (before && cells(before.lines) !== cells(first.lines)) wrong(`pre-order ${id} has lost what it was first`)
      if (!row) wrong(`pre-order ${id} was acknowledged and is gone`)
      else if (
        row.campaignId !== campaignId ||
        !told.some(({ lines, units }) => cells(askedIn(row)) === cells(lines) && unitsOf(askedIn(row)) === units) ||
        (row.pledged === null && row.units !== unitsOf(row.lines)) ||
        row.shownPrice !== unitPrice ||
        row.email !== email
      )
        wrong(`pre-order ${id} is not what was acknowledged`)
    }
    const keys = [...line.acknowledged.values()].map(
      (each) => `${each.vouched} ${each.email} ${each.campaignId} ${each.key}`,
    )
    if (new Set(keys.map((key) => (key.startsWith('true') ? key.replace(/ \S+ /, ' ') : key))).size !== keys.length)
      wrong('one request was granted twice')
    for (const { id, requestKey } of rows.preorders) {
      // Whoever waits for the next lot orders again: once, in place of the one that was let go for it.
      const [, kind, first] = /^(again|exchange):(.+)$/.exec(requestKey ?? '') ?? []
      const waits =
        kind === 'again'
          ? rows.shipments.some((row) => row.preorderId === first && row.chosen === 'wait')
          : rows.returns.some((row) => row.id === first && row.state === 'next-lot' && row.againId === id)
      if (first ? !waits : !line.acknowledged.has(id)) wrong(`pre-order ${id} was never acknowledged to anybody`)
    }
    for (const id of line.confirmed)
      if (stored.get(id)?.state === 'pending') wrong(`pre-order ${id} was confirmed and is pending`)
    for (const id of line.cancelled)
      if (stored.get(id)?.state !== 'cancelled') wrong(`pre-order ${id} was cancelled and is ${stored.get(id)?.state}`)
    for (const { id, state } of rows.preorders) {
      const was = before.preorders.get(id)
      if (was !== undefined && !PREORDER_LIFE[was]?.includes(state))
        wrong(`pre-order ${id} went from ${was} to ${state}`)
      before.preorders.set(id, state)
    }
  }

  /** What each partner is told of what it sold, against the rows themselves. */
  async function aboutPartners(rows: Rows, wrong: (words: string) => void): Promise<void> {
    for (const { id, partnerId } of line.acknowledged.values())
      if ((rows.preorders.find((row) => row.id === id)?.partnerId ?? null) !== partnerId)
        wrong(`pre-order ${id} is no more of the partner it came by`)
    for (const { id } of line.partners) {
      const told = await line.stages.demand.statement(house, { id })
      const own = rows.preorders.filter((row) => row.partnerId === id)
      const pieces = told.rows.map((row) => sum(Object.values(row.pieces)))
      if (sum(pieces) !== sum(own.map(({ units }) => units))) wrong(`partner ${id} is told of ${sum(pieces)} pieces`)
      const standing = sum(told.rows.map((row) => row.pieces.confirmed + row.pieces.inLot + row.pieces.fulfilled))
      const stands = sum(own.filter(({ state }) => ['confirmed', 'in-lot', 'fulfilled'].includes(state)).map(({ units }) => units)) // prettier-ignore
      if (standing !== stands) wrong(`partner ${id} is told of ${standing} pieces that stand, its rows say ${stands}`)
      for (const row of told.rows) {
        if (
          row.expected !== (row.share ?? 0) * row.pieces.inLot ||
          row.earned !== (row.share ?? 0) * row.pieces.fulfilled
        )
          wrong(`partner ${id} is told of more than its pieces come to`)
        if (row.margin && row.margin.left < 0 && (row.share ?? 0) > 0) wrong(`partner ${id} gets more than the margin`)
      }
    }
  }

  function aboutCampaigns(rows: Rows, wrong: (words: string) => void): void {
    for (const campaign of rows.campaigns) {
      const { id, state } = campaign
      const was = before.campaigns.get(id)
      if (was !== undefined && !CAMPAIGN_LIFE[was]?.includes(state))
        wrong(`campaign ${id} went from ${was} to ${state}`)
      before.campaigns.set(id, state)
      const own = rows.preorders.filter(({ campaignId }) => campaignId === id)
      const of = (...states: string[]) => own.filter((row) => states.includes(row.state))
      const units = (some: typeof own) => sum(some.map((row) => row.units))
      const gathered = counting(campaign, of('confirmed'))
      const counted = {
        lotUnits: gathered.units,
        lotBuyers: gathered.buyers,
        totalUnits: gathered.units + units(of('in-lot', 'fulfilled')),
        pledgedUnits: units(of('confirmed')) - sum(of('confirmed').map(firmOf)),
        pendingUnits: units(of('pending').filter(({ letterDue }) => !letterDue)),
      }
      for (const [field, right] of Object.entries(counted))
        if (campaign[field as keyof typeof counted] !== right)
          wrong(`campaign ${id} says ${field} ${campaign[field as keyof typeof counted]}, its rows ${right}`)
      const numbers = rows.lots.filter(({ campaignId }) => campaignId === id).map(({ number }) => number)
      if (numbers.sort((a, b) => a - b).join() !== Array.from({ length: campaign.lot - 1 }, (_, n) => n + 1).join())
        wrong(`campaign ${id} gathers for lot ${campaign.lot} and has lots ${numbers.join()}`)
      if (['closed', 'released'].includes(state) && of('confirmed').length)
        wrong(`campaign ${id} is over and buyers wait`)
      if (state === 'released' && numbers.length) wrong(`campaign ${id} was released and has lots`)
      const reached = counted.lotUnits >= campaign.thresholdUnits && counted.lotBuyers >= campaign.minBuyers
      if (state === 'open' && reached && campaign.closing === 'atGoal')
        wrong(`campaign ${id} has reached its threshold and nothing was decided`)
      if (campaign.collecting !== (state === 'open' && reached))
        wrong(
          `campaign ${id} is ${state}, its goal ${reached ? 'reached' : 'missed'}, and collecting ${campaign.collecting}`,
        )
      if (campaign.undecidedAt && state === 'open' && reached)
        wrong(`campaign ${id} is asked about though its goal is reached`)
      if (state === 'released' && campaign.undecidedAt && !campaign.stoppedAt)
        wrong(`campaign ${id} was released while a person was asked about it`)
      if (campaign.closing === 'collect' && numbers.length && state !== 'closed')
        wrong(`campaign ${id} collects until it closes and has a lot already`)
      for (const [buyerKey, theirs] of grouped(own, (row) => row.buyerKey)) {
        const held = rows.buyers.find((row) => row.campaignId === id && row.buyerKey === buyerKey)
        const right = {
          units: sum(theirs.filter(({ heldAs }) => ['confirmed', 'in-lot', 'fulfilled'].includes(heldAs)).map(({ heldUnits }) => heldUnits)), // prettier-ignore
          lotUnits: sum(theirs.filter((row) => row.state === 'confirmed').map(firmOf)),
        }
        const lotUnits = held?.lot === campaign.lot ? held.lotUnits : 0
        if ((held?.units ?? 0) !== right.units || lotUnits !== right.lotUnits)
          wrong(
            `buyer ${buyerKey} holds ${right.units}/${right.lotUnits} and is said to hold ${held?.units}/${lotUnits}`,
          )
        if (right.units > campaign.perBuyerCap) wrong(`buyer ${buyerKey} holds more than ${campaign.perBuyerCap}`)
      }
    }
  }

  async function aboutLots(rows: Rows, wrong: (words: string) => void): Promise<void> {
    const orderOf = new Map(rows.orders.map((order) => [order.lotId, order]))
    if (orderOf.size !== rows.orders.length) wrong('a lot has two production orders')
    for (const lot of rows.lots) {
      const { id, campaignId, number } = lot
      const frozen = JSON.stringify([
        lot.quantities,
        lot.units,
        lot.buyers,
        lot.unitPrice,
        lot.styleHash,
        lot.promisedAt,
      ])
      if ((before.lots.get(id) ?? frozen) !== frozen) wrong(`lot ${id} changed after it was frozen`)
      before.lots.set(id, frozen)
      const sold = rows.preorders.filter((row) => row.campaignId === campaignId && row.lot === number && !row.out)
      const order = orderOf.get(id)
      const lines: PreorderLine[] = sold.flatMap((row) => row.lines)
      if (cells(lot.quantities) !== cells(lines)) wrong(`lot ${id}: ${cells(lot.quantities)} but sold: ${cells(lines)}`)
      if (lot.units !== sum(sold.map(({ units }) => units))) wrong(`lot ${id} has ${lot.units} units and sold others`)
      if (lot.buyers !== new Set(sold.map(({ buyerKey }) => buyerKey)).size) wrong(`lot ${id} miscounts its buyers`)
      for (const { id: preorder, shownPrice } of sold)
        if (lot.unitPrice > shownPrice) wrong(`pre-order ${preorder} was shown ${shownPrice} and pays ${lot.unitPrice}`)
      for (const { id: preorder, state } of sold) {
        // Goods at the warehouse are with no buyer yet: each ends by itself, when its buyer has it or is let go.
        const own = rows.shipments.find(({ preorderId }) => preorderId === preorder)?.state
        const ended = own === 'received' ? 'fulfilled' : own === 'released' ? 'released' : 'in-lot'
        const right = order?.state === 'cancelled' ? 'released' : ended
        if (state !== right) wrong(`pre-order ${preorder} of an order that is ${order?.state} is ${state}, sent ${own}`)
      }
      if (order && (order.units !== lot.units || order.campaignId !== campaignId || order.lot !== number))
        wrong(`order ${order.number} is not of its lot`)
      if (order?.briefFile) {
        const { order: said, style } = await briefIn(order.briefFile)
        if (
          cells(said.quantities.map(({ size, colourway, units }) => ({ size, colourway, quantity: units }))) !==
            cells(lot.quantities) ||
          said.totalUnits !== lot.units ||
          said.lot !== number ||
          'rung' in said ||
          said.number !== order.number ||
          style.hash.sent !== lot.styleHash ||
          style.hash.approved !== style.hash.sent ||
          style.hash.sold !== style.hash.sent
        )
          wrong(`the brief of ${order.number} does not say what its lot says`)
      }
    }
    for (const { id, state, lot, campaignId } of rows.preorders) {
      if (['in-lot', 'fulfilled'].includes(state) && lot === null) wrong(`pre-order ${id} is ${state} in no lot`)
      if (['pending', 'cancelled'].includes(state) && lot !== null)
        wrong(`pre-order ${id} is ${state} and in lot ${lot}`)
      const gathers = rows.campaigns.find((row) => row.id === campaignId)?.lot
      if (state === 'confirmed' && lot !== gathers) wrong(`pre-order ${id} waits for lot ${lot} and not for ${gathers}`)
      if (
        lot !== null &&
        lot !== gathers &&
        !rows.lots.some((row) => row.campaignId === campaignId && row.number === lot)
      )
        wrong(`pre-order ${id} is in a lot that does not exist`)
    }
  }

  async function aboutOrders(rows: Rows, wrong: (words: string) => void): Promise<void> {
    for (const order of rows.orders) {
      const { id, number, state, placement } = order
      const was = before.orders.get(id)
      const far = state === 'on-hold' ? Math.max(was?.placement === placement ? was.far : 1, 1) : (FAR[state] ?? -1)
      if (was && (placement < was.placement || (placement === was.placement && far < was.far)))
        wrong(`order ${number} went back from ${was.state} to ${state}`)
      if (was && ['delivered', 'cancelled'].includes(was.state) && was.state !== state)
        wrong(`order ${number} went from ${was.state} to ${state}`)
      before.orders.set(id, { placement, far, state })
      const own = rows.offers.filter(({ orderId }) => orderId === id)
      const open = own.filter((offer) => ['offered', 'countered'].includes(offer.state))
      const accepted = own.filter((offer) => offer.state === 'accepted')
      if (open.length > 1) wrong(`order ${number} is offered to ${open.length} factories at once`)
      if (open.length && state !== 'placing') wrong(`order ${number} is ${state} and still offered`)
      if (accepted.length !== (TAKEN.includes(state) ? 1 : 0))
        wrong(`order ${number} is ${state} and accepted by ${accepted.length} factories`)
      const [taken] = accepted
      if (taken && (order.factoryId !== taken.factoryId || order.agreedPrice !== taken.price))
        wrong(`order ${number} is not with the factory and at the price of its accepted offer`)
      const asked = rows.cancellations.filter((row) => row.orderId === id && row.state === 'asked')
      if (asked.length > 1) wrong(`order ${number} has ${asked.length} open requests to cancel`)
      if (asked.length && !IN_HAND.includes(state)) wrong(`order ${number} is ${state} with an open request to cancel`)
      const agreed = rows.cancellations.filter((row) => row.orderId === id && row.state === 'agreed')
      const replaced = agreed.filter(({ follow }) => follow === 'replace')
      if (placement !== 1 + replaced.length)
        wrong(`order ${number} was replaced ${replaced.length} times, not ${placement - 1}`)
      if ((state === 'cancelled') !== agreed.length > replaced.length)
        wrong(`order ${number} is ${state} against its requests`)
      for (const { factoryId, answeredAt } of agreed)
        if (own.some((offer) => offer.factoryId === factoryId && answeredAt && offer.offeredAt > answeredAt))
          wrong(`order ${number} was offered again to a factory it was called off with`)
    }
    for (const { id, state } of rows.offers) {
      const was = before.offers.get(id)
      if (was !== undefined && !OFFER_LIFE[was]?.includes(state)) wrong(`offer ${id} went from ${was} to ${state}`)
      before.offers.set(id, state)
    }
    const reserved = await commitments(db.read)
    for (const { id, name } of rows.factories) {
      const inHand = rows.orders.filter((order) => order.factoryId === id && IN_HAND.includes(order.state))
      const offered = rows.offers.filter((o) => o.factoryId === id && ['offered', 'countered'].includes(o.state))
      const right = sum([
        ...inHand.map(({ units }) => units),
        ...offered.map(({ orderId }) => rows.orders.find((order) => order.id === orderId)?.units ?? 0),
      ])
      if ((reserved.get(id) ?? 0) !== right)
        wrong(`${name} has ${right} units to make and ${reserved.get(id)} reserved`)
    }
  }

  function aboutEvents(rows: Rows, wrong: (words: string) => void): void {
    const happened = grouped(rows.events, ({ name }) => name)
    const once = (name: string, subjects: string[], of: (payload: Record<string, unknown>) => string) => {
      const said = (happened.get(name) ?? []).map(({ payload }) => of(payload)).sort()
      if (said.join() !== [...subjects].sort().join())
        wrong(`"${name}" was said of ${said.join()}, not ${subjects.join()}`)
    }
    const idOf = (name: string) => (payload: Record<string, unknown>) => String(payload[name])
    const campaignsIn = (state: string) => rows.campaigns.filter((row) => row.state === state).map(({ id }) => id)
    once(
      'demand.lot-frozen',
      rows.lots.map(({ id }) => id),
      idOf('lotId'),
    )
    once('demand.released', campaignsIn('released'), idOf('campaignId'))
    once('demand.closed', campaignsIn('closed'), idOf('campaignId'))
    once(
      'production.delivered',
      rows.orders.filter(({ state }) => state === 'delivered').map(({ id }) => id),
      idOf('orderId'),
    )
    once(
      'dispatch.accepted',
      rows.offers.filter(({ state }) => ['accepted', 'withdrawn'].includes(state)).map(({ id }) => id),
      idOf('offerId'),
    )
    once(
      'dispatch.offered',
      rows.offers.map(({ id }) => id),
      idOf('offerId'),
    )
    once(
      'dispatch.called-off',
      rows.cancellations.filter(({ state }) => state === 'agreed').map(({ id }) => id),
      idOf('cancellationId'),
    )
    once(
      'reorders.proposed',
      rows.reorders.map(({ id }) => id),
      idOf('reorderId'),
    )
    for (const { state, listener, lastError } of rows.deliveries)
      if (state === 'parked') wrong(`${listener} is parked: ${lastError}`)
    for (const { campaignId, lot, state, verdict } of rows.reorders) {
      const made = rows.lots.some((row) => row.campaignId === campaignId && row.number === lot)
      if (verdict !== 'loser' && ['approved', 'sent'].includes(state) !== made && state !== 'declined' && !made)
        wrong(`reorder ${lot} is ${state} and there is no such lot`)
    }
  }

  /** Of a lot that was counted every piece is somebody's once, or nobody's; nobody waits for what is there. */
  function aboutPieces(rows: Rows, wrong: (words: string) => void): void {
    for (const { orderId, step } of rows.counts) {
      const own = rows.shipments.filter((row) => row.orderId === orderId)
      const sentBack = rows.returns.filter((row) => row.orderId === orderId)
      const held = [
        ...own.filter(({ state }) => state !== 'released').flatMap(({ lines }) => lines),
        ...sentBack.filter(({ state }) => state === 'to-send' || state === 'sent').flatMap(({ want }) => want),
        ...sentBack
          .filter(({ good, backAt }) => good && backAt)
          .flatMap(({ lines }) => lines.map((line) => ({ ...line, quantity: -line.quantity }))),
      ]
      const of = rows.pieces.filter((row) => row.orderId === orderId)
      const spare = (line: PreorderLine) =>
        of.find((row) => row.size === line.size && row.colourway === line.colourway)?.spare ?? 0
      if (step === 'done')
        for (const { size, colourway, came, spare: nobodys } of of) {
          const taken = sum(held.filter((line) => line.size === size && line.colourway === colourway).map(({ quantity }) => quantity)) // prettier-ignore
          if (nobodys < 0 || taken + nobodys !== came)
            wrong(`of ${colourway} ${size} came ${came}, buyers hold ${taken}, and ${nobodys} are nobody's`)
        }
      for (const { number, state, chosen, lines, preorderId, answerBy } of own) {
        const ordered = rows.preorders.find(({ id }) => id === preorderId)
        if (state === 'short' && chosen !== null) wrong(`${number} waits although its buyer chose "${chosen}"`)
        if ((state === 'short' && step === 'done') !== (answerBy !== null)) wrong(`${number} is ${state} and asked until ${answerBy?.toISOString()}`) // prettier-ignore
        const whole = cells(lines) === cells(ordered?.lines ?? [])
        if ((state === 'to-pack' || state === 'received') && chosen === null && !whole) wrong(`${number} is sent as ${cells(lines)}`) // prettier-ignore
        if (chosen === 'other' && sum(lines.map(({ quantity }) => quantity)) > (ordered?.units ?? 0)) wrong(`${number} is sent more than was ordered`) // prettier-ignore
        if (state !== 'short' || step !== 'done') continue
        const missing = (ordered?.lines ?? []).map((line) => ({
          ...line,
          quantity:
            sum((ordered?.lines ?? []).filter((each) => each.size === line.size && each.colourway === line.colourway).map(({ quantity }) => quantity)) - // prettier-ignore
            sum(lines.filter((each) => each.size === line.size && each.colourway === line.colourway).map(({ quantity }) => quantity)), // prettier-ignore
        }))
        if (missing.every((line) => line.quantity <= spare(line))) wrong(`${number} waits for pieces that are nobody's`)
      }
    }
  }

  /** Nobody sends back more than they had. */
  function aboutReturns(rows: Rows, wrong: (words: string) => void): void {
    for (const { id, number, lines } of rows.shipments) {
      const back = rows.returns.filter((row) => row.shipmentId === id && row.state !== 'declined').flatMap((row) => row.lines) // prettier-ignore
      for (const { size, colourway, quantity } of back) {
        const of = (some: readonly PreorderLine[]) => sum(some.filter((each) => each.size === size && each.colourway === colourway).map((each) => each.quantity)) // prettier-ignore
        if (quantity < 1 || of(back) > of(lines)) wrong(`of ${number} ${of(back)} ${colourway} ${size} were sent back`)
      }
    }
    for (const { id, state, backAt, againId } of rows.returns) {
      const isBack = ['returned', 'to-send', 'sent', 'next-lot', 'no-exchange'].includes(state)
      if (isBack !== (backAt !== null)) wrong(`return ${id} is ${state} and back at ${backAt?.toISOString()}`)
      if ((state === 'next-lot') !== (againId !== null))
        wrong(`return ${id} is ${state} and in the next lot as ${againId}`)
    }
  }

  /** Only when everything due is done: who has to know, has a letter. Only one, whenever one looks. */
  function aboutLetters(rows: Rows, wrong: (words: string) => void, settled: boolean): void {
    const told = new Map(
      [...grouped(rows.mails, ({ dedupeKey }) => dedupeKey)].map(([key, some]) => [key, some.length]),
    )
    const arrived = grouped(line.post, ({ id }) => id)
    for (const [id, times] of arrived) if (times.length > 1) wrong(`letter ${id} was sent ${times.length} times`)
    const orderOf = (row: Rows['preorders'][number]) =>
      row.out ? undefined : rows.orders.find(({ campaignId, lot }) => campaignId === row.campaignId && lot === row.lot)
    for (const preorder of rows.preorders) {
      const order = orderOf(preorder)
      const own = rows.mails.filter(({ dedupeKey }) => dedupeKey.includes(preorder.id))
      const released = own.filter(({ dedupeKey }) => dedupeKey.includes(':released')).length
      const letGo = rows.shipments.some((row) => row.preorderId === preorder.id && row.state === 'released')
      const expected = preorder.state === 'released' && !letGo ? 1 : 0
      if (settled ? released !== expected : released > expected)
        wrong(`pre-order ${preorder.id} is ${preorder.state} and has ${released} letters of release`)
      if (!order && own.some(({ dedupeKey }) => dedupeKey.startsWith('order:')))
        wrong(`pre-order ${preorder.id} is in no order and has a letter about one`)
      if (!order) continue
      const prefix = order.placement > 1 ? `order:${order.id}@${order.placement}` : `order:${order.id}`
      const letters = (kind: string) => told.get(`${prefix}:${kind}:${preorder.id}`) ?? 0
      const has = (kind: string, right: boolean) => {
        if (settled ? letters(kind) !== Number(right) : letters(kind) > Number(right))
          wrong(`pre-order ${preorder.id} of an order that is ${order.state} has ${letters(kind)} letters "${kind}"`)
      }
      if (order.state !== 'cancelled') has('accepted', TAKEN.includes(order.state))
      has('delivered', order.state === 'delivered')
      has('late', order.lateNoticedAt !== null)
      const shipped = rows.events.some(
        ({ name, payload }) =>
          name === 'production.progressed' && payload['orderId'] === order.id && payload['state'] === 'shipped',
      )
      has('shipped', shipped)
    }
    if (!settled) return
    for (const { campaignId, lot, state } of rows.reorders)
      if (state === 'proposed' && rows.campaigns.some((row) => row.id === campaignId && row.endedAt !== null))
        wrong(`reorder ${lot} of campaign ${campaignId} is still proposed though the campaign is over`)
    for (const { id, state } of rows.mails)
      if (state !== 'sent' || !arrived.has(id)) wrong(`letter ${id} is ${state} and was not delivered`)
    for (const { listener, state, lastError } of rows.deliveries)
      if (state !== 'done') wrong(`${listener} is ${state} though everything is done: ${lastError}`)
    for (const { id } of rows.lots) if (!rows.orders.some(({ lotId }) => lotId === id)) wrong(`lot ${id} has no order`)
    for (const { id, number, state } of rows.orders)
      if (
        state === 'placing' &&
        !rows.offers.some((o) => o.orderId === id && ['offered', 'countered'].includes(o.state))
      )
        wrong(`order ${number} is being placed and nobody is asked`)
  }

  return {
    /** Everything that is wrong, in words; `settled` where nothing more is due. */
    async wrongs(settled = false): Promise<string[]> {
      const found: string[] = []
      const wrong = (words: string) => void found.push(words)
      const rows = await read()
      aboutPreorders(rows, wrong)
      await aboutPartners(rows, wrong)
      aboutCampaigns(rows, wrong)
      await aboutLots(rows, wrong)
      await aboutOrders(rows, wrong)
      aboutEvents(rows, wrong)
      aboutPieces(rows, wrong)
      aboutReturns(rows, wrong)
      aboutLetters(rows, wrong, settled)
      return found
    },
    /** How much has happened: what is run twice must not make it more. */
    async size(): Promise<Record<string, number>> {
      const rows = await read()
      return Object.fromEntries(
        Object.entries(rows)
          .filter(([name]) => name !== 'deliveries')
          .map(([name, some]) => [name, some.length]),
      )
    },
  }
}
