/** The skeleton of an upper-body garment laid out from its measures: shoulders, armholes, sides, hem, drape of the body. */
import type { Point } from '../types.ts'
import type { Hand } from './cloth.ts'
import { HANDS } from './cloth.ts'
import type { Field } from './folds.ts'
import { crumple, makeField, ridge, swell, undulate } from './folds.ts'
import type { Path } from './geometry.ts'
import { bezier, clamp, lerp, mirror, onSide, pt, smooth, through } from './geometry.ts'
import type { Full, PackshotInput } from './input.ts'
import type { Part } from './layout.ts'
import { random } from '../../core/random.ts'

export interface UpperFrame {
  input: PackshotInput
  m: Full
  back: boolean
  rng: () => number
  hand: Hand
  /** Neck point at the high point shoulder, shoulder point, underarm: right side (viewer's). */
  np: Point
  sp: Point
  ua: Point
  waistY: number
  /** Right side from the underarm to the hem, and the armhole from shoulder point to underarm. */
  side: Path
  armhole: Path
  /** Half width of the body by y below the underarm. */
  halfAt: (y: number) => number
  /** Which side laps over: 1 = the viewer's right panel is on top (men), −1 the left. */
  lap: 1 | -1
}

export interface BodyShape {
  /** Side hem lies this much higher than the middle (shirt tails), mm. */
  tail?: number
}

export function upperFrame(input: PackshotInput, m: Full, shape: BodyShape = {}): UpperFrame {
  const rng = random(input.seed * 7919 + 13)
  const back = input.view === 'back'
  const nw = m.neckWidth / 2
  const slope = Math.tan((20.5 * Math.PI) / 180)
  const np = pt(nw, 0)
  const sp = pt(m.shoulder / 2, Math.max(20, (m.shoulder / 2 - nw) * slope))
  const uaX = m.halfChest / 2
  const drop = Math.sqrt(Math.max((m.armhole * 0.6) ** 2, m.armhole ** 2 - (uaX - sp.x) ** 2))
  const ua = pt(uaX, sp.y + drop)
  const waistY = clamp(m.waistLength, ua.y + 60, m.bodyLength - 60)
  const hemX = m.halfHem / 2
  const hemY = m.bodyLength - (shape.tail ?? 0)
  const waistX = m.halfWaist / 2
  const long = m.bodyLength - waistY > 330
  // a flared skirt leaves the bodice at an angle: one curve over both would cut in above the waist
  const flared = long && hemX > waistX * 1.5
  // measured places first, then a curve through them
  const places: Point[] = long
    ? [
        ua,
        pt(lerp(uaX, waistX, 0.62), lerp(ua.y, waistY, 0.5)),
        pt(waistX, waistY),
        pt(lerp(waistX, hemX, 0.46), waistY + 0.34 * (hemY - waistY)),
        pt(hemX, hemY),
      ]
    : [ua, pt(lerp(uaX, waistX, 0.62), lerp(ua.y, waistY, 0.5)), pt(waistX, waistY), pt(hemX, hemY)]
  const skirt = [pt(waistX, waistY), pt(lerp(waistX, hemX, 0.36), waistY + 0.34 * (hemY - waistY)), pt(hemX, hemY)]
  const side = flared ? [...through(places.slice(0, 3), 12), ...through(skirt, 14).slice(1)] : through(places, 12)
  const inX = (back ? m.acrossBack : m.acrossFront) / 2
  const waistIn = clamp(inX, sp.x - 32, sp.x - 3)
  const armhole = [
    sp,
    ...bezier(sp, pt(sp.x - (sp.x - waistIn) * 0.9, sp.y + drop * 0.34), pt(waistIn - 4, ua.y - drop * 0.24), ua, 14),
    ua,
  ]
  const halfAt = (y: number): number => {
    for (let i = 1; i < side.length; i++) {
      const [a, b] = [side[i - 1]!, side[i]!]
      if (y <= b.y) return y <= a.y ? a.x : lerp(a.x, b.x, (y - a.y) / Math.max(1e-6, b.y - a.y))
    }
    return side[side.length - 1]!.x
  }
  const texture = input.textures.shell?.texture ?? 'twill'
  return {
    input,
    m,
    back,
    rng,
    hand: HANDS[texture],
    np,
    sp,
    ua,
    waistY,
    side,
    armhole,
    halfAt,
    lap: input.gender === 'men' ? 1 : -1,
  }
}

/** Hem from right to left, bowing down a little and never quite straight. */
export function hemLine(f: UpperFrame, bow: number): Path {
  const hem = f.side[f.side.length - 1]!
  const a = (f.rng() - 0.5) * 3
  const b = (f.rng() - 0.5) * 3
  return through(
    [
      hem,
      pt(hem.x * 0.72, hem.y + bow * 0.72 + a),
      pt(hem.x * 0.3, hem.y + bow + b),
      pt(-hem.x * 0.3, hem.y + bow - a),
      pt(-hem.x * 0.72, hem.y + bow * 0.72 - b),
      pt(-hem.x, hem.y),
    ],
    8,
  )
}

/** The seam of a raglan sleeve: from the neck, a little in front of the shoulder, to the underarm. */
export function raglanSeam(f: UpperFrame): Path {
  const from = pt(f.np.x * 0.98, f.np.y + (f.back ? 4 : 30))
  return through([from, pt(lerp(from.x, f.ua.x, 0.42), lerp(from.y, f.ua.y, 0.5)), f.ua], 12)
}

/** Outline of the whole body for a neckline given from the right neck point to the left one. */
export function bodyOutline(f: UpperFrame, neckline: Path, hem: Path, raglan?: Path): Point[] {
  if (raglan) {
    const half = [...raglan, ...f.side.slice(1)]
    const within = neckline.filter((p) => Math.abs(p.x) < raglan[0]!.x && p.y >= raglan[0]!.y)
    return [...half, ...hem.slice(1), ...mirror(half).reverse().slice(1), ...[...within].reverse()]
  }
  const right = [f.np, pt(lerp(f.np.x, f.sp.x, 0.5), lerp(f.np.y, f.sp.y, 0.5) + 2), ...f.armhole, ...f.side.slice(1)]
  const left = mirror(right).reverse()
  return [...right, ...hem.slice(1), ...left.slice(1), ...[...neckline].reverse().slice(1, -1)]
}

export const bodySurface = (f: UpperFrame, z = 46, dome = 0.2): Part['surface'] => {
  const step = 10
  const from = -60
  const values: number[] = []
  for (let y = from; y <= f.m.bodyLength + 80; y += step)
    values.push(y < f.ua.y ? lerp(f.ua.x * 1.03, f.halfAt(f.ua.y), smooth(f.sp.y, f.ua.y, y)) : f.halfAt(y))
  return { kind: 'base', z, dome: f.m.halfChest * 0.5 * dome, bevel: 2.2, halfWidth: { from, step, values } }
}

/** The body without its shoulders: what shades the sleeves hanging beside it. */
export const belowArms = (f: UpperFrame): Point[] => {
  const right = [pt(f.ua.x - 46, f.ua.y - 70), ...f.side]
  return [...right, ...mirror(right).reverse()]
}

export interface BodyDrape {
  /** Flutes growing to the hem: how many on a side, mm high. */
  flutes?: number
  fluteDepth?: number
  /** Where flutes begin. */
  from?: number
  /** Gathers above and below a held line (belt, elastic): its y, reach up and down, mm high. */
  held?: { y: number; up: number; down: number; depth: number }
  /** Drag lines from the underarm. */
  drag?: number
  /** Sagging swags across the body, as loose knitwear hangs. */
  swag?: number
}

/** What the folds of a panel are drawn into, and by what chance; `k` scales depths by the cloth's hand. */
interface Folding {
  field: Field
  k: number
  r(a: number, b: number): number
}

function flutes(f: UpperFrame, d: BodyDrape, count: number, { field, k, r }: Folding): void {
  const { m, rng } = f
  const from = d.from ?? f.waistY
  for (const side of [-1, 1]) {
    let t = 0.2 + rng() * 0.14
    for (let i = 0; i < count; i++) {
      const top = from + r(0.02, 0.36) * (m.bodyLength - from)
      const lean = r(-0.03, 0.05)
      const path = [0, 0.25, 0.5, 0.75, 1].map((q) => {
        const y = lerp(top, m.bodyLength + 25, q)
        return pt(side * (t + lean * q) * f.halfAt(Math.max(y, f.ua.y)) + Math.sin(q * 3 + i) * 4, y)
      })
      const w = r(12, 26)
      const steep = w * r(0.42, 0.7)
      ridge(field, path, (d.fluteDepth ?? 8) * k * r(0.6, 1.25), side < 0 ? w : steep, side < 0 ? steep : w, swell.end)
      t += (0.86 - t) / (count - i + 0.35) + r(-0.04, 0.04)
    }
  }
}

function gathers(
  f: UpperFrame,
  { y, up, down, depth }: NonNullable<BodyDrape['held']>,
  { field, k, r }: Folding,
): void {
  const n = Math.round(f.halfAt(y) / 17)
  for (let i = -n; i <= n; i++) {
    const x = ((i + r(-0.32, 0.32)) / n) * f.halfAt(y) * 0.93
    const h = depth * k * r(0.35, 1.1)
    if (up > 0)
      ridge(field, [pt(x, y), pt(x * r(0.96, 1.05) + r(-6, 6), y - up * r(0.4, 1))], h, r(5, 9), r(4, 8), swell.start)
    if (down > 0)
      ridge(
        field,
        [pt(x, y), pt(x * r(0.99, 1.1) + r(-5, 5), y + down * r(0.35, 1))],
        h * 1.15,
        r(5, 10),
        r(4, 8),
        swell.start,
      )
  }
}

function drags(f: UpperFrame, drag: number, { field, k, r }: Folding): void {
  for (const side of [-1, 1] as const)
    for (let i = 0; i < 4; i++) {
      const start = pt(f.ua.x - r(0, 14), f.ua.y - r(-8, 60) + i * 6)
      const a = r(0.5, 1.2)
      const len = r(70, 190)
      const end = pt(start.x - Math.cos(a) * len, start.y + Math.sin(a) * len)
      const mid = pt((start.x + end.x) / 2 + r(4, 16), (start.y + end.y) / 2 + r(2, 14))
      const w = r(7, 15)
      ridge(field, onSide(through([start, mid, end], 5), side), drag * k * r(0.5, 1.1), w, w * r(0.6, 1), swell.start)
    }
  // the long shallow fold beside each armhole
  for (const side of [-1, 1] as const)
    ridge(
      field,
      onSide(
        [pt(f.sp.x - 42, f.sp.y + 30), pt(f.sp.x - 50 + r(-6, 6), f.ua.y - 60), pt(f.ua.x - 52, f.ua.y + r(20, 70))],
        side,
      ),
      drag * 0.8 * k,
      15,
      9,
      swell.middle,
    )
}

function swags(f: UpperFrame, swag: number, { field, k, r }: Folding): void {
  const { m } = f
  for (let i = 0; i < 5; i++) {
    const y = lerp(f.ua.y + 70, m.bodyLength - 50, (i + r(0.1, 0.9)) / 5)
    const side = i % 2 ? 1 : -1
    const x = side * f.halfAt(y)
    const reach = r(0.6, 1.25) * f.halfAt(y)
    const path = through([pt(x, y), pt(x - side * reach * 0.5, y + r(16, 46)), pt(x - side * reach, y + r(10, 60))], 6)
    ridge(field, path, swag * k * r(0.4, 1), r(9, 18), r(8, 14), swell.start)
  }
}

/** Drape of a body panel. Depths are for cotton jersey; the cloth's own hand scales them. */
export function bodyFolds(f: UpperFrame, d: BodyDrape): Field {
  const { m, rng, hand } = f
  const wide = Math.max(m.halfChest, m.halfHem, m.halfWaist) / 2 + 20
  const field = makeField(-wide, -40, wide, m.bodyLength + 60)
  const k = hand.drape
  const folding: Folding = { field, k, r: (a, b) => a + (b - a) * rng() }
  undulate(field, 2.4 * k, 120, 1.9, f.input.seed % 1000)
  undulate(field, 0.7 * k, 46, 1.6, (f.input.seed % 1000) + 31)
  if (d.flutes) flutes(f, d, d.flutes, folding)
  if (d.held) gathers(f, d.held, folding)
  if (d.drag) drags(f, d.drag, folding)
  if (d.swag) swags(f, d.swag, folding)
  if (hand.crease > 0.2) {
    crumple(
      field,
      1.3 * hand.crease,
      58,
      0.9,
      f.input.seed % 991,
      (x, y) => 0.35 + 0.65 * smooth(f.halfAt(Math.max(y, f.ua.y)) * 0.35, f.halfAt(Math.max(y, f.ua.y)), Math.abs(x)),
    )
    crumple(field, 0.5 * hand.crease, 27, 2.1, (f.input.seed % 991) + 7)
  }
  return field
}
