/** What the stage does by itself: propose the next lot of a campaign that gathers, or to stop one that loses. */
import { system } from '../../core/actor.ts'
import { fitRate, type Rate } from '../../core/forecast.ts'
import type { LaunchBelief } from '../../core/reach.ts'
import type { Context } from '../context.ts'
import type { Learning } from './learning.ts'
import { readHouse, type House } from '../0-house/door.ts'
import { decidedBy, freezeProposed } from './deciding.ts'
import { loserInputs, reorderDue, reorderInputs, type ReorderFacts } from './model.ts'
import {
  decide,
  gatheringNext,
  outlived,
  propose,
  refresh,
  salesOf,
  unitsPerOrder,
  unjudged,
  type Gathered,
  type NextLot,
} from './store.ts'

const ITSELF = system('reorders')

/** What a sweep knows of the world, the same for every campaign. */
interface Known {
  house: House
  rate: Rate
  learned: LaunchBelief | undefined
  /** Units of an order. */
  usual: number
}

/**
 * A campaign that has made a lot and gathers for the next. Its orders are looked at, by the hour, only where a proposal
 * comes of it.
 */
async function proposeLot(context: Context, { campaign, lastLotAt, known }: NextLot, { house, rate, learned }: Known) {
  const { db, clock, outbox } = context
  const { lotUnits, opensAt } = campaign
  const now = clock.now()
  const dates = { now, lotUnits, lastLotAt: lastLotAt ?? opensAt }
  const terms = { everyDays: house.reorderEveryDays, minUnits: house.reorderMinUnits }
  if (known ? known.state !== 'proposed' || known.units === lotUnits : !reorderDue({ ...dates, ...terms })) return
  const facts: ReorderFacts = {
    ...dates,
    ...terms,
    opensAt,
    closesAt: campaign.closesAt,
    thresholdUnits: campaign.thresholdUnits,
    minBuyers: campaign.minBuyers,
    totalUnits: campaign.totalUnits,
    sales: await salesOf(db.read, campaign.id),
    rate,
    learned,
    leadDays: campaign.promisedDays,
  }
  const inputs = reorderInputs(facts)
  const row = { units: lotUnits, inputs, verdict: inputs.verdict }
  if (known) {
    await db.write((tx) => refresh(tx, known.id, row), { atomic: true })
    return
  }
  await db.write(async (tx) => {
    const made = await propose(tx, { campaignId: campaign.id, lot: campaign.lot, proposedAt: now, ...row })
    if (!made) return
    await outbox.emit(tx, ITSELF, 'reorders.proposed', { reorderId: made.id }, now)
    if (house.reorderPolicy === 'auto') await freezeProposed(tx, context, ITSELF, made)
  })
}

/** An open campaign: what is kept of its orders says whether it loses. */
async function proposeStop(context: Context, campaign: Gathered, { learned, usual }: Known): Promise<void> {
  const { db, clock, outbox } = context
  const { soldOrders: orders, soldUnits: units, opensAt } = campaign
  const sales = orders ? [{ at: opensAt, orders, units }] : []
  const inputs = loserInputs({ ...campaign, now: clock.now(), sales, learned }, usual)
  if (!inputs) return
  await db.write(async (tx) => {
    const made = await propose(tx, {
      campaignId: campaign.id,
      lot: campaign.lot,
      units: campaign.lotUnits,
      inputs,
      verdict: inputs.verdict,
      proposedAt: clock.now(),
    })
    if (made) await outbox.emit(tx, ITSELF, 'reorders.proposed', { reorderId: made.id }, clock.now())
  })
}

/** A campaign that ended by its date takes its undecided proposal along; otherwise it would stand there for ever. */
async function settleOutlived(context: Context): Promise<void> {
  const { db } = context
  for (const { id, over } of await outlived(db.read))
    await db.write((tx) =>
      decide(tx, id, 'proposed', { state: 'declined', ...decidedBy(context, ITSELF), reason: over }),
    )
}

/**
 * Look at every campaign that gathers, or at one: at what its row says, a bounded number of them at a time. Safe to run
 * at any time and any number of times.
 */
export async function sweep(context: Learning, campaignId?: string): Promise<void> {
  const { db, clock } = context
  await settleOutlived(context)
  const house = await readHouse(db.read)
  if (house.reorderPolicy === 'never') return
  const { past, belief } = await context.learned(db.read)
  const rate = fitRate(past.map(({ units }) => ({ units, time: 1 })))
  const known: Known = { house, rate, learned: belief, usual: await unitsPerOrder(db.read) }
  // A campaign whose time is up is closed by its own stage, with what has gathered.
  const gathers = ({ closesAt }: Gathered) => closesAt > clock.now()
  for await (const next of gatheringNext(db.read, campaignId))
    if (gathers(next.campaign)) await proposeLot(context, next, known)
  for await (const campaign of unjudged(db.read, campaignId))
    if (gathers(campaign)) await proposeStop(context, campaign, known)
}
