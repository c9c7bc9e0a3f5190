/** Dress: Bella's darted bodice and sleeve sewn at the waist to our straight skirt or to flared panels. */
import { chain, lengthOf } from '../geometry.ts'
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
  own,
  pair,
  percent,
  polygon,
  rectangle,
  SEAMS,
  slot,
  through,
} from './common.ts'
import { combine, type Drafted } from './engine.ts'
import { SKIRT_PARTS } from './skirt-parts.ts'
import {
  PANEL_HEM,
  panelOf,
  PENCIL,
  pencilRows,
  pencilSides,
  pencilWaist,
  pencilWidth,
  type WaistTarget,
} from './skirts.ts'
import type { Block, Context, CutRow, SeamPair, Shape } from './types.ts'

const FRONT = 'bella.frontSideDart'
const BACK = 'bella.back'
const SLEEVE = 'bella.sleeve'
const PANELS = 6

const lined = is('lining', 'full')
const flared = is('skirt', 'flared')
const pencil = is('skirt', 'pencil')
const sleeved = isNot('sleeve', 'none')
const sleeveless = is('sleeve', 'none')
const shortSleeved = is('sleeve', 'short')

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
function shoulderStart(d: Drafted, part: string, ctx: Context): Point {
  const [hps, shoulder] = [d.point(part, 'hps'), d.point(part, 'shoulder')]
  const share = Math.min(0.6, ctx.parameter('neckWiden') / (d.distance(part, 'hps', 'shoulder') || 1))
  return { x: hps.x + (shoulder.x - hps.x) * share, y: hps.y + (shoulder.y - hps.y) * share }
}

/** Bodice front on its fold, darts closed to be sewn, with the style's neckline. */
function frontShape(d: Drafted, ctx: Context): Shape {
  const start = shoulderStart(d, FRONT, ctx)
  const neck = { x: 0, y: d.point(FRONT, 'cfNeck').y + ctx.parameter('neckDrop') }
  const side = [d.point(FRONT, 'bustDartTop'), d.point(FRONT, 'bustDartEdge'), d.point(FRONT, 'bustDartBottom')]
  const armhole = d.seamLine(FRONT, 'shoulder', 'armhole')
  const waist = ['sideHemInitial', 'waistDartRight', 'waistDartLeft', 'cfHem'].map((name) => d.point(FRONT, name))
  const curve = neckCurve(start, neck, ctx.choice('collar') === 'v')
  return {
    ring: [...curve.slice().reverse(), d.point(FRONT, 'shoulder'), ...armhole.slice(1), ...side, ...waist],
    points: { neckStart: start, cfNeck: neck },
  }
}

/** Bodice back half with its centre seam. */
function backShape(d: Drafted, ctx: Context): Shape {
  const start = shoulderStart(d, BACK, ctx)
  const centre = d.point(BACK, 'cbNeck')
  const neck = { x: centre.x, y: centre.y + 0.15 * ctx.parameter('neckWiden') }
  const armhole = d.seamLine(BACK, 'shoulder', 'armhole')
  const rest = ['waistSide', 'dartBottomRight', 'dartBottomLeft', 'waistCenter', 'bustCenter', 'cbArmhole'].map(
    (name) => d.point(BACK, name),
  )
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
function sleeveShape(d: Drafted, ctx: Context): Shape {
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

const between = (d: Drafted, part: string, ...names: string[]): number =>
  lengthOf(names.map((name) => d.point(part, name)))
/** Waist of the bodice, darts closed: the quarter of front and back. */
const bodiceWaist = (d: Drafted) => ({
  front: between(d, FRONT, 'cfHem', 'waistDartLeft') + between(d, FRONT, 'waistDartRight', 'sideHemInitial'),
  back: between(d, BACK, 'waistCenter', 'dartBottomLeft') + between(d, BACK, 'dartBottomRight', 'waistSide'),
})
const bodiceGirth = (d: Drafted): number => 2 * (bodiceWaist(d).front + bodiceWaist(d).back)

/** Each skirt panel is as wide at the waist as the bodice piece above it. */
const bodiceQuarter: WaistTarget = (d, part) => (part === PENCIL.front ? bodiceWaist(d).front : bodiceWaist(d).back)

const skirtLength = (d: Drafted): number => d.point(PENCIL.front, 'lHem').y - d.point(PENCIL.front, 'lWaist').y
/** Flared skirt: a ring whose inner edge is the bodice's waist, so the seam always matches. */
function flare(d: Drafted, ctx: Context) {
  const degrees = 3.6 * ctx.parameter('circleRatio')
  const inner = bodiceGirth(d) / (degrees * (Math.PI / 180))
  return { degrees, inner, outer: inner + skirtLength(d) }
}
const flarePanel = (d: Drafted, ctx: Context): Shape => {
  const { degrees, inner, outer } = flare(d, ctx)
  return panelOf(inner, outer, degrees, PANELS)
}

const neckLength = (d: Drafted, ctx: Context): number => {
  const of = (shape: Shape, from: string, to: string): number => {
    const [a, b] = [shape.points[from], shape.points[to]]
    return a && b ? lengthOf(chain(shape.ring, a, b)) : 0
  }
  return 2 * (of(frontShape(d, ctx), 'neckStart', 'cfNeck') + of(backShape(d, ctx), 'neckStart', 'cbNeck'))
}
const armholeLength = (d: Drafted): number => d.seam(FRONT, 'shoulder', 'armhole') + d.seam(BACK, 'shoulder', 'armhole')

const frontDarts = (d: Drafted): DrawnLine[] => [
  through(d, FRONT, 'dart', 'bustDartTop', 'bustDartTip', 'bustDartBottom'),
  through(d, FRONT, 'dart', 'waistDartLeft', 'waistDartTip', 'waistDartRight'),
]
const backDarts = (d: Drafted): DrawnLine[] => [
  through(d, BACK, 'dart', 'dartBottomLeft', 'dartTip', 'dartBottomRight'),
]
const shared =
  'The design cuts its darts out of the outline and has one neckline; here the darts are sewn and the neckline is the style’s.'

const cutList: CutRow[] = [
  {
    id: 'front',
    part: FRONT,
    role: 'shell',
    count: 1,
    fold: ['cfNeck', 'cfHem'],
    shape: frontShape,
    notches: ['armholePitch', 'bustDartTop', 'bustDartBottom'],
    lines: frontDarts,
    why: shared,
  },
  {
    id: 'back',
    part: BACK,
    role: 'shell',
    count: 2,
    mirrored: true,
    shape: backShape,
    notches: ['armholePitch:double', 'bustCenter'],
    lines: backDarts,
    why: 'The design folds the back on its shaped centre seam; ours has a zip there and is cut twice.',
  },
  {
    id: 'sleeve',
    part: SLEEVE,
    role: 'shell',
    count: 2,
    mirrored: true,
    shape: sleeveShape,
    edges: [hem('hemLeft', 'hemRight', 25)],
    notches: ['frontNotch', 'backNotch:double', 'sleeveTip'],
    when: sleeved,
  },
  ...pencilRows(pencil, bodiceQuarter),
  {
    id: 'skirtPanel',
    part: FRONT,
    role: 'shell',
    count: PANELS,
    shape: flarePanel,
    edges: [PANEL_HEM],
    notches: ['topMiddle'],
    when: flared,
    why: 'Panels of a circle on the bodice’s own waist.',
  },
  {
    id: 'skirtPanelLining',
    part: FRONT,
    role: 'lining',
    count: PANELS,
    shape: flarePanel,
    when: (ctx) => flared(ctx) && lined(ctx),
  },
  {
    id: 'frontLining',
    part: FRONT,
    role: 'lining',
    count: 1,
    fold: ['cfNeck', 'cfHem'],
    shape: frontShape,
    lines: frontDarts,
    when: lined,
  },
  {
    id: 'backLining',
    part: BACK,
    role: 'lining',
    count: 2,
    mirrored: true,
    shape: backShape,
    lines: backDarts,
    when: lined,
  },
  {
    id: 'neckTape',
    part: FRONT,
    role: 'shell',
    count: 1,
    grainDeg: 45,
    shape: (d, ctx) => rectangle(neckLength(d, ctx) + 20, 20),
    when: isNot('lining', 'full'),
    why: 'Binds the neckline of an unlined dress, on the bias.',
  },
  {
    id: 'armholeFacing',
    part: FRONT,
    role: 'shell',
    count: 2,
    mirrored: true,
    grainDeg: 45,
    shape: (d) => rectangle(armholeLength(d), 25),
    when: (ctx) => sleeveless(ctx) && !lined(ctx),
    why: 'Binds the armholes of a sleeveless, unlined dress.',
  },
  {
    id: 'belt',
    part: FRONT,
    role: 'shell',
    count: 1,
    grainDeg: 0,
    shape: (d) => rectangle(bodiceGirth(d) + 600, 70),
    when: is('belt', 'tie'),
  },
  {
    id: 'pocketBag',
    part: FRONT,
    role: 'pocketing',
    count: 4,
    mirrored: true,
    shape: () =>
      polygon({
        tl: { x: 0, y: 0 },
        tr: { x: 150, y: 0 },
        br: { x: 150, y: 200 },
        low: { x: 110, y: 260 },
        bl: { x: 0, y: 260 },
      }),
    when: is('pocket', 'seam'),
  },
]

function measure(d: Drafted, ctx: Context): Measures {
  const front = frontShape(d, ctx)
  const back = backShape(d, ctx)
  const sleeve = sleeveShape(d, ctx)
  const f = (name: string) => front.points[name] ?? d.point(FRONT, name)
  const b = (name: string) => back.points[name] ?? d.point(BACK, name)
  const s = (name: string) => sleeve.points[name] ?? d.point(SLEEVE, name)
  const { degrees, inner, outer } = flare(d, ctx)
  const around = (radius: number) => (radius * degrees * (Math.PI / 180)) / 2
  const wide = flared(ctx)
  const seat = d.body['waistToSeat'] ?? 0
  const both = (y: number) => pencilWidth(d, PENCIL.front, y) + pencilWidth(d, PENCIL.back, y)
  const waistLength = d.point(BACK, 'waistCenter').y - b('neckStart').y
  return {
    bodyLength: waistLength + skirtLength(d),
    halfChest:
      f('bustSide').x + b('bustSide').x - b('bustCenter').x - d.distance(BACK, 'bustDartLeft', 'bustDartRight'),
    halfWaist: bodiceGirth(d) / 2,
    halfHip: wide ? around(inner + seat) : both(d.point(PENCIL.front, 'rSeat').y),
    halfHem: wide ? around(outer) : both(d.point(PENCIL.front, 'lHem').y - 0.5),
    shoulder: 2 * d.point(BACK, 'shoulder').x,
    sleeveLength: s('hemLeft').y - s('sleeveTip').y,
    halfBicep: (s('bicepsRight').x - s('bicepsLeft').x) / 2,
    halfCuff: (s('hemRight').x - s('hemLeft').x) / 2,
    armhole: d.distance(BACK, 'shoulder', 'armhole'),
    neckWidth: 2 * b('neckStart').x,
    frontNeckDrop: f('cfNeck').y - f('neckStart').y,
    backNeckDrop: b('cbNeck').y - b('neckStart').y,
    waistLength,
  }
}

function seams(d: Drafted, ctx: Context): SeamPair[] {
  const { front, back } = bodiceWaist(d)
  const side = between(d, FRONT, 'armhole', 'bustDartTop') + between(d, FRONT, 'bustDartBottom', 'sideHemInitial')
  const seam = (part: string) => lengthOf([shoulderStart(d, part, ctx), d.point(part, 'shoulder')])
  const pairs = [
    pair('front.side', 'back.side', side, between(d, BACK, 'armhole', 'bustSide', 'waistSide'), 10),
    pair('front.shoulder', 'back.shoulder', seam(FRONT), seam(BACK), 12),
  ]
  if (sleeved(ctx))
    pairs.push(
      pair(
        'sleeve.cap',
        'body.armhole',
        d.seam(SLEEVE, 'bicepsLeft', 'bicepsRight', 'sleeveTip'),
        armholeLength(d),
        15,
      ),
    )
  if (flared(ctx)) {
    const { inner, degrees } = flare(d, ctx)
    pairs.push(pair('skirtPanel.waist', 'bodice.waist', inner * degrees * (Math.PI / 180), bodiceGirth(d), 1))
  } else
    pairs.push(
      pencilSides(d),
      // The skirt is eased into the bodice: at most a centimetre on the whole waist.
      pair(
        'skirt.waist',
        'bodice.waist',
        2 * (pencilWaist(d, PENCIL.front, front) + pencilWaist(d, PENCIL.back, back)),
        2 * (front + back),
        12,
      ),
    )
  return pairs
}

export const dress = (): Block => ({
  category: 'dress',
  gender: 'women',
  design: 'firstcut-dress',
  name: both('女连衣裙', "women's dress"),
  parameters: [
    fitted('bodyLength', LABELS.bodyLength, [800, 1250, 1000, 10], 'lengthBonus', 0.05, (b) => b['waistToKnee'] ?? 0),
    {
      ...fitted(
        'sleeveLength',
        LABELS.sleeveLength,
        [480, 620, 560],
        'sleeveLengthBonus',
        0,
        (b) => b['shoulderToWrist'] ?? 0,
      ),
      when: is('sleeve', 'long'),
    },
    {
      ...own('shortSleeve', both('短袖长（占臂长）', 'Short sleeve, share of the arm'), [30, 75, 42], '%'),
      when: shortSleeved,
    },
    percent('chestEase', LABELS.chestEase, [7, 20, 12]),
    percent('waistEase', LABELS.waistEase, [3, 18, 6]),
    percent('seatEase', LABELS.seatEase, [3, 12, 6]),
    percent('bicepsEase', LABELS.bicepsEase, [10, 40, 18]),
    percent('cuffEase', LABELS.cuffEase, [20, 80, 40]),
    percent('circleRatio', both('裙摆量（整圆比例）', 'Skirt fullness, share of a circle'), [30, 75, 45, 5]),
    percent('hemBonus', both('下摆收放', 'Hem narrowing'), [-15, 0, -4]),
    own('neckWiden', both('领口加宽', 'Neckline widened'), [5, 60, 25]),
    own('neckDrop', both('前领加深', 'Front neckline lowered'), [0, 110, 30]),
    own('hemDepth', LABELS.hemDepth, [10, 40, 20]),
  ],
  construction: [
    slot('skirt', both('裙身', 'Skirt'), [
      ['flared', '喇叭裙摆', 'Flared panels'],
      ['pencil', '直身裙摆', 'Pencil'],
    ]),
    slot('collar', both('领口', 'Neckline'), [
      ['round', '圆领', 'Round'],
      ['v', 'V领', 'V neck'],
    ]),
    slot('sleeve', both('袖子', 'Sleeve'), [
      ['short', '短袖', 'Short'],
      ['long', '长袖', 'Long'],
      ['none', '无袖', 'Sleeveless'],
    ]),
    slot('closure', both('开口', 'Closure'), [['back-zip', '后中隐形拉链', 'Concealed zip at centre back']]),
    slot('vent', both('开衩', 'Vent'), [
      ['vent', '后中开衩', 'Back vent'],
      ['none', '无', 'None'],
    ]),
    slot('belt', both('腰带', 'Belt'), [
      ['none', '无', 'None'],
      ['tie', '系带', 'Tie belt'],
    ]),
    slot('pocket', both('口袋', 'Pockets'), [
      ['none', '无', 'None'],
      ['seam', '侧缝袋', 'In-seam'],
    ]),
    LINING,
  ],
  roles: (c) => [
    'shell',
    ...(c['lining'] === 'none' ? [] : (['lining'] as const)),
    ...(c['pocket'] === 'seam' ? (['pocketing'] as const) : []),
  ],
  points: [
    pom('bodyLength', {
      how: both('由肩颈点经腰缝垂直量至后底边', 'From high point shoulder down the back to the hem'),
    }),
    pom('halfChest'),
    pom('halfWaist', { how: both('平铺，沿腰缝横量', 'Flat, along the waist seam') }),
    pom('halfHip'),
    pom('halfHem'),
    pom('shoulder'),
    pom('sleeveLength', { when: sleeved }),
    pom('halfBicep', { when: sleeved }),
    pom('halfCuff', { when: sleeved }),
    pom('armhole'),
    pom('neckWidth'),
    pom('frontNeckDrop'),
    pom('backNeckDrop'),
    pom('waistLength'),
  ],
  stitches: [SEAMS.trouserSide, SEAMS.shirtLock, SEAMS.overlock, SEAMS.zip, SEAMS.blindHem, SEAMS.lining],
  recipe: {
    design: combine('firstcut-dress', [['@freesewing/bella', 'back', 'frontSideDart', 'sleeve']], SKIRT_PARTS),
    options: (ctx) => ({ ventLength: pencil(ctx) && ctx.choice('vent') === 'vent' ? 0.28 : 0, bellaSleeve: true }),
    measureFrom: [FRONT, BACK, SLEEVE, PENCIL.front, PENCIL.back],
    cutList,
    leftOut: {},
    measure,
    seams,
  },
})
