/** Collar and lapels of tailored fronts, with the neckline they leave. y 0 is the high point shoulder. */
import type { Point } from '../../types.ts'
import { makeField, ridge, swell, undulate } from '../../drawing/folds.ts'
import { bezier, inset, mirror, mix, onSide, pt, through } from '../../drawing/geometry.ts'
import type { Ink, Part } from '../../drawing/layout.ts'
import type { UpperFrame } from '../../drawing/frame.ts'
import { sides } from '../../drawing/piece.ts'

interface LapelLook {
  breakY: number
  overlap: number
  width: number
  peak: boolean
  shawl: boolean
  ink: Ink
  collarInk: Ink
}

/** Where the roll line runs, and the corners of a lapel on it: `on(t, w)` is so far along it and out from it. */
function rollOf(f: UpperFrame, o: LapelLook) {
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
  return { h, N, B, dir, on, gorge, G, tip, notch }
}
type Roll = ReturnType<typeof rollOf>

function lapelOf(o: LapelLook, { h, N, B, on, G, tip, notch }: Roll): { lapel: Point[]; lapelOuter: Point[] } {
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
  return { lapel, lapelOuter }
}

function collarOf(f: UpperFrame, o: LapelLook, { h, N, on, gorge, G, notch }: Roll): Part[] {
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
        stitches: [onSide(inset(leaf, leaf.slice(9, -8), 5.5), side)],
      })
    }
  return collar
}

/** Tailored collar and lapels. `break` is where the front begins to roll; `peak` lifts the lapel's point. */
export function lapels(
  f: UpperFrame,
  o: LapelLook,
): { under: Part; top: Part; collar: Part[]; neckline: Point[]; panelEdge: (side: 1 | -1) => Point[] } {
  const roll = rollOf(f, o)
  const { N, B, dir, on } = roll
  const { lapel, lapelOuter } = lapelOf(o, roll)
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
    stitches: o.shawl ? [] : [onSide(inset(lapel, [B, ...lapelOuter].slice(2), 5.5), side)],
  })
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
    collar: collarOf(f, o, roll),
    neckline,
    panelEdge: edge,
  }
}
