import type { ComponentChildren } from 'preact'
import type { StandingTrouble } from '../../../db/outbox.ts'
import { may } from '../../../core/actor.ts'
import { termOf } from '../../../stages/1-trends/vocabulary/index.ts'
import { makingOf } from '../../../stages/1-trends/vocabulary/near.ts'
import { canBeShown } from '../../../stages/1-trends/vocabulary/shown.ts'
import { TREND_SORTS, type Trend, type TrendSort } from '../../../stages/1-trends/model.ts'
import { CATEGORIES, CATEGORY_NAMES, GENDERS, SEASONS } from '../../../garments/index.ts'
import { Meter, Sparkline } from '../charts.tsx'
import { Layout } from '../layout.tsx'
import { OpensBy, YearAhead } from './forecast-chart.tsx'
import { Badge, Field, Heading, More, Refusal, Table, Tick, type Sent } from '../parts.tsx'
import { chance, count, longDay, percent, say, type View } from '../view.ts'
import { Titles } from './titles.tsx'
import { Troubles } from './troubles.tsx'
import { CannotMake, type UnfollowedMonth } from './unfollowed.tsx'
import { GENDER, SEASON, TREND_FLAG, TREND_KIND, TREND_SORT, wordFor } from '../words.ts'

/** ln of a ratio as people say it: `+35 %`. */
const asChange = (view: View, log: number) => {
  const share = Math.exp(log) - 1
  return `${share >= 0 ? '+' : '−'}${percent(view, Math.abs(share))}`
}

/** The three scores, each for itself: they answer different questions and are never added up. */
export function Scores({ view, trend }: { view: View; trend: Trend }) {
  const { lift, rise, burst, confidence } = trend
  const nothing = <span class="soft">–</span>
  return (
    <span class="scores">
      <span class="score">
        <small>{say(view, { zh: '季节将至', en: 'Season coming' })}</small>
        {lift === null ? nothing : asChange(view, lift)}
        {lift === null ? null : <Meter value={lift} label={say(view, { zh: '季节分', en: 'season score' })} />}
      </span>
      <span class="score">
        <small>{say(view, { zh: '长期上升', en: 'Structural rise' })}</small>
        {rise === null ? nothing : asChange(view, rise)}
        {rise === null ? null : <Meter value={rise} label={say(view, { zh: '上升分', en: 'rise score' })} />}
      </span>
      <span class="score">
        <small>{say(view, { zh: '突然爆发', en: 'Fresh burst' })}</small>
        {burst === null ? nothing : `×${count(view, Math.exp(burst), 1)}`}
        {burst === null ? null : (
          <span class="soft small">
            {confidence === null
              ? ''
              : say(view, { zh: `把握 ${chance(view, confidence)}`, en: `${chance(view, confidence)} sure` })}
          </span>
        )}
      </span>
    </span>
  )
}

const seriesOf = (trend: Trend) => trend.evidence.series.map(({ value }) => value)

export function Flags({ view, trend }: { view: View; trend: Trend }) {
  return (
    <>
      {cannotBeMade(trend) ? (
        <>
          <Badge tone="warn">{say(view, { zh: '做不了的服装', en: 'a garment we cannot make' })}</Badge>{' '}
        </>
      ) : null}
      {cannotBeShown(trend) ? (
        <>
          <Badge tone="warn">{say(view, { zh: '我们的服装表现不出', en: 'nothing of ours shows it' })}</Badge>{' '}
        </>
      ) : null}
      {trend.evidence.flags.map((flag) => (
        <>
          <Badge tone="warn">{wordFor(view, TREND_FLAG, flag)}</Badge>{' '}
        </>
      ))}
    </>
  )
}

/** Names a garment that no block of the house makes. */
function cannotBeMade({ term }: Trend): boolean {
  const known = termOf(term)
  return known !== undefined && ['near', 'nothing'].includes(makingOf(known) ?? '')
}

/** Names an attribute that no garment of the house can show. */
function cannotBeShown({ term, kind }: Trend): boolean {
  const known = termOf(term)
  return known !== undefined && kind !== 'garment' && !canBeShown(known)
}

const labelsOf = (trends: readonly Trend[]) => ({
  zh: trends.map(({ label }) => label.zh).join('、'),
  en: trends.map(({ label }) => label.en).join(', '),
})

/** What is asked for and cannot be made, said before somebody ticks it: garments, and attributes that none of ours has. */
function NotMade({ view, trends }: { view: View; trends: readonly Trend[] }) {
  const [garments, attributes] = [trends.filter(cannotBeMade), trends.filter(cannotBeShown)]
  const [lost, unseen] = [labelsOf(garments), labelsOf(attributes)]
  return (
    <>
      {garments.length ? (
        <p class="section-note">
          {say(view, {
            zh: `本页有 ${garments.length} 条趋势是我们做不了的服装：${lost.zh}。`,
            en: `${garments.length === 1 ? 'One trend here asks for a garment' : `${garments.length} trends here ask for garments`} that we cannot make: ${lost.en}.`,
          })}
        </p>
      ) : null}
      {attributes.length ? (
        <p class="section-note">
          {say(view, {
            zh: `有 ${attributes.length} 条趋势的特征，我们的服装表现不出：${unseen.zh}。`,
            en: `${attributes.length === 1 ? 'One trend here is' : `${attributes.length} trends here are`} of something that no garment of ours shows: ${unseen.en}.`,
          })}
        </p>
      ) : null}
    </>
  )
}

/** What a design run may be told; everything left open comes from the house's rules. */
export function BriefFields({ view, sent }: { view: View; sent: Sent }) {
  return (
    <>
      <div class="fields">
        <Field
          view={view}
          sent={sent}
          name="count"
          type="number"
          label={{ zh: '设计款数', en: 'How many designs' }}
          value={8}
          min={1}
          max={12}
          step={1}
          required
        />
        <Field
          view={view}
          sent={sent}
          name="season"
          label={{ zh: '季节', en: 'Season' }}
          options={[
            { value: '', label: say(view, { zh: '按规则', en: 'By the house’s rules' }) },
            ...SEASONS.map((value) => ({ value, label: wordFor(view, SEASON, value) })),
          ]}
        />
        <Field
          view={view}
          sent={sent}
          name="gender"
          label={{ zh: '性别', en: 'For' }}
          options={[
            { value: '', label: say(view, { zh: '按规则', en: 'By the house’s rules' }) },
            ...GENDERS.map((value) => ({ value, label: wordFor(view, GENDER, value) })),
          ]}
        />
        <Field
          view={view}
          sent={sent}
          name="priceMin"
          type="number"
          label={{ zh: '零售价从', en: 'Retail price from' }}
          min={0}
          step="any"
        />
        <Field
          view={view}
          sent={sent}
          name="priceMax"
          type="number"
          label={{ zh: '到', en: 'to' }}
          min={1}
          step="any"
        />
      </div>
      <fieldset class="ticks">
        <legend>
          {say(view, { zh: '品类（不选则按规则）', en: 'Categories (none ticked: by the house’s rules)' })}
        </legend>
        {CATEGORIES.map((category) => (
          <Tick view={view} name="categories" value={category} label={CATEGORY_NAMES[category]} />
        ))}
      </fieldset>
    </>
  )
}

export interface TrendsPageProps {
  view: View
  week: string | undefined
  /** The newest week that anything was read of. */
  newest: string | undefined
  weeks: readonly string[]
  trends: readonly Trend[]
  more: string | undefined
  kind: string | undefined
  kinds: readonly string[]
  sort: TrendSort
  sent: Sent
  chosen: ReadonlySet<string>
  /** What trends of the month asked for in vain. */
  missing: UnfollowedMonth
  /** What failed for good about this week. */
  troubles?: readonly StandingTrouble[]
}

/** A list to tick in and send, or just a list for whoever may not ask for designs. */
const Choosing = ({ mayDesign, children }: { mayDesign: boolean; children: ComponentChildren }) =>
  mayDesign ? (
    <form method="post" action="/console/runs">
      {children}
    </form>
  ) : (
    <div>{children}</div>
  )

/** Why a list is empty: nothing was read, nothing stood out, or nothing of the kind that was asked for. */
const nothingFor = (week: string | undefined, newest: string | undefined, kind: string | undefined) => {
  if (kind !== undefined)
    return { zh: '该类别在这一周没有趋势。', en: 'No trend of this kind in this week. Choose another kind or week.' }
  const looked = week ?? newest
  return looked === undefined
    ? {
        zh: '还没有趋势。请先在“来源”中添加订阅源或上传导出文件。',
        en: 'No trends yet. Add a feed or upload an export under “Sources” first.',
      }
    : {
        zh: `${looked} 当周没有突出的趋势：提及太少、变化不足，或历史还不够长。`,
        en: `Nothing stands out in the week of ${looked}: too few mentions, too little change, or too short a history.`,
      }
}

/** What people talk about, ranked; tick some and have garments designed from them. */
export function TrendsPage({
  view,
  week,
  newest,
  weeks,
  trends,
  more,
  kind,
  kinds,
  sort,
  sent,
  chosen,
  missing,
  troubles,
}: TrendsPageProps) {
  const mayDesign = may(view.actor, 'designs')
  return (
    <Layout view={view} title={say(view, { zh: '趋势', en: 'Trends' })} face="console">
      <Heading
        title={say(view, { zh: '趋势', en: 'Trends' })}
        lead={say(view, {
          zh: '勾选一条或几条，让设计师按它们出款。三个分数回答三个问题：季节要来了吗？一年比一年多吗？最近突然多了吗？',
          en: 'Tick one or several and have garments designed from them. Three scores answer three questions: is its season coming, does it rise from year to year, has it just burst out?',
        })}
      >
        <a href="/console/words">{say(view, { zh: '新词', en: 'New words' })}</a>
        <form method="get" action="/console/trends" class="row">
          {weeks.length ? (
            <label>
              {say(view, { zh: '周 ', en: 'Week ' })}
              <select name="week">
                {weeks.map((each) => (
                  <option value={each} selected={each === week}>
                    {each}
                  </option>
                ))}
              </select>
            </label>
          ) : null}
          <label>
            {say(view, { zh: '类别 ', en: 'Kind ' })}
            <select name="kind">
              <option value="">{say(view, { zh: '全部', en: 'all' })}</option>
              {kinds.map((each) => (
                <option value={each} selected={each === kind}>
                  {wordFor(view, TREND_KIND, each)}
                </option>
              ))}
            </select>
          </label>
          <label>
            {say(view, { zh: '排序 ', en: 'By ' })}
            <select name="sort">
              {TREND_SORTS.map((each) => (
                <option value={each} selected={each === sort}>
                  {wordFor(view, TREND_SORT, each)}
                </option>
              ))}
            </select>
          </label>
          <button type="submit" class="second small">
            {say(view, { zh: '查看', en: 'Show' })}
          </button>
        </form>
      </Heading>
      {week !== undefined && newest !== undefined && week === weeks[0] && newest > week ? (
        <p class="section-note">
          {say(view, {
            zh: `已读取到 ${newest} 当周，但该周没有突出的趋势；以下是 ${week} 当周的趋势。`,
            en: `Sources were read up to the week of ${newest}, in which nothing stands out; these are the trends of the week of ${week}.`,
          })}
        </p>
      ) : null}
      <Troubles view={view} rows={troubles} />
      <NotMade view={view} trends={trends} />
      <Choosing mayDesign={mayDesign}>
        <Refusal view={view} sent={sent} />
        <Table
          rows={trends}
          empty={say(view, nothingFor(week, newest, kind))}
          columns={[
            ...(mayDesign
              ? [
                  {
                    head: '',
                    cell: ({ id, label }: Trend) => (
                      <label class="tick">
                        <input type="checkbox" name="trendIds" value={id} checked={chosen.has(id)} />
                        <span class="hidden">{say(view, label)}</span>
                      </label>
                    ),
                  },
                ]
              : []),
            { head: '#', number: true, cell: ({ rank }) => rank },
            {
              head: say(view, { zh: '趋势', en: 'Trend' }),
              cell: (trend) => (
                <>
                  <a class="trend-name" href={`/console/trends/${trend.id}`}>
                    {say(view, trend.label)}
                  </a>
                  <span class="small soft">
                    {' '}
                    {wordFor(view, TREND_KIND, trend.kind)} <Flags view={view} trend={trend} />
                  </span>
                </>
              ),
            },
            {
              head: say(view, { zh: '一年走势', en: 'One year' }),
              cell: (trend) => (
                <Sparkline
                  values={seriesOf(trend)}
                  label={say(view, { zh: `${trend.label.zh}的一年走势`, en: `A year of ${trend.label.en}` })}
                />
              ),
            },
            {
              head: say(view, { zh: '三个分数', en: 'Scores' }),
              cell: (trend) => <Scores view={view} trend={trend} />,
            },
            {
              head: say(view, { zh: '证据', en: 'Evidence' }),
              cell: ({ evidence, id, opening }) => (
                <>
                  <a class="nowrap" href={`/console/trends/${id}`}>
                    {say(view, {
                      zh: `${evidence.items.length} 条 · ${evidence.sources.length} 个来源`,
                      en: `${evidence.items.length} items, ${evidence.sources.length} sources`,
                    })}
                  </a>
                  <OpensBy view={view} opening={opening} />
                </>
              ),
            },
          ]}
        />
        <More view={view} href={more} />
        {mayDesign && trends.length ? (
          <section class="section stack">
            <h2>{say(view, { zh: '按勾选的趋势出款', en: 'Design from what is ticked' })}</h2>
            <BriefFields view={view} sent={sent} />
            <button type="submit" class="primary">
              {say(view, { zh: '开始设计', en: 'Start designing' })}
            </button>
          </section>
        ) : null}
      </Choosing>
      <CannotMake view={view} {...missing} />
    </Layout>
  )
}

export interface TrendPageProps {
  view: View
  trend: Trend
  series: readonly { source: { name: string; measure: string }; points: readonly { week: string; value: number }[] }[]
}

/** One trend with everything it rests on. */
export function TrendPage({ view, trend, series }: TrendPageProps) {
  const { evidence } = trend
  return (
    <Layout view={view} title={say(view, trend.label)} face="console">
      <Heading
        title={say(view, trend.label)}
        eyebrow={
          <>
            <a href="/console/trends">{say(view, { zh: '趋势', en: 'Trends' })}</a> ·{' '}
            {wordFor(view, TREND_KIND, trend.kind)} ·{' '}
            {say(view, {
              zh: `${trend.week} 当周第 ${trend.rank}`,
              en: `no. ${trend.rank} in the week of ${trend.week}`,
            })}
          </>
        }
      >
        {may(view.actor, 'designs') ? (
          <form method="post" action="/console/runs" class="row">
            <input type="hidden" name="trendIds" value={trend.id} />
            <input type="hidden" name="count" value="8" />
            <button type="submit" class="primary">
              {say(view, { zh: '按此趋势出 8 款', en: 'Design 8 from it' })}
            </button>
          </form>
        ) : null}
      </Heading>
      <p class="row">
        <Scores view={view} trend={trend} /> <Flags view={view} trend={trend} />
      </p>
      <YearAhead view={view} trend={trend} />
      <section class="section two">
        {series.map(({ source, points }) => (
          <figure class="stack-tight">
            <figcaption>
              {source.name}{' '}
              <span class="soft small">
                {source.measure === 'interest'
                  ? say(view, { zh: '搜索热度', en: 'search interest' })
                  : say(view, { zh: '提及次数', en: 'mentions' })}
                {points.length ? ` · ${points[0]?.week} – ${points.at(-1)?.week}` : ''}
              </span>
            </figcaption>
            <Sparkline values={points.map(({ value }) => value)} label={source.name} width={460} height={90} />
          </figure>
        ))}
      </section>
      <section class="section">
        <h2>{say(view, { zh: '证据', en: 'Evidence' })}</h2>
        <p class="section-note">
          {say(view, {
            zh: `近几周加权 ${count(view, evidence.counts.recent, 1)} 次，平常应为 ${evidence.counts.expected === null ? '未知' : count(view, evidence.counts.expected, 1)} 次，四周内有 ${evidence.counts.days} 天提到。`,
            en: `${count(view, evidence.counts.recent, 1)} weighted mentions lately, where ${evidence.counts.expected === null ? 'an unknown number' : count(view, evidence.counts.expected, 1)} would be usual; mentioned on ${evidence.counts.days} days of the last four weeks.`,
          })}
        </p>
        <Titles view={view} items={evidence.items} />
        <p class="small soft section">
          {say(view, { zh: '评分于 ', en: 'Scored ' })}
          {longDay(view, trend.scoredAt)}
        </p>
      </section>
    </Layout>
  )
}
