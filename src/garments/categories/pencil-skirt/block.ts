/** Pencil skirt (our own draft), whose panels the dress shares. */
import { between, chain, clipAtX, crossingsAt, lengthOf } from '../../geometry.ts'
import { pom } from '../../measures.ts'
import { choices } from './choices.ts'
import { SKIRT_MOUTH, SKIRT_ZIP } from '../../openings.ts'
import type { DrawnLine, Measures, Point } from '../../types.ts'
import { both, fitted, hem, is, LABELS, line, own, pair, percent, SEAMS, taped, worded } from '../../blocks/common.ts'
import { combine, type Drafted } from '../../blocks/engine.ts'
import { SKIRT_BACK, SKIRT_FRONT, SKIRT_PARTS } from '../../blocks/skirt-parts.ts'
import { bandHeight, hemDepth, lined, SKIRT_POINTS, stitchesOf, waistbandRows } from '../../blocks/skirts.ts'
import { bandSeams, pencilSeams } from '../../blocks/skirt-seams.ts'
import { LINING, moved, shortened, wholePart } from '../../blocks/lining.ts'
import { along } from '../../blocks/truing.ts'
import { mouthNotches, zipNotch } from '../../blocks/seam-pocket.ts'
import type { BlockPlan, Context, CutRow, PlacedNotch, SeamPair, Shape } from '../../blocks/types.ts'

const FRONT = SKIRT_FRONT
const BACK = SKIRT_BACK

/** The darts that a panel has: narrow shaping needs one or none. */
const dartsOf = (d: Drafted, part: string): number[] => [1, 2].filter((n) => d.has(part, `dart${n}Middle`))

/** Waist edge of a panel with its darts open: what is not dart is waist. */
const pencilEdge = (d: Drafted, part: string): number =>
  lengthOf(chain(d.ring(part), d.point(part, 'lWaist'), d.point(part, 'rWaist')))

/** The closed waist a panel is meant to have, mm. */
export type WaistTarget = (d: Drafted, part: string, ctx: Context) => number

/** Darts that are worth sewing: from recipe 2 on none where all of them together would take up next to nothing. */
const sewnDarts = (d: Drafted, part: string, target: number, ctx: Context): number[] =>
  ctx.recipe > 1 && pencilEdge(d, part) - target < NO_DART ? [] : dartsOf(d, part)
const NO_DART = 3

/** Waist of one panel with its darts closed; without darts it is what the edge measures. */
export const pencilWaist = (d: Drafted, part: string, target: number): number =>
  dartsOf(d, part).length ? target : pencilEdge(d, part)

/** The darts as they are sewn: widened or narrowed together until the closed waist is the target. */
export function pencilDarts(d: Drafted, part: string, target: number, ctx: Context): DrawnLine[] {
  const darts = sewnDarts(d, part, target, ctx)
  const drafted = darts.reduce((sum, n) => sum + d.distance(part, `dart${n}Start`, `dart${n}End`), 0)
  const scale = Math.max(0, pencilEdge(d, part) - target) / (drafted || 1)
  return darts.map((n) => {
    const [a, tip, b] = [`dart${n}Start`, `dart${n}Middle`, `dart${n}End`].map((name) => d.point(part, name)) as [
      Point,
      Point,
      Point,
    ]
    const middle = between(a, b, 0.5)
    return line('dart', between(middle, a, scale), tip, between(middle, b, scale))
  })
}

/** Width right of the centre line at a height: the vent's extension on its left is not counted. */
export const pencilWidth = (d: Drafted, part: string, y: number): number => crossingsAt(d.ring(part), y).at(-1) ?? 0
export const PENCIL = { front: FRONT, back: BACK }

/** What opens in the seams of a pencil skirt. */
interface Openings {
  /** How far below the waist the zip ends, mm. */
  zip: (d: Drafted, ctx: Context) => number
  pockets: (ctx: Context) => boolean
}

/**
 * A panel as it is cut: from recipe 2 on one without darts is taken in or let out at its side, from the seat up, until its
 * waist is what it is sewn to.
 */
function panelShape(d: Drafted, part: string, ctx: Context, target: number): Shape {
  const plain = { ring: d.ring(part), points: {} }
  if (ctx.recipe < 2 || sewnDarts(d, part, target, ctx).length) return plain
  const whole = wholePart(d, part)
  const seat = d.point(part, 'rSeat').y
  let factor = 1
  const made = (): Shape =>
    moved(whole, ({ x, y }) => ({
      x: x <= 0 ? x : x * (1 + (factor - 1) * Math.max(0, Math.min(1, (seat - y) / seat))),
      y,
    }))
  for (let round = 0; round < 6; round++) factor *= target / along(made(), 'lWaist', 'rWaist')
  return made()
}

/** A panel of lining: from recipe 2 on shorter than the shell from the seat down, with a hem of its own. */
const liningShape = (d: Drafted, part: string, ctx: Context, shape: Shape): Shape =>
  ctx.recipe < 2
    ? shape
    : moved(wholePart(d, part, shape), shortened(d.point(part, 'lSeat').y, d.point(part, 'lHem').y))
const withoutVent = ({ ring, points }: Shape): Shape => ({ ring: clipAtX(ring, 0, 'right'), points })
const liningHem = (ctx: Context) => (ctx.recipe < 2 ? [] : [hem('lHem', 'rHem', LINING.hem)])

/** Rows of a pencil skirt in shell and lining, for the skirt and for the dress. */
export const pencilRows = (
  when: (ctx: Context) => boolean,
  target: WaistTarget,
  { zip, pockets }: Openings,
): CutRow[] => {
  const sideZip = is('closure', 'side-zip')
  const cut = (d: Drafted, part: string, ctx: Context): Shape => panelShape(d, part, ctx, target(d, part, ctx))
  const side = (d: Drafted, part: string, ctx: Context) => {
    const { ring, points } = cut(d, part, ctx)
    return chain(ring, points['rWaist'] ?? d.point(part, 'rWaist'), points['rHem'] ?? d.point(part, 'rHem'))
  }
  const besideSide = (d: Drafted, part: string, ctx: Context): PlacedNotch[] =>
    // Where there is no mouth the seat is marked; both would be 15 mm apart.
    pockets(ctx) ? mouthNotches(side(d, part, ctx), SKIRT_MOUTH) : [{ ...d.point(part, 'rSeat'), kind: 'single' }]
  return [
    {
      id: 'skirtFront',
      part: FRONT,
      role: 'shell',
      count: 1,
      fold: ['lWaist', 'lHem'],
      shape: (d, ctx) => cut(d, FRONT, ctx),
      edges: [hem('lHem', 'rHem', hemDepth)],
      placed: (d, ctx) => [
        ...(sideZip(ctx) ? [{ ...zipNotch(side(d, FRONT, ctx), zip(d, ctx)), oneSide: true }] : []),
        ...besideSide(d, FRONT, ctx),
      ],
      lines: (d, ctx) => pencilDarts(d, FRONT, target(d, FRONT, ctx), ctx),
      when,
    },
    {
      id: 'skirtBack',
      part: BACK,
      role: 'shell',
      count: 2,
      mirrored: true,
      shape: (d, ctx) => cut(d, BACK, ctx),
      edges: (ctx) => [hem(ctx.choice('vent') === 'vent' ? 'vHem' : 'lHem', 'rHem', hemDepth)],
      notches: ['lSeat'],
      placed: (d, ctx) => [
        zipNotch(sideZip(ctx) ? side(d, BACK, ctx) : [d.point(BACK, 'lWaist'), d.point(BACK, 'lHem')], zip(d, ctx)),
        ...besideSide(d, BACK, ctx),
      ],
      lines: (d, ctx) => pencilDarts(d, BACK, target(d, BACK, ctx), ctx),
      when,
    },
    {
      id: 'skirtFrontLining',
      part: FRONT,
      role: 'lining',
      count: 1,
      shape: (d, ctx) => liningShape(d, FRONT, ctx, cut(d, FRONT, ctx)),
      fold: ['lWaist', 'lHem'],
      edges: liningHem,
      lines: (d, ctx) => pencilDarts(d, FRONT, target(d, FRONT, ctx), ctx),
      when: (ctx) => when(ctx) && lined(ctx),
    },
    {
      id: 'skirtBackLining',
      part: BACK,
      role: 'lining',
      count: 2,
      mirrored: true,
      shape: (d, ctx) => liningShape(d, BACK, ctx, withoutVent(cut(d, BACK, ctx))),
      edges: liningHem,
      lines: (d, ctx) => pencilDarts(d, BACK, target(d, BACK, ctx), ctx),
      when: (ctx) => when(ctx) && lined(ctx),
      why: 'Without the vent.',
    },
  ]
}

/** Front and back share the waist as the body does, with the style's ease. */
const quarterWaist: WaistTarget = (d, part, ctx) => {
  const [waist, back] = [d.body['waist'] ?? 0, d.body['waistBack'] ?? 0]
  return (part === FRONT ? waist - back : back) / 2 + (waist * ctx.parameter('waistEase')) / 400
}

const pencilGirth = (d: Drafted, ctx: Context): number => {
  const quarter = (part: string): number => {
    const target = quarterWaist(d, part, ctx)
    return ctx.recipe < 2 ? pencilWaist(d, part, target) : target
  }
  return 2 * (quarter(FRONT) + quarter(BACK))
}

/** Hem of a pencil skirt at mid length, from its seat to its end. */
const pencilMeasure = (d: Drafted, ctx: Context): Measures => {
  const f = (name: string) => d.point(FRONT, name)
  const both = (y: number) => pencilWidth(d, FRONT, y) + pencilWidth(d, BACK, y)
  const length = f('lHem').y - f('lWaist').y
  return {
    bodyLength: length,
    halfWaist: pencilGirth(d, ctx) / 2,
    halfHip: both(f('rSeat').y),
    halfThigh: both(f('lWaist').y + length / 2),
    halfHem: both(f('lHem').y - 0.5),
    outseam: lengthOf(chain(d.ring(FRONT), f('rWaist'), f('rHem'))) + bandHeight(ctx),
    acrossFront: 2 * pencilWidth(d, FRONT, f('rSeat').y),
    acrossBack: 2 * pencilWidth(d, BACK, f('rSeat').y),
    waistband: bandHeight(ctx),
  }
}

export const pencilSides = (d: Drafted): SeamPair =>
  pair(
    'skirtFront.side',
    'skirtBack.side',
    lengthOf(chain(d.ring(FRONT), d.point(FRONT, 'rWaist'), d.point(FRONT, 'rHem'))),
    lengthOf(chain(d.ring(BACK), d.point(BACK, 'rWaist'), d.point(BACK, 'rHem'))),
    10,
  )

export const pencilSkirt = (): BlockPlan => ({
  design: 'firstcut-skirt',
  name: both('女铅笔裙', "women's pencil skirt"),
  parameters: [
    fitted(
      'bodyLength',
      both('裙长', 'Skirt length'),
      [380, 800, 560, 10],
      'lengthBonus',
      (asked, b) => asked / (b['waistToKnee'] ?? 1) - 1,
      (b) => b['waistToKnee'] ?? 0,
    ),
    percent('waistEase', LABELS.waistEase, [1, 8, 2]),
    percent('seatEase', LABELS.seatEase, [2, 10, 4]),
    percent('hemBonus', both('下摆收放', 'Hem narrowing'), [-18, 0, -6]),
    own('ventLength', both('开衩长（占裙长）', 'Vent, share of the length'), [12, 45, 28], '%'),
    own('waistband', both('腰头高', 'Waistband height'), [20, 70, 35]),
    own('hemDepth', LABELS.hemDepth, [20, 50, 40]),
  ],
  construction: choices,
  roles: (c, recipe = 1) => [
    'shell',
    ...(c['lining'] === 'none' ? [] : (['lining'] as const)),
    ...(taped(recipe) ? [] : (['interlining'] as const)),
  ],
  points: SKIRT_POINTS([
    pom('acrossFront', {
      name: both('前片臀宽', 'Front width at hip'),
      how: both('前片平铺，臀线处横量', 'Front panel flat, across at the hip'),
    }),
    pom('acrossBack', {
      name: both('后片臀宽', 'Back width at hip'),
      how: both('后片平铺，臀线处横量', 'Back panels flat, across at the hip'),
    }),
  ]),
  stitches: stitchesOf([SEAMS.trouserSide], worded(SEAMS.blindHem, '裙摆撬边', 'Blind-stitched skirt hem')),
  recipe: {
    design: combine('firstcut-skirt', [], SKIRT_PARTS),
    options: (ctx) => ({ ventLength: ctx.choice('vent') === 'vent' ? ctx.parameter('ventLength') / 100 : 0 }),
    measureFrom: [FRONT, BACK],
    cutList: [
      ...pencilRows(() => true, quarterWaist, { zip: () => SKIRT_ZIP, pockets: () => false }),
      ...waistbandRows(pencilGirth, FRONT),
    ],
    leftOut: {},
    measure: pencilMeasure,
    openings: ({ d, ctx }) => [{ id: 'waist', passes: 'hips', mm: pencilGirth(d, ctx) + 2 * SKIRT_ZIP }],
    sewing: (of) => {
      const skirt = pencilSeams(of, of.ctx.choice('closure') === 'side-zip')
      return [...skirt.plans, ...bandSeams(skirt, 0)]
    },
    seams: (d, ctx) => [pencilSides(d), pair('waistband', 'skirt.waist', pencilGirth(d, ctx), pencilGirth(d, ctx), 1)],
  },
})
