import type { Reader, Tx } from '../../db/database.ts'
import { setCounters } from '../4-storefront/door.ts'
import { buyersThatDiffer, countersOfCampaigns, everyCampaign, lotsWithTheirs, setBuyer } from './store/ledger.ts'

/** A counter that is not what its rows say. */
export interface Difference {
  campaignId: string
  field: string
  counted: number
  ledger: number
  /** The buyer's key, the lot or the order it is kept for; none where it is the campaign's own. */
  about?: string
}

/**
 * Every counter that campaigns and their demand keep, and the rule that the audit holds against it. (A test reads the
 * schema and fails for a number that is neither here, nor among a later stage's, nor said to be something else.)
 */
export const COUNTERS = {
  'campaigns.pending_units': 'pendingUnits: units of pending pre-orders whose letter is queued',
  'campaigns.lot_units': 'lotUnits: units of confirmed pre-orders',
  'campaigns.lot_buyers': 'lotBuyers: buyers with a confirmed pre-order',
  'campaigns.total_units': 'totalUnits: units of confirmed, in-lot and fulfilled pre-orders',
  'campaigns.lot': 'lot: one more than its lots',
  'campaigns.inquiries': 'inquiries: its inquiries',
  'campaigns.views': 'views: what was counted is not kept; never below nothing',
  'campaign_buyers.units': 'buyer.units: the buyer’s confirmed, in-lot and fulfilled units',
  'campaign_buyers.lot_units': 'buyer.lotUnits: the buyer’s confirmed units',
  'lots.units': 'lot.units: units of the pre-orders that went into it, called off or not',
  'lots.buyers': 'lot.buyers: buyers of these pre-orders',
} as const

const OWN = ['pendingUnits', 'lotUnits', 'totalUnits', 'lotBuyers', 'inquiries', 'lot'] as const

async function auditCampaigns(tx: Tx, repair: boolean): Promise<Difference[]> {
  const rightOf = await countersOfCampaigns(tx)
  const found: Difference[] = []
  for (const campaign of await everyCampaign(tx)) {
    const right = rightOf(campaign.id)
    const wrong = OWN.filter((field) => campaign[field] !== right[field])
    for (const field of wrong)
      found.push({ campaignId: campaign.id, field, counted: campaign[field], ledger: right[field] })
    if (campaign.views < 0) found.push({ campaignId: campaign.id, field: 'views', counted: campaign.views, ledger: 0 })
    if (!repair || (!wrong.length && campaign.views >= 0)) continue
    await setCounters(tx, campaign.id, {
      ...Object.fromEntries(OWN.map((field) => [field, right[field]])),
      views: Math.max(0, campaign.views),
    })
  }
  return found
}

/** What buyers hold. */
async function auditBuyers(tx: Tx, repair: boolean): Promise<Difference[]> {
  const found: Difference[] = []
  for (const { campaignId, buyerKey, units, lotUnits, rightUnits, rightLotUnits } of await buyersThatDiffer(tx)) {
    const about = { campaignId, about: buyerKey }
    if (units !== rightUnits) found.push({ ...about, field: 'buyer.units', counted: units, ledger: rightUnits })
    if (lotUnits !== rightLotUnits)
      found.push({ ...about, field: 'buyer.lotUnits', counted: lotUnits, ledger: rightLotUnits })
    if (repair) await setBuyer(tx, campaignId, buyerKey, { units: rightUnits, lotUnits: rightLotUnits })
  }
  return found
}

/** A lot is frozen: what differs here is told and never "set right". */
const auditLots = async (db: Reader): Promise<Difference[]> =>
  (await lotsWithTheirs(db)).flatMap(({ lot, units, buyers }) => {
    const about = { campaignId: lot.campaignId, about: lot.id }
    return [
      ...(lot.units === units ? [] : [{ ...about, field: 'lot.units', counted: lot.units, ledger: units }]),
      ...(lot.buyers === buyers ? [] : [{ ...about, field: 'lot.buyers', counted: lot.buyers, ledger: buyers }]),
    ]
  })

/** What a later stage's counters are held against, handed in where the line is put together. */
export type AuditRule = (db: Reader) => Promise<Difference[]>

/**
 * Hold every kept counter against the rows it counts; with `repair` set right what can be (not what is frozen in lots
 * and orders).
 */
export async function auditCounters(tx: Tx, repair: boolean, later: readonly AuditRule[]): Promise<Difference[]> {
  const found = [...(await auditCampaigns(tx, repair)), ...(await auditBuyers(tx, repair)), ...(await auditLots(tx))]
  for (const rule of later) found.push(...(await rule(tx)))
  return found
}
