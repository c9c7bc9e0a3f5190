/**
 * What a pre-order is. A lot, or the end of a campaign, is decided in one moment for all pre-orders it is about; their
 * rows follow slice by slice. Whoever looks meanwhile sees what was decided.
 */
import type { Campaign } from '../4-storefront/door.ts'
import type { Lot, Preorder } from './store.ts'
import { UNCONFIRMED } from './tables.ts'

/** What is decided about the campaign of a pre-order, and about the lot it went into. */
export interface Decided {
  campaign: Pick<Campaign, 'state' | 'lot' | 'endedAt'>
  /** None while that lot gathers. */
  lot: Pick<Lot, 'state' | 'endedAt'> | null
}

const IN_LOT = { frozen: 'in-lot', arrived: 'in-lot', fulfilled: 'fulfilled', 'called-off': 'released' } as const

/** The pre-order as it stands. Its lot is told once that is frozen. */
export function standing<Row extends Pick<Preorder, 'state' | 'lot' | 'endedAt'>>(
  preorder: Row,
  { campaign, lot }: Decided,
): Row {
  const { state } = preorder
  const waits = state === 'pending' || state === 'confirmed'
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
): 'pending' | 'confirmed' | 'inLots' | 'released' {
  if (lot === UNCONFIRMED) return 'pending'
  if (lot < campaign.lot) return calledOff.has(lot) ? 'released' : 'inLots'
  return campaign.state === 'closed' || campaign.state === 'released' ? 'released' : 'confirmed'
}
