/** A term's last year and the year to come on one line, with the season and the day by which a design has to open. */
import type { TermForecast, Trend } from '../../../stages/1-trends/model.ts'
import type { Opening } from '../../../stages/1-trends/timing.ts'
import { DAY } from '../../../core/values.ts'
import { longDay, say, shortDay, type View } from '../view.ts'

const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [640, 230, 8, 632, 26, 190]
const round = (value: number) => Math.round(value * 10) / 10
const atNoon = (day: string): Date => new Date(`${day}T12:00:00Z`)

/** Where values and days stand. */
function scales({ series }: Trend['evidence'], { from, high }: TermForecast) {
  const weeks = series.length + high.length
  const top = Math.max(...series.map(({ value }) => value ?? 0), ...high, 1e-9)
  const first = atNoon(from).getTime() - series.length * 7 * DAY
  return {
    x: (index: number) => round(LEFT + (index / (weeks - 1)) * (RIGHT - LEFT)),
    y: (value: number) => round(BOTTOM - (Math.max(0, value) / top) * (BOTTOM - TOP)),
    indexOf: (day: string) => (atNoon(day).getTime() - first) / (7 * DAY),
    weeks,
  }
}

/** Points joined where they follow one another; a week without data is a gap. */
const lineOf = (points: readonly (readonly [x: number, y: number] | undefined)[]): string =>
  points.map((point, i) => (point ? `${points[i - 1] ? 'L' : 'M'}${point[0]} ${point[1]}` : '')).join('')

/** The first weeks of January and July. */
function halfYears(from: string, weeks: number): { day: string; index: number }[] {
  const all = Array.from({ length: weeks }, (_, index) => ({
    index,
    day: new Date(atNoon(from).getTime() + index * 7 * DAY).toISOString().slice(0, 10),
  }))
  return all.filter(
    ({ day }, i) => Number(day.slice(5, 7)) % 6 === 1 && all[i - 1]?.day.slice(5, 7) !== day.slice(5, 7),
  )
}

export function ForecastChart({
  view,
  evidence,
  forecast,
  opening,
}: {
  view: View
  evidence: Trend['evidence']
  forecast: TermForecast
  opening: Opening | null
}) {
  const { series } = evidence
  const { x, y, indexOf, weeks } = scales(evidence, forecast)
  const now = series.length - 1
  const known = series.map(({ value }, i) => (value === null ? undefined : ([x(i), y(value)] as const)))
  const ahead = (values: readonly number[]) => values.map((value, h) => [x(now + 1 + h), y(value)] as const)
  const [low, mid, high] = [ahead(forecast.low), ahead(forecast.mid), ahead(forecast.high)]
  const before = series.map(({ value }, h) => (value === null ? undefined : ([x(now + 1 + h), y(value)] as const)))
  const within = (day: string) => Math.min(weeks - 1, Math.max(0, indexOf(day)))
  const begins = new Date(atNoon(forecast.from).getTime() - series.length * 7 * DAY).toISOString().slice(0, 10)
  const season = opening?.season
  // Its words stand away from those of the present week.
  const side = opening && indexOf(opening.opensBy) < now ? -1 : 1
  return (
    <svg
      class="forecast"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={say(view, {
        zh: '过去一年、未来一年的预测及其区间，背后为上一年同期',
        en: 'The last year, the forecast of the next with its interval, and last year behind it',
      })}
    >
      {season ? (
        <rect
          class="forecast-season"
          x={x(within(season.begins))}
          y={TOP - 8}
          width={Math.max(2, round(x(within(season.ends)) - x(within(season.begins))))}
          height={BOTTOM - TOP + 8}
        />
      ) : null}
      <line class="axis" x1={LEFT} y1={BOTTOM} x2={RIGHT} y2={BOTTOM} />
      <path class="forecast-band" d={`${lineOf(high)}${lineOf([...low].reverse()).replace('M', 'L')}Z`} />
      <path class="forecast-before" d={lineOf(before)} />
      <path class="spark-line" d={lineOf(known)} />
      <path class="forecast-mid" d={lineOf(mid)} />
      <line class="now-line" x1={x(now)} y1={TOP - 8} x2={x(now)} y2={BOTTOM} />
      <text class="chart-now" x={x(now) - 5} y={TOP - 12} text-anchor="end">
        {say(view, { zh: '今', en: 'now' })}
      </text>
      {opening && opening.state !== 'missed' && indexOf(opening.opensBy) >= 0 ? (
        <>
          <line
            class="threshold"
            x1={x(within(opening.opensBy))}
            y1={TOP - 8}
            x2={x(within(opening.opensBy))}
            y2={BOTTOM}
          />
          <text
            class="chart-note"
            x={x(within(opening.opensBy)) + 5 * side}
            y={TOP - 12}
            text-anchor={side > 0 ? 'start' : 'end'}
          >
            {say(view, { zh: '最晚开售', en: 'open by' })}
          </text>
        </>
      ) : null}
      {halfYears(begins, weeks).map(({ day, index }) => (
        <text class="chart-tick" x={x(index)} y={BOTTOM + 18} text-anchor={index > weeks - 8 ? 'end' : 'start'}>
          {shortDay(view, atNoon(day))}
        </text>
      ))}
    </svg>
  )
}

/** When to open, in words. */
export function openingSaid(view: View, { season, leadDays, opensBy, latest, state }: Opening): string {
  const day = (each: string) => longDay(view, atNoon(each))
  const first = say(view, {
    zh: `下一季从 ${day(season.begins)} 当周开始，${day(season.peak)} 当周最高。预售加交货共 ${leadDays} 天：`,
    en: `Its next season begins in the week of ${day(season.begins)} and is highest in that of ${day(season.peak)}. Sold and delivered within ${leadDays} days, `,
  })
  const then = {
    ahead: {
      zh: `${day(opensBy)} 前开售，即可赶上季初。`,
      en: `a design that opens by ${day(opensBy)} is there as it begins.`,
    },
    now: {
      zh: `须在 ${day(opensBy)} 前开售，现在就该设计。`,
      en: `a design must open by ${day(opensBy)}: it is time to design it.`,
    },
    late: {
      zh: `赶季初的 ${day(opensBy)} 已过；${day(latest)} 前开售，仍能在最高点前送达。`,
      en: `it should have opened by ${day(opensBy)}; what opens by ${day(latest)} is still there before its highest week.`,
    },
    missed: {
      zh: `赶最高点的 ${day(latest)} 已过，此时开售将错过这一季。`,
      en: `it should have opened by ${day(latest)}: what opens now is delivered after its highest week.`,
    },
  } as const
  return `${first}${say(view, then[state])}`
}

/** The year to come on a trend's page. */
export function YearAhead({ view, trend }: { view: View; trend: Trend }) {
  const { forecast } = trend.evidence
  if (!forecast) return null
  const { opening } = trend
  return (
    <section class="section">
      <h2>{say(view, { zh: '未来一年', en: 'The year to come' })}</h2>
      <p class="section-note">
        {opening
          ? openingSaid(view, opening)
          : say(view, {
              zh: '看不出每年重复的季节，因此没有必须赶上的开售日。',
              en: 'No season comes back every year, so there is no day by which a design has to open.',
            })}
      </p>
      <figure class="stack-tight">
        <ForecastChart view={view} evidence={trend.evidence} forecast={forecast} opening={opening ?? null} />
        <figcaption class="small soft">
          {say(view, {
            zh: `${forecast.source ?? '各来源提及次数'} · 实线：过去一年；虚线：预测，色带内约八成；浅线：上一年同期${opening ? '；底色：季节' : ''}。`,
            en: `${forecast.source ?? 'Mentions in all sources'} · solid: the last year; dashed: forecast, eight of ten values are expected in the band; pale: the same weeks a year before${opening ? '; shaded: its season' : ''}.`,
          })}
        </figcaption>
      </figure>
    </section>
  )
}

/** In a list: the day by which a design opens. */
export function OpensBy({ view, opening }: { view: View; opening: Opening | null | undefined }) {
  if (!opening) return null
  const day = (each: string) => shortDay(view, atNoon(each))
  const said = {
    ahead: { zh: `${day(opening.opensBy)} 前开售`, en: `open by ${day(opening.opensBy)}` },
    now: { zh: `${day(opening.opensBy)} 前开售，该设计了`, en: `open by ${day(opening.opensBy)}: design now` },
    late: { zh: `最迟 ${day(opening.latest)} 开售`, en: `late: open by ${day(opening.latest)} at the latest` },
    missed: { zh: '已赶不上这一季', en: 'too late for its next season' },
  } as const
  return <div class="small soft nowrap">{say(view, said[opening.state])}</div>
}

/** On a run: when the designs of each of its trends have to open. */
export function Timing({
  view,
  trends,
}: {
  view: View
  trends: readonly { label: Trend['label']; opening?: Opening | null }[]
}) {
  const timed = trends.flatMap(({ label, opening }) => (opening ? [{ label, opening }] : []))
  if (!timed.length) return null
  return (
    <ul class="small soft">
      {timed.map(({ label, opening }) => (
        <li>
          {say(view, label)}: {openingSaid(view, opening)}
        </li>
      ))}
    </ul>
  )
}
