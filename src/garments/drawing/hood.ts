/** The hood of a hoodie, from the front and from behind. */
import { makeField, ridge, swell, undulate } from './folds.ts'
import { bezier, mirror, offset, onSide, pt, through } from './geometry.ts'
import type { Part } from './layout.ts'
import type { UpperFrame } from './frame.ts'
import type { Piece } from './piece.ts'

/** Doubled with its own cloth or another, or of one layer. */
export type HoodLining = 'self' | 'contrast' | 'single'

/** Width of the strip between the sides of a hood, mm. */
const STRIP = 64

/** The hood lying back behind the neck, its opening towards us, drawcord hanging (front); its point hanging (back). */
export interface HoodLook {
  lining: HoodLining
  zipped: boolean
  /** Two sides with a strip between them, in place of two halves that meet. */
  strip: boolean
}

export function hood(f: UpperFrame, { lining, zipped, strip }: HoodLook): Piece {
  const h = f.m.neckWidth / 2
  const single = lining === 'single'
  // where its seams run over the head
  const centre = strip ? [-STRIP / 2, STRIP / 2] : [0]
  // one layer of cloth stands less than two
  const H = f.m.hoodHeight * (single ? 0.57 : 0.62)
  const W = Math.max(h + 46, f.m.hoodDepth * 0.56)
  const drop = f.m.frontNeckDrop
  const parts: Part[] = []
  const trims: Piece['trims'] = []
  const seed = f.input.seed
  const fieldFor = (k: number) => {
    const field = makeField(-W - 40, -H - 40, W + 40, drop + 140, 3)
    undulate(field, 2.4, 70, 1.3, seed + k)
    return field
  }
  const bodyDome = { from: -H - 60, step: 60, values: Array.from({ length: 12 }, (_, i) => (i < 2 ? W * 0.9 : W + 12)) }
  if (f.back) {
    // lying on the back: open above, its point hanging between the shoulder blades
    const depth = f.m.hoodHeight * (single ? 0.54 : 0.6)
    const top = through([pt(-h - 26, 4), pt(-h * 0.9, -26), pt(0, -40), pt(h * 0.9, -26), pt(h + 26, 4)], 8)
    const low = through(
      [
        pt(h + 26, 4),
        pt(h + 52, depth * 0.34),
        pt(h * 0.86, depth * 0.78),
        pt(0, depth),
        pt(-h * 0.86, depth * 0.78),
        pt(-h - 52, depth * 0.34),
        pt(-h - 26, 4),
      ],
      8,
    )
    const field = fieldFor(9)
    for (const s of [-1, 1] as const) {
      ridge(
        field,
        onSide(through([pt(h + 20, 14), pt(h * 0.8, depth * 0.42), pt(10, depth * 0.62)], 6), s),
        8,
        18,
        11,
        swell.middle,
      )
      ridge(
        field,
        onSide(through([pt(h + 8, -8), pt(h * 0.6, depth * 0.16), pt(8, depth * 0.28)], 6), s),
        7,
        14,
        10,
        swell.middle,
      )
    }
    parts.push({
      id: 'hood-edge-back',
      belongs: 'hood',
      ink: 'shell',
      outline: [...top, ...low.slice(1)],
      folds: field,
      surface: {
        kind: 'base',
        z: 52,
        dome: 16,
        bevel: 8,
        halfWidth: { from: -60, step: 60, values: Array.from({ length: 10 }, () => h + 60) },
      },
      shadow: { dx: 2, dy: 10, blur: 11, opacity: 0.5 },
      seams: centre.map((x) => ({ path: [pt(x, -40), pt(x + 1, depth)], shows: 'hoodCentre', width: 2.6, depth: 1.3 })),
      // one layer is neatened with a cover stitch on both sides of its seam and along its hem
      stitches: single
        ? [
            ...centre.flatMap((x) => [-5, 5].map((by) => [pt(x + by, -38), pt(x + by + 1, depth - 4)])),
            top.map((p) => pt(p.x * 0.97, p.y + 22)),
            top.map((p) => pt(p.x * 0.965, p.y + 27)),
          ]
        : [],
    })
    return { parts, trims }
  }
  const outer = [
    pt(h + 34, 20),
    ...bezier(pt(h + 34, 20), pt(W + 26, -H * 0.18), pt(W + 6, -H * 0.82), pt(W * 0.52, -H * 0.97), 14),
    ...bezier(pt(W * 0.52, -H * 0.97), pt(W * 0.3, -H * 1.04), pt(W * 0.12, -H * 1.03), pt(0, -H * 1.02), 8),
  ]
  const shell = fieldFor(1)
  for (const s of [-1, 1] as const) {
    ridge(
      shell,
      onSide(through([pt(h + 20, 10), pt(W * 0.92, -H * 0.38), pt(W * 0.6, -H * 0.86)], 6), s),
      7,
      16,
      9,
      swell.middle,
    )
    ridge(
      shell,
      onSide(through([pt(h + 30, 26), pt(W + 4, -H * 0.2), pt(W * 0.9, -H * 0.6)], 6), s),
      4,
      10,
      7,
      swell.middle,
    )
  }
  parts.push({
    id: 'hood',
    belongs: 'hood',
    ink: 'shell',
    outline: [...outer, ...mirror(outer).reverse().slice(1), pt(-h - 30, drop * 0.8), pt(h + 30, drop * 0.8)],
    folds: shell,
    surface: { kind: 'base', z: 20, dome: 30, bevel: 6, halfWidth: bodyDome },
    seams: centre.map((x) => ({
      path: [pt(x, -H * 1.03), pt(x, -H * 0.8)],
      shows: 'hoodCentre',
      width: 3,
      depth: 1.4,
    })),
  })
  // the opening: lining side of the hood in shadow
  const rim = [
    pt(6, drop + 10),
    ...bezier(pt(6, drop + 10), pt(h * 0.62, drop - 8), pt(h + 2, 20), pt(h + 8, -18), 10),
    ...bezier(pt(h + 8, -18), pt(W * 0.86, -H * 0.46), pt(W * 0.62, -H * 0.8), pt(W * 0.3, -H * 0.84), 12),
    ...bezier(pt(W * 0.3, -H * 0.84), pt(W * 0.18, -H * 0.855), pt(W * 0.08, -H * 0.86), pt(0, -H * 0.86), 6),
  ]
  const inside = fieldFor(2)
  ridge(inside, through([pt(-W * 0.6, -H * 0.5), pt(0, -H * 0.3), pt(W * 0.6, -H * 0.52)], 8), 8, 22, 14, swell.middle)
  ridge(inside, [pt(-2, -H * 0.84), pt(3, -10)], 3.5, 8, 8, swell.even)
  ridge(inside, through([pt(-h, -12), pt(0, 12), pt(h, -12)], 8), 6, 16, 10, swell.middle)
  const plain = f.input.textures.lining ? 'lining' : 'shell'
  parts.push({
    id: 'hood-inside',
    belongs: 'inside',
    ink: lining === 'contrast' ? 'contrast' : plain,
    outline: [...rim, ...mirror(rim).reverse().slice(1)],
    folds: inside,
    surface: {
      kind: 'base',
      z: 10,
      dome: -18,
      bevel: 4,
      halfWidth: { from: -H - 60, step: 60, values: Array.from({ length: 12 }, () => W) },
    },
    shade: single ? 0.62 : 0.5,
    // inside a single hood its own seams are seen, taped; a lining hides them
    seams: [
      { path: through([pt(-h * 0.9, 4), pt(0, 30), pt(h * 0.9, 4)], 8), shows: 'hoodNeck', width: 3, depth: 1.4 },
      ...(single ? centre : []).map((x) => ({
        path: [pt(x, -H * 0.84), pt(x + 1.5, -6)],
        shows: 'hoodCentre' as const,
        width: 3.4,
        depth: 1.6,
      })),
    ],
    stitches: single ? centre.flatMap((x) => [-7, 7].map((by) => [pt(x + by, -H * 0.83), pt(x + by + 1.5, -8)])) : [],
  })
  trims.push({ kind: 'label', at: pt(0, 6), width: 42, height: 22, over: 'hood-inside' })
  // the rolled front edge with its channel, crossing at the throat
  for (const side of [f.lap === 1 ? -1 : 1, f.lap] as const) {
    const outerEdge = [
      ...(zipped ? [pt(3, drop + 6)] : [pt(-16, drop + 13)]),
      ...bezier(
        zipped ? pt(3, drop + 6) : pt(-16, drop + 13),
        pt(h * 0.5, drop + 2),
        pt(h + 12, 46),
        pt(h + 22, 0),
        12,
      ),
      ...bezier(pt(h + 22, 0), pt(W + 6, -H * 0.44), pt(W * 0.74, -H * 0.88), pt(W * 0.34, -H * 0.93), 14),
      pt(0, -H * 0.955),
    ]
    const innerEdge = [
      ...(zipped ? [pt(3, drop - 34)] : [pt(-20, drop - 22)]),
      ...bezier(
        zipped ? pt(3, drop - 34) : pt(-20, drop - 22),
        pt(h * 0.35, drop - 34),
        pt(h - 16, 14),
        pt(h - 8, -22),
        12,
      ),
      ...bezier(pt(h - 8, -22), pt(W * 0.74, -H * 0.46), pt(W * 0.56, -H * 0.76), pt(W * 0.28, -H * 0.81), 14),
      pt(0, -H * 0.83),
    ]
    const edgeField = fieldFor(3 + side)
    ridge(
      edgeField,
      onSide(
        through([pt(0, drop - 10), pt(h * 0.85, 26), pt(h + 8, -10), pt(W * 0.76, -H * 0.6), pt(0, -H * 0.89)], 6),
        side,
      ),
      single ? 4 : 9,
      16,
      14,
      swell.even,
    )
    parts.push({
      id: side === 1 ? 'hood-edge-right' : 'hood-edge-left',
      belongs: 'hood',
      ink: 'shell',
      outline: onSide([...outerEdge, ...[...innerEdge].reverse()], side),
      folds: edgeField,
      grain: side * -18,
      surface: { kind: 'base', z: 50, dome: 0, bevel: single ? 2.6 : 5 },
      shadow: { dx: 1.5, dy: 6, blur: 7, opacity: 0.5 },
      stitches: (single ? [22, 27] : [22]).map((by) => onSide(offset(innerEdge, by).slice(1, -1), side)),
    })
  }
  for (const side of [-1, 1] as const) {
    const id = side === 1 ? 'hood-edge-right' : 'hood-edge-left'
    const eye = pt(side * (zipped ? 30 : 33), drop - 8)
    trims.push({ kind: 'eyelet', at: eye, radius: 5.4, over: id })
    const len = 150 + f.rng() * 26
    trims.push({
      kind: 'cord',
      path: through(
        [
          eye,
          pt(eye.x + side * 5, eye.y + len * 0.3),
          pt(eye.x + side * (2 + f.rng() * 8), eye.y + len * 0.7),
          pt(eye.x + side * (4 + f.rng() * 12), eye.y + len),
        ],
        8,
      ),
      width: 6.4,
      tip: 'metal',
      over: 'body',
    })
  }
  return { parts, trims }
}
