/** Sleeves laid out from their measures as strips, with the folds they hang in. */
import type { Point } from '../types.ts'
import type { Field } from './folds.ts'
import { crumple, makeField, ridge, swell, undulate } from './folds.ts'
import type { Path } from './geometry.ts'
import { distance, lerp, mirror, mix, pt, smooth, through } from './geometry.ts'
import type { Section } from './layout.ts'
import type { UpperFrame } from './frame.ts'

export interface SleeveShape {
  /** Degrees from the vertical of the upper arm and of the forearm. */
  upper: number
  lower: number
  /** Radius over which the shoulder turns down, mm: small = tailored, large = dropped. */
  round: number
  /** Height of the cap over the shoulder line (roped tailoring), mm. */
  cap?: number
  /** Length kept free at the end for a cuff or rib that is its own part. */
  cuff?: { height: number; width: number }
  /** Fullness blousing over the cuff, mm. */
  blouse?: number
  /** Runs up to the neck beside this seam, as a raglan does: the seam on the viewer's right, from the neck down. */
  raglan?: Path
}

export interface SleeveGeometry {
  sections: Section[]
  outline: Point[]
  outer: Point[]
  inner: Point[]
  /** End of the sleeve: outer and inner corner of the opening. */
  end: readonly [Point, Point]
  length: number
}

/** Changes a strip and its outline to those of a raglan; the inner edge is seen from the section `k` on. */
function overShoulder(
  f: UpperFrame,
  raglan: readonly Point[],
  {
    sections,
    outline,
    outer,
    inner,
    opening,
    k,
  }: Pick<SleeveGeometry, 'sections' | 'outline' | 'outer' | 'inner'> & { opening: readonly Point[]; k: number },
): void {
  const { x: x0, y: y0 } = outer[0]!
  // over the shoulder the strip lies between the shoulder line and the seam, under whose edge it reaches a little
  const shoulder = through(
    [pt(f.np.x - 6, f.np.y - 3), pt(lerp(f.np.x, x0, 0.55), lerp(f.np.y, y0, 0.5) - 2), pt(x0, y0)],
    8,
  )
  const under = (by: number): Point[] => raglan.map((p) => pt(p.x - by, p.y + 2))
  // the tube turns away far under the body, so that the shoulder stays in the light
  const [rim, seam] = [under(12), under(46)]
  const length = distance(shoulder[0]!, pt(x0, y0))
  const above = shoulder.slice(0, -1).map((b, i): Section => {
    const t = i / (shoulder.length - 1)
    return { a: seam[Math.round(t * 0.5 * (seam.length - 1))]!, b, s: length * (t - 1) }
  })
  const down = sections.map((section, i): Section => {
    const t = i / k
    return i >= k
      ? section
      : { ...section, a: mix(seam[Math.round(lerp(0.5, 1, t) * (seam.length - 1))]!, section.a, t ** 3) }
  })
  sections.splice(0, sections.length, ...above, ...down)
  outline.splice(
    0,
    outline.length,
    ...rim.slice(0, 1),
    ...shoulder.slice(0, -1),
    ...outer,
    ...opening.slice(1, -1),
    ...inner.slice(k).reverse(),
    ...rim.toReversed().slice(0, -1),
  )
}

/** One sleeve as a strip from the shoulder point; its outer edge is exactly `length` mm long. Right side. */
export function sleeveGeometry(f: UpperFrame, s: SleeveShape, wobble: number): SleeveGeometry {
  const { m } = f
  const L = m.sleeveLength - (s.cuff?.height ?? 0)
  const total = m.sleeveLength
  const a0 = 72
  const n = Math.max(40, Math.round(L / 5))
  const sb = Math.min(m.armhole * 0.66, L * 0.72)
  const short = total < 400
  const end = s.cuff ? s.cuff.width + (s.blouse ?? 0) : m.halfCuff
  const width = (q: number): number => {
    if (q <= sb) return lerp(m.halfBicep * 0.72, m.halfBicep, smooth(0, sb, q))
    const t = (q - sb) / Math.max(1, L - sb)
    if (short) return lerp(m.halfBicep, end, t)
    return t < 0.45
      ? lerp(m.halfBicep, m.halfElbow, smooth(0, 0.45, t))
      : lerp(m.halfElbow, end, ((t - 0.45) / 0.55) ** 1.1)
  }
  const outer: Point[] = []
  const normals: Point[] = []
  let x = f.sp.x - 2
  let y = f.sp.y - (s.cap ?? 0) - 1
  const step = L / n
  for (let i = 0; i <= n; i++) {
    const q = i * step
    const angle =
      s.lower +
      (s.upper + wobble - s.lower) * (1 - smooth(total * 0.25, total * 0.72, q)) +
      (a0 - s.upper) * Math.exp(-((q / s.round) ** 1.5))
    const rad = (angle * Math.PI) / 180
    if (i > 0) {
      x += Math.sin(rad) * step
      y += Math.cos(rad) * step
    }
    const n0 = pt(Math.cos(rad), -Math.sin(rad))
    const taper = ((s.blouse ?? 0) / 2) * smooth(L - 36, L + 4, q)
    outer.push(pt(x - n0.x * taper, y - n0.y * taper))
    normals.push(n0)
  }
  const hidden = pt(f.sp.x - 34, f.sp.y + 26)
  const k = Math.round(sb / step)
  const at = (i: number): Point => {
    const w = width(i * step) - (s.blouse ?? 0) * smooth(L - 36, L + 4, i * step)
    return pt(outer[i]!.x - normals[i]!.x * w, outer[i]!.y - normals[i]!.y * w)
  }
  // behind the body the inner edge is not seen: lead it from the shoulder to the underarm, clear of the neck
  const inner = outer.map((_, i) =>
    i >= k ? at(i) : pt(lerp(hidden.x, at(k).x, i / k), lerp(hidden.y, at(k).y, i / k)),
  )
  const sections: Section[] = outer.map((p, i) => ({ a: inner[i]!, b: p, s: i * step }))
  const last = n
  const [eo, ei] = [outer[last]!, inner[last]!]
  const dirX = Math.sin((s.lower * Math.PI) / 180)
  const dirY = Math.cos((s.lower * Math.PI) / 180)
  const mid = pt((eo.x + ei.x) / 2 + dirX * 5, (eo.y + ei.y) / 2 + dirY * 5)
  const opening = through([eo, mid, ei], 8)
  const outline = [hidden, pt(f.sp.x - 30, f.sp.y + 4), ...outer, ...opening.slice(1, -1), ...[...inner].reverse()]
  if (s.raglan) overShoulder(f, s.raglan, { sections, outline, outer, inner, opening, k })
  sections.push({ a: pt(ei.x + dirX * 14, ei.y + dirY * 14), b: pt(eo.x + dirX * 14, eo.y + dirY * 14), s: L + 14 })
  return { sections, outline, outer, inner, end: [eo, ei], length: L }
}

export const mirrorSleeve = (g: SleeveGeometry): SleeveGeometry => ({
  sections: g.sections.map((c) => ({ a: mirror([c.a])[0]!, b: mirror([c.b])[0]!, s: c.s })),
  outline: mirror(g.outline),
  outer: mirror(g.outer),
  inner: mirror(g.inner),
  end: [mirror([g.end[0]])[0]!, mirror([g.end[1]])[0]!],
  length: g.length,
})

/** What the folds of a sleeve are drawn into: half its width and its length, mm; `k` scales depths by the cloth's hand. */
interface Folding {
  field: Field
  half: number
  L: number
  k: number
  r(a: number, b: number): number
}

function longFolds({ m }: UpperFrame, bend: number, { field, half, L, k, r }: Folding): void {
  const elbow = L * r(0.5, 0.56)
  const count = 5
  for (let i = 0; i < count; i++) {
    const s0 = elbow + (i - (count - 1) / 2) * r(24, 38) + r(-8, 8)
    const w = m.halfElbow / 2
    const reach = r(0.7, 1.7)
    // most start at the inner side, where the arm bends, and die out across
    const rise = r(-34, 26)
    const path = through(
      [pt(-w * 1.05, s0), pt(-w + w * reach * 0.45, s0 + rise * 0.35 + r(2, 12)), pt(-w + w * reach, s0 + rise)],
      6,
    )
    const wide = r(8, 17)
    ridge(field, path, bend * k * r(0.45, 1.1), wide, wide * r(0.5, 0.85), swell.start)
  }
  for (let i = 0; i < 2; i++) {
    const s0 = elbow + r(-60, 70)
    const w = m.halfElbow / 2
    ridge(
      field,
      through([pt(w * 1.05, s0), pt(w * 0.4, s0 + r(10, 26)), pt(-w * r(0, 0.4), s0 + r(14, 44))], 6),
      bend * 0.6 * k * r(0.5, 1),
      r(9, 16),
      r(7, 12),
      swell.start,
    )
  }
  // long twist from shoulder to elbow
  ridge(
    field,
    through([pt(half * 0.2, 60), pt(-half * 0.05, L * 0.3), pt(-half * 0.45, L * 0.52)], 6),
    bend * 0.5 * k,
    r(16, 26),
    r(10, 16),
    swell.middle,
  )
  ridge(
    field,
    through([pt(-half * 0.1, L * 0.6), pt(half * 0.2, L * 0.78), pt(half * 0.1, L)], 6),
    bend * 0.42 * k,
    r(14, 22),
    r(10, 16),
    swell.middle,
  )
}

function shortFolds(bend: number, { field, half, L, k, r }: Folding): void {
  ridge(
    field,
    through([pt(-half * 0.7, L * 0.35), pt(0, L * 0.62), pt(half * 0.3, L)], 6),
    bend * 0.6 * k,
    r(14, 22),
    r(8, 14),
    swell.middle,
  )
  ridge(
    field,
    through([pt(-half * 0.2, L * 0.15), pt(half * 0.4, L * 0.6), pt(half * 0.5, L)], 6),
    bend * 0.45 * k,
    r(14, 22),
    r(10, 16),
    swell.middle,
  )
}

function stacks(stack: number, { field, half, L, k, r }: Folding): void {
  for (let i = 0; i < 4; i++) {
    const s0 = L - 12 - i * r(17, 26)
    const w = half
    const from = i % 2 ? -1 : 1
    const path = through(
      [pt(from * w, s0 - r(0, 12)), pt(0, s0 + r(4, 14)), pt(-from * w * r(0.3, 1), s0 - r(-6, 10))],
      6,
    )
    ridge(field, path, stack * k * r(0.4, 1) * (1 - i * 0.16), r(6, 11), r(5, 9), swell.start)
  }
}

function gathers(gather: number, { field, half, L, k, r }: Folding): void {
  for (let i = -5; i <= 5; i++) {
    const x = (i / 5.6) * half * 0.8 + r(-4, 4)
    ridge(
      field,
      [pt(x, L + 4), pt(x * r(1, 1.3) + r(-5, 5), L - r(22, 62))],
      gather * k * r(0.4, 1),
      r(4, 7),
      r(3, 6),
      swell.start,
    )
  }
}

/** Folds of a sleeve over (across, along): a soft break at the elbow, twist from the shoulder, stacking at the cuff. */
export function sleeveFolds(
  f: UpperFrame,
  g: SleeveGeometry,
  o: { bend: number; stack: number; gather?: number },
): Field {
  const { m, rng, hand } = f
  const half = Math.max(m.halfBicep, m.halfCuff) / 2 + 16
  const field = makeField(-half, -20, half, g.length + 30)
  const k = hand.drape
  const seed = Math.floor(rng() * 1e6)
  undulate(field, 1.5 * k, 70, 2.2, seed)
  const L = g.length
  const folding: Folding = { field, half, L, k, r: (a, b) => a + (b - a) * rng() }
  if (L < 350) shortFolds(o.bend, folding)
  else longFolds(f, o.bend, folding)
  if (o.stack) stacks(o.stack, folding)
  if (o.gather) gathers(o.gather, folding)
  if (hand.crease > 0.2)
    crumple(field, 1.5 * hand.crease, 44, 1.2, seed + 3, (_, y) => 0.3 + 0.7 * smooth(L * 0.25, L * 0.5, y))
  return field
}
