/** Pockets: patch, flap and welt, and the kangaroo pouch of a hoodie. */
import type { Point } from '../types.ts'
import type { Path } from './geometry.ts'
import { bezier, lerp, mirror, offset, onSide, pt, shift, through, turn } from './geometry.ts'
import type { Ink, Part } from './layout.ts'
import type { UpperFrame } from './frame.ts'
import type { Piece } from './piece.ts'
import { on, rect } from './piece.ts'

const underFlap = { dx: 2, dy: 5, blur: 4.5, opacity: 0.5 }
export type PocketKind = 'patch' | 'patch-flap' | 'flap' | 'welt'

/** A pocket centred on (x, y of its upper edge), turned by `slant` degrees. */
export function pocket(
  id: string,
  kind: PocketKind,
  o: {
    x: number
    y: number
    w: number
    h: number
    slant: number
    side: 1 | -1
    ink?: Ink
    button?: boolean
    thick: number
    pointed?: boolean
    grain?: number
  },
): Piece {
  const ink = o.ink ?? 'shell'
  const parts: Part[] = []
  const trims: Piece['trims'] = []
  const about = pt(o.x, o.y)
  const place = (path: Path): Path => turn(shift(path, o.x, o.y), o.slant * o.side, about)
  const w = o.w
  const bag = (h: number): Path =>
    o.pointed
      ? [pt(-w / 2, 0), pt(w / 2, 0), pt(w / 2, h * 0.84), pt(0, h), pt(-w / 2, h * 0.84)]
      : rect(-w / 2, 0, w, h, 9).map((p) =>
          p.y < 10 ? pt(Math.sign(p.x) * (w / 2), Math.max(0, p.y < 5 ? 0 : p.y)) : p,
        )
  const grain = (o.grain ?? 0) + o.slant * o.side
  if (kind === 'patch' || kind === 'patch-flap') {
    const outline = place(bag(o.h))
    const mouth = place([pt(-w / 2 + 1.5, 20), pt(w / 2 - 1.5, 20)])
    parts.push({
      id,
      belongs: 'body',
      pocket: 'patch',
      ink,
      outline,
      grain,
      origin: pt(o.x * 0.13 + 3, o.y * 0.07),
      surface: on(o.thick * 1.2),
      shadow: { dx: 1.2, dy: 2.6, blur: 3, opacity: 0.4 },
      stitches: [place(insetU(w, o.h, 3.4, o.pointed ?? false)), ...(kind === 'patch' ? [mouth] : [])],
    })
    if (kind === 'patch')
      parts.push({
        id: `${id}-mouth`,
        belongs: 'body',
        ink: 'dark',
        outline: place([
          pt(-w / 2 + 2, -1.4),
          ...through([pt(-w / 2 + 2, -1.2), pt(0, 1.2), pt(w / 2 - 2, -1.2)], 4),
          pt(w / 2 - 2, -2),
        ]),
        surface: on(0, 0),
      })
  }
  if (kind === 'flap' || kind === 'patch-flap') {
    const fh = kind === 'flap' ? Math.min(62, o.w * 0.38) : Math.min(50, o.w * 0.4)
    const k = kind === 'flap' ? 0 : 3
    const f: Path = o.pointed
      ? [pt(-w / 2 - k, -8), pt(w / 2 + k, -8), pt(w / 2 + k, fh * 0.72), pt(0, fh), pt(-w / 2 - k, fh * 0.72)]
      : [
          pt(-w / 2 - k, -8),
          pt(w / 2 + k, -8),
          ...bezier(pt(w / 2 + k, -8), pt(w / 2 + k + 0.5, fh * 0.5), pt(w / 2 + k, fh - 7), pt(w / 2 + k - 9, fh), 6),
          ...bezier(pt(w / 2 + k - 9, fh), pt(w * 0.2, fh + 2), pt(-w * 0.2, fh + 2), pt(-w / 2 - k + 9, fh), 6),
          ...bezier(
            pt(-w / 2 - k + 9, fh),
            pt(-w / 2 - k, fh - 7),
            pt(-w / 2 - k - 0.5, fh * 0.5),
            pt(-w / 2 - k, -8),
            6,
          ),
        ]
    const stitch = o.pointed
      ? [
          pt(-w / 2 - k + 5, -4),
          pt(-w / 2 - k + 5, fh * 0.72 - 4),
          pt(0, fh - 6),
          pt(w / 2 + k - 5, fh * 0.72 - 4),
          pt(w / 2 + k - 5, -4),
        ]
      : through(
          [
            pt(-w / 2 - k + 5, -3),
            pt(-w / 2 - k + 5, fh - 14),
            pt(-w / 2 + 14, fh - 5.5),
            pt(0, fh - 4),
            pt(w / 2 - 14, fh - 5.5),
            pt(w / 2 + k - 5, fh - 14),
            pt(w / 2 + k - 5, -3),
          ],
          5,
        )
    parts.push({
      id: `${id}-flap`,
      belongs: 'body',
      pocket: 'flap',
      ink,
      outline: place(f),
      grain,
      origin: pt(o.x * 0.2 - 4, 6),
      surface: { ...on(o.thick * 1.5), puff: 2.2, puffRadius: 12 } as Part['surface'],
      shadow: underFlap,
      stitches: [place(stitch)],
    })
    if (kind === 'flap')
      parts.push({
        id: `${id}-welt`,
        belongs: 'body',
        pocket: 'welt',
        ink,
        outline: place(rect(-w / 2 - 2, -13, w + 4, 7)),
        surface: on(o.thick * 0.6, 1.4),
        shadow: { dx: 0.5, dy: 1.5, blur: 1.5, opacity: 0.5 },
      })
    if (o.button)
      trims.push({
        kind: 'button',
        at: place([pt(0, fh * (o.pointed ? 0.72 : 0.62))])[0]!,
        radius: Math.min(8.5, w * 0.07),
        style: 'four-hole',
        over: `${id}-flap`,
      })
  }
  if (kind === 'welt') {
    parts.push({
      id,
      belongs: 'body',
      pocket: 'welt',
      ink,
      outline: place(rect(-w / 2, 0, w, o.h)),
      grain: grain + 6,
      origin: pt(5, o.y),
      surface: on(o.thick * 1.1),
      shadow: { dx: 1, dy: 3, blur: 3, opacity: 0.45 },
      stitches: [
        place([pt(-w / 2 + 2.5, 1), pt(-w / 2 + 2.5, o.h - 1)]),
        place([pt(w / 2 - 2.5, 1), pt(w / 2 - 2.5, o.h - 1)]),
      ],
    })
    parts.push({
      id: `${id}-mouth`,
      belongs: 'body',
      ink: 'dark',
      outline: place([pt(-w / 2 + 1, -1.5), pt(w / 2 - 1, -1.5), pt(w / 2 - 1, 0.4), pt(-w / 2 + 1, 0.4)]),
      surface: on(0, 0),
    })
  }
  return { parts, trims }
}

const insetU = (w: number, h: number, by: number, pointed: boolean): Path =>
  pointed
    ? [
        pt(-w / 2 + by, 2),
        pt(-w / 2 + by, h * 0.84 - by * 0.6),
        pt(0, h - by * 1.1),
        pt(w / 2 - by, h * 0.84 - by * 0.6),
        pt(w / 2 - by, 2),
      ]
    : [
        pt(-w / 2 + by, 2),
        ...through([pt(-w / 2 + by, h - 14), pt(-w / 2 + by + 3, h - by - 2.5), pt(-w / 2 + 14, h - by)], 4),
        ...through([pt(w / 2 - 14, h - by), pt(w / 2 - by - 3, h - by - 2.5), pt(w / 2 - by, h - 14)], 4),
        pt(w / 2 - by, 2),
      ]

/**
 * The mouth of a pocket in a side seam: it gapes a little, and is barred at both ends so that it tears no further.
 * @param edge x of the side seam by y, on the viewer's right
 */
export function seamPocket(id: string, edge: (y: number) => number, from: number, to: number, side: 1 | -1): Piece {
  const n = 12
  const at = (t: number, gape: number): Point => pt(edge(lerp(from, to, t)) - gape, lerp(from, to, t))
  const seam = Array.from({ length: n + 1 }, (_, i) => at(i / n, 0.5))
  const mouth = Array.from({ length: n + 1 }, (_, i) => at(i / n, 2.5 + 8.5 * Math.sin((i / n) * Math.PI) ** 0.8))
  return {
    parts: [
      {
        id,
        belongs: 'body',
        ink: 'shell',
        outline: onSide([...seam, ...mouth.toReversed()], side),
        surface: on(0, 0),
        shade: 0.5,
      },
      // the front's edge stands over it
      {
        id: `${id}-lip`,
        belongs: 'body',
        ink: 'shell',
        outline: onSide([...mouth, ...mouth.map((p) => pt(p.x - 11, p.y)).toReversed()], side),
        surface: on(1.4, 1.8),
        shadow: { dx: side * 2.4, dy: 1.5, blur: 2.6, opacity: 0.5 },
        stitches: [
          onSide(
            mouth.map((p) => pt(p.x - 6, p.y)),
            side,
          ),
        ],
      },
    ],
    trims: [0.01, 0.99].map((t) => ({
      kind: 'bartack' as const,
      path: onSide([at(t, 0), at(t, 14)], side),
      over: `${id}-lip`,
    })),
  }
}

/** The pouch over the hem rib: in one piece, or parted by a zip. */
export function kangaroo(f: UpperFrame, ribH: number, zipped: boolean): Piece {
  const low = f.m.bodyLength - ribH
  const h = Math.min(210, f.m.bodyLength * 0.29)
  const w = f.m.halfChest * 0.3
  const top = w * 0.62
  const parts: Part[] = []
  for (const side of zipped ? ([-1, 1] as const) : ([1] as const)) {
    const x0 = zipped ? 9 : 0
    const right = [
      pt(top, low - h),
      ...bezier(pt(top, low - h), pt(top + 6, low - h * 0.7), pt(w, low - h * 0.46), pt(w, low - h * 0.36), 10),
      pt(w, low - 2),
    ]
    const outline = zipped
      ? onSide([pt(x0, low - h), ...right, pt(x0, low - 2)], side)
      : [...mirror(right).reverse(), ...right]
    const slope = right.slice(0, 12)
    parts.push({
      id: zipped ? `pouch-${side}` : 'pouch',
      belongs: 'body',
      ink: 'shell',
      outline,
      surface: { kind: 'on', lift: 2.6, bevel: 2.4, puff: 5, puffRadius: 26 },
      origin: pt(side * 4, 8),
      shadow: { dx: 1.5, dy: 3.5, blur: 4, opacity: 0.42 },
      stitches: (zipped ? [side] : [-1, 1])
        .flatMap((s) => [onSide(offset(slope, 4), s as 1 | -1), onSide(offset(slope, 14), s as 1 | -1)])
        .concat([
          zipped
            ? onSide([pt(x0 + 2, low - h + 4), pt(top - 3, low - h + 4)], side)
            : [pt(-top + 3, low - h + 4), pt(top - 3, low - h + 4)],
        ]),
    })
  }
  return { parts, trims: [] }
}
