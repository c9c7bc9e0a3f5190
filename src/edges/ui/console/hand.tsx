import type { z } from 'zod'
import type { Campaign, HandAct } from '../../../db/rows.ts'
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
  danger: boolean
}

function StepForm({ campaign, sent, step, of, title, note, danger }: Step & { campaign: Campaign; sent: Sent }) {
  const view = useView()
  const own = sent.values['step'] === step
  return (
    <details class="fold" open={own}>
      <summary>{title}</summary>
      <p class="section-note">{note}</p>
      <Form action={`/console/campaigns/${campaign.id}/${step}#hand`} of={of} sent={own ? sent : NOTHING_SENT}>
        <input type="hidden" name="step" value={step} />
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

function useSteps(campaign: Campaign, minutes: number): Step[] {
  const say = useWords(words)
  const waiting = { units: campaign.lotUnits, buyers: campaign.lotBuyers, minutes }
  const steps: Step[] = []
  if (!isOver(campaign))
    steps.push(
      campaign.pausedAt
        ? { step: 'resume', of: resumeCampaign.input, title: say('hand.resume'), note: say('hand.resume-note'), danger: false } // prettier-ignore
        : { step: 'pause', of: pauseCampaign.input, title: say('hand.pause'), note: say('hand.pause-note'), danger: false }, // prettier-ignore
      { step: 'stop', of: stopCampaign.input, title: say('hand.stop'), note: say('hand.stop-note', waiting), danger: true }, // prettier-ignore
    )
  if (!campaign.takenDownAt)
    steps.push({ step: 'take-down', of: takeDownCampaign.input, title: say('hand.take-down'), note: say('hand.take-down-note', { minutes }), danger: true }) // prettier-ignore
  return steps
}

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
  // prettier-ignore
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
  const returns = act.kind === 'stop' || act.kind === 'take-down'
  const mayUndo = act.state === 'waiting' || (act.state === 'done' && !returns && !campaign.endedAt)
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
}: HandProps & { campaign: Campaign; sent: Sent }) {
  // prettier-ignore
  const say = useWords(words)
  const view = useView()
  const offered = useSteps(campaign, undoMinutes)
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
