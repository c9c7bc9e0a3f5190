/**
 * Where the numbers of a flat's callouts stand: left and right of it, evenly spaced, so that no leader crosses another.
 * They are counted in the order they are found here; the order they are given in moves none of them.
 */
import type { Point } from '../types.ts'

/** A callout before it is placed and numbered, in points of the page. */
export interface Pin {
  key: string
  at: Point
  /** The same feature on the other half of the garment. */
  twin?: Point
  /** Height of its words, from a little above the number's centre downwards. */
  height: number
}
export type Side = 'left' | 'right'
/** A callout placed: its number's centre, and the point its leader ends in. */
export interface Leader {
  key: string
  side: Side
  label: Point
  at: Point
}
export interface LabelField {
  /** x of the numbers left and right of the drawing. */
  left: number
  right: number
  /** The drawing's centre line. */
  centre: number
  /** Between these the words must stand. */
  top: number
  bottom: number
}

/** From the number's centre up to the upper edge of its words. */
export const RISE = 7
const GAP = 6
/** Numbers of a sparse side stand no further apart than this, so that they stay near what they point at. */
const PITCH = 76

const byKey = (a: Pin, b: Pin): number => (a.key < b.key ? -1 : 1)

interface Choice {
  side: Side
  pin: Pin
}
const pointOn = (field: LabelField, { side, pin }: Choice): Point => {
  const { at, twin } = pin
  if (!twin) return at
  const [left, right] = at.x <= twin.x ? [at, twin] : [twin, at]
  return side === 'left' ? left : right
}
/** On which side a callout may stand: where its feature is, or on either where it is in the middle or on both halves. */
function sidesOf({ centre }: LabelField, { at, twin }: Pin): readonly Side[] {
  if (twin || Math.abs(at.x - centre) < 1.5) return ['left', 'right']
  return at.x < centre ? ['left'] : ['right']
}

/** Centres of the numbers of one side, top to bottom, evenly spaced near the heights they point at. */
function heights(field: LabelField, pins: readonly Pin[], points: readonly Point[]): number[] {
  const last = pins.at(-1)
  if (!last) return []
  const first = field.top + RISE
  const lowest = field.bottom - last.height + RISE
  const need = Math.max(0, ...pins.slice(0, -1).map((pin) => pin.height)) + GAP
  const most = pins.length > 1 ? (lowest - first) / (pins.length - 1) : 0
  const pitch = Math.max(need, Math.min(most, PITCH))
  const span = pitch * (pins.length - 1)
  const mean = points.reduce((sum, p) => sum + p.y, 0) / points.length
  const start = Math.max(first, Math.min(mean - span / 2, lowest - span))
  return pins.map((_, i) => start + i * pitch)
}

const turn = (a: Point, b: Point, c: Point): number => (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
/** Two leaders have a point in common. */
export const leadersCross = (a: Leader, b: Leader): boolean =>
  turn(a.label, a.at, b.label) * turn(a.label, a.at, b.at) <= 0 &&
  turn(b.label, b.at, a.label) * turn(b.label, b.at, a.at) <= 0
/** How far a point is from a leader's line. */
function away(p: Point, { label, at }: Leader): number {
  const [dx, dy] = [at.x - label.x, at.y - label.y]
  const t = Math.max(0, Math.min(1, ((p.x - label.x) * dx + (p.y - label.y) * dy) / (dx * dx + dy * dy || 1)))
  return Math.hypot(p.x - label.x - t * dx, p.y - label.y - t * dy)
}

function lay(field: LabelField, order: readonly Choice[]): Leader[] {
  return (['left', 'right'] as const).flatMap((side) => {
    const column = order.filter((choice) => choice.side === side)
    const points = column.map((choice) => pointOn(field, choice))
    const ys = heights(
      field,
      column.map(({ pin }) => pin),
      points,
    )
    return column.map(({ pin }, i) => ({
      key: pin.key,
      side,
      label: { x: field[side], y: ys[i] ?? field.top },
      at: points[i] ?? pin.at,
    }))
  })
}

/** Crossing is out of the question, words below the field too; a leader grazing another's spot misleads; short is good. */
function cost(field: LabelField, order: readonly Choice[]): number {
  const leaders = lay(field, order)
  const height = new Map(order.map(({ pin }) => [pin.key, pin.height]))
  let sum = 0
  for (const [i, a] of leaders.entries()) {
    sum += Math.hypot(a.at.x - a.label.x, a.at.y - a.label.y)
    sum += 1000 * Math.max(0, a.label.y - RISE + (height.get(a.key) ?? 0) - field.bottom)
    for (const b of leaders.slice(i + 1)) {
      if (leadersCross(a, b)) sum += 10_000
      for (const near of [away(a.at, b), away(b.at, a)]) if (near < 6) sum += 60 * (6 - near)
    }
  }
  return sum
}

/**
 * Numbers left and right of a drawing. Starts from the order of height with the free ones dealt to the emptier side, and
 * then swaps neighbours and sides as long as that shortens the leaders: a crossing pair is always longer than the same
 * pair swapped, so the crossings go first.
 * @returns leaders, left column before right, each top to bottom: the order they are numbered in. The same pins give the
 * same leaders, whatever order they come in
 */
export function placeLeaders(field: LabelField, pins: readonly Pin[]): Leader[] {
  let order: Choice[] = []
  const taken = { left: 0, right: 0 }
  const sorted = pins.toSorted((a, b) => a.at.y - b.at.y || byKey(a, b))
  for (const fixed of [true, false])
    for (const pin of sorted) {
      const sides = sidesOf(field, pin)
      if ((sides.length === 1) !== fixed) continue
      const emptier = taken.left <= taken.right ? 'left' : 'right'
      const side = sides.length === 1 ? sides[0]! : emptier
      taken[side] += pin.height
      order.push({ side, pin })
    }
  order = order.toSorted((a, b) => pointOn(field, a).y - pointOn(field, b).y || byKey(a.pin, b.pin))
  let best = cost(field, order)
  for (let better = true; better;) {
    better = false
    const attempts: Choice[][] = []
    for (const [i, a] of order.entries()) {
      for (let j = i + 1; j < order.length; j++) attempts.push(order.with(i, order[j]!).with(j, a))
      const other = a.side === 'left' ? 'right' : 'left'
      if (sidesOf(field, a.pin).length > 1) attempts.push(order.with(i, { ...a, side: other }))
    }
    for (const attempt of attempts) {
      const now = cost(field, attempt)
      if (now < best - 0.01) {
        best = now
        order = attempt
        better = true
      }
    }
  }
  return lay(field, order)
}
