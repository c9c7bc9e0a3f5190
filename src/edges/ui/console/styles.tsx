import type { Localized } from '../../../core/values.ts'
import type { Opening } from '../../../stages/1-trends/timing.ts'
import { Layout } from '../layout.tsx'
import { Timing } from './forecast-chart.tsx'
import { Badge, Heading, More, Picture, Swatch, type Tone } from '../parts.tsx'
import type { DesignRun, Style, StyleVersion } from '../../../db/rows.ts'
import { categoryName } from '../shop/list.tsx'
import { count, moment, price, say, type View } from '../view.ts'
import { Unmet } from './unfollowed.tsx'
import { RUN_STATE, STYLE_STATE, wordFor } from '../words.ts'
import type { GenerationNote } from '../../../stages/2-designs/model.ts'
import { designerName, saidBy } from './style-made.tsx'

export interface StyleRow {
  style: Style
  version: StyleVersion
  blocked: readonly { gate: string; reason: Localized }[]
  review: readonly { gate: string; reason: Localized }[]
}

const TONES: Record<Style['state'], Tone> = {
  proposed: 'accent',
  approved: 'good',
  rejected: 'plain',
  replaced: 'plain',
}

export const StyleBadge = ({ view, style }: { view: View; style: Style }) => (
  <Badge tone={TONES[style.state]}>{wordFor(view, STYLE_STATE, style.state)}</Badge>
)

export function StyleCard({ view, row, eager }: { view: View; row: StyleRow; eager: boolean }) {
  const { style, version, blocked, review } = row
  const { spec, derived } = version
  const first = derived.ladder[0]
  return (
    <article class="card">
      <Picture
        view={view}
        pictures={version.pictures}
        alt={say(view, spec.names)}
        sizes="(max-width: 40rem) 92vw, 16rem"
        eager={eager}
      />
      <div class="card-top">
        <StyleBadge view={view} style={style} />
        <span class="swatches">
          {spec.colourways.map((colourway) => (
            <Swatch colourway={colourway} size={16} />
          ))}
        </span>
      </div>
      <h2>
        <a href={`/console/styles/${style.id}`}>{say(view, spec.names)}</a>
      </h2>
      <p class="small soft">
        {style.number} · {categoryName(view, style.category)}
        {version.version > 1 ? ` · v${version.version}` : ''}
      </p>
      <p class="small">
        {first ? <strong class="num">{price(view, first.unitPrice, derived.currency)}</strong> : null}{' '}
        <span class="soft">
          {say(view, { zh: '成本 ', en: 'cost ' })}
          {price(view, derived.cost.base.total, derived.currency)}
        </span>
      </p>
      {blocked.length ? (
        <p class="small bad">
          {blocked.map(({ gate }) => gate).join(', ')} {say(view, { zh: '不可通过', en: 'blocks approval' })}
        </p>
      ) : null}
      {review.length && !blocked.length ? (
        <p class="small">
          <Badge tone="warn">{say(view, { zh: `${review.length} 项需复核`, en: `${review.length} to review` })}</Badge>
        </p>
      ) : null}
    </article>
  )
}

export interface StylesPageProps {
  view: View
  rows: readonly StyleRow[]
  state: string
  more: string | undefined
  runs: readonly DesignRun[]
}

export const STYLE_FILTERS = ['proposed', 'approved', 'rejected', 'replaced', 'all'] as const

export function StylesPage({ view, rows, state, more, runs }: StylesPageProps) {
  return (
    <Layout view={view} title={say(view, { zh: '款式', en: 'Styles' })} face="console">
      <Heading title={say(view, { zh: '款式', en: 'Styles' })}>
        <a class="button second" href="/console/preferences">
          {say(view, { zh: '设计倾向', en: 'What designs lean to' })}
        </a>
        <a class="button" href="/console/trends">
          {say(view, { zh: '按趋势出新款', en: 'Design new ones' })}
        </a>
      </Heading>
      {runs.length ? (
        <p class="row small">
          {runs.map((run) => (
            <a href={`/console/runs/${run.id}`}>
              {moment(view, run.createdAt)}: {wordFor(view, RUN_STATE, run.state)} {run.done}/{run.total}
            </a>
          ))}
        </p>
      ) : null}
      <nav class="filters" aria-label={say(view, { zh: '筛选', en: 'Filter' })}>
        {STYLE_FILTERS.map((each) => (
          <a
            href={each === 'proposed' ? '/console/styles' : `/console/styles?state=${each}`}
            {...(each === state ? { 'aria-current': 'page' as const } : {})}
          >
            {each === 'all' ? say(view, { zh: '全部', en: 'All' }) : wordFor(view, STYLE_STATE, each)}
          </a>
        ))}
      </nav>
      {rows.length ? (
        <div class="board" data-live="board">
          {rows.map((row, index) => (
            <StyleCard view={view} row={row} eager={index < 6} />
          ))}
        </div>
      ) : (
        <p class="empty">{say(view, { zh: '这里没有款式。', en: 'No styles here.' })}</p>
      )}
      <More view={view} href={more} />
    </Layout>
  )
}

export interface RunPageProps {
  view: View
  run: DesignRun & {
    skipped: Readonly<Record<number, Localized>>
    unfollowed: readonly { text: Localized }[]
    unmet: readonly { slot: number; text: Localized }[]
  }
  rows: readonly StyleRow[]
  trends: readonly { id: string; label: Localized; opening?: Opening | null }[]
}

const RUN_TONES: Readonly<Record<string, Tone>> = { failed: 'bad', done: 'good' }

/** A request for designs on its way: looks again by itself until it is done. */
export function RunPage({ view, run, rows, trends }: RunPageProps) {
  const working = run.state === 'waiting' || run.state === 'working'
  const skipped = Object.values(run.skipped)
  const insteadSaid = rows
    .map(({ version }) => (version.generation as Partial<GenerationNote>).insteadSaid)
    .find((said) => said !== undefined)
  return (
    <Layout
      view={view}
      title={say(view, { zh: '设计进度', en: 'Designing' })}
      face="console"
      refreshSeconds={working ? 3 : undefined}
    >
      <Heading
        title={
          working
            ? say(view, { zh: '正在设计', en: 'Designing' })
            : say(view, { zh: '设计完成', en: 'The designs are here' })
        }
        eyebrow={<a href="/console/styles">{say(view, { zh: '款式', en: 'Styles' })}</a>}
        lead={
          trends.length
            ? say(view, {
                zh: `依据：${trends.map(({ label }) => label.zh).join('、')}`,
                en: `From: ${trends.map(({ label }) => label.en).join(', ')}`,
              })
            : undefined
        }
      />
      <div class="stack" data-live="run">
        <p class="row" role="status">
          <Badge tone={RUN_TONES[run.state] ?? 'accent'}>{wordFor(view, RUN_STATE, run.state)}</Badge>
          <span class="num">
            {say(view, {
              zh: `已完成 ${count(view, run.done)} / ${count(view, run.total)} 款`,
              en: `${count(view, run.done)} of ${count(view, run.total)} designed`,
            })}
          </span>
          {run.designer ? (
            <span class="soft small">
              {designerName(view, run.designer)}
              {saidBy(view, insteadSaid)}
            </span>
          ) : null}
        </p>
        <progress class="bar" max={Math.max(1, run.total)} value={run.done}>
          {run.done} / {run.total}
        </progress>
        <Timing view={view} trends={trends} />
        {run.error ? <p class="refusal">{say(view, run.error)}</p> : null}
        {run.unfollowed.length ? (
          <ul class="small soft">
            {run.unfollowed.map(({ text }) => (
              <li>{say(view, text)}</li>
            ))}
          </ul>
        ) : null}
        <Unmet view={view} rows={run.unmet} />
        {skipped.length ? (
          <ul class="small soft">
            {skipped.map((reason) => (
              <li>{say(view, reason)}</li>
            ))}
          </ul>
        ) : null}
        <div class="board">
          {rows.map((row) => (
            <StyleCard view={view} row={row} eager={false} />
          ))}
        </div>
      </div>
    </Layout>
  )
}
