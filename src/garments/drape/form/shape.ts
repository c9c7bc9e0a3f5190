/**
 * The shape of a body: super-elliptic sections from seat to neck, tapered arms and legs, a head, two cups for women, joined
 * softly, as a signed distance. mm; y up from the floor, z to the front, x to the wearer's left. Proportions between the
 * measures of a size table are ours (drawn after tailors' stands), girths and lengths are fitted ({@link ./form.ts}).
 */
import type { Gender } from '../../types.ts'
import { axes, curve, soft } from './curve.ts'

export type Levels = Readonly<
  Record<
    'hps' | 'tip' | 'armpit' | 'bust' | 'underbust' | 'waist' | 'hips' | 'seat' | 'crotch' | 'knee' | 'top',
    number
  >
>
/** What is turned until the tape agrees: factors on the girths of sections, and on the height of the shoulder. */
export interface Tuning {
  neck: number
  chest: number
  underbust: number
  waist: number
  hips: number
  seat: number
  thigh: number
  backLength: number
}
export const UNTUNED: Tuning = {
  neck: 1,
  chest: 0.97,
  underbust: 0.985,
  waist: 1,
  hips: 0.99,
  seat: 1,
  thigh: 1,
  backLength: 0.975,
}

/** A tapered limb: from a joint along a direction. */
export interface Limb {
  joint: readonly [number, number, number]
  /** Of length 1; the wearer's left. */
  along: readonly [number, number, number]
  length: number
  /** Radius at a share of its length. */
  radius: (t: number) => number
}
export interface Shape {
  y: Levels
  shoulderHalf: number
  neckHalf: number
  /** Trunk and legs without arms. */
  trunk: (x: number, y: number, z: number) => number
  /** Trunk, legs, head and neck, and the round of the shoulder: what cloth hangs on beside the arms. */
  solid: (x: number, y: number, z: number) => number
  section: (y: number) => { a: number; b: number; z: number }
  leg: Limb
  arm: Limb
}

export type Stance = 'together' | 'apart'
type Body = Readonly<Record<string, number>>
type Level = readonly [y: number, a: number, b: number, z: number, n: number]

/** @throws RangeError for a body without one of its measures */
export function measure(body: Body, key: string): number {
  const mm = body[key]
  if (mm === undefined || !(mm > 0)) throw new RangeError(`the body has no measure "${key}"`)
  return mm
}

/** No table has the thigh: its girth as a share of the seat's, ours. */
export const THIGH = { men: 0.585, women: 0.6 } as const

/** An arm hangs this far from the body at rest, degrees. */
export const ARM_ANGLE = 19

function levelsOf(body: Body, tuning: Tuning, neckHalf: number): Levels {
  const g = (key: string): number => measure(body, key)
  const waist = g('waistToFloor')
  const hps = waist + g('hpsToWaistBack') * tuning.backLength
  const bust = hps - g('hpsToBust') * 0.96
  const shoulderHalf = g('shoulderToShoulder') / 2
  return {
    hps,
    tip: hps - Math.tan((g('shoulderSlope') * Math.PI) / 180) * (shoulderHalf - neckHalf),
    armpit: waist + g('waistToArmpit'),
    bust,
    underbust: bust - 0.38 * (bust - waist),
    waist,
    hips: waist - g('waistToHips'),
    seat: waist - g('waistToSeat'),
    crotch: waist - g('waistToUpperLeg'),
    knee: waist - g('waistToKnee'),
    top: g('height'),
  }
}

/** A closed hand goes on from the wrist, mm. */
const HAND = 95
/** The upper arm is measured at this share of the way to the wrist. */
export const UPPER_ARM = 0.34

/** Direction of an arm that hangs so many degrees from the body, a little to the front. */
export function armAt(degrees: number): [number, number, number] {
  const angle = (degrees * Math.PI) / 180
  const [x, y, z] = [Math.sin(angle), -Math.cos(angle), 0.08]
  const l = Math.hypot(x, y, z)
  return [x / l, y / l, z / l]
}

function armOf(body: Body, y: Levels, shoulderHalf: number): Limb {
  const g = (key: string): number => measure(body, key)
  const top = g('biceps') / (2 * Math.PI)
  const wrist = g('wrist') / (2 * Math.PI)
  const reach = g('shoulderToWrist')
  const length = reach + HAND
  const radius = curve(
    [0, 0.16, UPPER_ARM, 0.55, 0.7, 1, length / reach].map((t) => (t * reach) / length),
    [top * 1.03, top, top, top * 0.83, top * 0.84, wrist, wrist * 0.9],
  )
  const r = radius(0)
  // The tip of the shoulder lies on the round of the arm.
  return {
    joint: [shoulderHalf - 0.66 * r, y.tip - 0.75 * r, -8],
    along: armAt(ARM_ANGLE),
    length,
    radius,
  }
}

function trunkLevels(
  body: Body,
  gender: Gender,
  y: Levels,
  tuning: Tuning,
  tipHalf: number,
  neckHalf: number,
): Level[] {
  const g = (key: string): number => measure(body, key)
  const woman = gender === 'women'
  const at = (height: number, girth: number, ratio: number, z: number, n = 2.2): Level => {
    const { a, b } = axes(girth, ratio, n)
    return [height, a, b, z, n]
  }
  const [chest, waist, seat] = [g('chest') * tuning.chest, g('waist') * tuning.waist, g('seat') * tuning.seat]
  const hips = g('hips') * tuning.hips
  // No man's table has the girth under the chest.
  const under = woman ? g('underbust') * tuning.underbust : 0.6 * chest + 0.4 * waist
  const bust = at(y.bust, chest, woman ? 1.38 : 1.42, -10)
  const armpit = at(y.armpit + 8, chest * 0.985, 1.44, -14, 2.3)
  const neck = neckHalf * tuning.neck
  return [
    at(y.crotch - 30, seat * 0.93, 1.42, -14, 2.3),
    at(y.crotch + 20, seat * 0.975, 1.42, -14, 2.3),
    at(y.seat, seat, woman ? 1.45 : 1.42, -12, 2.25),
    at(y.hips, hips, woman ? 1.48 : 1.4, -6, 2.25),
    at(y.waist - 40, waist * 0.72 + hips * 0.28, woman ? 1.42 : 1.36, -2),
    at(y.waist, waist, woman ? 1.36 : 1.32, 0),
    at(y.waist + 0.45 * (y.underbust - y.waist), waist * 0.6 + under * 0.4, 1.34, -2),
    at(y.underbust, under, woman ? 1.36 : 1.38, -6),
    bust,
    armpit,
    [(y.armpit + y.tip) / 2 + 8, tipHalf * 0.99, armpit[2] * 0.87, -18, 2.3],
    [y.tip - 8, tipHalf * 0.965, armpit[2] * 0.74, -20, 2.2],
    [y.tip + (y.hps - y.tip) * 0.45, neckHalf + (tipHalf - neckHalf) * 0.6, neckHalf * 1.02, -18, 2.1],
    [y.hps - 2, neckHalf * 1.14, neckHalf, -8, 2],
    [y.hps + 16, neck * 0.985, neck * 0.96, 0, 2],
    [y.hps + 45, neck * 0.9, neck * 0.93, 9, 2],
    [y.hps + 130, neck * 0.88, neck * 0.95, 22, 2],
  ]
}

function limb({ joint, along, length, radius }: Limb): (x: number, y: number, z: number) => number {
  const [jx, jy, jz] = joint
  const [ax, ay, az] = along
  return (x: number, y: number, z: number): number => {
    const t = Math.max(0, Math.min(1, ((x - jx) * ax + (y - jy) * ay + (z - jz) * az) / length))
    const q = t * length
    const dx = x - jx - ax * q
    const dy = y - jy - ay * q
    const dz = z - jz - az * q
    return Math.sqrt(dx * dx + dy * dy + dz * dz) - radius(t)
  }
}

/** Distance to sections by height, to first order; rounded off at the crotch. */
function lofted(levels: readonly Level[], y: Levels) {
  const ys = levels.map((level) => level[0])
  const through = (i: 1 | 2 | 3 | 4): ((y: number) => number) =>
    curve(
      ys,
      levels.map((level) => level[i]),
    )
  const a = through(1)
  const b = through(2)
  const z = through(3)
  const n = through(4)
  // Tape and grid ask for many places of few heights.
  const known = new Map<number, Float64Array>()
  const row = (py: number): Float64Array => {
    let found = known.get(py)
    if (!found) {
      found = Float64Array.of(a(py), b(py), z(py), n(py))
      if (known.size < 4000) known.set(py, found)
    }
    return found
  }
  const out = (r: Float64Array, px: number, pz: number): number =>
    (Math.abs(px / r[0]!) ** r[3]! + Math.abs((pz - r[2]!) / r[1]!) ** r[3]!) ** (1 / r[3]!)
  const step = 1.5
  const distance = (px: number, py: number, pz: number): number => {
    const r = row(py)
    const f = Math.max(0.02, out(r, px, pz))
    let d: number
    // Far off, a rough distance does.
    if (f > 2.2 && py < y.hps) d = (f - 1) * 60
    else {
      const e = r[3]!
      const scale = f ** (1 - e)
      const gx = (scale * Math.abs(px / r[0]!) ** (e - 1)) / r[0]!
      const gz = (scale * Math.abs((pz - r[2]!) / r[1]!) ** (e - 1)) / r[1]!
      const gy = (out(row(py + step), px, pz) - out(row(py - step), px, pz)) / (2 * step)
      d = (f - 1) / Math.max(1e-4, Math.sqrt(gx * gx + gy * gy + gz * gz))
      if (f < 0.5) d = Math.min(d, -20)
    }
    d = -soft(-d, y.hps + 118 - py, 14)
    return -soft(-d, py - (y.crotch + 6), 90)
  }
  return { distance, section: (py: number) => ({ a: a(py), b: b(py), z: z(py) }) }
}

/** @param body measures of one size, mm ({@link ../../sizes.ts}) */
export function shapeOf(body: Body, gender: Gender, tuning: Tuning, legs: Stance = 'together'): Shape {
  const g = (key: string): number => measure(body, key)
  const woman = gender === 'women'
  const shoulderHalf = g('shoulderToShoulder') / 2
  const neckHalf = (g('neck') / (2 * Math.PI)) * 1.16
  const y = levelsOf(body, tuning, neckHalf)
  const arm = armOf(body, y, shoulderHalf)
  const tipHalf = shoulderHalf - arm.radius(0) * 0.62
  const { distance, section } = lofted(trunkLevels(body, gender, y, tuning, tipHalf, neckHalf), y)

  const [thigh, knee] = [(g('seat') * THIGH[gender] * tuning.thigh) / (2 * Math.PI), g('knee') / (2 * Math.PI)]
  const hip = axes(g('seat'), 1.45, 2.25).a * 0.5 + (legs === 'apart' ? 16 : 6)
  const top = y.crotch + 62
  const end = 70
  const spread = legs === 'apart' ? 42 : 34
  const lean = Math.hypot(spread, top - end, 6)
  const kneeAt = (top - y.knee) / (top - end)
  const leg: Limb = {
    joint: [hip, top, -12],
    along: [spread / lean, -(top - end) / lean, 6 / lean],
    length: lean,
    radius: curve(
      [0, 0.12, kneeAt, kneeAt + 0.1, kneeAt + 0.22, 1],
      [thigh * 0.98, thigh, knee, knee * 0.94, knee * 0.96, knee * 0.66],
    ),
  }
  const toLeg = limb(leg)
  const cup = { x: g('bustSpan') / 2, y: y.bust + 4, z: section(y.bust).z + section(y.bust).b * 0.7 }
  const cupRadius = g('chest') * 0.071
  const trunk = (px: number, py: number, pz: number): number => {
    const x = Math.abs(px)
    let d = distance(x, py, pz)
    if (woman) {
      const dy = py - cup.y
      const r = Math.hypot((x - cup.x) / 1.04, dy / (dy > 0 ? 1.25 : 0.98), (pz - cup.z) / 0.78) - cupRadius
      d = soft(d, r * 0.85, 34)
    }
    return soft(d, toLeg(x, py, pz), 26)
  }
  const skull = axes(g('head'), 0.78, 2)
  const height = 0.066 * y.top
  const [jx, jy, jz] = arm.joint
  const r0 = arm.radius(0)
  const solid = (px: number, py: number, pz: number): number => {
    const x = Math.abs(px)
    const d = soft(trunk(x, py, pz), Math.hypot(x - jx, py - jy, pz - jz) - r0, 26)
    if (py < y.hps) return d
    const hx = x / skull.a
    const hy = (py - (y.top - height)) / height
    const hz = (pz - 26) / skull.b
    const k0 = Math.hypot(hx, hy, hz)
    const k1 = Math.hypot(hx / skull.a, hy / height, hz / skull.b)
    return soft(d, k1 > 1e-6 ? (k0 * (k0 - 1)) / k1 : -40, 20)
  }
  return { y, shoulderHalf, neckHalf, trunk, solid, section, leg, arm }
}
