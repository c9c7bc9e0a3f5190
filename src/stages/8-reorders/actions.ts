import { actorTag, demand, system, type Actor } from '../../core/actor.ts'
import { notFound, problem, type Problem } from '../../core/errors.ts'
import { fitRate, type Rate } from '../../core/forecast.ts'
import type { Tx } from '../../db/database.ts'
import { campaignById, type Campaign } from '../4-storefront/store.ts'
import { releaseCampaign } from '../5-demand/closing.ts'
import { freezeLot } from '../5-demand/lots.ts'
import { lotById, type Lot } from '../5-demand/store.ts'
import { orderById } from '../6-dispatch/store.ts'
import type { Context, Reactions } from '../context.ts'
import { readHouse, type House } from '../house.ts'
import { loserInputs, reorderDue, reorderInputs, type ReorderFacts } from './model.ts'
import {
  closedCampaigns,
  decide,
  gathering,
  lastLotAt,
  outlived,
  propose,
  refresh,
  reorderById,
  reorderFor,
  reorderPage,
  salesOf,
  unitsPerOrder,
  type ReorderRow,
  type ReorderState,
} from './store.ts'

export type Reorders = ReturnType<typeof openReorders>

const movedOn = (): Problem =>
  problem('reorders.moved-on', 409, {
    en: 'This proposal is out of date: its lot has been made, its campaign has ended or somebody has decided already. Look at the list again.',
    zh: '该建议已失效：批次已下达、预售已结束或已有人处理。请刷新列表。',
  })

export function openReorders(context: Context) {
  const { db, clock, outbox } = context

  async function factsOf(campaign: Campaign, rate: Rate, house: House): Promise<ReorderFacts> {
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

  /** In the transaction that says yes: the proposal, and the frozen lot that it proposed. */
  async function freeze(tx: Tx, actor: Actor, reorder: ReorderRow): Promise<Lot> {
    const approved = await decide(tx, reorder.id, 'proposed', {
      state: 'approved',
      decidedBy: actorTag(actor),
      decidedAt: clock.now(),
    })
    const lot =
      approved &&
      (await freezeLot(tx, context, { campaignId: reorder.campaignId, number: reorder.lot, reason: 'reorder', actor }))
    if (!lot) throw movedOn()
    await outbox.emit(tx, actor, 'reorders.approved', { reorderId: reorder.id }, clock.now())
    return lot
  }

  async function proposeLot(campaign: Campaign, facts: ReorderFacts, house: House): Promise<void> {
    const inputs = reorderInputs(facts)
    const row = { units: campaign.lotUnits, inputs, verdict: inputs.verdict }
    const known = await reorderFor(db.read, campaign.id, campaign.lot)
    if (known?.state === 'proposed' && known.units !== campaign.lotUnits)
      await db.write((tx) => refresh(tx, known.id, row), { atomic: true })
    if (known || !reorderDue(facts)) return
    const actor = system('reorders')
    await db.write(async (tx) => {
      const made = await propose(tx, {
        campaignId: campaign.id,
        lot: campaign.lot,
        proposedAt: clock.now(),
        ...row,
      })
      if (!made) return
      await outbox.emit(tx, actor, 'reorders.proposed', { reorderId: made.id }, clock.now())
      if (house.reorderPolicy === 'auto') await freeze(tx, actor, made)
    })
  }

  async function proposeStop(campaign: Campaign, facts: ReorderFacts, usual: number): Promise<void> {
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
      if (made) await outbox.emit(tx, system('reorders'), 'reorders.proposed', { reorderId: made.id }, clock.now())
    })
  }

  /** A campaign that ended by its date takes its undecided proposal along; otherwise it would stand there for ever. */
  async function settleOutlived(): Promise<void> {
    for (const { id, over } of await outlived(db.read))
      await db.write((tx) =>
        decide(tx, id, 'proposed', {
          state: 'declined',
          decidedBy: actorTag(system('reorders')),
          decidedAt: clock.now(),
          reason: over,
        }),
      )
  }

  async function sweep(campaignId?: string): Promise<void> {
    await settleOutlived()
    const house = await readHouse(db.read)
    if (house.reorderPolicy === 'never') return
    const rate = fitRate(await closedCampaigns(db.read))
    const usual = await unitsPerOrder(db.read)
    for (const campaign of await gathering(db.read, campaignId)) {
      // A campaign whose time is up is closed by its own stage, with what has gathered.
      if (campaign.closesAt <= clock.now()) continue
      const facts = await factsOf(campaign, rate, house)
      if (campaign.state === 'dispatching') await proposeLot(campaign, facts, house)
      else await proposeStop(campaign, facts, usual)
    }
  }

  const reactions: Reactions = {
    'reorders.sweep-due': () => sweep(),
    'production.delivered': async ({ payload }) => {
      const order = await orderById(db.read, payload.orderId)
      if (order) await sweep(order.campaignId)
    },
    // Whatever froze the lot, its proposal is settled by it.
    'demand.lot-frozen': async ({ payload }) => {
      const lot = await lotById(db.read, payload.lotId)
      const reorder = lot && (await reorderFor(db.read, lot.campaignId, lot.number))
      if (!reorder) return
      await db.write(async (tx) => {
        if (await decide(tx, reorder.id, 'approved', { state: 'sent' })) return
        await decide(tx, reorder.id, 'proposed', {
          state: reorder.verdict === 'loser' ? 'declined' : 'sent',
          decidedBy: actorTag(system('reorders')),
          decidedAt: clock.now(),
          reason: lot.reason,
        })
      })
    },
  }

  const found = async (id: string): Promise<ReorderRow> => {
    const reorder = await reorderById(db.read, id)
    if (!reorder) throw notFound({ en: 'proposal', zh: '返单建议' }, id)
    return reorder
  }

  return {
    reactions,

    async list(
      actor: Actor,
      filter: { states?: readonly ReorderState[] | undefined; before?: string | undefined; limit: number },
    ): Promise<{ reorder: ReorderRow; campaign: Campaign }[]> {
      demand(actor, 'read')
      return reorderPage(db.read, filter)
    },

    async get(actor: Actor, id: string): Promise<ReorderRow> {
      demand(actor, 'read')
      return found(id)
    },

    /**
     * Make the next lot now, from exactly what has been pre-ordered at this moment.
     * @throws Problem 409 `reorders.moved-on`, or `reorders.not-a-lot` for a proposal to stop
     */
    async approve(actor: Actor, id: string): Promise<Lot> {
      demand(actor, 'campaigns')
      const reorder = await found(id)
      if (reorder.verdict === 'loser')
        throw problem('reorders.not-a-lot', 409, {
          en: 'This proposal is to stop the campaign early, not to make a lot. Carry it out with "stop early", or decline it.',
          zh: '该建议为提前终止预售，而非返单。请选择“提前终止”，或不采纳。',
        })
      return db.write((tx) => freeze(tx, actor, reorder))
    },

    async decline(actor: Actor, id: string, reason: string): Promise<ReorderRow> {
      demand(actor, 'campaigns')
      const reorder = await found(id)
      const said = reason.trim().slice(0, 1000)
      if (!said)
        throw problem(
          'reorders.reason',
          422,
          { en: 'Say why it is declined, in a few words.', zh: '请简要填写不采纳的原因。' },
          { field: 'reason' },
        )
      const declined = await db.write((tx) =>
        decide(tx, reorder.id, 'proposed', {
          state: 'declined',
          reason: said,
          decidedBy: actorTag(actor),
          decidedAt: clock.now(),
        }),
      )
      if (!declined) throw movedOn()
      return declined
    },

    /** End a losing campaign before its date: its buyers are released and told, nobody pays. */
    async stopEarly(actor: Actor, id: string): Promise<ReorderRow> {
      demand(actor, 'campaigns')
      const reorder = await found(id)
      if (reorder.verdict !== 'loser') throw movedOn()
      return db.write(async (tx) => {
        const campaign = await campaignById(tx, reorder.campaignId)
        const done = await decide(tx, reorder.id, 'proposed', {
          state: 'approved',
          decidedBy: actorTag(actor),
          decidedAt: clock.now(),
        })
        if (!done || !campaign || !(await releaseCampaign(tx, context, campaign, actor))) throw movedOn()
        await outbox.emit(tx, actor, 'reorders.approved', { reorderId: reorder.id }, clock.now())
        return done
      })
    },
  }
}
