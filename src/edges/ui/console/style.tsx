import { Layout } from '../layout.tsx'
import { LadderChart } from '../charts.tsx'
import {
  Badge,
  Facts,
  fileAddress,
  Heading,
  Outcome,
  Picture,
  Swatch,
  viewName,
  viewsOf,
  type Outcomes,
  type Tone,
} from '../parts.tsx'
import type { Colourway, StyleVersion } from '../../../db/rows.ts'
import { categoryName } from '../shop/list.tsx'
import { BodyTable, SizeChart } from '../shop/sizes.tsx'
import { moment, say, type View } from '../view.ts'
import { DECISION, GENDER, SEASON, who, wordFor } from '../words.ts'
import { Bom, CostTable, Differences, differences, Gates, LadderTable, Make, Parameters } from './style-data.tsx'
import { Decide, NotUnderstood, type Refused, type StylePageProps } from './style-decide.tsx'
import { HowItWasMade } from './style-made.tsx'
import { StyleBadge } from './styles.tsx'
import { Troubles } from './troubles.tsx'
import { HowFar } from './unfollowed.tsx'

function Pictures({ view, version }: { view: View; version: StyleVersion }) {
  const { spec, pictures } = version
  const [first, ...others] = spec.colourways.map((colourway) =>
    viewsOf(pictures, colourway.id).map((shot) => ({ colourway, shot })),
  )
  const figure = ({ colourway, shot }: { colourway: Colourway; shot: string }, large: boolean) => (
    <figure>
      <Picture
        view={view}
        pictures={pictures}
        colourway={colourway.id}
        shot={shot}
        alt={`${say(view, spec.names)}, ${say(view, colourway.name)}, ${viewName(view, shot)}`}
        sizes={large ? '(max-width: 40rem) 88vw, 30rem' : '15rem'}
        eager={large}
        zoom
      />
      <figcaption class="row">
        <Swatch colourway={colourway} size={14} /> {say(view, colourway.name)} · {viewName(view, shot)}
      </figcaption>
    </figure>
  )
  return (
    <div class="stack-tight">
      <div class="gallery">{first?.map((each, index) => figure(each, index === 0))}</div>
      {others.length ? (
        <div class="gallery gallery-others">{others.flat().map((each) => figure(each, false))}</div>
      ) : null}
    </div>
  )
}

const FORMAT_NAMES: Readonly<Record<string, string>> = { jpeg: 'JPEG', webp: 'WebP', avif: 'AVIF', png: 'PNG' }

/** The files of the first colourway for shops and feeds, each with its labels inside; once the style is approved. */
function Downloads({ view, version, number }: { view: View; version: StyleVersion; number: string }) {
  const { pictures, spec } = version
  const colourway = spec.colourways[0]?.id
  const large = pictures.filter(
    (each) =>
      each.colourway === colourway &&
      !pictures.some((other) => other.view === each.view && other.colourway === colourway && other.width > each.width),
  )
  if (!large.some(({ view: shot }) => shot === 'front-portrait')) return null
  return (
    <details class="fold">
      <summary>{say(view, { zh: '下载图片（含 AI 标识）', en: 'Download pictures (AI labels inside)' })}</summary>
      <Facts
        rows={large.map(({ view: shot, width, height, files }) => [
          viewName(view, shot),
          <span class="row">
            <span class="soft small">
              {width} × {height}
            </span>
            {Object.entries(files).map(([format, hash]) => (
              <a href={fileAddress(hash, format === 'jpeg' ? 'jpg' : format)} download={`${number}-${shot}.${format}`}>
                {FORMAT_NAMES[format] ?? format}
              </a>
            ))}
          </span>,
        ])}
      />
    </details>
  )
}

const DECISION_TONES: Readonly<Record<string, Tone>> = { approve: 'good', reject: 'bad' }

function History({ view, row, versions, decisions, names }: StylePageProps) {
  return (
    <ol class="timeline">
      {versions.map((version) => {
        const parent = versions.find((each) => each.version === version.parentVersion)
        const changes = parent ? differences(view, parent, version) : []
        const own = decisions.filter((each) => each.version === version.version)
        return (
          <li class={version.version === row.style.version ? 'done' : undefined}>
            <p>
              <a href={`/console/styles/${row.style.id}?version=${version.version}`}>
                <strong>v{version.version}</strong>
              </a>{' '}
              <span class="soft small">
                {moment(view, version.createdAt)} · <span class="mono">{version.hash.slice(0, 12)}</span>
              </span>
            </p>
            {version.sentence ? <p>{say(view, { zh: `“${version.sentence}”`, en: `“${version.sentence}”` })}</p> : null}
            {changes.length ? <Differences rows={changes} /> : null}
            {own.map(({ kind, reason, by, at }) => (
              <p class="small">
                <Badge tone={DECISION_TONES[kind] ?? 'plain'}>{wordFor(view, DECISION, kind)}</Badge> {reason ?? ''}{' '}
                <span class="soft">
                  {who(view, by, names)} · {moment(view, at)}
                </span>
              </p>
            ))}
          </li>
        )
      })}
    </ol>
  )
}

const DONE: Outcomes = {
  approved: { zh: '已通过，预售即将开始。', en: 'Approved; its campaign is about to open.' },
  rejected: { zh: '已否决。', en: 'Rejected.' },
  undone: { zh: '已撤销上一次改款。', en: 'The last refinement is undone.' },
}

/** Everything a merchandiser needs to decide about one style. */
export function StylePage(props: StylePageProps) {
  const { view, row, versions, trends, campaigns, calls, mayDecide, done } = props
  const { style, version } = row
  const { spec, derived } = version
  const campaign = campaigns.find((each) => each.styleVersion === version.version)
  const current = version.version === style.version
  const { notUnderstood } = version.generation as { notUnderstood?: Refused[] }
  const parent = versions.find((each) => each.version === version.parentVersion)
  return (
    <Layout view={view} title={`${style.number} ${say(view, spec.names)}`} face="console">
      <Heading
        title={say(view, spec.names)}
        eyebrow={
          <>
            <a href="/console/styles">{say(view, { zh: '款式', en: 'Styles' })}</a> · {style.number} · v
            {version.version} · {wordFor(view, GENDER, spec.gender)} · {categoryName(view, style.category)} ·{' '}
            {wordFor(view, SEASON, spec.season)}
          </>
        }
        lead={say(view, spec.story)}
      >
        <StyleBadge view={view} style={style} />
        {campaign ? (
          <a class="button small" href={`/console/campaigns/${campaign.id}`}>
            {say(view, { zh: '看预售', en: 'Its campaign' })}
          </a>
        ) : null}
      </Heading>
      <Troubles view={view} rows={props.troubles} />
      {current ? null : (
        <p class="refusal">
          {say(view, {
            zh: `这是旧版本，当前为 v${style.version}。`,
            en: `This is an old version; the current one is v${style.version}.`,
          })}{' '}
          <a href={`/console/styles/${style.id}`}>{say(view, { zh: '看当前版本', en: 'See the current one' })}</a>
        </p>
      )}
      {done === 'refined' && parent ? (
        <div class="told" role="status">
          <p>{say(view, { zh: `已改款，成为 v${version.version}：`, en: `Refined into v${version.version}:` })}</p>
          <Differences rows={differences(view, parent, version)} />
        </div>
      ) : (
        <Outcome view={view} done={done} words={DONE} />
      )}
      {notUnderstood?.length ? (
        <div class="refusal">
          <p>{say(view, { zh: '有些话没有照办：', en: 'Some of the sentence was not followed:' })}</p>
          <NotUnderstood view={view} rows={notUnderstood} trendIds={style.trendIds} season={spec.season} />
        </div>
      ) : null}
      <div class="console-style">
        <div>
          <Pictures view={view} version={version} />
          <Downloads view={view} version={version} number={style.number} />
          <section class="section">
            <h2>{say(view, { zh: '检查关卡', en: 'Gates' })}</h2>
            <Gates view={view} gates={version.gates} />
          </section>
        </div>
        <aside class="stack">
          {mayDecide && style.state === 'proposed' && current ? <Decide {...props} /> : null}
          <section class="stack">
            <h2>{say(view, { zh: '版本与决定', en: 'Versions and decisions' })}</h2>
            <History {...props} />
          </section>
          {trends.length ? (
            <section class="stack-tight">
              <h2>{say(view, { zh: '来自趋势', en: 'From these trends' })}</h2>
              <HowFar view={view} gates={version.gates} />
              <p>
                {trends.map(({ id, label }, index) => (
                  <>
                    {index ? '、' : ''}
                    <a href={`/console/trends/${id}`}>{say(view, label)}</a>
                  </>
                ))}
              </p>
            </section>
          ) : null}
        </aside>
      </div>
      <section class="section two">
        <div>
          <h2>{say(view, { zh: '成本与底价', en: 'Cost and price floor' })}</h2>
          <CostTable view={view} derived={derived} />
        </div>
        <div>
          <h2>{say(view, { zh: '阶梯价', en: 'Price ladder' })}</h2>
          <LadderChart
            view={view}
            ladder={derived.ladder}
            currency={derived.currency}
            units={0}
            threshold={version.rules.thresholdUnits}
          />
          <LadderTable view={view} derived={derived} />
        </div>
      </section>
      <section class="section">
        <h2>{say(view, { zh: '尺寸表', en: 'Size chart' })}</h2>
        <div class="stack">
          <SizeChart view={view} derived={derived} tolerance />
          <BodyTable view={view} derived={derived} />
        </div>
      </section>
      <section class="section">
        <h2>{say(view, { zh: '物料清单', en: 'Bill of materials' })}</h2>
        <Bom view={view} derived={derived} base={spec.sizes.base} />
      </section>
      <section class="section two">
        <div>
          <h2>{say(view, { zh: '版型参数', en: 'Parameters' })}</h2>
          <Parameters view={view} spec={spec} />
        </div>
        <div>
          <h2>{say(view, { zh: '做工与属性', en: 'Construction and attributes' })}</h2>
          <Make view={view} spec={spec} derived={derived} trends={trends} />
        </div>
      </section>
      <HowItWasMade view={view} version={version} calls={calls} />
    </Layout>
  )
}
