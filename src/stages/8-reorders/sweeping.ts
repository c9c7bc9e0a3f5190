/** What the stage does by itself: propose the next lot of a campaign that gathers, or to stop one that loses. */
import { system } from '../../core/actor.ts'
import { fitRate, type Rate } from '../../core/forecast.ts'
import type { Campaign } from '../4-storefront/door.ts'
import type { Context } from '../context.ts'
import { readHouse, type House } from '../0-house/door.ts'
import { decidedBy, freezeProposed } from './deciding.ts'
import { loserInputs, reorderDue, reorderInputs, type ReorderFacts } from './model.ts'
import {
  closedCampaigns,
  decide,
  gathering,
  lastLotAt,
  outlived,
  propose,
  refresh,
  reorderFor,
  salesOf,
  unitsPerOrder,
} from './store.ts'

const ITSELF = system('reorders')

/** Everything a proposal for a campaign is computed from, at this moment. */
async function factsOf({ db, clock }: Context, campaign: Campaign, rate: Rate, house: House): Promise<ReorderFacts> {
  return {
    now: clock.now(),
    opensAt: campaign.opensAt,
    closesAt: campaign.closesAt,
    thresholdUnits: campaign.thresholdUnits,
    totalUnits: campaign.totalUnits,
    lotUnits: campaign.lotUnits,
    lastLotAt: (await lastLotAt(db.read, campaign.id)) ?? campaign.opensAt,
    sales: await salesOf(db.read, campaign.id, campaign.opensAt),
    rate,
    everyDays: house.reorderEveryDays,
    minUnits: house.reorderMinUnits,
    leadDays: campaign.promisedDays,
  }
}

async function proposeLot(context: Context, campaign: Campaign, facts: ReorderFacts, house: House): Promise<void> {
  const { db, clock, outbox } = context
  const inputs = reorderInputs(facts)
  const row = { units: campaign.lotUnits, inputs, verdict: inputs.verdict }
  const known = await reorderFor(db.read, campaign.id, campaign.lot)
  if (known?.state === 'proposed' && known.units !== campaign.lotUnits)
    await db.write((tx) => refresh(tx, known.id, row), { atomic: true })
  if (known || !reorderDue(facts)) return
  await db.write(async (tx) => {
    const made = await propose(tx, { campaignId: campaign.id, lot: campaign.lot, proposedAt: clock.now(), ...row })
    if (!made) return
    await outbox.emit(tx, ITSELF, 'reorders.proposed', { reorderId: made.id }, clock.now())
    if (house.reorderPolicy === 'auto') await freezeProposed(tx, context, ITSELF, made)
  })
}

async function proposeStop(context: Context, campaign: Campaign, facts: ReorderFacts, usual: number): Promise<void> {
  const { db, clock, outbox } = context
  const inputs = loserInputs(facts, usual)
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

/** Look at every campaign that gathers, or at one. Safe to run at any time and any number of times. */
export async function sweep(context: Context, campaignId?: string): Promise<void> {
  const { db, clock } = context
  await settleOutlived(context)
  const house = await readHouse(db.read)
  if (house.reorderPolicy === 'never') return
  const rate = fitRate(await closedCampaigns(db.read))
  const usual = await unitsPerOrder(db.read)
  for (const campaign of await gathering(db.read, campaignId)) {
    // A campaign whose time is up is closed by its own stage, with what has gathered.
    if (campaign.closesAt <= clock.now()) continue
    const facts = await factsOf(context, campaign, rate, house)
    if (campaign.state === 'dispatching') await proposeLot(context, campaign, facts, house)
    else await proposeStop(context, campaign, facts, usual)
  }
}
