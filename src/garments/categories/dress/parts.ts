/** The shapes of a dress: neckline, bodice, sleeve and flared panel, with the seams and darts they share. */
import { chain, lengthOf } from '../../geometry.ts'
import { dressZip } from '../../openings.ts'
import type { DrawnLine, Point } from '../../types.ts'
import { is, isNot, through } from '../../blocks/common.ts'
import type { Drafted } from '../../blocks/engine.ts'
import { panelOf } from '../../blocks/flared-panels.ts'
import { PENCIL, type WaistTarget } from '../pencil-skirt/block.ts'
import type { Context, Shape } from '../../blocks/types.ts'

export const FRONT = 'bella.frontSideDart'
export const BACK = 'bella.back'
export const SLEEVE = 'bella.sleeve'
/**
 * Panels of a flared skirt, all of one width, laid from the zip at the centre back: six, or eight where pockets need a
 * seam at both sides.
 */
export const panels = (ctx: Context): number => (ctx.choice('pocket') === 'seam' ? 8 : 6)

/** What a neck binding is longer than its neck, to turn in its ends, mm. */
export const TAPE_ENDS = 20

export const lined = is('lining', 'full')
export const flared = is('skirt', 'flared')
export const pencil = is('skirt', 'pencil')
export const sleeved = isNot('sleeve', 'none')
export const sleeveless = is('sleeve', 'none')
export const shortSleeved = is('sleeve', 'short')

/** A neckline from a point on the shoulder to the centre: a straight V, or a curve that meets both square. */
function neckCurve(shoulder: Point, centre: Point, vee: boolean): Point[] {
  if (vee) return [shoulder, centre]
  const control = {
    a: { x: shoulder.x - 0.1 * (shoulder.x - centre.x), y: shoulder.y + 0.75 * (centre.y - shoulder.y) },
    b: { x: centre.x + 0.6 * (shoulder.x - centre.x), y: centre.y },
  }
  return Array.from({ length: 17 }, (_, i) => {
    const t = i / 16
    const u = 1 - t
    const [w0, w1, w2, w3] = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t]
    return {
      x: w0 * shoulder.x + w1 * control.a.x + w2 * control.b.x + w3 * centre.x,
      y: w0 * shoulder.y + w1 * control.a.y + w2 * control.b.y + w3 * centre.y,
    }
  })
}

/** The point on a shoulder seam where the widened neckline starts. */
export function shoulderStart(d: Drafted, part: string, ctx: Context): Point {
  const [hps, shoulder] = [d.point(part, 'hps'), d.point(part, 'shoulder')]
  const share = Math.min(0.6, ctx.parameter('neckWiden') / (d.distance(part, 'hps', 'shoulder') || 1))
  return { x: hps.x + (shoulder.x - hps.x) * share, y: hps.y + (shoulder.y - hps.y) * share }
}

/** A dart narrower than this is not sewn, mm. */
const NO_DART = 2
/**
 * Whether front and back are darted to the waist. With much ease there the design's darts close to nothing, and then turn
 * inside out; from recipe 2 on such a waist is straight.
 */
const frontWaistDart = (d: Drafted, ctx: Context): boolean =>
  ctx.recipe < 2 || d.point(FRONT, 'waistDartRight').x - d.point(FRONT, 'waistDartLeft').x > NO_DART
const backWaistDart = (d: Drafted, ctx: Context): boolean =>
  ctx.recipe < 2 || d.point(BACK, 'dartBottomRight').x - d.point(BACK, 'dartBottomLeft').x > NO_DART

/** Bodice front on its fold, darts closed to be sewn, with the style's neckline. */
export function frontShape(d: Drafted, ctx: Context): Shape {
  const start = shoulderStart(d, FRONT, ctx)
  const neck = { x: 0, y: d.point(FRONT, 'cfNeck').y + ctx.parameter('neckDrop') }
  const side = [d.point(FRONT, 'bustDartTop'), d.point(FRONT, 'bustDartEdge'), d.point(FRONT, 'bustDartBottom')]
  const armhole = d.seamLine(FRONT, 'shoulder', 'armhole')
  const mouth = frontWaistDart(d, ctx) ? ['waistDartRight', 'waistDartLeft'] : []
  const waist = ['sideHemInitial', ...mouth, 'cfHem'].map((name) => d.point(FRONT, name))
  const curve = neckCurve(start, neck, ctx.choice('collar') === 'v')
  return {
    ring: [...curve.slice().reverse(), d.point(FRONT, 'shoulder'), ...armhole.slice(1), ...side, ...waist],
    points: { neckStart: start, cfNeck: neck },
  }
}

/** Bodice back half with its centre seam. */
export function backShape(d: Drafted, ctx: Context): Shape {
  const start = shoulderStart(d, BACK, ctx)
  const centre = d.point(BACK, 'cbNeck')
  const neck = { x: centre.x, y: centre.y + 0.15 * ctx.parameter('neckWiden') }
  const armhole = d.seamLine(BACK, 'shoulder', 'armhole')
  const mouth = backWaistDart(d, ctx) ? ['dartBottomRight', 'dartBottomLeft'] : []
  const rest = ['waistSide', ...mouth, 'waistCenter', 'bustCenter', 'cbArmhole'].map((name) => d.point(BACK, name))
  return {
    ring: [
      ...neckCurve(start, neck, false).reverse(),
      d.point(BACK, 'shoulder'),
      ...armhole.slice(1),
      d.point(BACK, 'bustSide'),
      ...rest,
    ],
    points: { neckStart: start, cbNeck: neck },
  }
}

/** Length of a short sleeve below the cap's top, mm: a share of the arm. */
const shortLength = (d: Drafted, ctx: Context): number =>
  ((d.body['shoulderToWrist'] ?? 0) * ctx.parameter('shortSleeve')) / 100

/** The sleeve, ended where a short one ends. */
export function sleeveShape(d: Drafted, ctx: Context): Shape {
  const ring = d.ring(SLEEVE)
  const [left, right] = [d.point(SLEEVE, 'wristLeft'), d.point(SLEEVE, 'wristRight')]
  if (!shortSleeved(ctx)) return { ring, points: { hemLeft: left, hemRight: right } }
  const y = d.point(SLEEVE, 'sleeveTip').y + shortLength(d, ctx)
  const edge = (from: string, to: Point): Point => {
    const start = d.point(SLEEVE, from)
    const t = (y - start.y) / (to.y - start.y)
    return { x: start.x + (to.x - start.x) * t, y }
  }
  const ends = { hemLeft: edge('bicepsLeft', left), hemRight: edge('bicepsRight', right) }
  const cap = chain(ring, d.point(SLEEVE, 'bicepsLeft'), d.point(SLEEVE, 'bicepsRight'), d.point(SLEEVE, 'sleeveTip'))
  return { ring: [...cap, ends.hemRight, ends.hemLeft], points: ends }
}

export const between = (d: Drafted, part: string, ...names: string[]): number =>
  lengthOf(names.map((name) => d.point(part, name)))

/** Waist of the bodice, darts closed: the quarter of front and back. */
export const bodiceWaist = (d: Drafted, ctx: Context) => ({
  front: frontWaistDart(d, ctx)
    ? between(d, FRONT, 'cfHem', 'waistDartLeft') + between(d, FRONT, 'waistDartRight', 'sideHemInitial')
    : between(d, FRONT, 'cfHem', 'sideHemInitial'),
  back: backWaistDart(d, ctx)
    ? between(d, BACK, 'waistCenter', 'dartBottomLeft') + between(d, BACK, 'dartBottomRight', 'waistSide')
    : between(d, BACK, 'waistCenter', 'waistSide'),
})

export const bodiceGirth = (d: Drafted, ctx: Context): number =>
  2 * (bodiceWaist(d, ctx).front + bodiceWaist(d, ctx).back)

/** Each skirt panel is as wide at the waist as the bodice piece above it. */
export const bodiceQuarter: WaistTarget = (d, part, ctx) =>
  part === PENCIL.front ? bodiceWaist(d, ctx).front : bodiceWaist(d, ctx).back

export const skirtLength = (d: Drafted): number => d.point(PENCIL.front, 'lHem').y - d.point(PENCIL.front, 'lWaist').y

/** Flared skirt: a ring whose inner edge is the bodice's waist, so the seam always matches. */
export function flare(d: Drafted, ctx: Context) {
  const degrees = 3.6 * ctx.parameter('circleRatio')
  const inner = bodiceGirth(d, ctx) / (degrees * (Math.PI / 180))
  return { degrees, inner, outer: inner + skirtLength(d) }
}

/** @param above how far above the edge of the skirt it ends, mm */
export const flarePanel = (d: Drafted, ctx: Context, above = 0): Shape => {
  const { degrees, inner, outer } = flare(d, ctx)
  return panelOf(inner, outer - above, degrees, panels(ctx))
}

/** High point shoulder to the waist seam, down the back. */
export const waistLength = (d: Drafted, ctx: Context): number =>
  d.point(BACK, 'waistCenter').y - shoulderStart(d, BACK, ctx).y

/** How far the zip that starts at the neck runs into the skirt, mm. */
export function zipBelowWaist(d: Drafted, ctx: Context): number {
  const { ring, points } = backShape(d, ctx)
  const neck = points['cbNeck'] ?? d.point(BACK, 'cbNeck')
  return dressZip(waistLength(d, ctx)) - lengthOf(chain(ring, neck, d.point(BACK, 'waistCenter')))
}

export const neckLength = (d: Drafted, ctx: Context): number => {
  const of = (shape: Shape, from: string, to: string): number => {
    const [a, b] = [shape.points[from], shape.points[to]]
    return a && b ? lengthOf(chain(shape.ring, a, b)) : 0
  }
  return 2 * (of(frontShape(d, ctx), 'neckStart', 'cfNeck') + of(backShape(d, ctx), 'neckStart', 'cbNeck'))
}

export const armholeLength = (d: Drafted): number =>
  d.seam(FRONT, 'shoulder', 'armhole') + d.seam(BACK, 'shoulder', 'armhole')

export const frontDarts = (d: Drafted, ctx: Context): DrawnLine[] => [
  through(d, FRONT, 'dart', 'bustDartTop', 'bustDartTip', 'bustDartBottom'),
  ...(frontWaistDart(d, ctx) ? [through(d, FRONT, 'dart', 'waistDartLeft', 'waistDartTip', 'waistDartRight')] : []),
]

export const backDarts = (d: Drafted, ctx: Context): DrawnLine[] =>
  backWaistDart(d, ctx) ? [through(d, BACK, 'dart', 'dartBottomLeft', 'dartTip', 'dartBottomRight')] : []
