/** Necklines: the curve a front is cut to, what is seen through it, and its knitted band. y 0 is the high point shoulder. */
import type { Point } from '../types.ts'
import type { Path } from './geometry.ts'
import { along, bezier, lengthOf, mirror, mix, offset, pt, stretch, through } from './geometry.ts'
import type { Ink, Part, Shown } from './layout.ts'
import type { UpperFrame } from './frame.ts'
import { lowShadow, type Piece } from './piece.ts'

/**
 * Front neckline from the right neck point down to the centre and up to the left: a scoop `drop` mm deep; `full` is the
 * wider U of a scoop neck, which runs down steeply before it turns.
 */
export function scoop(f: UpperFrame, drop: number, full = false): Point[] {
  const half = f.m.neckWidth / 2
  const [steep, flat] = full ? [0.7, 0.8] : [0.52, 0.62]
  const right = [
    pt(half, f.np.y),
    ...bezier(pt(half, 0), pt(half * 0.99, drop * steep), pt(half * flat, drop), pt(0, drop), 16),
  ]
  return [...right, ...mirror(right).reverse().slice(1)]
}
export function vee(f: UpperFrame, drop: number, half = f.m.neckWidth / 2): Point[] {
  const right = [
    pt(half, 0),
    ...bezier(pt(half, 0), pt(half * 0.86, drop * 0.3), pt(half * 0.4, drop * 0.74), pt(0, drop), 16),
  ]
  return [...right, ...mirror(right).reverse().slice(1)]
}

/** What is seen through the neck: the inside of the back with its label, and a seam below the neck where it has one. */
export function neckInside(
  f: UpperFrame,
  drop: number,
  ink: Ink,
  rise: number,
  { inset = rise > 8 ? 0 : 5, shows }: { inset?: number; shows?: Shown } = {},
): Piece {
  const collared = rise > 8
  const h = f.m.neckWidth / 2 - inset
  const bnd = f.m.backNeckDrop
  const top = [
    pt(h + (collared ? 6 : 0), -rise * 0.55),
    ...bezier(
      pt(h + (collared ? 6 : 0), -rise * 0.55),
      pt(h * 0.72, -rise + bnd * 0.3),
      pt(h * 0.35, -rise + bnd * 0.8),
      pt(0, -rise + bnd * 0.9),
      10,
    ),
  ]
  const rim = [...mirror(top), ...[...top].reverse().slice(1)]
  const outline = [
    ...rim,
    pt(h + (collared ? 12 : 2), drop * 0.45),
    pt(h * 0.4, drop + 34),
    pt(0, drop + 46),
    pt(-h * 0.4, drop + 34),
    pt(-h - (collared ? 12 : 2), drop * 0.45),
  ]
  const y0 = -rise + bnd * 0.9
  const facing = through(
    [pt(-h * 1.05, y0 + 30), pt(-h * 0.5, y0 + 62), pt(0, y0 + 72), pt(h * 0.5, y0 + 62), pt(h * 1.05, y0 + 30)],
    8,
  )
  return {
    parts: [
      {
        id: 'inside',
        belongs: 'inside',
        ink,
        outline,
        surface: { kind: 'base', z: 4, dome: 0, bevel: 3 },
        shade: 0.5,
        ...(shows ? { seams: [{ path: facing, shows, width: 2.4, depth: 0.9 }] } : {}),
      },
    ],
    trims: [{ kind: 'label', at: pt(0, y0 + (drop < 110 ? 25 : 34)), width: 34, height: 16, over: 'inside' }],
  }
}

/** A band lies this far over the cloth it is sewn to: two edges that only touch let the wall show between them, mm. */
const LAP = 1.5

/** The band itself, its ribs across it. @param inner its free edge, the same way round as the neckline */
function band(neckline: Path, inner: Path, dome: number, ink: Ink): Part {
  const outer = offset(neckline, -LAP)
  const length = lengthOf(neckline)
  const run = stretch(outer, 0, lengthOf(outer), 8)
  const sections = run.map((p, i) => {
    const share = i / (run.length - 1)
    return { a: along(inner, lengthOf(inner) * share).p, b: p, s: length * share }
  })
  const beyond = (c: { a: Point; b: Point; s: number }, d: { a: Point; b: Point; s: number }) => ({
    a: pt(2 * c.a.x - d.a.x, 2 * c.a.y - d.a.y),
    b: pt(2 * c.b.x - d.b.x, 2 * c.b.y - d.b.y),
    s: 2 * c.s - d.s,
  })
  const [s0, s1] = [sections[0]!, sections[1]!]
  const [e0, e1] = [sections[sections.length - 1]!, sections[sections.length - 2]!]
  return {
    id: 'neck-band',
    belongs: 'collar',
    ink,
    outline: [...outer, ...[...inner].reverse()],
    grain: 90,
    surface: { kind: 'strip', z: 44, dome, sections: [beyond(s0, s1), ...sections, beyond(e0, e1)], bevel: 1.6 },
    shadow: { dx: 0.5, dy: 2, blur: 2.4, opacity: 0.32 },
  }
}

/** A knitted band along a neckline (crew, V): the band lies between the neckline and `width` mm inside it. */
export function ribNeck(f: UpperFrame, neckline: Path, width: number, ink: Ink, veeNeck: boolean): Piece {
  const inner = shrink(neckline, width, veeNeck)
  // the back half of the ring is seen inside the opening
  const h = Math.abs(inner[0]!.x)
  const bnd = f.m.backNeckDrop
  const backTop = [
    pt(h, inner[0]!.y),
    ...bezier(
      inner[0]!,
      pt(h * 0.8, bnd * 0.5 - width * 0.4),
      pt(h * 0.45, bnd - width * 0.6),
      pt(0, bnd - width * 0.6),
      10,
    ),
  ]
  const backLow = [
    pt(h - 2, width * 0.55),
    ...bezier(
      pt(h - 2, width * 0.55),
      pt(h * 0.78, bnd * 0.6 + width * 0.5),
      pt(h * 0.4, bnd + width * 0.42),
      pt(0, bnd + width * 0.42),
      10,
    ),
  ]
  const ring = [
    ...backTop,
    ...mirror(backTop).reverse().slice(1),
    ...mirror(backLow),
    ...[...backLow].reverse().slice(1),
  ]
  return {
    parts: [
      {
        id: 'neck-back-band',
        belongs: 'collar',
        ink,
        outline: ring,
        surface: { kind: 'base', z: 12, dome: 0, bevel: 3 },
        shade: 0.72,
        shadow: { dx: 0, dy: 5, blur: 6, opacity: 0.4 },
      },
      band(neckline, inner, Math.min(5, width * 0.26), ink),
    ],
    trims: [],
  }
}

/** The same band seen from behind: the back of the ring, standing up on the neck as it does at the shoulders in front. */
export function ribNeckBehind(neckline: Path, drop: number, width: number, ink: Ink): Piece {
  const side = neckline[0]!
  const corner = pt(side.x - width * STANDS.in, side.y - width * STANDS.up)
  const low = drop - width * 0.95
  const right = [
    corner,
    ...bezier(corner, pt(corner.x * 0.72, mix(corner, pt(0, low), 0.55).y), pt(corner.x * 0.4, low), pt(0, low), 12),
  ]
  const inner = [...right, ...mirror(right).reverse().slice(1)]
  return { parts: [{ ...band(neckline, inner, 1, ink), shadow: lowShadow }], trims: [] }
}

/** At the shoulders a band leans in less than its width, and rises: shares of its width. */
const STANDS = { in: 0.86, up: 0.2 } as const

/** A neckline moved inwards (towards the opening) by `by`. */
function shrink(neckline: Path, by: number, veeNeck: boolean): Point[] {
  const moved = offset(neckline, by)
  const first = neckline[0]!
  const last = neckline[neckline.length - 1]!
  const out = moved.map((p, i) => {
    const t = i / (moved.length - 1)
    // at the shoulders the band stands up on the neck: it leans inwards less and rises
    const e = Math.max(0, 1 - Math.min(t, 1 - t) * 7)
    const side = t < 0.5 ? first : last
    return mix(p, pt(side.x - Math.sign(side.x) * by * STANDS.in, side.y - by * STANDS.up), e)
  })
  if (veeNeck) {
    const mid = Math.floor(out.length / 2)
    out[mid] = pt(0, neckline[mid]!.y - by * 1.28)
  }
  return out
}
