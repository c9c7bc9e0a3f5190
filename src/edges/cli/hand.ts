import type { Command } from 'commander'
import type { Lang } from '../../core/values.ts'
import { decideAct } from '../../stages/5-demand/actions/decide-act.ts'
import { listActs } from '../../stages/5-demand/actions/list-acts.ts'
import { makeForFew } from '../../stages/5-demand/actions/make-for-few.ts'
import { pauseCampaign } from '../../stages/5-demand/actions/pause-campaign.ts'
import { resumeCampaign } from '../../stages/5-demand/actions/resume-campaign.ts'
import { stopCampaign } from '../../stages/5-demand/actions/stop-campaign.ts'
import { takeDownCampaign } from '../../stages/5-demand/actions/take-down-campaign.ts'
import { changeDates } from '../../stages/5-demand/actions/change-dates.ts'
import { changeWords } from '../../stages/5-demand/actions/change-words.ts'
import { raiseCap } from '../../stages/5-demand/actions/raise-cap.ts'
import { dispatchNow } from '../../stages/5-demand/actions/dispatch-now.ts'
import { quoteOrder } from '../../stages/5-demand/actions/quote-order.ts'
import { tellBuyers } from '../../stages/5-demand/actions/tell-buyers.ts'
import { undoAct } from '../../stages/5-demand/actions/undo-act.ts'
import type { AnyAsked } from '../http/place.ts'
import type { Line } from '../line.ts'
import { actionCommand, LIMIT } from './action-command.ts'
import { words } from './messages.ts'
import type { Using } from './program.ts'

type Act = Awaited<ReturnType<Line['demand']['stop']>>

const rowOf = ({ id, kind, state, by, at, dueAt, reason }: Act, lang: Lang): unknown[] => [
  id,
  kind,
  state,
  by,
  at.toISOString(),
  state === 'waiting' && dueAt ? words.say(lang, 'campaigns.undo-until', { when: dueAt.toISOString() }) : '',
  reason,
]

/** `firstcut campaigns stop …`: what the console's page of a campaign does. */
export function handCommands(campaigns: Command, using: Using, lang: Lang): void {
  const options = { why: 'kind of reason', reason: 'why, in words' }
  const act = (
    declared: AnyAsked['action'],
    which: (line: Line) => AnyAsked<Act>,
    name: string,
    does: string,
    more: Readonly<Record<string, string>> = {},
  ): void =>
    actionCommand(campaigns, using, declared, which, {
      name,
      does,
      options: { ...options, ...more },
      rows: (done) => [rowOf(done, lang)],
    })
  act(stopCampaign, ({ demand }) => demand.stop, 'stop <id>', 'end it now; whoever waits is released and told')
  act(
    takeDownCampaign,
    ({ demand }) => demand.takeDown,
    'take-down <id>',
    'page and pictures are gone at once, buyers are released, the record stays',
  )
  actionCommand(campaigns, using, makeForFew, ({ demand }) => demand.makeForFew, {
    name: 'make <id>',
    does: 'make what closed with enough units from too few buyers',
    settles: true,
    rows: (done) => [[done.id, done.number, done.units]],
  })
  act(pauseCampaign, ({ demand }) => demand.pause, 'pause <id>', 'take no new pre-orders')
  act(resumeCampaign, ({ demand }) => demand.resume, 'resume <id>', 'take pre-orders again')
  act(changeDates, ({ demand }) => demand.changeDates, 'dates <id>', 'extend it, close it sooner, or open it later', {
    closesAt: 'the last day, as 2026-12-21',
    opensAt: 'a moment to come, as 2026-12-01T08:00:00+08:00',
  })
  act(changeWords, ({ demand }) => demand.changeWords, 'words <id>', 'correct what buyers read of it')
  act(raiseCap, ({ demand }) => demand.raiseCap, 'cap <id>', 'raise what one buyer may hold')
  act(dispatchNow, ({ demand }) => demand.dispatchNow, 'dispatch <id>', 'make what has gathered now')
  act(quoteOrder, ({ demand }) => demand.quoteOrder, 'quote <id>', 'allow whoever asked to order above the cap')
  act(tellBuyers, ({ demand }) => demand.tellBuyers, 'message <id>', 'write to everybody whose order stands')
  actionCommand(campaigns, using, listActs, ({ demand }) => demand.acts, {
    name: 'acts <campaignId>',
    does: 'what people did with it: who, when and why',
    read: (typed: { campaignId: string }) => ({ ...typed, limit: LIMIT }),
    rows: (done) => done.map((act) => rowOf(act, lang)),
  })
  actionCommand(campaigns, using, undoAct, ({ demand }) => demand.undoAct, {
    name: 'undo <campaignId> <actId>',
    does: 'take an act back while nothing has left the house',
    rows: (done) => [rowOf(done, lang)],
  })
  actionCommand(campaigns, using, decideAct, ({ demand }) => demand.decideAct, {
    name: 'decide <campaignId> <actId>',
    does: 'as the second person, agree to an act, or refuse it without --agree',
    read: (typed: { campaignId: string; actId: string; agree?: boolean }) => ({
      ...typed,
      agree: typed.agree === true,
    }),
    options: { agree: 'agree to it' },
    rows: (done) => [rowOf(done, lang)],
  })
}
