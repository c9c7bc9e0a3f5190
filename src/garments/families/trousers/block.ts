/** Trousers (Titan, to which we add waistband, fly and pockets) and chinos (Charlie). */
import { crossingsAt, distance } from '../../geometry.ts'
import { pom } from '../../measures.ts'
import type { Gender, Measures, Point, RecipeVersion } from '../../types.ts'
import {
  both,
  by,
  fitted,
  is,
  isNot,
  LABELS,
  only,
  own,
  pair,
  percent,
  SEAMS,
  taped,
  worded,
} from '../../blocks/common.ts'
import { design, type Drafted, DraftError } from '../../blocks/engine.ts'
import {
  along,
  bandHeight,
  bandLength,
  cutListOf,
  elastic,
  frontRise,
  type Kind,
  leg,
  OVERLAP,
  waistGirth,
} from './cut-list.ts'
import { flyLength } from '../../openings.ts'
import { sewingOf } from './seams.ts'
import type { BlockPlan, ConstructionSlot, Context, Parameter, SeamPair, Shape } from '../../blocks/types.ts'

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
      frontRise: frontRise(d, kind, ctx),
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

const hasPockets = (ctx: Context): boolean => isNot('pocket', 'none')(ctx) || is('backPocket', 'welt')(ctx)
const hasLoops = (ctx: Context): boolean => is('belt', 'loops')(ctx) && !elastic(ctx)
const BARTACKS = [
  only(SEAMS.bartack, (ctx) => hasPockets(ctx) && hasLoops(ctx)),
  only(worded(SEAMS.bartack, '袋口打枣', 'Bartacks at pockets'), (ctx) => hasPockets(ctx) && !hasLoops(ctx)),
  only(worded(SEAMS.bartack, '裤襻打枣', 'Bartacks at loops'), (ctx) => !hasPockets(ctx) && hasLoops(ctx)),
]

/** What a pull-on waist is wider than the body's before the elastic gathers it: it passes over the hips. */
const PULL_ON = { men: 0.28, women: 0.4 } as const

/** Cloth is cut to stiffen a fitted waistband, as long as that is not tape, and the welts of chinos. */
const interlined = (kind: Kind, c: Readonly<Record<string, string>>, recipe: RecipeVersion = 1): boolean =>
  (!taped(recipe) && c['waist'] !== 'elastic') || (kind === 'charlie' && c['backPocket'] === 'welt')

/** Trousers after one of the designs, with the choices of their category. */
export function legged(kind: Kind, gender: Gender, construction: readonly ConstructionSlot[]): BlockPlan {
  return {
    design: kind,
    name:
      kind === 'titan'
        ? by(gender, both('男长裤', "men's trousers"), both('女长裤', "women's trousers"))
        : by(gender, both('男休闲裤', "men's chinos"), both('女休闲裤', "women's chinos")),
    parameters: parametersOf(kind, gender),
    construction,
    roles: (c, recipe) => [
      'shell',
      ...(interlined(kind, c, recipe) ? (['interlining'] as const) : []),
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
      only(SEAMS.waistband, isNot('waist', 'elastic')),
      only(worded(SEAMS.waistband, '绱松紧腰头', 'Attaching the elastic waistband'), elastic),
      SEAMS.overlock,
      only(worded(SEAMS.zip, '绱门襟拉链', 'Setting the fly zip'), (ctx) => is('closure', 'zip')(ctx) && !elastic(ctx)),
      ...BARTACKS,
      worded(SEAMS.blindHem, '脚口撬边', 'Blind-stitched leg hems'),
      only(SEAMS.buttonhole, isNot('waist', 'elastic')),
      only(SEAMS.buttonSew, isNot('waist', 'elastic')),
    ],
    recipe: {
      design: design(kind),
      options: (ctx) => ({
        waistbandWidth: 0.03,
        ...(kind === 'titan' ? { fitKnee: true } : { flyLength: 0.6 }),
        // Wide enough to pass over the seat: what a pull-on waist needs before the elastic gathers it.
        ...(elastic(ctx) ? { waistEase: ctx.recipe < 2 ? 0.22 : PULL_ON[ctx.gender] } : {}),
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
      sewing: sewingOf(kind),
      openings: ({ d, ctx }) => {
        const leg = (half: 'front' | 'back'): number => along(d, ctx, kind, half, 'floorIn', 'floorOut')
        const fly = elastic(ctx) ? 0 : 2 * flyLength(frontRise(d, kind, ctx))
        return [
          { id: 'waist', passes: 'hips', mm: waistGirth(d, kind) + fly },
          { id: 'leg', passes: 'foot', mm: leg('front') + leg('back') },
        ]
      },
    },
  }
}
