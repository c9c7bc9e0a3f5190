/** Necks: what frames the face. Each returns parts in drawing order; y 0 is the high point shoulder. */
import type { Point } from '../../types.ts'
import type { Path } from '../geometry.ts'
import { along, bezier, lengthOf, lerp, mirror, mix, offset, onSide, pt, stretch, through } from '../geometry.ts'
import { makeField, ridge, swell, undulate } from '../folds.ts'
import type { Ink, Part, Trim } from '../layout.ts'
import type { UpperFrame } from './frame.ts'

export interface Piece {
  parts: Part[]
  trims: (Trim & { over: string })[]
}

const sides = [-1, 1] as const

/** Front neckline from the right neck point down to the centre and up to the left: a scoop `drop` mm deep. */
export function scoop(f: UpperFrame, drop: number, half = f.m.neckWidth / 2): Point[] {
  const right = [
    pt(half, f.np.y),
    ...bezier(pt(half, 0), pt(half * 0.98, drop * 0.52), pt(half * 0.62, drop), pt(0, drop), 16),
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

/** What is seen through the neck: the inside of the back with its facing and label. */
export function neckInside(f: UpperFrame, drop: number, ink: Ink, rise: number, inset = rise > 8 ? 0 : 5): Piece {
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
        seams: [{ path: facing, width: 2.4, depth: 0.9 }],
      },
    ],
    trims: [{ kind: 'label', at: pt(0, y0 + (drop < 110 ? 25 : 34)), width: 34, height: 16, over: 'inside' }],
  }
}

/** A knitted band along a neckline (crew, V): the band lies between the neckline and `width` mm inside it. */
export function ribNeck(f: UpperFrame, neckline: Path, width: number, ink: Ink, veeNeck: boolean): Piece {
  const inner = shrink(neckline, width, veeNeck)
  const outline = [...neckline, ...[...inner].reverse()]
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
  const run = stretch(neckline, 0, lengthOf(neckline), 8)
  const sections = run.map((p, i) => {
    const q = along(inner, (lengthOf(inner) * i) / (run.length - 1)).p
    return { a: q, b: p, s: (lengthOf(neckline) * i) / (run.length - 1) }
  })
  const beyond = (c: { a: Point; b: Point; s: number }, d: { a: Point; b: Point; s: number }) => ({
    a: pt(2 * c.a.x - d.a.x, 2 * c.a.y - d.a.y),
    b: pt(2 * c.b.x - d.b.x, 2 * c.b.y - d.b.y),
    s: 2 * c.s - d.s,
  })
  const [s0, s1] = [sections[0]!, sections[1]!]
  const [e0, e1] = [sections[sections.length - 1]!, sections[sections.length - 2]!]
  sections.unshift(beyond(s0, s1))
  sections.push(beyond(e0, e1))
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
      {
        id: 'neck-band',
        belongs: 'collar',
        ink,
        outline,
        grain: 90,
        surface: { kind: 'strip', z: 44, dome: Math.min(5, width * 0.26), sections, bevel: 1.6 },
        shadow: { dx: 0.5, dy: 2, blur: 2.4, opacity: 0.32 },
      },
    ],
    trims: [],
  }
}

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
    return mix(p, pt(side.x - Math.sign(side.x) * by * 0.86, side.y - by * 0.2), e)
  })
  if (veeNeck) {
    const mid = Math.floor(out.length / 2)
    out[mid] = pt(0, neckline[mid]!.y - by * 1.28)
  }
  return out
}

/** Shirt collar: stand and two leaves with points, buttoned or open by `gap`. */
export function shirtCollar(
  f: UpperFrame,
  o: { point: number; spread: number; stand: number; ink: Ink; buttonDown: boolean; open: number; round?: boolean },
): Piece {
  const h = f.m.neckWidth / 2
  const s = o.stand
  const drop = f.m.frontNeckDrop
  const parts: Part[] = []
  const trims: Piece['trims'] = []
  const backTop = through(
    [pt(-h + 4, -s * 0.9), pt(-h * 0.55, -s * 1.28), pt(0, -s * 1.4), pt(h * 0.55, -s * 1.28), pt(h - 4, -s * 0.9)],
    8,
  )
  parts.push({
    id: 'collar-back',
    belongs: 'collar',
    ink: o.ink,
    outline: [
      ...backTop,
      pt(h - 12, drop * 0.3),
      ...through([pt(h - 18, 8), pt(0, 26 - s * 0.5), pt(-h + 18, 8)], 6),
      pt(-h + 12, drop * 0.3),
    ],
    surface: { kind: 'base', z: 18, dome: 0, bevel: 3 },
    shade: 0.78,
    seams: [{ path: through([pt(-h + 6, -2), pt(0, 16 - s * 0.6), pt(h - 6, -2)], 8), width: 2, depth: 0.8 }],
    shadow: { dx: 0, dy: 6, blur: 7, opacity: 0.45 },
  })
  for (const side of sides) {
    const lift = side === f.lap ? 0 : 1.2
    // the stand in front, closing under the leaf
    const standPart: Point[] = [
      pt(h - 7, -s * 0.35),
      ...bezier(
        pt(h - 7, -s * 0.35),
        pt(h - 9, drop * 0.35),
        pt(h * 0.5, drop - s * 0.75),
        pt(o.open - 6, drop - s * 0.98),
        10,
      ),
      pt(o.open - 10, drop + 1),
      ...bezier(pt(o.open - 8, drop + 2), pt(h * 0.55, drop), pt(h + 1, drop * 0.52), pt(h + 2, 0), 10),
    ]
    parts.push({
      id: side === 1 ? 'stand-right' : 'stand-left',
      belongs: 'collar',
      ink: o.ink,
      outline: onSide(standPart, side),
      surface: { kind: 'base', z: 47 + lift, dome: 0, bevel: 1.6 },
      shadow: { dx: 0.6, dy: 2, blur: 3, opacity: 0.35 },
      grain: 90,
      stitches: [onSide(offset(standPart.slice(12), 2.2), side)],
    })
  }
  if (o.open < 8)
    trims.push({ kind: 'button', at: pt(0, drop - s * 0.45), radius: 5.2, style: 'four-hole', over: 'stand-right' })
  for (const side of sides) {
    const top = pt(h - 10, -s * 1.02)
    const meet = pt(o.open + 4, drop - s * 0.95)
    const tip = pt(meet.x + o.point * o.spread, meet.y + o.point * (1.12 - 0.42 * o.spread))
    const out = pt(h + 26, 4)
    const leaf: Point[] = [
      top,
      ...bezier(top, pt(h - 10, drop * 0.12), pt(h * 0.56, drop - s * 1.5), meet, 12),
      ...(o.round
        ? bezier(meet, pt(meet.x + 4, tip.y * 0.9), pt(tip.x - 18, tip.y + 8), pt(tip.x + 12, tip.y - 8), 10)
        : bezier(
            meet,
            pt(lerp(meet.x, tip.x, 0.3) + 1.5, lerp(meet.y, tip.y, 0.3)),
            pt(lerp(meet.x, tip.x, 0.7) + 1.5, lerp(meet.y, tip.y, 0.7)),
            tip,
            8,
          )),
      ...bezier(
        o.round ? pt(tip.x + 12, tip.y - 8) : tip,
        pt(tip.x + 20, tip.y - 20),
        pt(out.x + 2, out.y + 30),
        out,
        10,
      ),
      ...bezier(out, pt(out.x - 4, -14), pt(h + 4, -s * 1.15), top, 8),
    ]
    const id = side === 1 ? 'collar-right' : 'collar-left'
    const field = makeField(-f.m.shoulder / 2, -90, f.m.shoulder / 2, 160, 3)
    undulate(field, 0.8, 40, 1, f.input.seed + side)
    ridge(
      field,
      onSide(through([pt(h - 4, -s * 0.5), pt(h * 0.72, drop * 0.42), pt(meet.x + 12, meet.y + 6)], 8), side),
      5,
      12,
      12,
      swell.even,
    )
    parts.push({
      id,
      belongs: 'collar',
      ink: o.ink,
      outline: onSide(leaf, side),
      grain: side * -34,
      folds: field,
      origin: pt(side * 7, 3),
      surface: { kind: 'base', z: 54, dome: 0, bevel: 1.8 },
      shadow: { dx: 2, dy: 5, blur: 5, opacity: 0.55 },
      stitches: [onSide(offset(leaf.slice(13, -9), o.round ? 4 : 4.2), side)],
    })
    if (o.buttonDown)
      trims.push({
        kind: 'button',
        at: onSide([pt(tip.x + 2.5, tip.y - 11)], side)[0]!,
        radius: 4.6,
        style: 'four-hole',
        over: id,
      })
  }
  return { parts, trims }
}

/** Tailored collar and lapels. `break` is where the front begins to roll; `peak` lifts the lapel's point. */
export function lapels(
  f: UpperFrame,
  o: { breakY: number; overlap: number; width: number; peak: boolean; shawl: boolean; ink: Ink; collarInk: Ink },
): { under: Part; top: Part; collar: Part[]; neckline: Point[]; panelEdge: (side: 1 | -1) => Point[] } {
  const h = f.m.neckWidth / 2
  const N = pt(h - 6, -16)
  const B = pt(-o.overlap, o.breakY)
  const dir = { x: N.x - B.x, y: N.y - B.y }
  const len = Math.hypot(dir.x, dir.y)
  const u = { x: dir.x / len, y: dir.y / len }
  const out = { x: -u.y, y: u.x } // to the outside (right) of the roll line
  const on = (t: number, w: number): Point => pt(B.x + dir.x * t + out.x * w, B.y + dir.y * t + out.y * w)
  const gorge = o.peak ? 0.7 : 0.76
  const G = on(gorge, 0)
  const tip = o.peak ? on(gorge + 0.06, o.width) : on(gorge - 0.07, o.width * 0.96)
  const notch = o.peak ? on(gorge - 0.015, o.width * 0.66) : on(gorge - 0.055, o.width * 0.6)
  const lapelOuter = o.shawl
    ? [...bezier(B, on(0.16, o.width * 0.5), on(0.42, o.width * 1.02), on(0.72, o.width * 0.98), 18)]
    : [...bezier(B, on(0.14, o.width * 0.34), on(0.36, o.width * 0.86), tip, 18)]
  const lapel: Point[] = o.shawl
    ? [
        B,
        ...lapelOuter,
        ...bezier(on(0.72, o.width * 0.98), on(0.9, o.width * 0.9), pt(h + 44, 26), pt(h + 34, -2), 10),
        ...bezier(pt(h + 34, -2), pt(h + 26, -20), pt(h + 6, -30), N, 6),
        ...through([N, on(0.6, -1.5), on(0.25, -1), B], 6).slice(1, -1),
      ]
    : [
        B,
        ...lapelOuter,
        ...(o.peak ? [notch] : []),
        mix(tip, G, o.peak ? 0.4 : 0.3),
        G,
        ...through([G, on(0.5, -2), on(0.25, -1.5), B], 6).slice(1, -1),
      ]
  const fieldOf = (side: 1 | -1) => {
    const field = makeField(-f.m.halfChest / 2, -70, f.m.halfChest / 2, o.breakY + 40, 3)
    undulate(field, 1.1, 60, 1.4, f.input.seed + 5 * side)
    // the roll: full at the fold line, soft towards the edge
    ridge(field, onSide([on(0.02, 6), on(0.3, 12), on(0.6, 15), on(1, 13)], side), 7.5, 26, 13, swell.even)
    return field
  }
  const build = (side: 1 | -1, id: string): Part => ({
    id,
    belongs: 'body',
    ink: o.ink,
    outline: onSide(lapel, side),
    grain: side * -8,
    origin: pt(side * 11, 5),
    folds: fieldOf(side),
    surface: { kind: 'base', z: 52 + (side === f.lap ? 2 : 0), dome: 0, bevel: 2.4 },
    shadow: { dx: 2.5, dy: 6, blur: 7, opacity: 0.5 },
    stitches: o.shawl ? [] : [onSide(offset([B, ...lapelOuter].slice(2), -5.5), side)],
  })
  const collar: Part[] = []
  const back = through([pt(-h + 2, -20), pt(-h * 0.55, -31), pt(0, -35), pt(h * 0.55, -31), pt(h - 2, -20)], 8)
  collar.push({
    id: 'collar-back',
    belongs: 'collar',
    ink: o.collarInk,
    outline: [...back, pt(h - 14, 26), ...through([pt(h - 16, 14), pt(0, 10), pt(-h + 16, 14)], 6), pt(-h + 14, 26)],
    surface: { kind: 'base', z: 22, dome: 0, bevel: 4 },
    shade: 0.74,
    shadow: { dx: 0, dy: 7, blur: 8, opacity: 0.5 },
  })
  if (!o.shawl)
    for (const side of sides) {
      const P = o.peak ? on(gorge + 0.125, o.width * 0.78) : on(gorge + 0.085, o.width * 0.66)
      const S = pt(h + 38, 6)
      const leaf: Point[] = [
        N,
        ...through([N, on(0.92, -1), G], 6).slice(1),
        mix(G, notch, 0.985),
        ...bezier(mix(G, notch, 0.985), mix(notch, P, 0.3), mix(notch, P, 0.7), P, 5),
        ...bezier(P, pt(P.x + 8, P.y - 26), pt(S.x + 6, S.y + 30), S, 10),
        ...bezier(S, pt(S.x - 8, -16), pt(h + 12, -27), N, 8),
      ]
      const field = makeField(-f.m.halfChest / 2, -70, f.m.halfChest / 2, o.breakY, 3)
      undulate(field, 0.9, 50, 1.2, f.input.seed + 3 * side)
      ridge(field, onSide(through([pt(h + 2, -20), on(0.95, 9), on(gorge, 11)], 6), side), 7, 22, 10, swell.even)
      collar.push({
        id: side === 1 ? 'collar-right' : 'collar-left',
        belongs: 'collar',
        ink: o.collarInk,
        outline: onSide(leaf, side),
        grain: side * 42,
        origin: pt(side * 19, 9),
        folds: field,
        surface: { kind: 'base', z: 56, dome: 0, bevel: 2.4 },
        shadow: { dx: 2, dy: 5, blur: 6, opacity: 0.5 },
        stitches: [onSide(offset(leaf.slice(9, -8), 5.5), side)],
      })
    }
  const crossT = Math.abs(dir.x) > 1 ? -B.x / dir.x : 0
  const cross = on(crossT, 0)
  const edge = (side: 1 | -1): Point[] => onSide([N, on(0.6, 0), on(0.3, 0), B], side)
  const neckline = [
    f.np,
    pt(N.x, 4),
    on(0.8, 0),
    on(crossT + (1 - crossT) * 0.35, 0),
    pt(0, cross.y),
    ...mirror([on(crossT + (1 - crossT) * 0.35, 0), on(0.8, 0), pt(N.x, 4), f.np]),
  ]
  return {
    under: build(f.lap === 1 ? -1 : 1, 'lapel-under'),
    top: build(f.lap, 'lapel-top'),
    collar,
    neckline,
    panelEdge: edge,
  }
}

/** Broad turned-down collar without lapels, of cloth or fur, for fronts buttoned to the neck. */
export function turnedCollar(f: UpperFrame, o: { ink: Ink; fur: boolean; size: number }): Piece {
  const h = f.m.neckWidth / 2
  const k = o.size
  const parts: Part[] = []
  const a = (f.rng() - 0.5) * 6
  const back = through(
    [
      pt(-h - 16, -8),
      pt(-h + 2, -34),
      pt(-h * 0.45, -50),
      pt(0, -54),
      pt(h * 0.45, -50),
      pt(h - 2, -34),
      pt(h + 16, -8),
    ],
    8,
  )
  const backPart: Part = {
    id: 'collar-back',
    belongs: 'collar',
    ink: o.ink,
    outline: [...back, pt(h - 12, 22), ...through([pt(h - 16, 6), pt(0, -8), pt(-h + 16, 6)], 8), pt(-h + 12, 22)],
    surface: { kind: 'base', z: 24, dome: 0, bevel: o.fur ? 9 : 4 },
    shade: o.fur ? 1 : 0.8,
    shadow: { dx: 0, dy: 7, blur: 9, opacity: 0.55 },
  }
  if (o.fur) backPart.fur = { length: 15, flow: (x) => [x * 0.008, -0.6] }
  parts.push(backPart)
  for (const side of sides) {
    const wob = side * a
    const leaf: Point[] = through(
      [
        pt(h - 8, -26),
        pt(h - 13, 14),
        pt(h * 0.6, 62),
        pt(15, f.m.frontNeckDrop + 18),
        pt(20 * k, f.m.frontNeckDrop + 46 + wob),
        pt(46 * k, 178 * k + wob),
        pt(80 * k + 6, 204 * k),
        pt(118 * k + 12, 190 * k),
        pt(h + 62 * k, 140 * k - wob),
        pt(h + 74 * k, 84),
        pt(h + 58 * k, 24),
        pt(h + 26, -14),
        pt(h + 4, -32),
        pt(h - 8, -26),
      ],
      6,
    )
    const sharp: Point[] = [
      pt(h - 6, -26),
      ...bezier(pt(h - 6, -26), pt(h - 8, 24), pt(h * 0.52, f.m.frontNeckDrop * 0.8), pt(7, f.m.frontNeckDrop + 4), 12),
      ...bezier(
        pt(7, f.m.frontNeckDrop + 4),
        pt(26 * k, f.m.frontNeckDrop + 34 * k),
        pt(52 * k, f.m.frontNeckDrop + 70 * k),
        pt(76 * k, f.m.frontNeckDrop + 92 * k),
        8,
      ),
      ...bezier(
        pt(76 * k, f.m.frontNeckDrop + 92 * k),
        pt(112 * k, f.m.frontNeckDrop + 62 * k),
        pt(h + 58 * k, 78),
        pt(h + 48 * k, 18),
        12,
      ),
      ...bezier(pt(h + 48 * k, 18), pt(h + 36, -12), pt(h + 14, -34), pt(h - 6, -26), 8),
    ]
    const outline = o.fur ? leaf : sharp
    const field = makeField(-320, -80, 320, 280, 3)
    undulate(field, o.fur ? 2 : 1.2, 55, 1.2, f.input.seed + side * 3)
    ridge(
      field,
      onSide(through([pt(h - 2, -22), pt(h * 0.8, 40), pt(34, f.m.frontNeckDrop + 18)], 6), side),
      o.fur ? 12 : 8,
      26,
      14,
      swell.even,
    )
    const part: Part = {
      id: side === 1 ? 'collar-right' : 'collar-left',
      belongs: 'collar',
      ink: o.ink,
      outline: onSide(outline, side),
      grain: side * -26,
      origin: pt(side * 13, 2),
      folds: field,
      surface: { kind: 'base', z: 58, dome: 0, bevel: o.fur ? 12 : 3 },
      shadow: { dx: 4, dy: 10, blur: 11, opacity: 0.6 },
      stitches: o.fur ? [] : [onSide(offset(sharp.slice(13, 33), 6), side)],
    }
    if (o.fur) part.fur = { length: 21, flow: (x, y) => [x / 110 + side * 0.25, 0.42 + (y - 40) / 210] }
    parts.push(part)
  }
  return { parts, trims: [] }
}

/** A standing collar or a rib funnel of `height` mm. */
export function standCollar(f: UpperFrame, o: { height: number; ink: Ink; split: boolean; rollOver?: boolean }): Piece {
  const h = f.m.neckWidth / 2
  const drop = f.m.frontNeckDrop
  const H = o.height
  const back = through([pt(-h + 3, -H * 0.86), pt(0, -H * 0.98), pt(h - 3, -H * 0.86)], 10)
  const parts: Part[] = [
    {
      id: 'collar-back',
      belongs: 'collar',
      ink: o.ink,
      outline: [...back, pt(h - 6, 20), pt(0, drop), pt(-h + 6, 20)],
      surface: { kind: 'base', z: 14, dome: 0, bevel: 3 },
      shade: 0.55,
    },
  ]
  const gap = o.split ? 4 : 0
  for (const side of o.split ? sides : ([1] as const)) {
    const right: Point[] = [
      pt(h + 6, 2),
      ...bezier(pt(h + 6, 2), pt(h + 5, -H * 0.4), pt(h, -H * 0.7), pt(h - 2, -H * 0.86), 8),
      ...bezier(
        pt(h - 2, -H * 0.86),
        pt(h * 0.82, drop * 0.25 - H * 0.8),
        pt(h * 0.45, drop - H * 1.02),
        pt(gap, drop - H * 0.98),
        12,
      ),
    ]
    const low = [
      pt(gap, drop + 3),
      ...bezier(pt(gap, drop + 3), pt(h * 0.6, drop + 2), pt(h + 2, drop * 0.5), pt(h + 6, 2), 12),
    ]
    const outline = o.split
      ? onSide([...right, ...low], side)
      : [...right, ...mirror(right).reverse().slice(1), ...mirror(low).reverse().slice(1), ...low.slice(1)]
    const field = makeField(-h - 30, -H - 20, h + 30, drop + 20, 3)
    undulate(field, 1.6, 42, 0.8, f.input.seed + 17)
    ridge(field, through([pt(-h, -H * 0.1), pt(0, drop - H * 0.35), pt(h, -H * 0.1)], 8), 2.6, 12, 8, swell.even)
    parts.push({
      id: o.split ? (side === 1 ? 'collar-right' : 'collar-left') : 'collar',
      belongs: 'collar',
      ink: o.ink,
      outline,
      folds: field,
      surface: {
        kind: 'base',
        z: 34,
        dome: 22,
        bevel: 3,
        halfWidth: { from: -H - 40, step: 40, values: Array.from({ length: 12 }, () => h + 14) },
      },
      shadow: { dx: 1, dy: 4, blur: 5, opacity: 0.42 },
      stitches: o.split ? [onSide(offset(right.slice(9), 4), side)] : [],
    })
  }
  if (o.rollOver) {
    const fold = [
      pt(h + 9, 8),
      ...bezier(pt(h + 9, 8), pt(h + 8, -H * 0.3), pt(h + 3, -H * 0.78), pt(h - 2, -H * 0.92), 8),
      ...bezier(
        pt(h - 2, -H * 0.92),
        pt(h * 0.8, drop * 0.2 - H * 0.85),
        pt(h * 0.45, drop - H * 1.05),
        pt(0, drop - H * 1.02),
        10,
      ),
    ]
    const hem = [
      pt(0, drop - 4),
      ...bezier(pt(0, drop - 4), pt(h * 0.6, drop - 6), pt(h + 6, drop * 0.45), pt(h + 9, 8), 10),
    ]
    parts.push({
      id: 'collar-fold',
      belongs: 'collar',
      ink: o.ink,
      outline: [...fold, ...mirror(fold).reverse().slice(1), ...mirror(hem).reverse().slice(1), ...hem.slice(1)],
      surface: {
        kind: 'base',
        z: 40,
        dome: 26,
        bevel: 5,
        halfWidth: { from: -H - 40, step: 40, values: Array.from({ length: 12 }, () => h + 16) },
      },
      shadow: { dx: 1.5, dy: 6, blur: 6, opacity: 0.5 },
    })
  }
  return { parts, trims: [] }
}
