/** Kept counters beside what they must be: what differs, and what sets it right. */
import type { Database } from '../../../db/database.ts'
import type { Campaign } from '../../4-storefront/door.ts'
import type { KeptBuyer, KeptCell, KeptHour } from '../store/ledger.ts'
import type { KeptRung } from '../store/pledges.ts'
import { repairBuyer, repairCampaign, repairCell, repairHour, repairRung } from '../store/repairing.ts'
import type { Lot } from '../store.ts'
import {
  cellKey,
  hourKey,
  isIn,
  OWN,
  WHOLE,
  type Counted,
  type CountedBuyers,
  type Own,
  type Part,
} from './counting.ts'

/** A counter that is not what its rows say. */
export interface Difference {
  campaignId: string
  field: string
  counted: number
  ledger: number
  /** The buyer's key, the lot, the order, the cell or the hour it is kept for; none where it is the campaign's own. */
  about?: string
}

/** What differs, and what sets it right: false where the counter is not any more what the audit saw. */
export interface Finding {
  difference: Difference
  repair?: (tx: Parameters<Parameters<Database['write']>[0]>[0]) => Promise<boolean>
}

export function ownFindings(campaign: Campaign, right: Own): Finding[] {
  const wrong = OWN.filter((field) => campaign[field] !== right[field]).map((field) => ({
    field: field as string,
    counted: campaign[field],
    ledger: right[field],
  }))
  if (campaign.views < 0) wrong.push({ field: 'views', counted: campaign.views, ledger: 0 })
  return wrong.map((each) => ({
    difference: { campaignId: campaign.id, ...each },
    repair: (tx) => repairCampaign(tx, campaign.id, each),
  }))
}

/** A buyer's kept counters beside what they must be; nothing kept, or nothing counted, is nothing there. */
function buyerFinding(lot: number, row: KeptBuyer, right: { units: number; lotUnits: number }): Finding[] {
  const lotUnits = row.lot === lot ? row.lotUnits : 0
  const about = { campaignId: row.campaignId, about: row.buyerKey }
  const repair: Finding['repair'] = (tx) => repairBuyer(tx, row, { ...right, lot })
  return [
    ...(row.units === right.units
      ? []
      : [{ difference: { ...about, field: 'buyer.units', counted: row.units, ledger: right.units }, repair }]),
    ...(lotUnits === right.lotUnits
      ? []
      : [
          {
            difference: { ...about, field: 'buyer.lotUnits', counted: lotUnits, ledger: right.lotUnits },
            // Both are set right at once.
            ...(row.units === right.units && { repair }),
          },
        ]),
  ]
}

/** What is kept of these buyers, as it goes by, and then those of whom nothing is kept. */
export async function* buyerFindings(
  { id: campaignId, lot }: Campaign,
  kept: (take: (row: KeptBuyer) => void) => Promise<void>,
  { held }: CountedBuyers,
  part: Part = WHOLE,
): AsyncGenerator<Finding> {
  const nothing = { units: 0, lotUnits: 0 }
  const found: Finding[] = []
  await kept((row) => {
    if (!isIn(part, row.buyerKey)) return
    found.push(...buyerFinding(lot, row, held.get(row.buyerKey) ?? nothing))
    held.delete(row.buyerKey)
  })
  yield* found
  for (const [buyerKey, right] of held) yield* buyerFinding(lot, { campaignId, buyerKey, ...nothing, lot: 0 }, right)
}

/** Two lists by the same keys: what one has and the other has not is nothing there. */
function pairs<Row>(kept: readonly Row[], counted: ReadonlyMap<string, Row>, keyOf: (row: Row) => string) {
  const known = new Set(kept.map(keyOf))
  return [
    ...kept.map((row) => ({ key: keyOf(row), was: row as Row | undefined, is: counted.get(keyOf(row)) })),
    ...[...counted].filter(([key]) => !known.has(key)).map(([key, is]) => ({ key, was: undefined, is })),
  ]
}

export function countFindings(
  campaignId: string,
  kept: { cells: readonly KeptCell[]; hours: readonly KeptHour[] },
  counted: Counted,
): Finding[] {
  const cells = pairs(kept.cells, counted.cells, cellKey).flatMap(({ key, was, is }): Finding[] => {
    const [before, right] = [was?.units ?? 0, is?.units ?? 0]
    if (before === right) return []
    return [
      {
        difference: { campaignId, about: key, field: 'cell', counted: before, ledger: right },
        repair: (tx) => repairCell(tx, (was ?? is) as KeptCell, was && before, right),
      },
    ]
  })
  const hours = pairs(kept.hours, counted.hours, hourKey).flatMap(({ key, was, is }): Finding[] => {
    const right = { orders: is?.orders ?? 0, units: is?.units ?? 0 }
    const wrong = (['orders', 'units'] as const).filter((field) => (was?.[field] ?? 0) !== right[field])
    return wrong.map((field, n) => ({
      difference: { campaignId, about: key, field: `hour.${field}`, counted: was?.[field] ?? 0, ledger: right[field] },
      ...(n === 0 && { repair: (tx) => repairHour(tx, (was ?? is) as KeptHour, was, right) }),
    }))
  })
  return [...cells, ...hours]
}

const rungKey = ({ atMost }: Pick<KeptRung, 'atMost'>): string => String(atMost)

export const rungFindings = (campaignId: string, kept: readonly KeptRung[], counted: Counted): Finding[] =>
  pairs(kept, counted.rungs, rungKey).flatMap(({ key, was, is }): Finding[] => {
    const right = { units: is?.units ?? 0, buyers: is?.buyers ?? 0 }
    const wrong = (['units', 'buyers'] as const).filter((field) => (was?.[field] ?? 0) !== right[field])
    return wrong.map((field, n) => ({
      difference: { campaignId, about: key, field: `rung.${field}`, counted: was?.[field] ?? 0, ledger: right[field] },
      ...(n === 0 && { repair: (tx) => repairRung(tx, (was ?? is) as KeptRung, was, right) }),
    }))
  })

/** A lot is frozen: what differs here is told and never "set right". */
export const lotFindings = (lots: readonly Lot[], counted: Counted): Finding[] =>
  lots.flatMap(({ id, campaignId, number, units, buyers }) => {
    const right = counted.lots.get(number)
    const wrong = { units: right?.units ?? 0, buyers: right?.buyers ?? 0 }
    const about = { campaignId, about: id }
    return [
      ...(units === wrong.units ? [] : [{ difference: { ...about, field: 'lot.units', counted: units, ledger: wrong.units } }]), // prettier-ignore
      ...(buyers === wrong.buyers ? [] : [{ difference: { ...about, field: 'lot.buyers', counted: buyers, ledger: wrong.buyers } }]), // prettier-ignore
    ]
  })
