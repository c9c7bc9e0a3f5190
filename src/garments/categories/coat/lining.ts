/** The coat's lining, from recipe 2 on: no pleats of the shell repeated, raised under the arm, shorter than the coat. */
import type { DrawnLine, Gender, Point } from '../../types.ts'
import { line } from '../../blocks/common.ts'
import type { Drafted } from '../../blocks/engine.ts'
import { LINING, moved, pleated, raised, shortened, wholePart } from '../../blocks/lining.ts'
import { along, hung } from '../../blocks/truing.ts'
import type { Context, Shape } from '../../blocks/types.ts'
import { backShape, backWaist, beltWidth, frontUpTo, hemWidth, partsOf, tailShape, waistWidth } from './parts.ts'

const both =
  (first: (p: Point) => Point, then: (p: Point) => Point) =>
  (p: Point): Point =>
    then(first(p))

export const frontLining =
  (gender: Gender) =>
  (d: Drafted): Shape => {
    const { front, back, side } = partsOf(gender)
    const plain = wholePart(d, front, frontUpTo(front, 'right')(d))
    const low = d.point(front, side ? 'psHem' : 'hem').y
    const short = shortened(d.point(front, 'cfWaist').y, low)
    return moved(plain, side ? short : both(raised(d.point(back, 'armhole').y, d.point(back, 'armhole').x), short))
  }

/** The side panel of a woman's coat: its seams as long as the front's, and as back, half belt and skirt together. */
export function sidePanel(side: string, d: Drafted, ctx: Context): Shape {
  const { front, back } = partsOf('women')
  const of = (part: string, ...names: string[]): number => along(wholePart(d, part), ...names)
  const tail = along(tailShape(d, ctx), 'sideTop', 'sideBottom')
  const belt = ctx.choice('belt') === 'half' ? beltWidth(d) : 0
  return hung(wholePart(d, side), d.point(side, 'armhole').y, {
    left: {
      seam: ['armholePitch', 'bustPoint', 'psHem'],
      target: of(front, 'armholePitch', 'bustPoint', 'psHem'),
    },
    right: { seam: ['armhole', 'waist', 'hem'], target: of(back, 'armhole', 'waist') + belt + tail },
  })
}

export function sideLining(side: string, d: Drafted, ctx: Context): Shape {
  const up = raised(d.point(side, 'armhole').y)
  const [inner, outer] = [d.point(side, 'bustPoint').x, d.point(side, 'armhole').x]
  // At the princess seam the front's lining is not raised either.
  const raise = (p: Point): Point => {
    const share = Math.max(0, Math.min(1, (p.x - inner) / (outer - inner)))
    return { x: p.x, y: p.y + (up(p).y - p.y) * share }
  }
  return moved(sidePanel(side, d, ctx), both(raise, shortened(d.point(side, 'waist').y, d.point(side, 'psHem').y)))
}

/** The back to the waist, its dart as the shell's. */
export const backLining =
  (back: string) =>
  (d: Drafted): Shape => {
    const up = raised(d.point(back, 'armhole').y, d.point(back, 'armhole').x)
    return pleated(moved(wholePart(d, back, backShape(back)(d)), up), ['cbNeck', 'shoulder', 'waist', 'cbWaist'])
  }
export const backLiningDart = (d: Drafted, back: string): DrawnLine => {
  const { points } = backLining(back)(d)
  return line('dart', ...['dartLeft', 'dartTip', 'dartRight'].map((name) => points[name] ?? d.point(back, name)))
}

/** The skirt of the back, flared as the shell's side seam and pleated once at the centre. */
export function tailLining(d: Drafted, ctx: Context): Shape {
  const { sideBottom, cbBottom } = tailShape(d, ctx).points
  // A half belt lies between back and skirt of the shell only: the lining's skirt is longer by it.
  const belt = ctx.choice('belt') === 'half' ? beltWidth(d) : 0
  const height = (sideBottom?.y ?? 0) + belt
  const middle = (cbBottom?.y ?? 0) + belt
  const width = backWaist(d, ctx.gender) + LINING.pleat
  const flare = Math.max(0, hemWidth(d, ctx.gender) - waistWidth(d, ctx.gender))
  const shell = tailShape(d, ctx)
  const narrow = (shell.points['sideTop']?.x ?? width) - width
  // The shell's own side edge, moved in by what its pleats take up.
  const side = shell.ring
    .filter((p) => p.x >= (shell.points['sideTop']?.x ?? 0) - 0.01)
    .map(({ x, y }) => ({ x: x - narrow, y: y + belt }))
  const points = {
    cbTop: { x: 0, y: 0 },
    sideTop: { x: width, y: 0 },
    sideBottom: { x: width + flare, y: height },
    cbBottom: { x: 0, y: middle },
  }
  return moved(
    { ring: [points.cbTop, ...(belt ? [points.sideTop] : []), ...side, points.cbBottom], points },
    shortened(0, height),
  )
}
