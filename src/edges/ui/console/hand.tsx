import type { ComponentChildren } from 'preact'
import type { z } from 'zod'
import { dayIn } from '../../../core/values.ts'
import { DEFAULT_ZONE } from '../../../core/zones.ts'
import type { Campaign, HandAct } from '../../../db/rows.ts'
import { changeDates } from '../../../stages/5-demand/actions/change-dates.ts'
import { changeWords } from '../../../stages/5-demand/actions/change-words.ts'
import { raiseCap } from '../../../stages/5-demand/actions/raise-cap.ts'
import { dispatchNow } from '../../../stages/5-demand/actions/dispatch-now.ts'
import { quoteOrder } from '../../../stages/5-demand/actions/quote-order.ts'
import { tellBuyers } from '../../../stages/5-demand/actions/tell-buyers.ts'
import { pauseCampaign } from '../../../stages/5-demand/actions/pause-campaign.ts'
import { resumeCampaign } from '../../../stages/5-demand/actions/resume-campaign.ts'
import { stopCampaign } from '../../../stages/5-demand/actions/stop-campaign.ts'
import { takeDownCampaign } from '../../../stages/5-demand/actions/take-down-campaign.ts'
import { useView, useWords } from '../context.tsx'
import { Form, Input } from '../form.tsx'
import { Badge, NOTHING_SENT, type Sent, type Tone } from '../parts.tsx'
import { isOver } from '../shop/list.tsx'
import { moment, money, units } from '../view.ts'
import { HAND_KIND, HAND_STATE, HAND_WHY, who, wordFor, type ActorNames } from '../words.ts'
import { words } from './messages.ts'

/** What was done with a campaign by hand, and what this person may do with it. */
export interface HandProps {
  acts: readonly HandAct[]
  names: ActorNames
  /** How long an act can be taken back. */
  undoMinutes: number
  mayAct: boolean
  /** Questions about it: an order above the cap is asked for in one. */
  inquiries: readonly { id: string; question: string }[]
}

const TONES: Record<HandAct['state'], Tone> = {
  asked: 'warn',
  waiting: 'warn',
  done: 'plain',
  refused: 'bad',
  undone: 'plain',
}

/** How it stands in the timeline. */
const LOOKS: Partial<Record<HandAct['state'], string>> = { done: 'done', undone: 'stale', refused: 'stale' }

interface Step {
  step: string
  of: z.ZodObject
  title: string
  /** What follows from it. */
  note: string
  danger?: boolean
  /** What else is asked. */
  fields?: ComponentChildren
}

function StepForm({
  campaign,
  sent,
  step,
  of,
  title,
  note,
  danger = false,
  fields,
}: Step & { campaign: Campaign; sent: Sent }) {
  const view = useView()
  const own = sent.values['step'] === step
  return (
    <details class="fold" open={own}>
      <summary>{title}</summary>
      <p class="section-note">{note}</p>
      <Form action={`/console/campaigns/${campaign.id}/${step}#hand`} of={of} sent={own ? sent : NOTHING_SENT}>
        <input type="hidden" name="step" value={step} />
        {fields}
        <Input
          name="why"
          options={Object.keys(HAND_WHY).map((value) => ({ value, label: wordFor(view, HAND_WHY, value) }))}
          value={step === 'take-down' ? 'rights' : 'other'}
        />
        <Input name="reason" rows={2} hint={words.all('hand.reason-hint')} />
        <button type="submit" class={danger ? 'danger' : 'second'}>
          {title}
        </button>
      </Form>
    </details>
  )
}

/** What may be done with one that is not over. */
function useRunning(campaign: Campaign, minutes: number, inquiries: HandProps['inquiries']): Step[] {
  const say = useWords(words)
  const view = useView()
  const waiting = { units: campaign.lotUnits, buyers: campaign.lotBuyers, minutes }
  const day = dayIn(campaign.closesAt, view.timeZone ?? DEFAULT_ZONE)
  return [
    campaign.pausedAt
      ? { step: 'resume', of: resumeCampaign.input, title: say('hand.resume'), note: say('hand.resume-note') }
      : { step: 'pause', of: pauseCampaign.input, title: say('hand.pause'), note: say('hand.pause-note') },
    {
      step: 'dates',
      of: changeDates.input,
      title: say('hand.dates'),
      note: say('hand.dates-note', { minutes }),
      fields: (
        <>
          <Input name="closesAt" type="date" value={day} />
          {campaign.state === 'scheduled' ? (
            <Input name="opensAt" placeholder={campaign.opensAt.toISOString()} />
          ) : null}
        </>
      ),
    },
    {
      step: 'words',
      of: changeWords.input,
      title: say('hand.words'),
      note: say('hand.words-note'),
      fields: (
        <>
          <Input name="nameZh" />
          <Input name="nameEn" />
          <Input name="storyZh" rows={3} />
          <Input name="storyEn" rows={3} />
        </>
      ),
    },
    {
      step: 'cap',
      of: raiseCap.input,
      title: say('hand.cap'),
      note: say('hand.cap-note', { cap: campaign.perBuyerCap }),
      fields: <Input name="perBuyerCap" min={campaign.perBuyerCap + 1} />,
    },
    ...(inquiries.length
      ? [
          {
            step: 'quotes',
            of: quoteOrder.input,
            title: say('hand.quote'),
            note: say('hand.quote-note', { cap: campaign.perBuyerCap, minutes }),
            fields: (
              <>
                <Input
                  name="inquiryId"
                  options={inquiries.map(({ id, question }) => ({ value: id, label: question.slice(0, 80) }))}
                />
                <Input name="units" min={campaign.perBuyerCap + 1} />
              </>
            ),
          },
        ]
      : []),
    ...(campaign.lotUnits > 0
      ? [{ step: 'dispatch', of: dispatchNow.input, title: say('hand.dispatch'), note: say('hand.dispatch-note', { ...waiting, lot: campaign.lot }), danger: true }] // prettier-ignore
      : []),
    {
      step: 'stop',
      of: stopCampaign.input,
      title: say('hand.stop'),
      note: say('hand.stop-note', waiting),
      danger: true,
    },
  ]
}

function useSteps(campaign: Campaign, minutes: number, inquiries: HandProps['inquiries']): Step[] {
  const say = useWords(words)
  const running = useRunning(campaign, minutes, inquiries)
  const steps = isOver(campaign) ? [] : running
  if (campaign.soldOrders > 0)
    steps.push({
      step: 'message',
      of: tellBuyers.input,
      title: say('hand.message'),
      note: say('hand.message-note', { minutes }),
      fields: (
        <>
          <Input name="zh" rows={4} />
          <Input name="en" rows={4} />
        </>
      ),
    })
  if (!campaign.takenDownAt)
    steps.push({ step: 'take-down', of: takeDownCampaign.input, title: say('hand.take-down'), note: say('hand.take-down-note', { minutes }), danger: true }) // prettier-ignore
  return steps
}

/** What leaves nothing behind it outside can be taken back also when it is done. */
const STAYS_INSIDE: ReadonlySet<string> = new Set(['pause', 'resume', 'words', 'cap'])

/** One act, with what may still be done about it. */
function Story({
  campaign,
  act,
  names,
  mayAct,
}: {
  campaign: Campaign
  act: HandAct
  names: ActorNames
  mayAct: boolean
}) {
  const say = useWords(words)
  const view = useView()
  const path = `/console/campaigns/${campaign.id}/acts/${act.id}`
  const button = (verb: 'undo' | 'agree' | 'refuse', label: string, style: string) => (
    <form method="post" action={`${path}/${verb}#hand`}>
      <button type="submit" class={style}>
        {label}
      </button>
    </form>
  )
  const mayUndo = act.state === 'waiting' || (act.state === 'done' && STAYS_INSIDE.has(act.kind) && !campaign.endedAt)
  return (
    <li class={LOOKS[act.state]}>
      <strong>{wordFor(view, HAND_KIND, act.kind)}</strong>{' '}
      <Badge tone={TONES[act.state]}>{wordFor(view, HAND_STATE, act.state)}</Badge>{' '}
      <span class="soft small">
        {who(view, act.by, names)} · {moment(view, act.at)} · {wordFor(view, HAND_WHY, act.why)}
      </span>
      <p>{act.reason}</p>
      {act.state === 'asked' ? (
        <p class="small">{say('hand.waits-for-second', { sum: money(view, act.sum, campaign.currency) })}</p>
      ) : null}
      {act.decidedBy ? (
        <p class="small soft">
          {say(act.state === 'refused' ? 'hand.refused-by' : 'hand.agreed-by', {
            who: who(view, act.decidedBy, names),
          })}
        </p>
      ) : null}
      {act.undoneBy && act.undoneAt ? (
        <p class="small soft">
          {say('hand.undone-by', { who: who(view, act.undoneBy, names), when: moment(view, act.undoneAt) })}
        </p>
      ) : null}
      {act.state === 'waiting' && act.dueAt ? (
        <p class="small">{say('hand.until', { when: moment(view, act.dueAt) })}</p>
      ) : null}
      {mayAct && act.state === 'asked' ? (
        <div class="actions">
          {button('agree', say('hand.agree'), 'danger')}
          {button('refuse', say('hand.refuse'), 'second')}
        </div>
      ) : null}
      {mayAct && mayUndo ? <div class="actions">{button('undo', say('hand.undo'), 'second small')}</div> : null}
    </li>
  )
}

/** A person's hand on a campaign: what may be done with it, and everything that was. */
export function Hand({
  campaign,
  sent,
  acts,
  names,
  undoMinutes,
  mayAct,
  inquiries,
}: HandProps & { campaign: Campaign; sent: Sent }) {
  const say = useWords(words)
  const view = useView()
  const offered = useSteps(campaign, undoMinutes, inquiries)
  const steps = mayAct ? offered : []
  if (!acts.length && !steps.length) return null
  const elsewhere = sent.failure && sent.values['step'] === undefined
  return (
    <section class="section" id="hand">
      <h2>{say('hand.title')}</h2>
      {campaign.takenDownAt ? (
        <p class="refusal">{say('hand.is-down', { when: moment(view, campaign.takenDownAt) })}</p>
      ) : null}
      {campaign.stoppedAt && !campaign.endedAt ? (
        <p class="refusal">{say('hand.is-stopping', { units: units(view, campaign.lotUnits) })}</p>
      ) : null}
      {elsewhere ? (
        <p class="refusal" role="alert">
          {sent.failure?.say(view.lang)}
        </p>
      ) : null}
      {steps.map((step) => (
        <StepForm campaign={campaign} sent={sent} {...step} />
      ))}
      {acts.length ? (
        <ol class="timeline">
          {acts.map((act) => (
            <Story campaign={campaign} act={act} names={names} mayAct={mayAct} />
          ))}
        </ol>
      ) : null}
    </section>
  )
}
