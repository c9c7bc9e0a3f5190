/** What a coat's pieces are cut from: parts of the design, the shapes of our own, folds, dart and buttons drawn on them. */
import { between, bridgeDart, chain, clipAtX, crossingsAt, distance, topAt } from '../../geometry.ts'
import type { DrawnLine, Gender, Point } from '../../types.ts'
import { by, is, isNot, line } from '../../blocks/common.ts'
import type { Drafted } from '../../blocks/engine.ts'
import { along } from '../../blocks/truing.ts'
import type { Context, Shape } from '../../blocks/types.ts'

export const TAIL = 'carlton.tail'
export const TOP = 'carlton.topsleeve'
export const UNDER = 'carlton.undersleeve'
export const COLLAR = 'carlton.collar'
export const STAND = 'carlton.collarStand'

/** Finished height of a plain stand collar, mm. */
export const STAND_COLLAR = 55

export const partsOf = (gender: Gender) => ({
  front: by(gender, 'carlton.front', 'carlita.front'),
  back: by(gender, 'carlton.back', 'carlita.back'),
  side: by(gender, null, 'carlita.side'),
})

/** Neckline from centre front to centre front, mm. */
export const neckLength = (d: Drafted, gender: Gender): number => {
  const { front, back } = partsOf(gender)
  return 2 * (d.seam(front, 'cfNeck', 's3CollarSplit') + d.seam(back, 's3CollarSplit', 'cbNeck'))
}

export const last = (xs: readonly number[]): number => xs.at(-1) ?? 0
export const spread = (xs: readonly number[]): number => last(xs) - (xs[0] ?? 0)

/** Front widths at a height: from centre front to the side seam, over the princess seam where there is one. */
function frontWidth(d: Drafted, gender: Gender, y: number, sideY = y): number {
  const { front, side } = partsOf(gender)
  const reach = last(crossingsAt(d.ring(front), y))
  return side ? reach + spread(crossingsAt(d.ring(side), sideY)) : reach
}

export const waistWidth = (d: Drafted, gender: Gender): number => {
  const { front, side } = partsOf(gender)
  return frontWidth(d, gender, d.point(front, 'cfWaist').y, side ? d.point(side, 'waist').y : undefined)
}
export const hemWidth = (d: Drafted, gender: Gender): number => {
  const { front, side } = partsOf(gender)
  if (!side) return d.point(front, 'hem').x
  return d.point(front, 'psHem').x + d.distance(side, 'psHem', 'hem')
}
export const beltWidth = (d: Drafted): number => d.stored('beltWidth')
/** Half the closed back at the belt: centre back to side seam with pleats and dart closed. */
export const closedBack = (d: Drafted): number => d.stored('cbToDart') + d.stored('dartToSide')

/**
 * The back skirt. The design draws a rectangle as wide as the pleated waist, though its front widens to the seat:
 * ours widens along the same way, so that both side seams have one shape. Without a half belt between, it starts
 * at the back's edge.
 */
export function tailShape(d: Drafted, ctx: Context): Shape {
  const { front, back, side } = partsOf(ctx.gender)
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
  const skirt = { ring: [points.cbTop, ...curve, points.sideBottom, points.cbBottom], points }
  if (ctx.recipe < 3 || side) return skirt
  // Let down or taken up at the corner of its hem, until the whole back's side is as long as the front's.
  const above = d.seam(back, 'armhole', 'waist') + (ctx.choice('belt') === 'half' ? beltWidth(d) : 0)
  points.sideBottom.y += d.seam(front, 'armhole', 'hem') - above - along(skirt, 'sideTop', 'sideBottom')
  return skirt
}
export const tailFolds = (d: Drafted, ctx: Context): DrawnLine[] => {
  const { cbBottom, sideBottom } = tailShape(d, ctx).points
  const [middle, side] = [cbBottom ?? { x: 0, y: 0 }, sideBottom ?? { x: 1, y: 0 }]
  return ['fold1Top', 'fold2Top', 'fold3Top', 'fold4Top'].map((name) => {
    const { x } = d.point(TAIL, name)
    return line('fold', { x, y: 0 }, { x, y: between(middle, side, x / side.x).y })
  })
}

/** Least width of a facing from the edge, mm: it must reach behind the buttons whatever the closure. */
const FACING = 95
export const facingX = (d: Drafted, front: string): number =>
  Math.max(d.point(front, 'flbHem').x, d.point(front, 'hemEdge').x + FACING)

/** What the box pleat of the back takes up at its waist, and the four pleats of the back skirt, mm of half the coat. */
export function pleatTakeUp(d: Drafted, gender: Gender): number {
  const { back } = partsOf(gender)
  return d.distance(back, 'bpBottom', 'cbWaist')
}
export const tailTakeUp = (d: Drafted, gender: Gender): number => d.point(TAIL, 'waistTop').x - backWaist(d, gender)
/**
 * Half the back at its waist, pleat and dart closed, as it is cut. The design's own figure counts a dart that came out
 * less than closed as cloth.
 */
export function backWaist(d: Drafted, gender: Gender): number {
  const { back } = partsOf(gender)
  return d.distance(back, 'waist', 'cbWaist') - Math.max(0, dartWidth(d, back))
}
const dartWidth = (d: Drafted, back: string): number => d.point(back, 'dartRight').x - d.point(back, 'dartLeft').x
/** Has the back a dart to be sewn? */
export const darted = (d: Drafted, back: string): boolean => dartWidth(d, back) > 0.5

/** Does the facing end on the neckline, or beyond it on the shoulder? */
export function facingOnNeck(d: Drafted, gender: Gender): boolean {
  const { front } = partsOf(gender)
  return facingX(d, front) < d.point(front, 'neck').x
}
/** The front from its edge to the facing line, and the lining from there to the side: one cut, so they always meet. */
export const frontUpTo =
  (front: string, keep: 'left' | 'right') =>
  (d: Drafted): Shape => {
    const x = facingX(d, front)
    const y = d.point(front, 'hemEdge').y
    return {
      ring: clipAtX(d.ring(front), x, keep),
      points: { bottom: { x, y }, edge: d.point(front, 'hemEdge'), facingTop: topAt(d.ring(front), x) },
    }
  }

/** Width along the shoulder of the facing of an unlined coat, mm. */
const UNLINED_SHOULDER = 35
export const facingWidth = (d: Drafted, gender: Gender): number => {
  const { front } = partsOf(gender)
  const x = facingX(d, front)
  const [neck, shoulder] = [d.point(front, 'neck'), d.point(front, 'shoulder')]
  return x > neck.x ? distance(neck, between(neck, shoulder, (x - neck.x) / (shoulder.x - neck.x))) : UNLINED_SHOULDER
}

/**
 * The facing. Without a lining to take over at the neckline it is carried on to the shoulder, where the back's facing
 * meets it.
 */
export const facingShape =
  (front: string) =>
  (d: Drafted, ctx: Context): Shape => {
    const plain = frontUpTo(front, 'left')(d)
    const x = facingX(d, front)
    const [neck, shoulder] = [d.point(front, 'neck'), d.point(front, 'shoulder')]
    if (ctx.recipe < 2 || lined(ctx) || x >= neck.x) return plain
    const top = between(neck, shoulder, UNLINED_SHOULDER / distance(neck, shoulder))
    const cut = topAt(d.ring(front), x)
    const neckline = chain(d.ring(front), cut, neck)
    const at0 = plain.ring.findIndex((p) => distance(p, cut) < 0.05)
    const low = { x, y: Math.max(top.y, cut.y) + 90 }
    // From the neckline on to the neck, along the shoulder, and down to the facing line.
    const way = [...neckline.slice(1), top, low]
    const ring = [...plain.ring.slice(0, at0 + 1), ...way, ...plain.ring.slice(at0 + 1)]
    return { ring, points: { ...plain.points, facingTop: top } }
  }

export const CUFF_FACING = 'carlton.cuffFacing'
/** The facing of a turned-up cuff, with the places where the sleeve is folded: above them it lies inside the sleeve. */
export function cuffFacingShape(d: Drafted): Shape {
  const [wrist, round] = [d.point(TOP, 'tsWristRight'), d.point(TOP, 'roundEnd')]
  const up = distance(wrist, round)
  const side = (half: 'Right' | 'Left', from: string): Point => {
    const [a, b] = [d.point(CUFF_FACING, from), d.point(CUFF_FACING, `top${half}`)]
    return between(a, b, Math.min(1, up / distance(a, b)))
  }
  return {
    ring: d.ring(CUFF_FACING),
    points: { wristRight: side('Right', 'roundRightEnd'), wristLeft: side('Left', 'roundLeftStart') },
  }
}

const BELT = 'carlton.belt'
/** Half a belt with the places at the centre back: beyond them its end is free. */
export const halfBeltShape =
  (gender: Gender) =>
  (d: Drafted): Shape => {
    const at = (name: string): Point => d.point(BELT, name)
    const along = (from: string, to: string): Point =>
      between(at(from), at(to), backWaist(d, gender) / d.distance(BELT, from, to))
    return {
      ring: d.ring(BELT),
      points: { centreTop: along('topRight', 'roundTopStart'), centreBottom: along('bottomRight', 'roundBottomEnd') },
    }
  }

/** A sleeve ended at its wrist line, without the turn-up the design adds below it. */
const endedAtWrist =
  (part: string, left: string, right: string, top: string) =>
  (d: Drafted): Shape => ({
    ring: chain(d.ring(part), d.point(part, left), d.point(part, right), d.point(part, top)),
    points: { left: d.point(part, left), right: d.point(part, right) },
  })
export const plainTop = endedAtWrist(TOP, 'tsWristLeft', 'tsWristRight', 'top')
export const plainUnder = endedAtWrist(UNDER, 'usWristLeft', 'usWristRight', 'usTip')

/** The back without its waist dart: the cloth is cut straight across, the dart is drawn and sewn. */
export const backShape =
  (back: string) =>
  (d: Drafted): Shape => {
    const [left, right] = [d.point(back, 'dartLeft'), d.point(back, 'dartRight')]
    return { ring: bridgeDart(d.ring(back), left, right, d.point(back, 'dartTip')), points: {} }
  }

export const dartOf = (d: Drafted, back: string): DrawnLine =>
  line('dart', d.point(back, 'dartLeft'), d.point(back, 'dartTip'), d.point(back, 'dartRight'))

export const lined = is('lining', 'full')
export const turnedCollar = isNot('collar', 'stand')
export const singleBreasted = isNot('closure', 'double-breasted')
export const hemDepth = (ctx: Context): number => ctx.parameter('hemDepth')

/** A coat without lapels is closed up to the neck; its first row is this far below it, mm: clear of what the collar covers. */
const BELOW_NECK: Readonly<Record<string, number>> = { fur: 150, stand: 55 }
/** From row to row of such a coat, mm. The design spaces the rows below a lapel itself. */
const PITCH = 118
/** Rows either side of a full belt of 45 mm are at least this far apart, mm, so that no button lies under it. */
const OVER_BELT = 110

/** The lowest row is at least this far above the hem, mm. */
const ABOVE_HEM = 120

/** Heights of the rows: from the roll line or the neck down, as many as asked, none of them under a full belt. */
function rowsOf(d: Drafted, front: string, ctx: Context): number[] {
  const [low, high] = [d.point(front, 'button1Right'), d.point(front, 'button3Right')]
  const closed = BELOW_NECK[ctx.choice('collar')]
  const from = closed === undefined ? high.y : d.point(front, 'cfNeck').y + closed
  const pitch = closed === undefined ? (low.y - high.y) / 2 : PITCH
  const belted = ctx.choice('belt') === 'full'
  const step = belted ? Math.max(pitch, OVER_BELT) : pitch
  const above = d.point(front, 'cfWaist').y - step / 2
  // The row above the belt goes to its place, down rather than up, and takes the others with it.
  const off = (((above - from) % step) + step) % step
  const toBelt = off > step - 20 ? off - step : off
  const down = belted ? toBelt : 0
  const rows = ctx.parameter('buttonRows')
  // In a short coat the rows move together, so that the lowest stays well above the hem.
  const room = (d.point(front, 'hemEdge').y - ABOVE_HEM - from - down) / Math.max(1, rows - 1)
  const used = ctx.recipe < 2 ? step : Math.min(step, room)
  return Array.from({ length: rows }, (_, i) => from + down + i * used)
}

/** How much of a front is buttoned: from the lapel's end, or the first row of a closed neck, to the last row, mm. */
export function buttonedLength(d: Drafted, front: string, ctx: Context): number {
  const rows = rowsOf(d, front, ctx)
  const from = ctx.choice('collar') in BELOW_NECK ? rows[0] : d.point(front, 'lapelStraightEnd').y
  return last(rows) - (from ?? 0)
}

/** How far the fly of a concealed front reaches above what is buttoned, mm. */
const FLY_ABOVE = 40

/** Buttonholes of a concealed front: in its fly, whose left edge lies along the front's. */
export function flyHoles(d: Drafted, front: string, ctx: Context): DrawnLine[] {
  const rows = rowsOf(d, front, ctx)
  const from = last(rows) - buttonedLength(d, front, ctx) - FLY_ABOVE
  const x = -d.point(front, 'hemEdge').x
  return rows.map((y) => line('buttonhole', { x: x - 4, y: y - from }, { x: x + 24, y: y - from }))
}

/** The buttons of a front, and the buttonholes of the side that laps over; a concealed front has them in its fly. */
export function buttons(d: Drafted, front: string, ctx: Context): DrawnLine[] {
  const columns = singleBreasted(ctx) ? [0] : [d.point(front, 'button1Right').x, d.point(front, 'button1Left').x]
  const rows = rowsOf(d, front, ctx)
  return rows.flatMap((y) =>
    columns.flatMap((x, c) => {
      const holeless = (c === 0 && columns.length > 1) || ctx.choice('closure') === 'concealed'
      const button = line('button', { x, y })
      return holeless ? [button] : [button, line('buttonhole', { x: x - 4, y }, { x: x + 24, y })]
    }),
  )
}
