/**
 * What a pre-order is. A lot, or the end of a campaign, is decided in one moment for all pre-orders it is about; their
 * rows follow slice by slice. Whoever looks meanwhile sees what was decided.
 */
import type { Campaign } from '../4-storefront/door.ts'
import { readPledge, settledAt } from './pledges.ts'
import type { Lot, Preorder } from './store.ts'
import { UNCONFIRMED } from './tables.ts'

/** What is decided about the campaign of a pre-order, and about the lot it went into. */
export interface Decided {
  campaign: Pick<Campaign, 'state' | 'lot' | 'endedAt'>
  /** None while that lot gathers. */
  lot: Pick<Lot, 'state' | 'endedAt' | 'unitPrice' | 'frozenAt'> | null
}

const IN_LOT = { frozen: 'in-lot', arrived: 'in-lot', fulfilled: 'fulfilled', 'called-off': 'released' } as const

type Settling = Pick<Preorder, 'lines' | 'units' | 'pledged'>

/** A pre-order of a lot with what of its pledge counts at the lot's price. @returns nothing where nothing does */
export function asSettled<Row extends Settling>(preorder: Row, lot: Pick<Lot, 'unitPrice'> | undefined): Row[] {
  const pledge = lot && readPledge(preorder.pledged)
  if (!pledge) return [preorder]
  const settled = settledAt(pledge, lot.unitPrice)
  return settled ? [{ ...preorder, ...settled }] : []
}

/** The pre-order as it stands. Its lot is told once that is frozen. */
export function standing<Row extends Pick<Preorder, 'state' | 'lot' | 'endedAt'> & Settling>(
  row: Row,
  { campaign, lot }: Decided,
): Row {
  const { state } = row
  const waits = state === 'pending' || state === 'confirmed'
  const [settled] = lot && waits ? asSettled(row, lot) : [row]
  if (lot && !settled) return { ...row, state: 'released', endedAt: lot.frozenAt }
  const preorder = settled ?? row
  if (lot) return waits || state === 'in-lot' ? { ...preorder, state: IN_LOT[lot.state], endedAt: lot.endedAt } : preorder // prettier-ignore
  if (waits && (campaign.state === 'closed' || campaign.state === 'released'))
    return { ...preorder, state: 'released', lot: null, endedAt: campaign.endedAt }
  return state === 'confirmed' ? { ...preorder, lot: null } : preorder
}

/** What units that a lot's cells count are now. */
export function wherePut(
  campaign: Pick<Campaign, 'state' | 'lot'>,
  lot: number,
  calledOff: ReadonlySet<number>,
): 'pending' | 'confirmed' | 'pledged' | 'inLots' | 'released' {
  if (lot === UNCONFIRMED) return 'pending'
  // Pledges stand apart only while their lot gathers, and when it was let go.
  if (lot < 0) return campaign.state === 'closed' || campaign.state === 'released' ? 'released' : 'pledged'
  if (lot < campaign.lot) return calledOff.has(lot) ? 'released' : 'inLots'
  return campaign.state === 'closed' || campaign.state === 'released' ? 'released' : 'confirmed'
}
