import type { StandingTrouble } from '../../../db/outbox.ts'
import type { Localized } from '../../../core/values.ts'
import { Badge, Field, Refusal, Tick, type Sent } from '../parts.tsx'
import type { Decision, StyleVersion } from '../../../db/rows.ts'
import type { CallToModel } from '../../../stages/2-designs/model.ts'
import { CATEGORY_NAMES } from '../../../garments/index.ts'
import { REFERENCE_LIMITS_TEXT } from '../../../stages/2-designs/model.ts'
import { say, type View } from '../view.ts'
import { CLOSING, GENDER, VERIFICATION, wordFor, type ActorNames } from '../words.ts'
import { Differences } from './style-data.tsx'
import { BeforeAfter, Measures, type Compared } from './style-measures.tsx'
import { understoodBy } from './style-made.tsx'
import type { StyleRow } from './styles.tsx'

export interface TermsDefaults {
  thresholdUnits: number
  closing: string
  minBuyers: number
  perBuyerCap: number
  campaignDays: number
  promisedDays: number
}

/** Words of a sentence that were not followed, and what may be designed anew instead. */
export interface Refused {
  words: string
  reason: Localized
  instead?: { category: keyof typeof CATEGORY_NAMES; gender: 'men' | 'women'; trendIds?: readonly string[] }
}

/** What a sentence would change, as it was asked. */
export interface Previewed {
  sentence: string
  changes: readonly { label: Localized; from: Localized; to: Localized }[]
  notUnderstood: readonly Refused[]
  model?: string
  insteadOfModel?: string
  /** To apply it by; undefined where nothing would change. */
  preview: string | undefined
  /** Picture, cost and price before and after; undefined where nothing would change. */
  compared?: Compared | undefined
}

export interface StylePageProps {
  view: View
  /** What failed for good about it, and waits to be tried again. */
  troubles?: readonly StandingTrouble[]
  row: StyleRow
  /** All versions, newest first. */
  versions: readonly StyleVersion[]
  decisions: readonly Decision[]
  /** Of those who decided. */
  names: ActorNames
  /** Names of the trends it came from. */
  trends: readonly { id: string; label: Localized }[]
  campaigns: readonly { id: string; styleVersion: number }[]
  defaults: TermsDefaults
  mayDecide: boolean
  /** Calls to models about this style, newest first. */
  calls: readonly CallToModel[]
  preview: Previewed | undefined
  /** The form that takes a colour from a picture. */
  reference: Sent
  /** The form with a slider for every measure. */
  measures: Sent
  approve: Sent
  refine: Sent
  reject: Sent
  done: string | undefined
}

interface FromTheSameTrends {
  view: View
  trendIds: readonly string[]
  season: string
}

/** A new design of another kind from the same trends: what a refinement cannot make of this one. */
function DesignInstead({
  view,
  trendIds,
  season,
  instead,
}: FromTheSameTrends & { instead: NonNullable<Refused['instead']> }) {
  const { category, gender, trendIds: followed = trendIds } = instead
  const name = CATEGORY_NAMES[category]
  return (
    <form method="post" action="/console/runs">
      {followed.map((id) => (
        <input type="hidden" name="trendIds" value={id} />
      ))}
      <input type="hidden" name="categories" value={category} />
      <input type="hidden" name="gender" value={gender} />
      <input type="hidden" name="season" value={season} />
      <input type="hidden" name="count" value="1" />
      <button type="submit" class="second small">
        {say(view, {
          zh: `${followed.length ? '用同一趋势' : ''}另做一款${GENDER[gender]?.zh ?? ''}${name.zh}`,
          en: `Design a new ${wordFor(view, GENDER, gender).toLowerCase()}’s ${name.en.toLowerCase()}${followed.length ? ' from the same trend' : ''}`,
        })}
      </button>
    </form>
  )
}

export function NotUnderstood({ rows, ...same }: FromTheSameTrends & { rows: readonly Refused[] }) {
  return (
    <ul class="stack-tight">
      {rows.map(({ words, reason, instead }) => (
        <li>
          “{words}” – {say(same.view, reason)}
          {instead ? <DesignInstead {...same} instead={instead} /> : null}
        </li>
      ))}
    </ul>
  )
}

/** What would change, and the button that does exactly that. */
function Preview({
  path,
  version,
  shown,
  ...same
}: FromTheSameTrends & { path: string; version: number; shown: Previewed }) {
  const { view } = same
  return (
    <div class="preview stack-tight" role="status" id="preview">
      <p>
        <strong>
          {shown.changes.length
            ? say(view, { zh: `“${shown.sentence}”会改这些：`, en: `“${shown.sentence}” would change:` })
            : say(view, { zh: `“${shown.sentence}”不会带来改动。`, en: `“${shown.sentence}” would change nothing.` })}
        </strong>
      </p>
      {shown.changes.length ? (
        <Differences
          rows={shown.changes.map(({ label, from, to }) => ({
            label: say(view, label),
            from: say(view, from),
            to: say(view, to),
          }))}
        />
      ) : null}
      {shown.compared ? <BeforeAfter view={view} compared={shown.compared} /> : null}
      {shown.notUnderstood.length ? (
        <div class="small">
          <p>{say(view, { zh: '不会照办的：', en: 'Not followed:' })}</p>
          <NotUnderstood {...same} rows={shown.notUnderstood} />
        </div>
      ) : null}
      <p class="small soft sentence">{understoodBy(view, shown)}</p>
      {shown.preview === undefined ? null : (
        <form method="post" action={`${path}/refine`}>
          <input type="hidden" name="version" value={String(version)} />
          <input type="hidden" name="sentence" value={shown.sentence} />
          <input type="hidden" name="preview" value={shown.preview} />
          <button type="submit" class="primary small">
            {say(view, { zh: '就这样改', en: 'Apply exactly this' })}
          </button>
        </form>
      )}
    </div>
  )
}

/** Approve, refine or reject: the three things a merchandiser may do, each with its own form. */
export function Decide(props: StylePageProps) {
  const { view, row, versions, defaults, approve, refine, reject, preview } = props
  const { style, version, blocked, review } = row
  const same = { view, trendIds: style.trendIds, season: version.spec.season }
  // A sentence that changed nothing comes back as a refusal; what to do instead comes with it.
  const refusedKinds = ((refine.failure?.extra.details?.['notUnderstood'] ?? []) as Refused[]).filter(
    (each) => each.instead,
  )
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
          <button type="submit" class="second small" formaction={`${path}/preview`}>
            {say(view, { zh: '先看会改什么', en: 'See what would change' })}
          </button>
          <button type="submit" class="second small">
            {say(view, { zh: '直接改款', en: 'Refine' })}
          </button>
        </div>
      </form>
      {refusedKinds.length ? (
        <div class="preview small">
          <NotUnderstood {...same} rows={refusedKinds} />
        </div>
      ) : null}
      {preview ? <Preview {...same} path={path} version={version.version} shown={preview} /> : null}
      <Measures view={view} path={path} version={version.version} spec={version.spec} sent={props.measures} />
      <details open={props.reference.failure !== undefined}>
        <summary>{say(view, { zh: '按参考图取色', en: 'Take the colour of a picture' })}</summary>
        <form class="stack" method="post" action={`${path}/reference`} encType="multipart/form-data">
          <Refusal view={view} sent={props.reference} fields={['file']} />
          {looking}
          <Field
            view={view}
            sent={props.reference}
            name="file"
            type="file"
            label={{ zh: '参考图', en: 'Reference picture' }}
            hint={{
              zh: `${REFERENCE_LIMITS_TEXT.zh}。图片不会保存，也不会发给模型。`,
              en: `${REFERENCE_LIMITS_TEXT.en}. It is not kept, and no model sees it.`,
            }}
            required
          />
          <button type="submit" class="second small">
            {say(view, { zh: '看取色结果', en: 'See its colour' })}
          </button>
        </form>
      </details>
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
          fields={[
            'thresholdUnits',
            'closing',
            'closingUnits',
            'verification',
            'minBuyers',
            'perBuyerCap',
            'promisedDays',
            'closesAt',
            'campaignDays',
          ]}
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
              name="closing"
              label={{ zh: '首批何时投产', en: 'The first lot goes' }}
              options={Object.keys(CLOSING).map((value) => ({ value, label: wordFor(view, CLOSING, value) }))}
              value={defaults.closing}
              required
            />
            <Field
              view={view}
              sent={approve}
              name="closingUnits"
              type="number"
              label={{ zh: '指定阶梯（件）', en: 'Units of that rung' }}
              hint={{
                zh: `仅用于指定阶梯：${version.derived.ladder.map(({ fromUnits }) => fromUnits).join('、')}`,
                en: `For a rung only: ${version.derived.ladder.map(({ fromUnits }) => fromUnits).join(', ')}`,
              }}
              min={1}
            />
            <Field
              view={view}
              sent={approve}
              name="verification"
              label={{ zh: '预订何时计入', en: 'A pre-order counts' }}
              options={Object.keys(VERIFICATION).map((value) => ({ value, label: wordFor(view, VERIFICATION, value) }))}
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
