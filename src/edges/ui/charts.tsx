/** Charts as SVG components: no script, no inline style, readable at phone width, each with its words beside it. */
import type { Currency } from '../../core/values.ts'
import type { Rung } from '../../db/rows.ts'
import { count, price, say, shortDay, type View } from './view.ts'

const round = (value: number) => Math.round(value * 10) / 10

/** A term's history in a hand's breadth: values oldest first. */
export function Sparkline({
  values,
  label,
  width = 128,
  height = 32,
}: {
  values: readonly (number | null)[]
  label: string
  width?: number
  height?: number
}) {
  const known = values.flatMap((value, index) => (value === null ? [] : [{ value, index }]))
  const last = known.at(-1)
  if (!last || known.length < 2) return <span class="soft">–</span>
  const top = Math.max(...known.map(({ value }) => value), 1e-9)
  const x = (index: number) => round(2 + (index / (values.length - 1)) * (width - 8))
  const y = (value: number) => round(height - 3 - (Math.max(0, value) / top) * (height - 8))
  // A week in which the source said nothing is a gap in the line, not a fall to nothing.
  const line = known
    .map(({ value, index }) => `${index > 0 && values[index - 1] !== null ? 'L' : 'M'}${x(index)} ${y(value)}`)
    .join('')
  return (
    <svg class="spark" width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      <path class="spark-line" d={line} />
      <circle class="spark-dot" cx={x(last.index)} cy={y(last.value)} r="2.6" />
    </svg>
  )
}

/** A share as a bar with its own number; −1 to 1 scores are drawn from the middle. */
export function Meter({ value, label }: { value: number; label: string }) {
  const share = Math.min(1, Math.max(0, value))
  return (
    <svg class="meter" viewBox="0 0 60 6" width="60" height="6" role="img" aria-label={label}>
      <rect class="meter-track" width="60" height="6" rx="3" />
      <rect class="meter-fill" width={round(60 * share)} height="6" rx="3" />
    </svg>
  )
}

/**
 * How far a campaign has come: a dashed line, not cut yet, that becomes solid where orders are; the whole of it turns
 * solid at the threshold.
 */
export function ThresholdBar({ units, threshold, label }: { units: number; threshold: number; label: string }) {
  const share = Math.min(1, threshold > 0 ? units / threshold : 1)
  const end = round(4 + 312 * share)
  return (
    <svg
      class={share >= 1 ? 'cutline cutline-full' : 'cutline'}
      viewBox="0 0 320 16"
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <line class="cutline-track" x1="4" y1="8" x2="316" y2="8" />
      {share > 0 ? <line class="cutline-done" x1="4" y1="8" x2={end} y2="8" /> : null}
    </svg>
  )
}

/** Words near an edge stay inside it. */
function anchorAt(x: number): 'start' | 'middle' | 'end' {
  if (x > 300) return 'end'
  return x < 50 ? 'start' : 'middle'
}

/**
 * The price ladder with the present position.
 * @param ladder rungs by rising `fromUnits`, prices never rising
 */
export function LadderChart({
  view,
  ladder,
  currency,
  units,
  threshold,
}: {
  view: View
  ladder: readonly Rung[]
  currency: Currency
  units: number
  threshold: number
}) {
  const first = ladder[0]
  const last = ladder.at(-1)
  if (!first || !last) return null
  const [width, height] = [360, 176]
  const [left, right, top, bottom] = [12, 348, 30, 140]
  // Half as much again beyond the last rung leaves its price room on its own step.
  const most = Math.max(last.fromUnits * 1.5, units * 1.1, threshold * 1.2, 1)
  const [low, high] = [last.unitPrice, first.unitPrice]
  // Square root: the first rungs stand close together and the last far off; every one has to be seen.
  const x = (value: number) => round(left + Math.sqrt(Math.max(0, value) / most) * (right - left))
  const y = (price: number) =>
    round(high === low ? (top + bottom) / 2 : bottom - ((price - low) / (high - low)) * (bottom - top) * 0.86 - 6)
  const priceAt = (at: number) => (ladder.filter((rung) => rung.fromUnits <= at).at(-1) ?? first).unitPrice
  const steps = ladder.map((rung, index) => {
    const from = index === 0 ? left : x(rung.fromUnits)
    const to = index + 1 < ladder.length ? x(ladder[index + 1]?.fromUnits ?? most) : right
    return { from, to, at: y(rung.unitPrice), rung }
  })
  const path = steps.map(({ from, to, at }, index) => `${index ? 'L' : 'M'}${from} ${at}L${to} ${at}`).join('')
  const [nowX, nowY] = [Math.max(left + 2, x(units)), y(priceAt(units))]
  const reachedTo = steps.filter(({ from }) => from <= nowX)
  const done = reachedTo
    .map(({ from, to, at }, index) => `${index ? 'L' : 'M'}${from} ${at}L${Math.min(to, nowX)} ${at}`)
    .join('')
  const label = say(view, {
    zh: `阶梯价：现有 ${count(view, units)} 件，单价 ${price(view, priceAt(units), currency)}`,
    en: `Price ladder: ${count(view, units)} units so far, ${price(view, priceAt(units), currency)} each`,
  })
  return (
    <svg class="ladder" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      <line class="axis" x1={left} y1={bottom + 6} x2={right} y2={bottom + 6} />
      <line class="threshold" x1={x(threshold)} y1={top - 14} x2={x(threshold)} y2={bottom + 6} />
      <text class="chart-note" x={x(threshold)} y={top - 18} text-anchor={x(threshold) > 260 ? 'end' : 'middle'}>
        {say(view, { zh: `起做量 ${count(view, threshold)}`, en: `made from ${count(view, threshold)}` })}
      </text>
      <path class="step" d={path} />
      <path class="step-done" d={done} />
      {steps.map(({ from, to, at, rung }, index) => (
        <g>
          {to - from > 42 || index === steps.length - 1 ? (
            <text class="chart-price" x={from + 3} y={at - 6}>
              {price(view, rung.unitPrice, currency)}
            </text>
          ) : null}
          {index && to - from > 18 ? (
            <text class="chart-tick" x={from} y={bottom + 20} text-anchor="middle">
              {count(view, rung.fromUnits)}
            </text>
          ) : null}
        </g>
      ))}
      <text class="chart-tick" x={left} y={bottom + 20}>
        {say(view, { zh: '件', en: 'units' })}
      </text>
      <line class="now-line" x1={nowX} y1={nowY} x2={nowX} y2={bottom + 6} />
      <circle class="now" cx={nowX} cy={nowY} r="5.5" />
      <text class="chart-now" x={nowX} y={bottom + 34} text-anchor={anchorAt(nowX)}>
        {say(view, { zh: `现在 ${count(view, units)} 件`, en: `now ${count(view, units)}` })}
      </text>
    </svg>
  )
}

export interface CumulativePoint {
  at: Date
  units: number
}

/** Verified units over a campaign's window, with its threshold. @param points cumulative, oldest first */
export function CumulativeChart({
  view,
  points,
  from,
  to,
  now,
  threshold,
}: {
  view: View
  points: readonly CumulativePoint[]
  from: Date
  to: Date
  now: Date
  threshold: number
}) {
  const [width, height, left, right, top, bottom] = [640, 220, 40, 628, 20, 184]
  const last = points.at(-1)?.units ?? 0
  const most = Math.max(threshold * 1.15, last * 1.1, 1)
  const span = Math.max(1, to.getTime() - from.getTime())
  const x = (at: Date) =>
    round(left + Math.min(1, Math.max(0, (at.getTime() - from.getTime()) / span)) * (right - left))
  const y = (value: number) => round(bottom - (value / most) * (bottom - top))
  const end = now < to ? now : to
  const line = [
    `M${left} ${bottom}`,
    ...points.map(({ at, units }, index) => `L${x(at)} ${y(points[index - 1]?.units ?? 0)}L${x(at)} ${y(units)}`),
    `L${x(end)} ${y(last)}`,
  ].join('')
  return (
    <svg
      class="cumulative"
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={say(view, {
        zh: `累计已确认 ${count(view, last)} 件，起做量 ${count(view, threshold)} 件`,
        en: `${count(view, last)} verified units so far; the threshold is ${count(view, threshold)}`,
      })}
    >
      <line class="axis" x1={left} y1={bottom} x2={right} y2={bottom} />
      <line class="threshold" x1={left} y1={y(threshold)} x2={right} y2={y(threshold)} />
      <text class="chart-tick" x={left - 6} y={y(threshold) + 4} text-anchor="end">
        {count(view, threshold)}
      </text>
      <text class="chart-note" x={right} y={y(threshold) - 6} text-anchor="end">
        {say(view, { zh: '起做量', en: 'threshold' })}
      </text>
      <path class="area" d={`${line}L${x(end)} ${bottom}Z`} />
      <path class="step-done" d={line} />
      <circle class="now" cx={x(end)} cy={y(last)} r="5" />
      <text class="chart-now" x={x(end)} y={y(last) - 10} text-anchor={x(end) > 560 ? 'end' : 'start'}>
        {count(view, last)}
      </text>
      <text class="chart-tick" x={left} y={bottom + 18}>
        {shortDay(view, from)}
      </text>
      <text class="chart-tick" x={right} y={bottom + 18} text-anchor="end">
        {shortDay(view, to)}
      </text>
    </svg>
  )
}
