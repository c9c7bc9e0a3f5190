/** What a jacket is cut from: shell with its vents and pockets, facings, interlining, lining. */
import { chain, clipAtX, crossingsAt, pointAlong } from '../../geometry.ts'
import type { DrawnLine } from '../../types.ts'
import { hem, holeAcross, is, isNot, line, marks, rectangle, since2, through } from '../../blocks/common.ts'
import { along, hung, turnedWithin, turnOf } from '../../blocks/truing.ts'
import { underSleeveShape } from '../../blocks/two-piece-sleeve.ts'
import { moved, pleated, raised, shortened, sleeveLiningShape, wholePart } from '../../blocks/lining.ts'
import { backFacingShape } from '../../blocks/back-facing.ts'
import type { Drafted } from '../../blocks/engine.ts'
import type { Context, CutRow, Shape } from '../../blocks/types.ts'

export const FRONT = 'jaeger.front'
export const SIDE = 'jaeger.side'
export const BACK = 'jaeger.back'
export const TOP = 'jaeger.topsleeve'
export const UNDER = 'jaeger.undersleeve'
export const COLLAR = 'jaeger.collar'
export const SLEEVE = { top: TOP, under: UNDER }

export const lined = is('lining', 'full')
const vented = is('cuff', 'vent')
const patch = is('pocket', 'patch')
const inset = is('pocket', 'flap', 'jetted')
const hemDepth = (ctx: Context): number => ctx.parameter('hemDepth')
const pocketWidth = (d: Drafted): number => d.distance(FRONT, 'frontPocketTopLeft', 'frontPocketTopRight')

/** A sleeve half without the vent, ended at the wrist: for plain cuffs and for the lining. */
const plainSleeve =
  (part: string, left: string, right: string, top: string) =>
  (d: Drafted): Shape => {
    const points = { left: d.point(part, left), right: d.point(part, right) }
    const round = chain(d.ring(part), points.left, d.point(part, 'elbowRight'), d.point(part, top))
    return { ring: [...round, points.right], points }
  }

const plainTop = plainSleeve(TOP, 'tsWristLeft', 'tsWristRight', 'top')
const plainUnder = plainSleeve(UNDER, 'usWristLeft', 'usWristRight', 'usTip')

/** The under sleeve, its inner seam as long as the top sleeve's. */
const ventedUnder = (d: Drafted): Shape =>
  underSleeveShape(
    { top: wholePart(d, TOP), under: wholePart(d, UNDER) },
    {
      top: { inner: ['tsWristLeft', 'hemLeft'] },
      under: { inner: ['usWristLeft', 'hemLeft'], outer: ['ventSlopeStart'] },
    },
  )
const straightUnder = (d: Drafted): Shape =>
  underSleeveShape(
    { top: wholePart(d, TOP, plainTop(d)), under: wholePart(d, UNDER, plainUnder(d)) },
    { top: { inner: ['left'] }, under: { inner: ['left'], outer: ['right'] } },
  )

/** The vent's extension lies left of the centre back; a lining has none. */
const backWithoutVent = (d: Drafted): Shape => ({ ring: clipAtX(d.ring(BACK), 0, 'right'), points: {} })

/** The back, the corners of its vent named: they lie left of the centre. */
function backShape(d: Drafted): Shape {
  const ring = d.ring(BACK)
  const beyond = ring.filter(({ x }) => x < -5)
  if (beyond.length === 0) return { ring, points: {} }
  const ventHem = beyond.reduce((low, p) => (p.y > low.y ? p : low))
  const ventTop = beyond.reduce((high, p) => (p.y < high.y && p.x < ventHem.x / 2 ? p : high), ventHem)
  return { ring, points: { ventHem, ventTop } }
}

/** The side panel, its seams as long as those of front and back. */
const sidePanel = (d: Drafted): Shape => {
  const of = (part: string, ...names: string[]): number => along(wholePart(d, part), ...names)
  return hung(wholePart(d, SIDE), d.point(SIDE, 'bsArmholeHollow').y, {
    left: { seam: ['split', 'sideWaist', 'sideHem'], target: of(FRONT, 'split', 'waist', 'hem') },
    right: { seam: ['bsArmholeHollow', 'bsWaist', 'bsHem'], target: of(BACK, 'bsArmholeHollow', 'waist', 'hem') },
  })
}

/** Lining of a body part: raised under the arm, shortened from the waist to the hem as every panel is. */
const lining =
  (part: string, whole: (d: Drafted) => Shape = (d) => wholePart(d, part)) =>
  (d: Drafted): Shape => {
    const [arm, waist, low] = [d.point(SIDE, 'bsArmholeHollow').y, d.point(BACK, 'waist').y, d.point(FRONT, 'hem').y]
    const short = shortened(waist, low)
    const up = raised(arm, part === SIDE ? undefined : d.point(FRONT, 'split').x)
    return moved(whole(d), (p) => short(up(p)))
  }
const backLining = (d: Drafted): Shape => {
  const { points } = wholePart(d, BACK)
  const whole = { ring: clipAtX(d.ring(BACK), 0, 'right'), points }
  const [arm, waist, low] = [d.point(SIDE, 'bsArmholeHollow').y, d.point(BACK, 'waist').y, d.point(FRONT, 'hem').y]
  const short = shortened(waist, low)
  const up = raised(arm, d.point(BACK, 'bsArmholeHollow').x)
  return pleated(
    moved(whole, (p) => short(up(p))),
    ['cbNeck', 'shoulder', 'hem', 'cbHem'],
  )
}
/** Four buttons beside the vent of a top sleeve, the lowest 35 mm above the wrist. */
function ventButtons(d: Drafted): DrawnLine[] {
  const [wrist, elbow] = [d.point(TOP, 'tsWristRight'), d.point(TOP, 'elbowRight')]
  return [0, 1, 2, 3].map((i) => {
    const { x, y } = pointAlong([wrist, elbow], 35 + 17 * i)
    return line('button', { x: x - 15, y })
  })
}

/** A patch pocket ends no nearer to the hem than this, mm. */
const ABOVE_HEM = 45
/** How much of its height a patch pocket keeps: in a short jacket it would hang below the hem. */
function pocketKept(d: Drafted, ctx: Context): number {
  if (ctx.recipe < 2) return 1
  const [top, low] = [d.point(FRONT, 'frontPocketTopLeft'), d.point(FRONT, 'frontPocketBottomLeft')]
  const across = d.ring(FRONT).map(({ x, y }) => ({ x: y, y: x }))
  const hem = crossingsAt(across, low.x).at(-1) ?? Infinity
  return Math.min(1, (hem - ABOVE_HEM - top.y) / (low.y - top.y))
}
/** A patch pocket or its lining, as high as it is sewn on. */
const pocketShape =
  (part: string) =>
  (d: Drafted, ctx: Context): Shape => {
    const kept = pocketKept(d, ctx)
    if (kept === 1) return { ring: d.ring(part), points: {} }
    return moved(wholePart(d, part), ({ x, y }) => ({ x, y: y > 0 ? y * kept : y }))
  }

function pocketMark(d: Drafted, ctx: Context): DrawnLine[] {
  // Where the pocket runs on over the side panel, its mark ends at the front's edge.
  const p = (name: string) => {
    const { x, y } = d.point(FRONT, name)
    return ctx.recipe < 2 ? { x, y } : { x: Math.min(x, crossingsAt(d.ring(FRONT), y).at(-1) ?? x), y }
  }
  const top = d.point(FRONT, 'frontPocketTopLeft').y
  const kept = pocketKept(d, ctx)
  const low = (name: string) => ({ ...p(name), y: top + (p(name).y - top) * kept })
  const outline = line(
    'pocket',
    p('frontPocketTopEnd'),
    p('frontPocketTopLeft'),
    low('frontPocketBottomLeft'),
    low('frontPocketBottomEnd'),
  )
  const mouth = line('pocket', p('frontPocketTopLeft'), p('frontPocketTopEnd'))
  const chest = through(
    d,
    FRONT,
    'pocket',
    'chestPocketTopLeft',
    'chestPocketTopRight',
    'chestPocketBottomRight',
    'chestPocketBottomLeft',
    'chestPocketTopLeft',
  )
  const unpatched = inset(ctx) ? [mouth] : []
  const place = patch(ctx) ? [outline] : unpatched
  return [...place, ...(ctx.choice('chestPocket') === 'welt' ? [chest] : [])]
}

export const cutList: CutRow[] = [
  {
    id: 'front',
    part: FRONT,
    role: 'shell',
    count: 2,
    mirrored: true,
    edges: [hem('roundEnd', 'hem', hemDepth)],
    notches: ['armholePitch', 'waist', 'notch', 'lapelBreakPoint'],
    lines: (d, ctx) => [
      through(d, FRONT, 'dart', 'dartTop', 'dartRight', 'dartBottom', 'dartLeft', 'dartTop'),
      through(d, FRONT, 'guide', 'lapelBreakPoint', 'shoulderRoll'),
      ...marks(d, FRONT, 'button', 'button'),
      ...marks(d, FRONT, 'button', 'button').flatMap(({ points }) => points.map((p) => holeAcross(p, 26))),
      ...pocketMark(d, ctx),
    ],
  },
  {
    id: 'side',
    part: SIDE,
    role: 'shell',
    count: 2,
    mirrored: true,
    shape: (d, ctx) => (since2(ctx) ? sidePanel(d) : { ring: d.ring(SIDE), points: {} }),
    edges: [hem('sideHem', 'bsHem', hemDepth)],
    notches: ['sideWaist', 'bsWaist:double', 'sideArmhole'],
  },
  {
    id: 'back',
    part: BACK,
    role: 'shell',
    count: 2,
    mirrored: true,
    shape: backShape,
    edges: [hem('cbHem', 'hem', hemDepth)],
    notches: ['armholePitch:double', 'cbWaist', 'waist'],
    why: 'The design keeps a fold from its ancestor; this back has a shaped centre seam and is cut twice.',
  },
  {
    id: 'topSleeve',
    part: TOP,
    role: 'shell',
    count: 2,
    mirrored: true,
    notches: ['top', 'tsElbowLeft', 'elbowRight'],
    lines: (d) => [through(d, TOP, 'fold', 'tsWristLeft', 'tsWristRight'), ...ventButtons(d)],
    when: vented,
  },
  {
    id: 'topSleeve',
    part: TOP,
    role: 'shell',
    count: 2,
    mirrored: true,
    shape: plainTop,
    edges: [hem('left', 'right', hemDepth)],
    notches: ['top', 'tsElbowLeft', 'elbowRight'],
    when: isNot('cuff', 'vent'),
    why: 'A plain cuff has no vent.',
  },
  {
    id: 'underSleeve',
    part: UNDER,
    role: 'shell',
    count: 2,
    mirrored: true,
    shape: (d, ctx) => (since2(ctx) ? ventedUnder(d) : { ring: d.ring(UNDER), points: {} }),
    notches: ['usElbowLeft', 'elbowRight'],
    lines: (d) => [through(d, UNDER, 'fold', 'usWristLeft', 'usWristRight')],
    when: vented,
  },
  {
    id: 'underSleeve',
    part: UNDER,
    role: 'shell',
    count: 2,
    mirrored: true,
    shape: (d, ctx) => (since2(ctx) ? straightUnder(d) : plainUnder(d)),
    edges: [hem('left', 'right', hemDepth)],
    notches: ['usElbowLeft', 'elbowRight'],
    when: isNot('cuff', 'vent'),
    why: 'A plain cuff has no vent.',
  },
  { id: 'frontFacing', part: 'jaeger.frontFacing', role: 'shell', count: 2, mirrored: true },
  {
    id: 'backFacing',
    part: BACK,
    role: 'shell',
    count: 1,
    shape: (d) => backFacingShape(d, BACK, d.distance('jaeger.frontFacing', 'neck', 'facingTop')),
    fold: ['cbNeck', 'cbLow'],
    when: isNot('lining', 'full'),
    recipes: [2, 3],
    why: 'Where no lining covers the back of the neck; the design has none.',
  },
  {
    id: 'frontInterlining',
    part: FRONT,
    role: 'interlining',
    count: 2,
    mirrored: true,
    why: 'Fronts are fused through; the design has the chest piece only.',
  },
  { id: 'chestPiece', part: 'jaeger.chestPiece', role: 'interlining', count: 2, mirrored: true },
  {
    id: 'collar',
    part: COLLAR,
    role: 'shell',
    count: 1,
    shape: (d, ctx) => {
      const shape = wholePart(d, COLLAR)
      if (ctx.recipe < 2) return { ring: shape.ring, points: {} }
      const at = (name: string): number => d.point(COLLAR, name).y
      return turnedWithin(
        shape,
        { seat: at('notch'), outer: at('collarCbTopRoll'), mm: turnOf(ctx.cloth.thickMm) },
        // Half of it: the collar may be 4 mm longer than the neckline.
        { seam: ['notch', 'collarstandTip'], by: 1.5 },
      )
    },
  },
  { id: 'collarStand', part: 'jaeger.collarStand', role: 'shell', count: 1 },
  {
    id: 'underCollar',
    part: 'jaeger.underCollar',
    role: 'shell',
    count: 1,
    why: 'Cut from shell: under-collar felt is no role of ours.',
  },
  { id: 'underCollarInterlining', part: 'jaeger.underCollar', role: 'interlining', count: 1 },
  {
    id: 'pocket',
    part: 'jaeger.pocket',
    role: 'shell',
    count: 2,
    mirrored: true,
    shape: pocketShape('jaeger.pocket'),
    when: patch,
  },
  {
    id: 'pocketLining',
    part: 'jaeger.pocketLining',
    role: 'lining',
    count: 2,
    mirrored: true,
    shape: pocketShape('jaeger.pocketLining'),
    when: (ctx) => patch(ctx) && lined(ctx),
  },
  {
    id: 'flap',
    part: FRONT,
    role: 'shell',
    count: 2,
    mirrored: true,
    shape: (d) => rectangle(pocketWidth(d), 55),
    when: is('pocket', 'flap'),
    why: 'The design has patch pockets only.',
  },
  {
    id: 'flapLining',
    part: FRONT,
    role: (ctx) => (lined(ctx) ? 'lining' : 'shell'),
    count: 2,
    mirrored: true,
    shape: (d) => rectangle(pocketWidth(d), 55),
    when: is('pocket', 'flap'),
  },
  {
    id: 'welt',
    part: FRONT,
    role: 'shell',
    count: 4,
    mirrored: true,
    shape: (d) => rectangle(pocketWidth(d) + 20, 30),
    when: inset,
  },
  {
    id: 'pocketBag',
    part: FRONT,
    role: 'pocketing',
    count: 4,
    mirrored: true,
    shape: (d) => rectangle(pocketWidth(d) + 20, 180),
    when: inset,
  },
  {
    id: 'chestWelt',
    part: 'jaeger.chestPocketWelt',
    role: 'shell',
    count: 1,
    when: is('chestPocket', 'welt'),
    why: 'One chest pocket on the left; the design cuts two.',
  },
  {
    id: 'chestPocketBag',
    part: 'jaeger.chestPocketBag',
    role: 'pocketing',
    count: 1,
    when: is('chestPocket', 'welt'),
    why: 'One, of pocketing; the design cuts two of lining.',
  },
  {
    id: 'innerWelt',
    part: FRONT,
    role: 'lining',
    count: 2,
    mirrored: true,
    shape: (d) => rectangle(d.distance('jaeger.innerPocketBag', 'topLeft', 'topRight') + 20, 30),
    when: lined,
    why: 'The design draws the finished lips only, 7 mm high.',
  },
  {
    id: 'innerPocketBag',
    part: 'jaeger.innerPocketBag',
    role: 'pocketing',
    count: 2,
    mirrored: true,
    when: lined,
    why: 'Pocketing instead of lining.',
  },
  {
    id: 'frontLining',
    part: 'jaeger.frontLining',
    role: 'lining',
    count: 2,
    mirrored: true,
    shape: (d, ctx) =>
      since2(ctx) ? lining('jaeger.frontLining')(d) : { ring: d.ring('jaeger.frontLining'), points: {} },
    when: lined,
  },
  {
    id: 'sideLining',
    part: SIDE,
    role: 'lining',
    count: 2,
    mirrored: true,
    shape: (d, ctx) => (since2(ctx) ? lining(SIDE, sidePanel)(d) : { ring: d.ring(SIDE), points: {} }),
    when: lined,
  },
  {
    id: 'backLining',
    part: BACK,
    role: 'lining',
    count: 2,
    mirrored: true,
    shape: (d, ctx) => (since2(ctx) ? backLining(d) : backWithoutVent(d)),
    when: lined,
    why: 'The design forgets the lining of the back.',
  },
  {
    id: 'topSleeveLining',
    part: TOP,
    role: 'lining',
    count: 2,
    mirrored: true,
    shape: (d, ctx) => (since2(ctx) ? sleeveLiningShape(d, TOP, TOP, plainTop(d)) : plainTop(d)),
    when: lined,
    why: 'Without the vent.',
  },
  {
    id: 'underSleeveLining',
    part: UNDER,
    role: 'lining',
    count: 2,
    mirrored: true,
    shape: (d, ctx) => (since2(ctx) ? sleeveLiningShape(d, TOP, UNDER, straightUnder(d)) : plainUnder(d)),
    when: lined,
    why: 'Without the vent.',
  },
]
