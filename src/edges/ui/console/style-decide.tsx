import type { Localized } from '../../../core/values.ts'
import { Badge, Field, Refusal, Tick, type Sent } from '../parts.tsx'
import type { Decision, StyleVersion } from '../../../db/rows.ts'
import { say, type View } from '../view.ts'
import type { StyleRow } from './styles.tsx'

export interface TermsDefaults {
  thresholdUnits: number
  minBuyers: number
  perBuyerCap: number
  campaignDays: number
  promisedDays: number
}

export interface StylePageProps {
  view: View
  row: StyleRow
  /** All versions, newest first. */
  versions: readonly StyleVersion[]
  decisions: readonly Decision[]
  /** Names of the trends it came from. */
  trends: readonly { id: string; label: Localized }[]
  campaigns: readonly { id: string; styleVersion: number }[]
  defaults: TermsDefaults
  mayDecide: boolean
  approve: Sent
  refine: Sent
  reject: Sent
  done: string | undefined
}

/** Approve, refine or reject: the three things a merchandiser may do, each with its own form. */
export function Decide(props: StylePageProps) {
  const { view, row, versions, defaults, approve, refine, reject } = props
  const { style, version, blocked, review } = row
  const path = `/console/styles/${style.id}`
  const looking = <input type="hidden" name="version" value={String(version.version)} />
  return (
    <div class="decide">
      <h2>{say(view, { zh: '审批', en: 'Decide' })}</h2>
      {blocked.map(({ gate, reason }) => (
        <p class="refusal">
          {gate}: {say(view, reason)}
        </p>
      ))}
      <form class="stack" method="post" action={`${path}/refine`}>
        <Refusal view={view} sent={refine} fields={['sentence']} />
        <Field
          view={view}
          sent={refine}
          name="sentence"
          label={{ zh: '用一句话改款', en: 'Refine with a sentence' }}
          rows={2}
          required
          maxLength={400}
          placeholder={say(view, { zh: '短一点，领子换成布的', en: 'longer, navy, no belt' })}
        />
        {looking}
        <div class="actions">
          <button type="submit" class="second small">
            {say(view, { zh: '改款', en: 'Refine' })}
          </button>
        </div>
      </form>
      {version.parentVersion !== null && versions.length > 1 ? (
        <form method="post" action={`${path}/undo`}>
          {looking}
          <button type="submit" class="link-button">
            {say(view, { zh: '撤销上一次改款', en: 'Undo the last refinement' })}
          </button>
        </form>
      ) : null}
      <form class="stack" method="post" action={`${path}/approve`}>
        {looking}
        <Refusal
          view={view}
          sent={approve}
          fields={['thresholdUnits', 'minBuyers', 'perBuyerCap', 'promisedDays', 'closesAt', 'campaignDays']}
        />
        <details open={approve.failure !== undefined}>
          <summary>{say(view, { zh: '预售条件', en: 'Terms of the campaign' })}</summary>
          <div class="fields">
            <Field
              view={view}
              sent={approve}
              name="thresholdUnits"
              type="number"
              label={{ zh: '起做量', en: 'Threshold, units' }}
              value={defaults.thresholdUnits}
              min={1}
              required
            />
            <Field
              view={view}
              sent={approve}
              name="minBuyers"
              type="number"
              label={{ zh: '最少买家', en: 'Fewest buyers' }}
              value={defaults.minBuyers}
              min={1}
              required
            />
            <Field
              view={view}
              sent={approve}
              name="perBuyerCap"
              type="number"
              label={{ zh: '每人上限', en: 'Cap per buyer' }}
              value={defaults.perBuyerCap}
              min={1}
              required
            />
            <Field
              view={view}
              sent={approve}
              name="campaignDays"
              type="number"
              label={{ zh: '预售天数', en: 'Days on sale' }}
              value={defaults.campaignDays}
              min={1}
              max={120}
              required
            />
            <Field
              view={view}
              sent={approve}
              name="promisedDays"
              type="number"
              label={{ zh: '承诺交期（天）', en: 'Promised, days' }}
              value={defaults.promisedDays}
              min={1}
              max={365}
              required
            />
          </div>
        </details>
        {review.length ? (
          <>
            <ul class="small">
              {review.map(({ gate, reason }) => (
                <li>
                  <Badge tone="warn">{gate}</Badge> {say(view, reason)}
                </li>
              ))}
            </ul>
            <Tick
              view={view}
              name="secondLook"
              label={{ zh: '以上各项我已复核', en: 'I have looked at these points' }}
              checked={approve.values['secondLook'] !== undefined}
            />
          </>
        ) : null}
        <button type="submit" class="primary wide" disabled={blocked.length > 0} data-off={blocked.length > 0}>
          {say(view, { zh: '通过，开始预售', en: 'Approve and open for pre-order' })}
        </button>
      </form>
      <details open={reject.failure !== undefined}>
        <summary>{say(view, { zh: '否决', en: 'Reject' })}</summary>
        <form class="stack" method="post" action={`${path}/reject`}>
          {looking}
          <Refusal view={view} sent={reject} fields={['reason']} />
          <Field
            view={view}
            sent={reject}
            name="reason"
            label={{ zh: '原因', en: 'Reason' }}
            rows={2}
            required
            maxLength={1000}
          />
          <button type="submit" class="danger small">
            {say(view, { zh: '否决这一款', en: 'Reject it' })}
          </button>
        </form>
      </details>
    </div>
  )
}
