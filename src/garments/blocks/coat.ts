/** Long coat: FreeSewing's Carlton (men) and Carlita (women): box-pleated back, pleated skirt hung from a half belt. */
import { bridgeDart, chain, clipAtX, crossingsAt, distance } from '../geometry.ts'
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
} from './common.ts'
import { design, DraftError, type Drafted } from './engine.ts'
import type { Block, Context, CutRow, SeamPair, Shape } from './types.ts'

const TAIL = 'carlton.tail'
const TOP = 'carlton.topsleeve'
const UNDER = 'carlton.undersleeve'
const COLLAR = 'carlton.collar'
const STAND = 'carlton.collarStand'

/** Finished height of a plain stand collar and width of a full belt, mm. */
const STAND_COLLAR = 55
const FULL_BELT = { width: 45, overlap: 380 }
const EPAULETTE = { width: 48, length: 130 }

const partsOf = (gender: Gender) => ({
  front: by(gender, 'carlton.front', 'carlita.front'),
  back: by(gender, 'carlton.back', 'carlita.back'),
  side: by(gender, null, 'carlita.side'),
})

const last = (xs: readonly number[]): number => xs.at(-1) ?? 0
const spread = (xs: readonly number[]): number => last(xs) - (xs[0] ?? 0)

/** Front widths at a height: from centre front to the side seam, over the princess seam where there is one. */
function frontWidth(d: Drafted, gender: Gender, y: number, sideY = y): number {
  const { front, side } = partsOf(gender)
  const reach = last(crossingsAt(d.ring(front), y))
  return side ? reach + spread(crossingsAt(d.ring(side), sideY)) : reach
}

const waistWidth = (d: Drafted, gender: Gender): number => {
  const { front, side } = partsOf(gender)
  return frontWidth(d, gender, d.point(front, 'cfWaist').y, side ? d.point(side, 'waist').y : undefined)
}
const hemWidth = (d: Drafted, gender: Gender): number => {
  const { front, side } = partsOf(gender)
  if (!side) return d.point(front, 'hem').x
  return d.point(front, 'psHem').x + d.distance(side, 'psHem', 'hem')
}
const beltWidth = (d: Drafted): number => d.stored('beltWidth')
/** Half the closed back at the belt: centre back to side seam with pleats and dart closed. */
const closedBack = (d: Drafted): number => d.stored('cbToDart') + d.stored('dartToSide')

/**
 * The back skirt. The design draws a rectangle as wide as the pleated waist, though its front widens to the seat:
 * ours widens along the same way, so that both side seams have one shape. Without a half belt between, it starts
 * at the back's edge.
 */
function tailShape(d: Drafted, ctx: Context): Shape {
  const { front, side } = partsOf(ctx.gender)
  const sidePart = side ?? front
  const top = d.point(TAIL, 'cbTop')
  const width = d.point(TAIL, 'waistTop').x
  const belt = ctx.choice('belt') === 'half' ? 0 : beltWidth(d)
  const height = d.point(TAIL, 'cbBottom').y - top.y + belt
  const flare = Math.max(0, hemWidth(d, ctx.gender) - waistWidth(d, ctx.gender))
  const toSeat = d.point(sidePart, 'seat').y - d.point(sidePart, 'waist').y - beltWidth(d) / 2 + belt
  const curve: Point[] = Array.from({ length: 9 }, (_, i) => {
    const t = i / 8
    return { x: width + flare * (1 - (1 - t) ** 2), y: toSeat * t }
  })
  const points = {
    cbTop: { x: 0, y: 0 },
    sideTop: { x: width, y: 0 },
    sideBottom: { x: width + flare, y: height },
    cbBottom: { x: 0, y: height },
  }
  return { ring: [points.cbTop, ...curve, points.sideBottom, points.cbBottom], points }
}
const tailFolds = (d: Drafted, ctx: Context): DrawnLine[] => {
  const { cbBottom } = tailShape(d, ctx).points
  return ['fold1Top', 'fold2Top', 'fold3Top', 'fold4Top'].map((name) => {
    const { x } = d.point(TAIL, name)
    return line('fold', { x, y: 0 }, { x, y: cbBottom?.y ?? 0 })
  })
}

/** Least width of a facing from the edge, mm: it must reach behind the buttons whatever the closure. */
const FACING = 95
const facingX = (d: Drafted, front: string): number =>
  Math.max(d.point(front, 'flbHem').x, d.point(front, 'hemEdge').x + FACING)

/** The front from its edge to the facing line, and the lining from there to the side: one cut, so they always meet. */
const frontUpTo =
  (front: string, keep: 'left' | 'right') =>
  (d: Drafted): Shape => {
    const x = facingX(d, front)
    const y = d.point(front, 'hemEdge').y
    return { ring: clipAtX(d.ring(front), x, keep), points: { bottom: { x, y }, edge: d.point(front, 'hemEdge') } }
  }

/** A sleeve ended at its wrist line, without the turn-up the design adds below it. */
const endedAtWrist =
  (part: string, left: string, right: string, top: string) =>
  (d: Drafted): Shape => ({
    ring: chain(d.ring(part), d.point(part, left), d.point(part, right), d.point(part, top)),
    points: { left: d.point(part, left), right: d.point(part, right) },
  })
const plainTop = endedAtWrist(TOP, 'tsWristLeft', 'tsWristRight', 'top')
const plainUnder = endedAtWrist(UNDER, 'usWristLeft', 'usWristRight', 'usTip')

/** The back without its waist dart: the cloth is cut straight across, the dart is drawn and sewn. */
const backShape =
  (back: string) =>
  (d: Drafted): Shape => {
    const [left, right] = [d.point(back, 'dartLeft'), d.point(back, 'dartRight')]
    return { ring: bridgeDart(d.ring(back), left, right, d.point(back, 'dartTip')), points: {} }
  }

const dartOf = (d: Drafted, back: string): DrawnLine =>
  line('dart', d.point(back, 'dartLeft'), d.point(back, 'dartTip'), d.point(back, 'dartRight'))

const turnedUp = is('cuff', 'turn-up')
const lined = is('lining', 'full')
const turnedCollar = isNot('collar', 'stand')
const singleBreasted = isNot('closure', 'double-breasted')
const hemDepth = (ctx: Context): number => ctx.parameter('hemDepth')

const neckLength = (d: Drafted, gender: Gender): number => {
  const { front, back } = partsOf(gender)
  return 2 * (d.seam(front, 'cfNeck', 's3CollarSplit') + d.seam(back, 's3CollarSplit', 'cbNeck'))
}
const pocketWidth = (d: Drafted): number => d.stored('pocketWidth')

/** Rows of buttons from the roll line down, as many as asked, a third of the design's spacing further each. */
function buttons(d: Drafted, front: string, ctx: Context): DrawnLine[] {
  const [low, high] = [d.point(front, 'button1Right'), d.point(front, 'button3Right')]
  const columns = singleBreasted(ctx) ? [0] : [low.x, d.point(front, 'button1Left').x]
  const step = (low.y - high.y) / 2
  const rows = Array.from({ length: ctx.parameter('buttonRows') }, (_, i) => high.y + i * step)
  return rows.flatMap((y) =>
    columns.flatMap((x, c) =>
      c === 0 && columns.length > 1
        ? [line('button', { x, y })]
        : [line('button', { x, y }), line('buttonhole', { x: x - 4, y }, { x: x + 24, y })],
    ),
  )
}

function pocketMark(d: Drafted, front: string, ctx: Context): DrawnLine[] {
  const at = (name: string) => d.point(front, name)
  // Over a princess seam the mark ends there; the side panel carries the rest.
  const end = d.has(front, 'psHem') ? at('psHem').x : Infinity
  const box = (a: Point, b: Point) => {
    const x = Math.min(b.x, end)
    const open = [{ x, y: a.y }, a, { x: a.x, y: b.y }, { x, y: b.y }]
    return line('pocket', ...open, ...(x < end ? open.slice(0, 1) : []))
  }
  const patch = box(at('pocketTopLeft'), at('pocketBottomRight'))
  const flap = box(at('pocketFlapTopLeft'), at('pocketFlapBottomRight'))
  const mouth = line('pocket', at('pocketTopLeft'), {
    x: Math.min(end, at('pocketTopRight').x),
    y: at('pocketTopRight').y,
  })
  const marks: Record<string, DrawnLine[]> = {
    'patch-flap': [patch, flap],
    patch: [patch],
    flap: [mouth, flap],
    welt: [mouth],
    none: [],
  }
  // In the princess seam the pocket is an opening; without one it is a welt of its own.
  const chest = d.has(front, 'psHem')
    ? line('pocket', at('chestPocketTopLeft'), at('chestPocketBottomLeft'))
    : line(
        'pocket',
        at('chestPocketTopLeft'),
        at('chestPocketBottomLeft'),
        at('chestPocketBottomRight'),
        at('chestPocketTopRight'),
        at('chestPocketTopLeft'),
      )
  return [...(marks[ctx.choice('pocket')] ?? []), ...(ctx.choice('chestPocket') === 'welt' ? [chest] : [])]
}

function cutListOf(gender: Gender): CutRow[] {
  const { front, back, side } = partsOf(gender)
  const withLining = (ctx: Context) => lined(ctx)
  const pockets = (...kinds: string[]) => is('pocket', ...kinds)
  const chestPocket = is('chestPocket', 'welt')
  const bag = (width: number, height: number) => rectangle(width + 30, height)
  const rows: CutRow[] = [
    {
      id: 'front',
      part: front,
      role: 'shell',
      count: 2,
      mirrored: true,
      edges: [hem('hemEdge', side ? 'psHem' : 'hem', hemDepth)],
      notches: [
        ...(side ? ['bustPoint', 'sideSeamWaist'] : ['waist', 'seat', 'frontArmholePitch']),
        'cfNeck',
        'rollLineStart',
      ],
      lines: (d, ctx) => [
        ...buttons(d, front, ctx),
        ...pocketMark(d, front, ctx),
        line(
          'guide',
          { x: facingX(d, front), y: d.point(front, 'cfNeck').y },
          { x: facingX(d, front), y: d.point(front, 'hemEdge').y },
        ),
        ...(turnedCollar(ctx) ? [line('guide', d.point(front, 'rollLineStart'), d.point(front, 'rollLineEnd'))] : []),
      ],
      ...(side ? { why: 'Carlita lists the front as lining too; its lining is the front lining piece.' } : {}),
    },
    {
      id: 'back',
      part: back,
      role: 'shell',
      count: 2,
      mirrored: true,
      shape: backShape(back),
      notches: ['backArmholePitch:double', 'bpTriangleTip', 'waist'],
      why: 'The design cuts the waist dart out of the outline; it is sewn, not cut.',
      lines: (d) => [dartOf(d, back), line('fold', d.point(back, 'bpStart'), { x: 0, y: d.point(back, 'bpBottom').y })],
    },
    {
      id: 'tail',
      part: TAIL,
      role: 'shell',
      count: 2,
      mirrored: true,
      shape: tailShape,
      edges: [hem('cbBottom', 'sideBottom', hemDepth)],
      lines: tailFolds,
      why: 'Widened to the front’s side seam; longer by the belt where no half belt is sewn in between.',
    },
    {
      id: 'topSleeve',
      part: TOP,
      role: 'shell',
      count: 2,
      mirrored: true,
      notches: ['top', 'sleeveNotchFront', 'tsElbowLeft'],
      lines: (d) => [line('fold', d.point(TOP, 'tsWristLeft'), d.point(TOP, 'tsWristRight'))],
      when: turnedUp,
    },
    {
      id: 'topSleeve',
      part: TOP,
      role: 'shell',
      count: 2,
      mirrored: true,
      shape: plainTop,
      edges: [hem('left', 'right', hemDepth)],
      notches: ['top', 'sleeveNotchFront', 'tsElbowLeft'],
      when: isNot('cuff', 'turn-up'),
      why: 'A plain sleeve ends at the wrist line.',
    },
    {
      id: 'underSleeve',
      part: UNDER,
      role: 'shell',
      count: 2,
      mirrored: true,
      notches: ['usElbowLeft'],
      lines: (d) => [line('fold', d.point(UNDER, 'usWristLeft'), d.point(UNDER, 'usWristRight'))],
      when: turnedUp,
      why: 'The design lists the under sleeve twice (4 pieces); a coat has two.',
    },
    {
      id: 'underSleeve',
      part: UNDER,
      role: 'shell',
      count: 2,
      mirrored: true,
      shape: plainUnder,
      edges: [hem('left', 'right', hemDepth)],
      notches: ['usElbowLeft'],
      when: isNot('cuff', 'turn-up'),
      why: 'A plain sleeve ends at the wrist line.',
    },
    { id: 'cuffFacing', part: 'carlton.cuffFacing', role: 'shell', count: 2, when: turnedUp },
    { id: 'cuffFacingInterlining', part: 'carlton.cuffFacing', role: 'interlining', count: 2, when: turnedUp },
    {
      id: 'frontFacing',
      part: front,
      role: 'shell',
      count: 2,
      mirrored: true,
      shape: frontUpTo(front, 'left'),
      edges: [hem('bottom', 'edge', hemDepth)],
      why: 'Cut from the front itself: Carlita’s own facing is drafted before the bust dart and comes out shorter than the front.',
    },
    {
      id: 'frontFacingInterlining',
      part: front,
      role: 'interlining',
      count: 2,
      mirrored: true,
      shape: frontUpTo(front, 'left'),
      why: 'A facing is fused from edge to lining; the design leaves it out.',
    },
    {
      id: 'collar',
      part: COLLAR,
      role: (ctx) => (ctx.choice('collar') === 'fur' ? 'contrast' : 'shell'),
      count: 1,
      fold: ['topLeft', 'standTop'],
      when: turnedCollar,
      why: 'Upper collar: in the contrast material when the collar is fur.',
    },
    { id: 'underCollar', part: COLLAR, role: 'shell', count: 1, fold: ['topLeft', 'standTop'], when: turnedCollar },
    {
      id: 'collarInterlining',
      part: COLLAR,
      role: 'interlining',
      count: 1,
      fold: ['topLeft', 'standTop'],
      when: turnedCollar,
    },
    { id: 'collarStand', part: STAND, role: 'shell', count: 2, when: turnedCollar },
    { id: 'collarStandInterlining', part: STAND, role: 'interlining', count: 1, when: turnedCollar },
    {
      id: 'standCollar',
      part: front,
      role: 'shell',
      count: 2,
      shape: (d) => rectangle(neckLength(d, gender), STAND_COLLAR),
      when: is('collar', 'stand'),
      why: 'The design knows only the turned collar.',
    },
    {
      id: 'standCollarInterlining',
      part: front,
      role: 'interlining',
      count: 1,
      shape: (d) => rectangle(neckLength(d, gender), STAND_COLLAR),
      when: is('collar', 'stand'),
    },
    {
      id: 'flyShield',
      part: front,
      role: 'shell',
      count: 1,
      shape: (d) => rectangle(70, d.point(front, 'button1Right').y - d.point(front, 'lapelStraightEnd').y + 160),
      when: is('closure', 'concealed'),
      why: 'Carries the buttonholes of a concealed front.',
    },
    {
      id: 'halfBelt',
      part: 'carlton.belt',
      role: 'shell',
      count: 4,
      mirrored: true,
      grainDeg: 0,
      when: is('belt', 'half'),
    },
    {
      id: 'belt',
      part: back,
      role: 'shell',
      count: 1,
      grainDeg: 0,
      shape: (d) => rectangle(2 * (waistWidth(d, gender) + closedBack(d)) + FULL_BELT.overlap, 2 * FULL_BELT.width),
      lines: (d) => [
        line(
          'fold',
          { x: 0, y: FULL_BELT.width },
          { x: 2 * (waistWidth(d, gender) + closedBack(d)) + FULL_BELT.overlap, y: FULL_BELT.width },
        ),
      ],
      when: is('belt', 'full'),
      why: 'A belt round the waist with a buckle; the design has the half belt only.',
    },
    {
      id: 'beltLoop',
      part: back,
      role: 'shell',
      count: 2,
      grainDeg: 0,
      shape: () => rectangle(FULL_BELT.width + 40, 30),
      when: is('belt', 'full'),
    },
    {
      id: 'epaulette',
      part: back,
      role: 'shell',
      count: 4,
      shape: () =>
        polygon({
          tl: { x: 0, y: 0 },
          tip: { x: EPAULETTE.width / 2, y: -18 },
          tr: { x: EPAULETTE.width, y: 0 },
          br: { x: EPAULETTE.width, y: EPAULETTE.length },
          bl: { x: 0, y: EPAULETTE.length },
        }),
      when: is('shoulder', 'epaulette'),
    },
    {
      id: 'pocket',
      part: 'carlton.pocket',
      role: 'shell',
      count: 2,
      mirrored: true,
      edges: [hem('topLeft', 'topRight', 35)],
      when: pockets('patch-flap', 'patch'),
    },
    {
      id: 'pocketLining',
      part: 'carlton.pocketLining',
      role: 'lining',
      count: 2,
      mirrored: true,
      when: (ctx) => pockets('patch-flap', 'patch')(ctx) && withLining(ctx),
      why: 'The design lists it as shell as well as lining, and the pocket as lining too: a patch pocket has one lining.',
    },
    {
      id: 'flap',
      part: 'carlton.pocketFlap',
      role: 'shell',
      count: 4,
      mirrored: true,
      when: pockets('patch-flap', 'flap'),
    },
    {
      id: 'flapInterlining',
      part: 'carlton.pocketFlap',
      role: 'interlining',
      count: 2,
      mirrored: true,
      when: pockets('patch-flap', 'flap'),
    },
    {
      id: 'welt',
      part: front,
      role: 'shell',
      count: 2,
      mirrored: true,
      shape: (d, ctx) => rectangle(pocketWidth(d), ctx.choice('pocket') === 'welt' ? 90 : 50),
      when: pockets('flap', 'welt'),
      why: 'Inset pockets need welts; the design has patch pockets only.',
    },
    {
      id: 'weltInterlining',
      part: front,
      role: 'interlining',
      count: 2,
      mirrored: true,
      shape: (d, ctx) => rectangle(pocketWidth(d), ctx.choice('pocket') === 'welt' ? 45 : 50),
      when: pockets('flap', 'welt'),
    },
    {
      id: 'pocketBag',
      part: front,
      role: 'pocketing',
      count: 4,
      mirrored: true,
      shape: (d) => bag(pocketWidth(d), 240),
      when: pockets('flap', 'welt'),
    },
    { id: 'chestWelt', part: 'carlton.chestPocketWelt', role: 'shell', count: 2, mirrored: true, when: chestPocket },
    {
      id: 'chestPocketBag',
      part: 'carlton.chestPocketBag',
      role: 'pocketing',
      count: 2,
      mirrored: true,
      when: chestPocket,
      why: 'The design cuts the bag from shell cloth; a bag of coating is too thick to sew in.',
    },
    { id: 'innerWelt', part: 'carlton.innerPocketWelt', role: 'shell', count: 2, mirrored: true, when: withLining },
    {
      id: 'innerPocketBag',
      part: 'carlton.innerPocketBag',
      role: 'pocketing',
      count: 2,
      mirrored: true,
      when: withLining,
      why: 'Pocketing instead of lining, which tears under keys.',
    },
    {
      id: 'innerTab',
      part: 'carlton.innerPocketTab',
      role: 'lining',
      count: 1,
      when: withLining,
      why: 'The tab is turned from lining, not shell.',
    },
    { id: 'backStay', part: 'carlton.backStay', role: 'interlining', count: 1, fold: ['cbNeck', 'bpStart'] },
    {
      id: 'frontLining',
      part: front,
      role: 'lining',
      count: 2,
      mirrored: true,
      shape: frontUpTo(front, 'right'),
      when: withLining,
      why: 'From the facing line on, so that facing and lining always meet.',
    },
    {
      id: 'backLining',
      part: back,
      role: 'lining',
      count: 2,
      mirrored: true,
      shape: backShape(back),
      lines: (d) => [dartOf(d, back)],
      when: withLining,
    },
    {
      id: 'tailLining',
      part: TAIL,
      role: 'lining',
      count: 2,
      mirrored: true,
      shape: tailShape,
      lines: tailFolds,
      when: withLining,
    },
    {
      id: 'topSleeveLining',
      part: TOP,
      role: 'lining',
      count: 2,
      mirrored: true,
      shape: plainTop,
      when: withLining,
      why: 'Ends at the wrist: the turn-up has its facing.',
    },
    {
      id: 'underSleeveLining',
      part: UNDER,
      role: 'lining',
      count: 2,
      mirrored: true,
      shape: plainUnder,
      when: withLining,
      why: 'Ends at the wrist: the turn-up has its facing.',
    },
  ]
  if (side)
    rows.splice(
      1,
      0,
      {
        id: 'side',
        part: side,
        role: 'shell',
        count: 2,
        mirrored: true,
        edges: [hem('psHem', 'hem', hemDepth)],
        notches: ['bustPoint', 'psWaist', 'waist'],
      },
      { id: 'sideLining', part: side, role: 'lining', count: 2, mirrored: true, when: withLining },
    )
  return rows
}

function measureOf(gender: Gender) {
  const { front, back, side } = partsOf(gender)
  return (d: Drafted, ctx: Context): Measures => {
    const f = (name: string) => d.point(front, name)
    const t = (name: string) => d.point(TOP, name)
    const frontChest = side
      ? last(crossingsAt(d.ring(front), f('bustPoint').y)) +
        spread(crossingsAt(d.ring(side), d.point(side, 'armhole').y + 1))
      : f('armhole').x
    const flare = Math.max(0, hemWidth(d, gender) - waistWidth(d, gender))
    return {
      bodyLength: (side ? f('hemEdge').y : f('hem').y) - f('s3CollarSplit').y,
      halfChest: frontChest + d.point(back, 'armhole').x,
      halfWaist: waistWidth(d, gender) + closedBack(d),
      halfHem: hemWidth(d, gender) + closedBack(d) + flare,
      shoulder: 2 * d.point(back, 's3ArmholeSplit').x,
      sleeveLength: (t('tsWristLeft').y + t('tsWristRight').y) / 2 - t('top').y,
      halfBicep: (distance(t('tsLeftEdge'), t('tsRightEdge')) + d.distance(UNDER, 'usLeftEdge', 'usRightEdge')) / 2,
      halfCuff: (d.stored('topCuffWidth') + d.stored('underCuffWidth')) / 2,
      armhole: d.distance(back, 's3ArmholeSplit', 'armhole'),
      neckWidth: 2 * f('s3CollarSplit').x,
      frontNeckDrop: f('cfNeck').y - f('s3CollarSplit').y,
      backNeckDrop: d.point(back, 'cbNeck').y - f('s3CollarSplit').y,
      collarHeight: ctx.choice('collar') === 'stand' ? STAND_COLLAR : d.distance(COLLAR, 'topLeft', 'standTop'),
      waistLength: f('cfWaist').y - f('s3CollarSplit').y,
    }
  }
}

function seamsOf(gender: Gender) {
  const { front, back, side } = partsOf(gender)
  return (d: Drafted, ctx: Context): SeamPair[] => {
    const tail = tailShape(d, ctx)
    const corner = (name: string): Point => {
      const p = tail.points[name]
      if (!p) throw new DraftError(`the back skirt has no corner ${name}`)
      return p
    }
    const tailSide = chain(tail.ring, corner('sideTop'), corner('sideBottom'))
    const tailLength = tailSide.slice(1).reduce((sum, p, i) => sum + distance(p, tailSide[i] ?? p), 0)
    const backSide = d.seam(back, 'armhole', 'waist') + tailLength + (ctx.choice('belt') === 'half' ? beltWidth(d) : 0)
    const sidePart = side ?? front
    const frontArmhole = side
      ? d.seam(front, 's3ArmholeSplit', 'armholePitch') + d.seam(side, 'armholePitch', 'armhole')
      : d.seam(front, 's3ArmholeSplit', 'armhole')
    const cap =
      d.seam(TOP, 'tsLeftEdge', 'backPitchPoint', 'top') + d.seam(UNDER, 'usTip', 'usLeftEdge', 'usLeftEdgeRight')
    const pairs = [
      pair('front.side', 'back.side', d.seam(sidePart, 'armhole', 'hem'), backSide, 15),
      pair(
        'front.shoulder',
        'back.shoulder',
        d.distance(front, 's3CollarSplit', 's3ArmholeSplit'),
        d.distance(back, 's3CollarSplit', 's3ArmholeSplit'),
        8,
      ),
      pair('sleeve.cap', 'body.armhole', cap, frontArmhole + d.seam(back, 's3ArmholeSplit', 'armhole'), 45),
      pair(
        'topSleeve.elbow',
        'underSleeve.elbow',
        d.seam(TOP, 'backPitchPoint', 'tsWristRight'),
        d.seam(UNDER, 'usTip', 'usWristRight'),
        10,
      ),
      pair(
        'topSleeve.front',
        'underSleeve.front',
        d.seam(TOP, 'tsLeftEdge', 'tsWristLeft'),
        d.seam(UNDER, 'usLeftEdge', 'usWristLeft'),
        10,
      ),
      pair('back.waist', 'tail.pleatedTop', closedBack(d), d.point(TAIL, 'waistTop').x - 2 * d.stored('cbToDart'), 4),
    ]
    if (side)
      pairs.push(
        pair(
          'front.princess',
          'side.princess',
          d.seam(front, 'armholePitch', 'psHem', 'bustPoint'),
          d.seam(side, 'armholePitch', 'psHem', 'psWaist'),
          20,
        ),
      )
    return pairs
  }
}

/** Long coat for men (Carlton) or women (Carlita). */
export const coat = (gender: Gender): Block => {
  const { front, back, side } = partsOf(gender)
  return {
    category: 'coat',
    gender,
    design: by(gender, 'carlton', 'carlita'),
    name: by(gender, both('男长大衣', "men's long coat"), both('女长大衣', "women's long coat")),
    parameters: [
      fitted(
        'bodyLength',
        LABELS.bodyLength,
        by(gender, [800, 1330, 1120, 10], [760, 1250, 1050, 10]),
        'length',
        0.66,
        (b) => b['waistToFloor'] ?? 0,
      ),
      fitted(
        'sleeveLength',
        LABELS.sleeveLength,
        by(gender, [580, 700, 635], [530, 650, 580]),
        'sleeveLengthBonus',
        0.07,
        (b) => b['shoulderToWrist'] ?? 0,
      ),
      {
        ...fitted(
          'collarHeight',
          LABELS.collarHeight,
          by(gender, [50, 110, 68], [48, 105, 64]),
          'collarHeight',
          0.096,
          (b) => 0.75 * (b['chest'] ?? 0),
        ),
        when: turnedCollar,
      },
      percent('chestEase', LABELS.chestEase, [8, 30, 14]),
      percent('waistEase', LABELS.waistEase, by(gender, [12, 45, 24], [12, 45, 20])),
      percent('seatEase', LABELS.seatEase, [10, 40, 22]),
      percent('bicepsEase', LABELS.bicepsEase, [12, 40, 22]),
      percent('cuffEase', LABELS.cuffEase, [40, 100, 65]),
      percent('shoulderEase', LABELS.shoulderEase, [-2, 8, 3]),
      percent('lapelReduction', both('驳头收窄', 'Lapel narrowing'), [0, 10, 5]),
      percent('beltWidth', both('后腰带宽', 'Half belt width'), [10, 20, 12]),
      percent('pocketWidth', both('口袋宽', 'Pocket width'), [70, 115, 90]),
      own('buttonRows', both('扣子行数', 'Rows of buttons'), [2, 5, 3], 'pc'),
      own('hemDepth', LABELS.hemDepth, [30, 60, 40]),
    ],
    construction: [
      slot('closure', both('门襟', 'Closure'), [
        ['double-breasted', '双排扣', 'Double-breasted'],
        ['single-breasted', '单排扣', 'Single-breasted'],
        ['concealed', '暗门襟', 'Concealed placket'],
      ]),
      slot('collar', both('领子', 'Collar'), [
        ['notched', '翻驳领', 'Notched collar'],
        ['fur', '毛领', 'Fur collar'],
        ['stand', '立领', 'Stand collar'],
      ]),
      slot('pocket', both('口袋', 'Pockets'), [
        ['patch-flap', '带盖贴袋', 'Patch pockets with flaps'],
        ['patch', '贴袋', 'Patch pockets'],
        ['flap', '带盖挖袋', 'Flap pockets'],
        ['welt', '单嵌线挖袋', 'Welt pockets'],
        ['none', '无', 'None'],
      ]),
      slot('chestPocket', both('胸侧插袋', 'Chest pockets'), [
        ['none', '无', 'None'],
        ['welt', '竖挖袋', 'Upright welts'],
      ]),
      slot('cuff', both('袖口', 'Sleeve end'), [
        ['turn-up', '翻边袖口', 'Turned-up cuff'],
        ['plain', '平袖口', 'Plain'],
      ]),
      slot('belt', both('腰带', 'Belt'), [
        ['half', '后腰带', 'Half belt at the back'],
        ['full', '整腰带', 'Full belt with buckle'],
        ['none', '无', 'None'],
      ]),
      slot('shoulder', both('肩部', 'Shoulder'), [
        ['plain', '无肩襻', 'Plain'],
        ['epaulette', '肩襻', 'Epaulettes'],
      ]),
      slot('lining', both('里布', 'Lining'), [
        ['full', '全里', 'Fully lined'],
        ['none', '无里', 'Unlined'],
      ]),
    ],
    roles: (c) => [
      'shell',
      ...(c['lining'] === 'none' ? [] : (['lining'] as const)),
      'interlining',
      ...(c['collar'] === 'fur' ? (['contrast'] as const) : []),
      ...(c['lining'] === 'none' && c['chestPocket'] !== 'welt' && !['flap', 'welt'].includes(c['pocket'] ?? '')
        ? []
        : (['pocketing'] as const)),
    ],
    points: [
      pom('bodyLength'),
      pom('halfChest'),
      pom('halfWaist'),
      pom('halfHem', {
        how: both('扣好门襟，后褶合拢，沿底边横量', 'Closed, back pleats pressed shut, along the hem edge'),
      }),
      pom('shoulder'),
      pom('sleeveLength'),
      pom('halfBicep'),
      pom('halfCuff'),
      pom('armhole'),
      pom('neckWidth'),
      pom('frontNeckDrop'),
      pom('backNeckDrop'),
      pom('collarHeight'),
      pom('waistLength'),
    ],
    stitches: [SEAMS.tailored, SEAMS.topstitch, SEAMS.lining, SEAMS.blindHem, SEAMS.eyelet, SEAMS.buttonSew],
    recipe: {
      design: design(by(gender, 'carlton', 'carlita')),
      options: (ctx) =>
        singleBreasted(ctx)
          ? // One row on the centre line: the two rows of the design are brought together, the edge 25 mm beyond.
            { buttonSpacingHorizontal: 0.01, frontOverlap: 0.03 }
          : { buttonSpacingHorizontal: 0.435, frontOverlap: 0.015 },
      measureFrom: [front, back, ...(side ? [side] : []), TAIL, TOP, UNDER, COLLAR],
      cutList: cutListOf(gender),
      leftOut: {
        [by(gender, 'carlton.frontFacing', 'carlita.frontFacing')]:
          'cut from the front instead, to be as long as the front',
        [by(gender, 'carlton.frontLining', 'carlita.frontLining')]: 'cut from the front instead, up to our facing line',
      },
      measure: measureOf(gender),
      seams: seamsOf(gender),
    },
  }
}
