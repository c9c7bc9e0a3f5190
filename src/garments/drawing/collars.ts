/** Collars of their own: shirt, turned-down, standing, and from behind. Parts in drawing order; y 0 is the high point shoulder. */
import type { Point } from '../types.ts'
import { makeField, ridge, swell, undulate } from './folds.ts'
import { bezier, inset, lerp, mirror, onSide, pt, through } from './geometry.ts'
import type { Ink, Part } from './layout.ts'
import type { UpperFrame } from './frame.ts'
import type { Piece } from './piece.ts'
import { sides } from './piece.ts'

const leafId = (side: 1 | -1): string => (side === 1 ? 'collar-right' : 'collar-left')

interface ShirtCollarLook {
  point: number
  spread: number
  stand: number
  ink: Ink
  buttonDown: boolean
  open: number
  round?: boolean
}

/** One leaf of a shirt collar, where the two meet, and its point. Right side. */
function shirtLeaf(f: UpperFrame, o: ShirtCollarLook): { leaf: Point[]; meet: Point; tip: Point } {
  const h = f.m.neckWidth / 2
  const s = o.stand
  const drop = f.m.frontNeckDrop
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
  return { leaf, meet, tip }
}

/** Shirt collar: stand and two leaves with points, buttoned or open by `gap`. */
export function shirtCollar(f: UpperFrame, o: ShirtCollarLook): Piece {
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
    seams: [
      { path: through([pt(-h + 6, -2), pt(0, 16 - s * 0.6), pt(h - 6, -2)], 8), shows: 'neck', width: 2, depth: 0.8 },
    ],
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
      stitches: [onSide(inset(standPart, standPart.slice(12), 2.2), side)],
    })
  }
  if (o.open < 8)
    trims.push({ kind: 'button', at: pt(0, drop - s * 0.45), radius: 5.2, style: 'four-hole', over: 'stand-right' })
  for (const side of sides) {
    const { leaf, meet, tip } = shirtLeaf(f, o)
    const id = leafId(side)
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
      stitches: [onSide(inset(leaf, leaf.slice(13, -9), 4), side)],
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

/** A leaf of fur, rounded; `wob` makes the two unlike. Right side. */
function furLeaf(f: UpperFrame, k: number, wob: number): Point[] {
  const h = f.m.neckWidth / 2
  return through(
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
}

/** A leaf of cloth with its point. Right side. */
function sharpLeaf(f: UpperFrame, k: number): Point[] {
  const h = f.m.neckWidth / 2
  return [
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
    const sharp = sharpLeaf(f, k)
    const outline = o.fur ? furLeaf(f, k, wob) : sharp
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
      id: leafId(side),
      belongs: 'collar',
      ink: o.ink,
      outline: onSide(outline, side),
      grain: side * -26,
      origin: pt(side * 13, 2),
      folds: field,
      surface: { kind: 'base', z: 58, dome: 0, bevel: o.fur ? 12 : 3 },
      shadow: { dx: 4, dy: 10, blur: 11, opacity: 0.6 },
      stitches: o.fur ? [] : [onSide(inset(sharp, sharp.slice(13, 33), 6), side)],
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
      id: o.split ? leafId(side) : 'collar',
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
      stitches: o.split ? [onSide(inset(right, right.slice(9), 4), side)] : [],
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

/** A collar seen from behind. */
export function backCollar(f: UpperFrame, fur: boolean, ink: Part['ink'], height: number): Piece {
  const h = f.m.neckWidth / 2
  const out = fur ? h + 74 : h + 26
  const top = through([pt(h + 12, -14), pt(h * 0.8, -30), pt(0, -38), pt(-h * 0.8, -30), pt(-h - 12, -14)], 8)
  const low = through(
    [
      pt(-out, fur ? 40 : 16),
      pt(-out * 0.94, height * 0.66),
      pt(-out * 0.5, height * 0.82),
      pt(0, height * 0.86),
      pt(out * 0.5, height * 0.82),
      pt(out * 0.94, height * 0.66),
      pt(out, fur ? 40 : 16),
    ],
    8,
  )
  const part: Part = {
    id: 'collar-back',
    belongs: 'collar',
    ink,
    outline: [...top, ...low],
    grain: fur ? 0 : 90,
    surface: {
      kind: 'base',
      z: 56,
      dome: 10,
      bevel: fur ? 12 : 3,
      halfWidth: { from: -60, step: 60, values: Array.from({ length: 8 }, () => out + 10) },
    },
    shadow: { dx: 2, dy: 8, blur: 8, opacity: 0.5 },
    stitches: fur ? [] : [inset([...top, ...low], low, 6)],
  }
  if (fur) part.fur = { length: 19, flow: (x) => [x / 180, 0.8] }
  return { parts: [part], trims: [] }
}
