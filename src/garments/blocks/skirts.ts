/** Pencil skirt (our own draft) and full skirt (Sandy's circle, cut in panels that fit the cloth). Women's only. */
import { at, between, chain, clipAtX, crossingsAt, distance, lengthOf } from '../geometry.ts'
import { pom } from '../measures.ts'
import type { DrawnLine, Measures, Point } from '../types.ts'
import {
  both,
  fitted,
  hem,
  is,
  isNot,
  LABELS,
  LINING,
  line,
  own,
  pair,
  percent,
  polygon,
  rectangle,
  SEAMS,
  slot,
} from './common.ts'
import { combine, design, type Drafted } from './engine.ts'
import { SKIRT_BACK, SKIRT_FRONT, SKIRT_PARTS } from './skirt-parts.ts'
import type { Block, Context, CutRow, MeasurePoint, SeamPair, Shape } from './types.ts'

const FRONT = SKIRT_FRONT
const BACK = SKIRT_BACK
const OVERLAP = 30

const hemDepth = (ctx: Context): number => ctx.parameter('hemDepth')
const bandHeight = (ctx: Context): number => ctx.parameter('waistband')
const lined = is('lining', 'full')

/** The darts that a panel has: narrow shaping needs one or none. */
const dartsOf = (d: Drafted, part: string): number[] => [1, 2].filter((n) => d.has(part, `dart${n}Middle`))

/** Waist edge of a panel with its darts open: what is not dart is waist. */
const pencilEdge = (d: Drafted, part: string): number =>
  lengthOf(chain(d.ring(part), d.point(part, 'lWaist'), d.point(part, 'rWaist')))

/** The closed waist a panel is meant to have, mm. */
export type WaistTarget = (d: Drafted, part: string, ctx: Context) => number

/** Waist of one panel with its darts closed; without darts it is what the edge measures. */
export const pencilWaist = (d: Drafted, part: string, target: number): number =>
  dartsOf(d, part).length ? target : pencilEdge(d, part)

/** The darts as they are sewn: widened or narrowed together until the closed waist is the target. */
export function pencilDarts(d: Drafted, part: string, target: number): DrawnLine[] {
  const darts = dartsOf(d, part)
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

/** Rows of a pencil skirt in shell and lining, for the skirt and for the dress. */
export const pencilRows = (when: (ctx: Context) => boolean, target: WaistTarget): CutRow[] => {
  return [
    {
      id: 'skirtFront',
      part: FRONT,
      role: 'shell',
      count: 1,
      fold: ['lWaist', 'lHem'],
      edges: [hem('lHem', 'rHem', hemDepth)],
      notches: ['rSeat'],
      lines: (d, ctx) => pencilDarts(d, FRONT, target(d, FRONT, ctx)),
      when,
    },
    {
      id: 'skirtBack',
      part: BACK,
      role: 'shell',
      count: 2,
      mirrored: true,
      edges: (ctx) => [hem(ctx.choice('vent') === 'vent' ? 'vHem' : 'lHem', 'rHem', hemDepth)],
      notches: ['rSeat', 'lSeat'],
      lines: (d, ctx) => pencilDarts(d, BACK, target(d, BACK, ctx)),
      when,
    },
    {
      id: 'skirtFrontLining',
      part: FRONT,
      role: 'lining',
      count: 1,
      fold: ['lWaist', 'lHem'],
      lines: (d, ctx) => pencilDarts(d, FRONT, target(d, FRONT, ctx)),
      when: (ctx) => when(ctx) && lined(ctx),
    },
    {
      id: 'skirtBackLining',
      part: BACK,
      role: 'lining',
      count: 2,
      mirrored: true,
      shape: (d) => ({ ring: clipAtX(d.ring(BACK), 0, 'right'), points: {} }),
      lines: (d, ctx) => pencilDarts(d, BACK, target(d, BACK, ctx)),
      when: (ctx) => when(ctx) && lined(ctx),
      why: 'Without the vent.',
    },
  ]
}

/** One of `count` equal panels of a ring from radius `inner` to `outer` over `degrees` in all, grain down its middle. */
export function panelOf(inner: number, outer: number, degrees: number, count: number): Shape {
  const half = (degrees / count / 2) * (Math.PI / 180)
  const arc = (radius: number, from: number, to: number): Point[] => {
    const steps = Math.max(4, Math.ceil((radius * Math.abs(to - from)) / 25))
    return Array.from({ length: steps + 1 }, (_, i) => {
      const angle = from + ((to - from) * i) / steps
      return { x: radius * Math.sin(angle), y: radius * Math.cos(angle) }
    })
  }
  const top = arc(inner, -half, half)
  const bottom = arc(outer, half, -half)
  return {
    ring: [...top, ...bottom],
    points: {
      topLeft: at(top, 0),
      topRight: at(top, -1),
      hemRight: at(bottom, 0),
      hemLeft: at(bottom, -1),
      hemMiddle: { x: 0, y: outer },
      topMiddle: { x: 0, y: inner },
    },
  }
}
export const PANEL_HEM = hem('hemLeft', 'hemRight', hemDepth, 'hemMiddle')

const SKIRT_POINTS = (side: MeasurePoint[]): MeasurePoint[] => [
  pom('bodyLength', {
    name: both('裙长', 'Skirt length'),
    how: both('由腰缝沿后中量至底边', 'From the waist seam down the centre back to the hem'),
  }),
  pom('halfWaist', { how: both('平铺，沿腰头下口横量', 'Flat, along the lower edge of the waistband') }),
  pom('halfHip'),
  pom('halfThigh', {
    name: both('1/2中围', 'Half width at mid length'),
    how: both('平铺，裙长一半处横量', 'Flat, across at half the skirt length'),
  }),
  pom('halfHem'),
  pom('outseam', {
    name: both('侧缝长', 'Side length'),
    how: both('由腰头上口沿侧缝量至底边', 'From the top of the waistband down the side seam to the hem'),
  }),
  ...side,
  pom('waistband'),
]

const STITCHES = [SEAMS.trouserSide, SEAMS.waistband, SEAMS.overlock, SEAMS.zip, SEAMS.blindHem, SEAMS.lining]

const waistbandRows = (girth: (d: Drafted, ctx: Context) => number, part: string): CutRow[] => [
  {
    id: 'waistband',
    part,
    role: 'shell',
    count: 1,
    grainDeg: 0,
    shape: (d, ctx) => rectangle(girth(d, ctx) + OVERLAP, 2 * bandHeight(ctx)),
    lines: (d, ctx) => [line('fold', { x: 0, y: bandHeight(ctx) }, { x: girth(d, ctx) + OVERLAP, y: bandHeight(ctx) })],
    why: 'Drawn here in the height the style asks for.',
  },
  {
    id: 'waistbandInterlining',
    part,
    role: 'interlining',
    count: 1,
    grainDeg: 0,
    shape: (d, ctx) => rectangle(girth(d, ctx) + OVERLAP, bandHeight(ctx)),
    why: 'The band is fused on its outside.',
  },
]

/** Front and back share the waist as the body does, with the style's ease. */
const quarterWaist: WaistTarget = (d, part, ctx) => {
  const [waist, back] = [d.body['waist'] ?? 0, d.body['waistBack'] ?? 0]
  return (part === FRONT ? waist - back : back) / 2 + (waist * ctx.parameter('waistEase')) / 400
}
const pencilGirth = (d: Drafted, ctx: Context): number =>
  2 * (pencilWaist(d, FRONT, quarterWaist(d, FRONT, ctx)) + pencilWaist(d, BACK, quarterWaist(d, BACK, ctx)))

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

export const pencilSkirt = (): Block => ({
  category: 'pencil-skirt',
  gender: 'women',
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
  construction: [
    slot('closure', both('开口', 'Closure'), [
      ['back-zip', '后中隐形拉链', 'Concealed zip at centre back'],
      ['side-zip', '侧缝隐形拉链', 'Concealed zip at the side'],
    ]),
    slot('vent', both('开衩', 'Vent'), [
      ['vent', '后中开衩', 'Back vent'],
      ['none', '无', 'None'],
    ]),
    slot('waist', both('腰头', 'Waist'), [['band', '装腰头', 'Waistband']]),
    LINING,
  ],
  roles: (c) => ['shell', ...(c['lining'] === 'none' ? [] : (['lining'] as const)), 'interlining'],
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
  stitches: STITCHES,
  recipe: {
    design: combine('firstcut-skirt', [], SKIRT_PARTS),
    options: (ctx) => ({ ventLength: ctx.choice('vent') === 'vent' ? ctx.parameter('ventLength') / 100 : 0 }),
    measureFrom: [FRONT, BACK],
    cutList: [...pencilRows(() => true, quarterWaist), ...waistbandRows(pencilGirth, FRONT)],
    leftOut: {},
    measure: pencilMeasure,
    seams: (d, ctx) => [pencilSides(d), pair('waistband', 'skirt.waist', pencilGirth(d, ctx), pencilGirth(d, ctx), 1)],
  },
})

const POCKET_BAG = polygon({
  tl: { x: 0, y: 0 },
  tr: { x: 150, y: 0 },
  br: { x: 150, y: 200 },
  low: { x: 110, y: 260 },
  bl: { x: 0, y: 260 },
})

const CIRCLE = 'sandy.skirt'
/** Radii of the circle the design drafts, and how much of a full turn the skirt is. */
function circle(d: Drafted, ctx: Context) {
  const centre = d.point(CIRCLE, 'center')
  return {
    inner: distance(centre, d.point(CIRCLE, 'in2')),
    outer: distance(centre, d.point(CIRCLE, 'ex2')),
    degrees: 3.6 * ctx.parameter('circleRatio'),
    panels: ctx.parameter('panels'),
  }
}
const circlePanel = (d: Drafted, ctx: Context): Shape => {
  const c = circle(d, ctx)
  return panelOf(c.inner, c.outer, c.degrees, c.panels)
}
/** Girth of the waist after gathering: what the waistband holds. */
const circleWaist = (d: Drafted, ctx: Context): number => {
  const { inner, degrees } = circle(d, ctx)
  return (inner * degrees * (Math.PI / 180)) / (1 + ctx.parameter('gathering') / 100)
}

function circleMeasure(d: Drafted, ctx: Context): Measures {
  const { inner, outer, degrees, panels } = circle(d, ctx)
  const around = (radius: number) => (radius * degrees * (Math.PI / 180)) / 2
  const length = outer - inner
  return {
    bodyLength: length,
    halfWaist: circleWaist(d, ctx) / 2,
    halfHip: around(inner + Math.min(length, d.body['waistToSeat'] ?? 0)),
    halfThigh: around(inner + length / 2),
    halfHem: around(outer),
    outseam: length + bandHeight(ctx),
    acrossFront: 2 * outer * Math.sin(((degrees / panels) * Math.PI) / 360),
    waistband: bandHeight(ctx),
  }
}

export const fullSkirt = (): Block => ({
  category: 'full-skirt',
  gender: 'women',
  design: 'sandy',
  name: both('女大摆裙', "women's full skirt"),
  parameters: [
    fitted(
      'bodyLength',
      both('裙长', 'Skirt length'),
      [380, 850, 650, 10],
      'lengthBonus',
      0.65,
      (b) => b['waistToFloor'] ?? 0,
    ),
    percent('circleRatio', both('摆量（整圆比例）', 'Fullness, share of a circle'), [30, 100, 50, 5]),
    percent('gathering', both('抽褶量', 'Gathering'), [0, 60, 0, 5]),
    own('panels', both('裙片数', 'Panels'), [4, 12, 6, 2], 'pc'),
    own('waistband', both('腰头高', 'Waistband height'), [20, 70, 40]),
    own('hemDepth', LABELS.hemDepth, [8, 25, 15]),
  ],
  construction: [
    slot('closure', both('开口', 'Closure'), [
      ['side-zip', '侧缝隐形拉链', 'Concealed zip at the side'],
      ['back-zip', '后中隐形拉链', 'Concealed zip at centre back'],
    ]),
    slot('waist', both('腰头', 'Waist'), [['band', '装腰头', 'Waistband']]),
    slot('pocket', both('口袋', 'Pockets'), [
      ['none', '无', 'None'],
      ['seam', '侧缝袋', 'In-seam'],
    ]),
    LINING,
  ],
  roles: (c) => [
    'shell',
    ...(c['lining'] === 'none' ? [] : (['lining'] as const)),
    'interlining',
    ...(c['pocket'] === 'seam' ? (['pocketing'] as const) : []),
  ],
  points: SKIRT_POINTS([
    pom('acrossFront', {
      name: both('单片下摆宽', 'Panel width at hem'),
      how: both('单片平铺，底边两端直量', 'One panel flat, straight between its hem corners'),
    }),
  ]),
  stitches: STITCHES,
  recipe: {
    design: design('sandy'),
    // At the natural waist; the design's own panels are drawn into one piece, so it drafts the whole circle.
    options: () => ({ waistbandPosition: 0, waistbandShape: 'straight', panels: 1, hemWidth: 0.01 }),
    measureFrom: [CIRCLE],
    cutList: [
      {
        id: 'skirtPanel',
        part: CIRCLE,
        role: 'shell',
        count: (ctx) => ctx.parameter('panels'),
        shape: circlePanel,
        edges: [PANEL_HEM],
        notches: ['topMiddle'],
        why: 'The design’s circle is wider than any cloth: cut in equal panels.',
      },
      {
        id: 'skirtPanelLining',
        part: CIRCLE,
        role: 'lining',
        count: (ctx) => ctx.parameter('panels'),
        shape: circlePanel,
        when: lined,
      },
      ...waistbandRows(circleWaist, CIRCLE),
      {
        id: 'pocketBag',
        part: CIRCLE,
        role: 'pocketing',
        count: 4,
        mirrored: true,
        shape: () => POCKET_BAG,
        when: isNot('pocket', 'none'),
      },
    ],
    leftOut: { 'sandy.waistband': 'ours has the height that was asked for' },
    measure: circleMeasure,
    seams: (d, ctx) => {
      const { inner, degrees } = circle(d, ctx)
      const edge = inner * degrees * (Math.PI / 180)
      return [
        pair('skirtPanel.waist', 'waistband', edge, circleWaist(d, ctx), edge - circleWaist(d, ctx) + 1),
        pair('skirtPanel.left', 'skirtPanel.right', circle(d, ctx).outer - inner, circle(d, ctx).outer - inner, 1),
      ]
    },
  },
})
