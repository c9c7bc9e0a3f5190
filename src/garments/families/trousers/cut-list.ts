/** What trousers and chinos are cut from: tapered legs, waistband, fly, pockets and loops. */
import { between, bridgeDart, chain, distance, lengthOf, topAt } from '../../geometry.ts'
import { BELOW_ZIP, flyLength, TROUSER_MOUTH } from '../../openings.ts'
import { girthOf } from '../../sewing/openings.ts'
import type { DrawnLine, Point } from '../../types.ts'
import { eyelet, hem, holeAcross, is, isNot, line, rectangle, through } from '../../blocks/common.ts'
import type { Drafted } from '../../blocks/engine.ts'
import { bagRow, mouthNotches, zipNotch } from '../../blocks/seam-pocket.ts'
import type { Context, CutRow, PlacedNotch, Shape } from '../../blocks/types.ts'

export type Kind = 'titan' | 'charlie'

/** Length the waistband runs past centre front for the hook or button, and the height of what Titan lacks, mm. */
export const OVERLAP = 40
const FLY_WIDTH = 38
const POCKET = { width: 170, length: 290 }
/** Length of the facings of a pocket's mouth, and their edge along it. */
const FACING = 200
const FACING_EDGE = [
  { x: 0, y: 0 },
  { x: 0, y: FACING },
]

export const elastic = is('waist', 'elastic')

const hemDepth = (ctx: Context): number =>
  ctx.choice('hem') === 'turn-up' ? 3 * ctx.parameter('hemDepth') : ctx.parameter('hemDepth')

export const bandHeight = (ctx: Context): number => ctx.parameter('waistband')

/** Leg opening as a share of the knee; from recipe 2 on never so narrow that no heel passes. */
function taperOf(d: Drafted, kind: Kind, ctx: Context): number {
  const asked = ctx.parameter('legTaper') / 100
  if (ctx.recipe < 2) return asked
  const knee = d.distance(`${kind}.front`, 'kneeIn', 'kneeOut') + d.distance(`${kind}.back`, 'kneeIn', 'kneeOut')
  return Math.max(asked, (girthOf('foot', d.body) * 1.01) / knee)
}

/** By how much the back leg is cut longer below the knee (less than 0: shorter), mm, so that side seam and inseam fit as well as they can. */
function backLonger(d: Drafted, kind: Kind, ctx: Context): number {
  const first = { ...ctx, recipe: 1 as const }
  const [frontTop, backTop] = kind === 'charlie' ? ['slantTop', 'slantOut'] : ['styleWaistOut', 'styleWaistOut']
  const inside = along(d, first, kind, 'front', 'fork', 'floorIn') - along(d, first, kind, 'back', 'fork', 'floorIn')
  const outside =
    along(d, first, kind, 'front', frontTop, 'floorOut') - along(d, first, kind, 'back', backTop, 'floorOut')
  // Over a slanted pocket the front is eased by up to 9 mm and stretched by no more than 2; its inseam must not become the
  // shorter one by more than 2.5.
  if (kind === 'charlie') return outside < -2 ? outside + 2 : Math.max(0, Math.min(outside - 9, inside + 2.5))
  // What is eased on purpose stays.
  return Math.abs(inside + outside) < 4 ? 0 : (inside + outside) / 2
}

/**
 * One leg with its taper: below the knee the design runs straight down, ours to a share of the knee's width. Darts
 * that are open at the waist are bridged, to be sewn.
 */
export function leg(kind: Kind, half: 'front' | 'back') {
  const part = `${kind}.${half}`
  return (d: Drafted, ctx: Context): Shape => {
    const p = (name: string) => d.point(part, name)
    const [knee, floor] = [p('knee'), p('floor')]
    const share = taperOf(d, kind, ctx)
    const longer = half === 'back' && ctx.recipe > 1 ? backLonger(d, kind, ctx) : 0
    const tapered = (q: Point): Point => {
      if (q.y <= knee.y) return q
      const t = (q.y - knee.y) / (floor.y - knee.y)
      return { x: knee.x + (q.x - knee.x) * (1 + (share - 1) * t), y: q.y + longer * t }
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

/** A seam of a leg, from one point to another. */
export const seamOf = (
  d: Drafted,
  ctx: Context,
  kind: Kind,
  half: 'front' | 'back',
  from: string,
  to: string,
): Point[] => {
  const shape = leg(kind, half)(d, ctx)
  const p = (name: string) => shape.points[name] ?? d.point(`${kind}.${half}`, name)
  return chain(shape.ring, p(from), p(to))
}
export const along = (...seam: Parameters<typeof seamOf>): number => lengthOf(seamOf(...seam))

/** Of the front with its waistband, from the crotch up. */
export const frontRise = (d: Drafted, kind: Kind, ctx: Context): number =>
  d.seam(`${kind}.front`, 'styleWaistIn', 'fork', 'crotchSeamCurveStart') + bandHeight(ctx)

/** Waist edge of a quarter, darts closed: Charlie's front is cut back for the pocket and its back runs under it. */
function waistQuarters(d: Drafted, kind: Kind): { front: number; back: number } {
  if (kind === 'charlie') return { front: d.stored('waistbandFront'), back: d.stored('waistbandBack') }
  return {
    front: d.distance('titan.front', 'styleWaistIn', 'styleWaistOut'),
    back: d.distance('titan.back', 'styleWaistIn', 'styleWaistOut'),
  }
}

export const waistGirth = (d: Drafted, kind: Kind): number => {
  const { front, back } = waistQuarters(d, kind)
  return 2 * (front + back)
}

export const bandLength = (d: Drafted, kind: Kind, ctx: Context): number =>
  waistGirth(d, kind) + (elastic(ctx) ? 0 : OVERLAP)

const band =
  (kind: Kind) =>
  (d: Drafted, ctx: Context): Shape => {
    const { ring, points } = rectangle(bandLength(d, kind, ctx), 2 * bandHeight(ctx))
    if (elastic(ctx)) return { ring, points }
    // Where the front's edge meets the band, outside and inside.
    return {
      ring,
      points: { ...points, edge: { x: OVERLAP, y: 2 * bandHeight(ctx) }, innerEdge: { x: OVERLAP, y: 0 } },
    }
  }

/** A back pocket's mouth, how far it lies under the waist, and its button under it, mm. */
const BACK_MOUTH = 130
const TO_BACK_MOUTH = 66
const BELOW_WELT = 20
/** A point so far below p, square to the line a–b that runs rightwards. */
const below = (p: Point, a: Point, b: Point, mm: number): Point => {
  const length = distance(a, b) || 1
  return { x: p.x - ((b.y - a.y) / length) * mm, y: p.y + ((b.x - a.x) / length) * mm }
}

/** From the join of an elastic waistband at the centre front to each eyelet of its cord, mm. */
const FROM_JOIN = 20

/** From the end of a band to its button and its buttonhole, mm. */
const FROM_END = 15

/**
 * What is marked on a waistband, its outside below the fold: the edges of the front and the seams it meets, the loops,
 * the button on the extension and its hole at the other end.
 */
function bandMarks(d: Drafted, kind: Kind, ctx: Context): DrawnLine[] {
  const [length, height] = [bandLength(d, kind, ctx), bandHeight(ctx)]
  const fold = line('fold', { x: 0, y: height }, { x: length, y: height })
  const y = height * 1.5
  if (elastic(ctx))
    return [fold, ...(ctx.recipe < 2 ? [] : [FROM_JOIN, length - FROM_JOIN].map((x) => eyelet({ x, y })))]
  const girth = length - OVERLAP
  const loop = (share: number): DrawnLine => {
    const x = OVERLAP + girth * share
    return line('guide', { x, y: height }, { x, y: 2 * height })
  }
  return [
    fold,
    line('button', { x: OVERLAP - FROM_END, y }),
    holeAcross({ x: length - FROM_END, y }, 22, -1),
    ...(loops(ctx) ? LOOPS.map(loop) : []),
  ]
}
/** Belt loops along the waist from one front edge to the other: two on each front, two and one at the centre of the back. */
const LOOPS = [0.11, 0.21, 0.36, 0.5, 0.64, 0.79, 0.89]

/** Where the seams of the body meet the band: fronts' edges, sides, centre back. */
function bandNotches(d: Drafted, kind: Kind, ctx: Context): PlacedNotch[] {
  const { front, back } = waistQuarters(d, kind)
  const start = elastic(ctx) ? 0 : OVERLAP
  const y = 2 * bandHeight(ctx)
  const at = (mm: number, notch: PlacedNotch['kind'] = 'single'): PlacedNotch => ({ x: start + mm, y, kind: notch })
  return [...(start ? [at(0)] : []), at(front), at(front + back, 'double'), at(front + 2 * back)]
}

/** Chinos' facing is shaped: the holes of four buttons down the middle of its straight part. */
function shapedFlyHoles(d: Drafted): DrawnLine[] {
  const p = (name: string) => d.point('charlie.flyFacing', name)
  const [top, low] = [between(p('flyTop'), p('styleWaistIn'), 0.5), p('flyCurveStart')]
  const way = distance(p('flyTop'), low)
  const down = { x: (low.x - p('flyTop').x) / way, y: (low.y - p('flyTop').y) / way }
  return [0, 1, 2, 3].map((i) => {
    const mm = 14 + (i * (way * 1.05 - 14)) / 3
    return holeAcross({ x: top.x + down.x * mm - 5, y: top.y + down.y * mm }, 16)
  })
}

/** The four buttons of a fly, from the top of its facing down. */
const flyButtons = (zip: number): Point[] =>
  [0, 1, 2, 3].map((i) => ({ x: FLY_WIDTH / 2, y: 20 + ((zip - 38) * i) / 3 }))

const fly = isNot('waist', 'elastic')
const backPocket = is('backPocket', 'welt')
const loops = is('belt', 'loops')
const buttonFly = is('closure', 'button')

export function cutListOf(kind: Kind): CutRow[] {
  const [front, back] = [`${kind}.front`, `${kind}.back`]
  const own = kind === 'titan'
  /** On the waist edge, not above it. */
  const creaseTop = (d: Drafted, ctx: Context): Point => {
    const drafted = d.point(front, 'grainlineTop')
    return ctx.recipe < 2 ? drafted : topAt(leg(kind, 'front')(d, ctx).ring, drafted.x)
  }
  const frontLines = (d: Drafted, ctx: Context): DrawnLine[] => {
    if (own)
      return ctx.choice('front') === 'pleat'
        ? [line('fold', creaseTop(d, ctx), { x: d.point(front, 'knee').x, y: d.point(front, 'fork').y })]
        : []
    return [through(d, front, 'stitch', 'flyTop', 'flyCurveStart', 'flyBottom')]
  }
  /** A welt pocket with its button under the middle of its mouth. */
  const weltMark = (a: Point, b: Point): DrawnLine[] => {
    const middle = between(a, b, 0.5)
    return [line('pocket', a, b), line('button', below(middle, a, b, BELOW_WELT))]
  }
  /** Where the design has no back pocket: parallel to the waist, as the picture shows it. */
  const backMouth = (d: Drafted): DrawnLine[] => {
    const [a, b] = [d.point(back, 'styleWaistIn'), d.point(back, 'styleWaistOut')]
    const half = BACK_MOUTH / 2 / distance(a, b)
    const [from, to] = [between(a, b, 0.53 - half), between(a, b, 0.53 + half)]
    const down = (p: Point): Point => below(p, a, b, TO_BACK_MOUTH)
    return weltMark(down(from), down(to))
  }
  const backLines = (d: Drafted, ctx: Context): DrawnLine[] => {
    if (own) return backPocket(ctx) ? backMouth(d) : []
    const dart = through(d, back, 'dart', 'backDartLeft', 'pocketCenter', 'backDartRight')
    return backPocket(ctx) ? [dart, ...weltMark(d.point(back, 'pocketLeft'), d.point(back, 'pocketRight'))] : [dart]
  }
  const inSeam = is('pocket', 'seam')
  const mouths = (d: Drafted, ctx: Context, half: 'front' | 'back'): PlacedNotch[] =>
    inSeam(ctx) ? mouthNotches(seamOf(d, ctx, kind, half, 'styleWaistOut', 'floorOut'), TROUSER_MOUTH) : []
  const zip = (d: Drafted, ctx: Context): number => flyLength(frontRise(d, kind, ctx))
  const flyEnd = (d: Drafted, ctx: Context): PlacedNotch[] =>
    fly(ctx) ? [zipNotch(d.seamLine(front, 'styleWaistIn', 'fork', 'crotchSeamCurveStart'), zip(d, ctx))] : []
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
      placed: (d, ctx) => [...flyEnd(d, ctx), ...mouths(d, ctx, 'front')],
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
      placed: (d, ctx) => mouths(d, ctx, 'back'),
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
      lines: (d, ctx) => bandMarks(d, kind, ctx),
      placed: (d, ctx) => bandNotches(d, kind, ctx),
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
      recipes: [1, 2],
      why: 'From the third recipes on it is tape, bought in its width.',
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
        shape: (d, ctx) => rectangle(FLY_WIDTH, zip(d, ctx) + BELOW_ZIP),
        lines: (d, ctx) =>
          buttonFly(ctx) ? flyButtons(zip(d, ctx)).map(({ x, y }) => holeAcross({ x: x - 8, y }, 20)) : [],
        when: fly,
        why: 'The design is a block without fly.',
      },
      {
        id: 'flyShield',
        part: front,
        role: 'shell',
        count: 1,
        shape: (d, ctx) => rectangle(FLY_WIDTH * 2, zip(d, ctx) + BELOW_ZIP + 10),
        lines: (d, ctx) => [
          line('fold', { x: FLY_WIDTH, y: 0 }, { x: FLY_WIDTH, y: zip(d, ctx) + BELOW_ZIP + 10 }),
          ...(buttonFly(ctx) ? flyButtons(zip(d, ctx)).map((p) => line('button', p)) : []),
        ],
        when: fly,
      },
      bagRow(front, POCKET, TROUSER_MOUTH, inSeam),
      {
        id: 'pocketFacing',
        part: front,
        role: 'shell',
        count: 4,
        mirrored: true,
        shape: () => rectangle(45, FACING),
        placed: () =>
          mouthNotches(FACING_EDGE, { from: (FACING - TROUSER_MOUTH.length) / 2, length: TROUSER_MOUTH.length }),
        when: inSeam,
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
    {
      id: 'flyFacing',
      part: 'charlie.flyFacing',
      role: 'shell',
      count: 1,
      lines: (d, ctx) => (buttonFly(ctx) ? shapedFlyHoles(d) : []),
    },
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
