/** Trousers (Titan, to which we add waistband, fly and pockets) and chinos (Charlie). */
import { bridgeDart, chain, crossingsAt, distance, lengthOf } from '../geometry.ts'
import { pom } from '../measures.ts'
import type { DrawnLine, Gender, Measures, Point } from '../types.ts'
import {
  both,
  by,
  fitted,
  hem,
  is,
  isNot,
  LABELS,
  line,
  own,
  pair,
  percent,
  polygon,
  rectangle,
  SEAMS,
  slot,
  through,
} from './common.ts'
import { design, DraftError, type Drafted } from './engine.ts'
import type { Block, ConstructionSlot, Context, CutRow, Parameter, SeamPair, Shape } from './types.ts'

type Kind = 'titan' | 'charlie'

/** Length the waistband runs past centre front for the hook or button, and the height of what Titan lacks, mm. */
const OVERLAP = 40
const FLY = { width: 38, length: 170 }
const POCKET = { width: 170, length: 290 }

const elastic = is('waist', 'elastic')
const hemDepth = (ctx: Context): number =>
  ctx.choice('hem') === 'turn-up' ? 3 * ctx.parameter('hemDepth') : ctx.parameter('hemDepth')
const bandHeight = (ctx: Context): number => ctx.parameter('waistband')

/**
 * One leg with its taper: below the knee the design runs straight down, ours to a share of the knee's width. Darts
 * that are open at the waist are bridged, to be sewn.
 */
function leg(kind: Kind, half: 'front' | 'back') {
  const part = `${kind}.${half}`
  return (d: Drafted, ctx: Context): Shape => {
    const p = (name: string) => d.point(part, name)
    const [knee, floor] = [p('knee'), p('floor')]
    const share = ctx.parameter('legTaper') / 100
    const tapered = (q: Point): Point => {
      if (q.y <= knee.y) return q
      const t = (q.y - knee.y) / (floor.y - knee.y)
      return { x: knee.x + (q.x - knee.x) * (1 + (share - 1) * t), y: q.y }
    }
    const open = kind === 'charlie' && half === 'back'
    const ring = open
      ? bridgeDart(d.ring(part), p('backDartLeft'), p('backDartRight'), p('pocketCenter'))
      : d.ring(part)
    return {
      ring: ring.map(tapered),
      points: {
        floorIn: tapered(p('floorIn')),
        floorOut: tapered(p('floorOut')),
        fork: p('fork'),
        kneeIn: p('kneeIn'),
        kneeOut: p('kneeOut'),
      },
    }
  }
}

const along = (d: Drafted, ctx: Context, kind: Kind, half: 'front' | 'back', from: string, to: string): number => {
  const shape = leg(kind, half)(d, ctx)
  const p = (name: string) => shape.points[name] ?? d.point(`${kind}.${half}`, name)
  return lengthOf(chain(shape.ring, p(from), p(to)))
}

/** Waist edge of a quarter, darts closed: Charlie's front is cut back for the pocket and its back runs under it. */
function waistQuarters(d: Drafted, kind: Kind): { front: number; back: number } {
  if (kind === 'charlie') return { front: d.stored('waistbandFront'), back: d.stored('waistbandBack') }
  return {
    front: d.distance('titan.front', 'styleWaistIn', 'styleWaistOut'),
    back: d.distance('titan.back', 'styleWaistIn', 'styleWaistOut'),
  }
}
const waistGirth = (d: Drafted, kind: Kind): number => {
  const { front, back } = waistQuarters(d, kind)
  return 2 * (front + back)
}
const bandLength = (d: Drafted, kind: Kind, ctx: Context): number => waistGirth(d, kind) + (elastic(ctx) ? 0 : OVERLAP)
const band =
  (kind: Kind) =>
  (d: Drafted, ctx: Context): Shape =>
    rectangle(bandLength(d, kind, ctx), 2 * bandHeight(ctx))

const pocketBag = polygon({
  tl: { x: 0, y: 0 },
  tr: { x: POCKET.width, y: 0 },
  br: { x: POCKET.width, y: POCKET.length * 0.8 },
  low: { x: POCKET.width * 0.75, y: POCKET.length },
  bl: { x: 0, y: POCKET.length },
})

const fly = isNot('waist', 'elastic')
const backPocket = is('backPocket', 'welt')
const loops = is('belt', 'loops')

function cutListOf(kind: Kind): CutRow[] {
  const [front, back] = [`${kind}.front`, `${kind}.back`]
  const own = kind === 'titan'
  const frontLines = (d: Drafted, ctx: Context): DrawnLine[] => {
    if (own)
      return ctx.choice('front') === 'pleat'
        ? [line('fold', d.point(front, 'grainlineTop'), { x: d.point(front, 'knee').x, y: d.point(front, 'fork').y })]
        : []
    return [through(d, front, 'stitch', 'flyTop', 'flyCurveStart', 'flyBottom')]
  }
  const backLines = (d: Drafted, ctx: Context): DrawnLine[] => {
    if (own) return []
    const dart = through(d, back, 'dart', 'backDartLeft', 'pocketCenter', 'backDartRight')
    return backPocket(ctx) ? [dart, through(d, back, 'pocket', 'pocketLeft', 'pocketRight')] : [dart]
  }
  const rows: CutRow[] = [
    {
      id: 'front',
      part: front,
      role: 'shell',
      count: 2,
      mirrored: true,
      shape: leg(kind, 'front'),
      edges: [hem('floorIn', 'floorOut', hemDepth)],
      notches: ['kneeIn', 'kneeOut', ...(own ? [] : ['slantTopNotch', 'slantBottomNotch'])],
      lines: frontLines,
      why: 'The design’s leg is straight from the knee; ours is tapered.',
    },
    {
      id: 'back',
      part: back,
      role: 'shell',
      count: 2,
      mirrored: true,
      shape: leg(kind, 'back'),
      edges: [hem('floorIn', 'floorOut', hemDepth)],
      notches: ['kneeIn:double', 'kneeOut', ...(own ? [] : ['slantTopNotch', 'slantBottomNotch'])],
      lines: backLines,
      why: 'Tapered as the front; the dart is sewn, not cut out.',
    },
    {
      id: 'waistband',
      part: front,
      role: 'shell',
      count: 1,
      grainDeg: 0,
      shape: band(kind),
      lines: (d, ctx) => [
        line('fold', { x: 0, y: bandHeight(ctx) }, { x: bandLength(d, kind, ctx), y: bandHeight(ctx) }),
      ],
      why: own
        ? 'The design is a block without waistband.'
        : 'In the height the style asks for: the design’s snaps to ten millimetres.',
    },
    {
      id: 'waistbandInterlining',
      part: front,
      role: 'interlining',
      count: 1,
      grainDeg: 0,
      shape: (d, ctx) => rectangle(bandLength(d, kind, ctx), bandHeight(ctx)),
      when: fly,
    },
    {
      id: 'beltLoop',
      part: front,
      role: 'shell',
      count: 1,
      shape: (_, ctx) => rectangle(22, 7 * (bandHeight(ctx) + 45)),
      when: (ctx) => loops(ctx) && fly(ctx),
      why: 'One strip for seven loops.',
    },
  ]
  if (own)
    return [
      ...rows,
      {
        id: 'flyFacing',
        part: front,
        role: 'shell',
        count: 1,
        shape: () => rectangle(FLY.width, FLY.length),
        when: fly,
        why: 'The design is a block without fly.',
      },
      {
        id: 'flyShield',
        part: front,
        role: 'shell',
        count: 1,
        shape: () => rectangle(FLY.width * 2, FLY.length + 10),
        when: fly,
      },
      {
        id: 'pocketBag',
        part: front,
        role: 'pocketing',
        count: 4,
        mirrored: true,
        shape: () => pocketBag,
        when: isNot('pocket', 'none'),
        why: 'The design is a block without pockets.',
      },
      {
        id: 'pocketFacing',
        part: front,
        role: 'shell',
        count: 4,
        mirrored: true,
        shape: () => rectangle(45, 200),
        when: isNot('pocket', 'none'),
      },
      {
        id: 'welt',
        part: back,
        role: 'shell',
        count: 4,
        mirrored: true,
        shape: () => rectangle(150, 35),
        when: backPocket,
      },
      {
        id: 'backPocketBag',
        part: back,
        role: 'pocketing',
        count: 2,
        mirrored: true,
        shape: () => rectangle(155, 320),
        when: backPocket,
      },
    ]
  return [
    ...rows,
    { id: 'flyFacing', part: 'charlie.flyFacing', role: 'shell', count: 1 },
    { id: 'flyExtension', part: 'charlie.flyExtension', role: 'shell', count: 1, fold: ['flyTop', 'flyCorner'] },
    {
      id: 'pocketBag',
      part: 'charlie.frontPocketBag',
      role: 'pocketing',
      count: 2,
      mirrored: true,
      fold: ['pocketbagTopRight', 'pocketbagBottomRight'],
      why: 'Pocketing instead of lining, opened along the fold.',
    },
    { id: 'pocketFacing', part: 'charlie.frontPocketFacing', role: 'shell', count: 4, mirrored: true },
    { id: 'welt', part: 'charlie.backPocketWelt', role: 'shell', count: 4, mirrored: true, when: backPocket },
    {
      id: 'backPocketFacing',
      part: 'charlie.backPocketFacing',
      role: 'shell',
      count: 2,
      mirrored: true,
      when: backPocket,
    },
    {
      id: 'backPocketBag',
      part: 'charlie.backPocketBag',
      role: 'pocketing',
      count: 2,
      mirrored: true,
      when: backPocket,
      why: 'Pocketing instead of lining.',
    },
    {
      id: 'weltInterlining',
      part: 'charlie.backPocketInterfacing',
      role: 'interlining',
      count: 2,
      mirrored: true,
      when: backPocket,
    },
  ]
}

function measureOf(kind: Kind) {
  return (d: Drafted, ctx: Context): Measures => {
    const front = leg(kind, 'front')(d, ctx)
    const back = leg(kind, 'back')(d, ctx)
    const f = (name: string) => d.point(`${kind}.front`, name)
    const b = (name: string) => d.point(`${kind}.back`, name)
    const width = (shape: Shape, y: number): number => {
      const xs = crossingsAt(shape.ring, y)
      return (xs.at(-1) ?? 0) - (xs[0] ?? 0)
    }
    const corner = (shape: Shape, name: string): Point => {
      const p = shape.points[name]
      if (!p) throw new DraftError(`the leg has no corner ${name}`)
      return p
    }
    const opening = (shape: Shape) => distance(corner(shape, 'floorIn'), corner(shape, 'floorOut'))
    const above = bandHeight(ctx)
    // Charlie's front is cut back for the pocket; its own side seam would run on to the waist point.
    const outseam =
      kind === 'charlie'
        ? along(d, ctx, kind, 'front', 'slantCurveEnd', 'floorOut') +
          d.distance('charlie.front', 'slantCurveEnd', 'styleWaistOut')
        : along(d, ctx, kind, 'front', 'styleWaistOut', 'floorOut')
    return {
      halfWaist: waistGirth(d, kind) / 2,
      halfHip: width(front, f('cfSeat').y) + width(back, b('cbSeat').y),
      frontRise: d.seam(`${kind}.front`, 'styleWaistIn', 'fork', 'crotchSeamCurveStart') + above,
      backRise: d.seam(`${kind}.back`, 'styleWaistIn', 'fork', 'crossSeamCurveStart') + above,
      inseam: along(d, ctx, kind, 'front', 'fork', 'floorIn'),
      outseam: outseam + above,
      halfThigh: (width(front, f('fork').y + 2) + width(back, b('fork').y + 2)) / 2,
      halfKnee: (width(front, f('knee').y) + width(back, b('knee').y)) / 2,
      halfLegOpening: (opening(front) + opening(back)) / 2,
      waistband: above,
    }
  }
}

function seamsOf(kind: Kind) {
  const top = kind === 'charlie' ? (['slantTop', 'slantOut'] as const) : (['styleWaistOut', 'styleWaistOut'] as const)
  return (d: Drafted, ctx: Context): SeamPair[] => [
    pair(
      'front.inseam',
      'back.inseam',
      along(d, ctx, kind, 'front', 'fork', 'floorIn'),
      along(d, ctx, kind, 'back', 'fork', 'floorIn'),
      12,
    ),
    pair(
      'front.outseam',
      'back.outseam',
      along(d, ctx, kind, 'front', top[0], 'floorOut'),
      along(d, ctx, kind, 'back', top[1], 'floorOut'),
      10,
    ),
    pair('waistband', 'body.waist', bandLength(d, kind, ctx) - (elastic(ctx) ? 0 : OVERLAP), waistGirth(d, kind), 1),
  ]
}

const parametersOf = (kind: Kind, gender: Gender): Parameter[] => [
  fitted(
    'outseam',
    both('裤长', 'Outseam'),
    by(gender, [800, 1110, kind === 'charlie' ? 990 : 1020, 10], [760, 1090, kind === 'charlie' ? 950 : 980, 10]),
    'lengthBonus',
    -0.02,
    (b) => b['waistToFloor'] ?? 0,
  ),
  {
    ...percent('waistEase', LABELS.waistEase, kind === 'charlie' ? [0, 8, 1] : [0, 10, 2]),
    ...(kind === 'titan' ? { when: isNot('waist', 'elastic') } : {}),
  },
  percent('seatEase', LABELS.seatEase, kind === 'charlie' ? [2, 14, 6] : [2, 18, 6]),
  percent('kneeEase', both('膝围放松量', 'Knee ease'), kind === 'charlie' ? [10, 35, 18] : [8, 50, 22]),
  percent('crotchDrop', both('落裆', 'Crotch drop'), [0, 12, 2]),
  percent('waistHeight', both('腰位高度', 'Waist height'), kind === 'charlie' ? [0, 70, 35, 5] : [20, 100, 70, 5]),
  own(
    'legTaper',
    both('脚口/膝围', 'Leg opening, share of knee'),
    kind === 'charlie' ? [65, 110, 82] : [60, 150, 90],
    '%',
  ),
  own('waistband', both('腰头高', 'Waistband height'), [25, 60, 38]),
  own('hemDepth', LABELS.hemDepth, [20, 50, 35]),
]

const HEM = slot('hem', both('脚口', 'Leg hem'), [
  ['plain', '平脚', 'Plain'],
  ['turn-up', '翻边', 'Turn-up'],
])
const BELT = slot('belt', both('裤襻', 'Belt loops'), [
  ['loops', '有', 'With loops'],
  ['none', '无', 'None'],
])

const constructionOf = (kind: Kind): ConstructionSlot[] => [
  slot(
    'waist',
    both('腰头', 'Waist'),
    kind === 'titan'
      ? [
          ['band', '装腰头', 'Fitted waistband'],
          ['elastic', '松紧腰', 'Elastic waist'],
        ]
      : [['band', '装腰头', 'Fitted waistband']],
  ),
  slot('closure', both('门襟', 'Closure'), [
    ['zip', '拉链', 'Zip fly'],
    ['button', '纽扣', 'Button fly'],
  ]),
  slot(
    'front',
    both('前片', 'Front'),
    kind === 'titan'
      ? [
          ['flat', '平前片', 'Flat front'],
          ['pleat', '烫迹褶', 'Pressed crease'],
        ]
      : [['flat', '平前片', 'Flat front']],
  ),
  slot(
    'pocket',
    both('侧袋', 'Side pockets'),
    kind === 'titan'
      ? [
          ['seam', '直插袋', 'In-seam'],
          ['none', '无', 'None'],
        ]
      : [['slant', '斜插袋', 'Slant']],
  ),
  slot('backPocket', both('后袋', 'Back pockets'), [
    ['welt', '双嵌线后袋', 'Welt pockets'],
    ['none', '无', 'None'],
  ]),
  BELT,
  HEM,
]

function legged(kind: Kind, gender: Gender): Block {
  return {
    category: kind === 'titan' ? 'trousers' : 'chinos',
    gender,
    design: kind,
    name:
      kind === 'titan'
        ? by(gender, both('男长裤', "men's trousers"), both('女长裤', "women's trousers"))
        : by(gender, both('男休闲裤', "men's chinos"), both('女休闲裤', "women's chinos")),
    parameters: parametersOf(kind, gender),
    construction: constructionOf(kind),
    roles: (c) => [
      'shell',
      ...(c['waist'] === 'elastic' ? [] : (['interlining'] as const)),
      ...(c['pocket'] === 'none' && c['backPocket'] === 'none' ? [] : (['pocketing'] as const)),
    ],
    points: [
      pom('halfWaist', { how: both('平铺，沿腰头下口横量', 'Flat, along the lower edge of the waistband') }),
      pom('halfHip'),
      pom('frontRise'),
      pom('backRise'),
      pom('inseam'),
      pom('outseam'),
      pom('halfThigh'),
      pom('halfKnee'),
      pom('halfLegOpening'),
      pom('waistband'),
    ],
    stitches: [
      SEAMS.trouserSide,
      SEAMS.trouserInseam,
      SEAMS.waistband,
      SEAMS.overlock,
      SEAMS.zip,
      SEAMS.bartack,
      SEAMS.blindHem,
      SEAMS.buttonhole,
      SEAMS.buttonSew,
    ],
    recipe: {
      design: design(kind),
      options: (ctx) => ({
        waistbandWidth: 0.03,
        ...(kind === 'titan' ? { fitKnee: true } : {}),
        // Wide enough to pass over the seat: what a pull-on waist needs before the elastic gathers it.
        ...(elastic(ctx) ? { waistEase: 0.22 } : {}),
      }),
      measureFrom: [`${kind}.front`, `${kind}.back`],
      cutList: cutListOf(kind),
      leftOut:
        kind === 'charlie'
          ? {
              'charlie.waistband': 'ours has the height that was asked for',
              'charlie.waistbandCurved': 'empty while the waistband is straight',
              'charlie.beltLoops': 'our strip',
            }
          : {},
      measure: measureOf(kind),
      seams: seamsOf(kind),
    },
  }
}

export const trousers = (gender: Gender): Block => legged('titan', gender)
export const chinos = (gender: Gender): Block => legged('charlie', gender)
