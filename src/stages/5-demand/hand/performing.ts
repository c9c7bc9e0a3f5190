/** How an act of a person is done, agreed to, finished and taken back: once each, whoever else is at it. */
import { actorTag, type Actor } from '../../../core/actor.ts'
import { eachAlone } from '../../../core/each-alone.ts'
import { notFound } from '../../../core/errors.ts'
import type { SecurityAct } from '../../../core/security.ts'
import { MINUTE, newId } from '../../../core/values.ts'
import type { Tx } from '../../../db/database.ts'
import { record } from '../../../db/security-log.ts'
import { readHouse } from '../../0-house/door.ts'
import { campaignById, type Campaign } from '../../4-storefront/door.ts'
import { refused } from '../messages.ts'
import type { DemandContext } from '../options.ts'
import { actById, actsDue, insertAct, moveAct, type HandAct } from '../store/hand.ts'
import type { Hand } from './kinds.ts'
import { dispatching, messaging, quoting } from './dispatching.ts'
import { pausing, resuming, stopping, takingDown } from './stopping.ts'
import { capping, dating, wording } from './terms.ts'

/** What each kind does, and what the security log calls it. */
const HANDS: Readonly<Record<HandAct['kind'], Hand & { called: SecurityAct & `campaign.${string}` }>> = {
  stop: { ...stopping, called: 'campaign.stopped' },
  'take-down': { ...takingDown, called: 'campaign.taken-down' },
  pause: { ...pausing, called: 'campaign.paused' },
  resume: { ...resuming, called: 'campaign.resumed' },
  dates: { ...dating, called: 'campaign.dated' },
  words: { ...wording, called: 'campaign.worded' },
  cap: { ...capping, called: 'campaign.cap-raised' },
  dispatch: { ...dispatching, called: 'campaign.dispatched' },
  quote: { ...quoting, called: 'campaign.quoted' },
  message: { ...messaging, called: 'campaign.told' },
}

export interface Asked extends Pick<HandAct, 'kind' | 'why' | 'reason'> {
  campaignId: string
  what?: HandAct['what']
}

async function campaignIn(tx: Tx, id: string): Promise<Campaign> {
  const campaign = await campaignById(tx, id)
  if (!campaign) throw notFound({ en: 'campaign', zh: '预售' }, id)
  return campaign
}

const note = (tx: Tx, act: SecurityAct & `campaign.${string}`, by: Actor, row: HandAct, at: Date): Promise<void> =>
  record(tx, { act, by, on: `campaign:${row.campaignId}`, details: { act: row.id, why: row.why } }, at)

/** Begin it: what stays in the house is done now, the rest when it can no longer be taken back. */
async function begin(tx: Tx, context: DemandContext, campaign: Campaign, what: HandAct['what'], kind: HandAct['kind']) {
  const now = context.clock.now()
  const { undoMinutes } = await readHouse(tx)
  const { begin: does, finish } = HANDS[kind]
  const before = await does(tx, context, campaign, what)
  const dueAt = finish ? new Date(now.getTime() + undoMinutes * MINUTE) : null
  return { before, dueAt, state: finish ? ('waiting' as const) : ('done' as const) }
}

/**
 * Do something with a campaign by hand, or ask a second person to agree to it where so much is at stake.
 * @throws Problem 404, 409
 */
export async function perform(context: DemandContext, actor: Actor, asked: Asked): Promise<HandAct> {
  const { db, clock } = context
  const { kind, why, reason, campaignId, what = {} } = asked
  const act = await db.write(async (tx) => {
    const now = clock.now()
    const campaign = await campaignIn(tx, campaignId)
    const { sum: stake, called } = HANDS[kind]
    const sum = stake?.(campaign, what) ?? 0
    const { secondApproverAbove: most } = await readHouse(tx)
    const row = { id: newId(), campaignId, kind, why, reason, what, sum, by: actorTag(actor), at: now }
    if (most > 0 && sum > most) {
      const stored = await insertAct(tx, { ...row, state: 'asked', before: {} })
      await note(tx, 'campaign.asked', actor, stored, now)
      return stored
    }
    const stored = await insertAct(tx, { ...row, ...(await begin(tx, context, campaign, what, kind)) })
    await note(tx, called, actor, stored, now)
    return stored
  })
  return finishNow(context, act)
}

/** Where the house leaves no time to take it back, nothing waits for a sweep. */
async function finishNow(context: DemandContext, act: HandAct): Promise<HandAct> {
  if (act.state !== 'waiting' || !act.dueAt || act.dueAt > context.clock.now()) return act
  await finish(context, act)
  return (await actById(context.db.read, act.id)) ?? act
}

async function actIn(tx: Tx, campaignId: string, id: string): Promise<HandAct> {
  const act = await actById(tx, id)
  if (!act || act.campaignId !== campaignId) throw notFound({ en: 'act', zh: '操作' }, id)
  return act
}

/**
 * A second person agrees to what somebody asked for, or does not.
 * @throws Problem 403 `hand.same-person`, 404, 409
 */
export async function decide(
  context: DemandContext,
  actor: Actor,
  { campaignId, actId, agree }: { campaignId: string; actId: string; agree: boolean },
): Promise<HandAct> {
  const { db, clock } = context
  const act = await db.write(async (tx) => {
    const now = clock.now()
    const { by, kind, what } = await actIn(tx, campaignId, actId)
    if (agree && by === actorTag(actor)) throw refused('hand.same-person')
    const decided = { decidedBy: actorTag(actor), decidedAt: now }
    const set = agree
      ? { ...decided, at: now, ...(await begin(tx, context, await campaignIn(tx, campaignId), what, kind)) }
      : { ...decided, state: 'refused' as const }
    const moved = await moveAct(tx, actId, 'asked', set)
    if (!moved) throw refused('hand.moved-on')
    await note(tx, agree ? HANDS[kind].called : 'campaign.refused', actor, moved, now)
    return moved
  })
  return finishNow(context, act)
}

/** Take it back while nothing has left the house. @throws Problem 404, 409 `hand.left`, `hand.moved-on` */
export async function undo(
  context: DemandContext,
  actor: Actor,
  { campaignId, actId }: { campaignId: string; actId: string },
): Promise<HandAct> {
  const { db, clock } = context
  return db.write(async (tx) => {
    const now = clock.now()
    const { state, kind } = await actIn(tx, campaignId, actId)
    const hand = HANDS[kind]
    if (state !== 'waiting' && (state !== 'done' || hand.finish))
      throw refused(state === 'done' ? 'hand.left' : 'hand.moved-on')
    const undone = await moveAct(tx, actId, state, { state: 'undone', undoneBy: actorTag(actor), undoneAt: now })
    if (!undone) throw refused('hand.moved-on')
    await hand.undo(tx, context, await campaignIn(tx, campaignId), undone)
    await note(tx, 'campaign.undone', actor, undone, now)
    return undone
  })
}

async function finish(context: DemandContext, { id }: Pick<HandAct, 'id'>): Promise<void> {
  await context.db.write(async (tx) => {
    const act = await moveAct(tx, id, 'waiting', { state: 'done' })
    if (!act) return
    await HANDS[act.kind].finish?.(tx, context, await campaignIn(tx, act.campaignId), act)
  })
}

/** Acts that are finished in one look. */
const AT_ONCE = 50

/** Finish what can no longer be taken back. One that cannot be finished holds up no other. */
export async function finishDue(context: DemandContext): Promise<void> {
  await eachAlone(await actsDue(context.db.read, context.clock.now(), AT_ONCE), (act) => finish(context, act))
}
