/** Parts and trims many garments share: pockets, belts, cuffs, ribs, epaulettes, rows of buttons. */
import type { Path } from '../geometry.ts'
import { bezier, lerp, mirror, offset, onSide, pt, shift, through, turn } from '../geometry.ts'
import { makeField, ridge, swell, undulate } from '../folds.ts'
import type { ButtonTrim, Ink, Part, Trim } from '../layout.ts'
import type { SleeveGeometry, UpperFrame } from './frame.ts'
import type { Piece } from './collars.ts'

export const rect = (x: number, y: number, w: number, h: number, r = 0): Path => {
  if (r <= 0) return [pt(x, y), pt(x + w, y), pt(x + w, y + h), pt(x, y + h)]
  const corner = (cx: number, cy: number, from: number): Path =>
    Array.from({ length: 6 }, (_, i) => {
      const a = from + (i / 5) * (Math.PI / 2)
      return pt(cx + Math.cos(a) * r, cy + Math.sin(a) * r)
    })
  return [
    ...corner(x + w - r, y + r, -Math.PI / 2),
    ...corner(x + w - r, y + h - r, 0),
    ...corner(x + r, y + h - r, Math.PI / 2),
    ...corner(x + r, y + r, Math.PI),
  ]
}

export const on = (lift: number, bevel = lift): Part['surface'] => ({ kind: 'on', lift, bevel: Math.max(1.4, bevel) })
const underFlap = { dx: 2, dy: 5, blur: 4.5, opacity: 0.5 }
export const lowShadow = { dx: 1, dy: 2, blur: 2.4, opacity: 0.32 }

export type PocketKind = 'patch' | 'patch-flap' | 'flap' | 'welt' | 'cargo' | 'slant' | 'none'

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
  if (kind === 'patch' || kind === 'patch-flap' || kind === 'cargo') {
    const outline = place(bag(o.h))
    const mouth = place([pt(-w / 2 + 1.5, 20), pt(w / 2 - 1.5, 20)])
    const seams =
      kind === 'cargo'
        ? [
            { path: place([pt(-w * 0.14, 8), pt(-w * 0.14, o.h - 4)]), width: 5, depth: 1.5 },
            { path: place([pt(w * 0.14, 8), pt(w * 0.14, o.h - 4)]), width: 5, depth: 1.5 },
          ]
        : []
    parts.push({
      id,
      belongs: 'body',
      ink,
      outline,
      grain,
      origin: pt(o.x * 0.13 + 3, o.y * 0.07),
      surface: on(kind === 'cargo' ? o.thick * 2.6 : o.thick * 1.2),
      shadow: { dx: 1.2, dy: 2.6, blur: 3, opacity: 0.4 },
      seams,
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
  if (kind === 'flap' || kind === 'patch-flap' || kind === 'cargo') {
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

/** A self-fabric belt through a frame buckle, with its end hanging. */
export function buckledBelt(f: UpperFrame, y: number, height: number, tied: boolean): Piece {
  const x = f.halfAt(y) + 5
  const dip = 9
  const h2 = height / 2
  const top = through(
    [
      pt(-x, y - h2 - 3),
      pt(-x * 0.5, y - h2 + dip * 0.7),
      pt(0, y - h2 + dip),
      pt(x * 0.5, y - h2 + dip * 0.7),
      pt(x, y - h2 - 3),
    ],
    10,
  )
  const low = through(
    [
      pt(-x, y + h2 - 3),
      pt(-x * 0.5, y + h2 + dip * 0.7),
      pt(0, y + h2 + dip),
      pt(x * 0.5, y + h2 + dip * 0.7),
      pt(x, y + h2 - 3),
    ],
    10,
  )
  const thick = f.hand.thick
  const cx = f.lap * -26
  const cy = y + dip
  const parts: Part[] = []
  const trims: Piece['trims'] = []
  const seed = f.input.seed
  const field = makeField(-x - 20, y - 60, x + 20, y + 60, 3)
  undulate(field, 1, 70, 0.7, seed + 71)
  for (let i = 0; i < 5; i++) {
    const px = lerp(-x * 0.85, x * 0.85, (i + f.rng()) / 5)
    ridge(field, [pt(px, y - h2 + 4), pt(px + (f.rng() - 0.5) * 26, y + h2 + 6)], 1.6, 6, 4, swell.middle)
  }
  const loopX = x * 0.66
  for (const s of [-1, 1])
    parts.push({
      id: s < 0 ? 'loop-left' : 'loop-right',
      belongs: 'body',
      ink: 'shell',
      outline: rect(s * loopX - 7, y - h2 - 14, 14, height + 28),
      surface: on(2),
      shadow: lowShadow,
    })
  parts.push({
    id: 'belt',
    belongs: 'body',
    ink: 'shell',
    outline: [...top, ...low.reverse()],
    grain: 90,
    folds: field,
    surface: on(thick * 2.2, thick * 1.3),
    shadow: { dx: 2, dy: 7, blur: 7, opacity: 0.58 },
    stitches: [offset(top, 5), offset(low.reverse(), -5)],
  })
  for (const s of [-1, 1])
    parts.push({
      id: s < 0 ? 'keeper-left' : 'keeper-right',
      belongs: 'body',
      ink: 'shell',
      outline: rect(s * loopX - 7, y - h2 - 6, 14, height + 18),
      surface: on(thick * 1.4, 2),
      shadow: lowShadow,
      stitches: [
        [pt(s * loopX - 4.4, y - h2 - 4), pt(s * loopX - 4.4, y + h2 + 10)],
        [pt(s * loopX + 4.4, y - h2 - 4), pt(s * loopX + 4.4, y + h2 + 10)],
      ],
    })
  const l = f.lap
  const tailW = height * 0.92
  const tailPath = tied
    ? [pt(cx, cy + 4), pt(cx + l * 20, cy + 70), pt(cx + l * 30, cy + 160), pt(cx + l * 27, cy + 250)]
    : [pt(cx + l * 14, cy - 2), pt(cx + l * 36, cy + 62), pt(cx + l * 52, cy + 130), pt(cx + l * 53, cy + 196)]
  const spine = through(tailPath, 8)
  const L = offset(spine, -tailW / 2)
  const R = offset(spine, tailW / 2)
  const end = spine[spine.length - 1]!
  const tail = [...L, pt(end.x + 1, end.y + 15), ...[...R].reverse()]
  const tailPart: Part = {
    id: 'belt-tail',
    belongs: 'body',
    ink: 'shell',
    outline: tail,
    grain: -10 * l,
    origin: pt(30, 9),
    surface: on(thick * 1.8, thick * 1.2),
    shadow: { dx: 4, dy: 7, blur: 6, opacity: 0.55 },
    stitches: [offset(spine, -tailW / 2 + 5).slice(2), offset(spine, tailW / 2 - 5).slice(2)],
  }
  parts.push(tailPart)
  if (tied) {
    const second = through(
      [pt(cx - l * 6, cy + 2), pt(cx - l * 30, cy + 80), pt(cx - l * 44, cy + 160), pt(cx - l * 41, cy + 220)],
      8,
    )
    parts.push({
      ...tailPart,
      id: 'belt-tail-2',
      outline: [...offset(second, -tailW / 2), ...offset(second, tailW / 2).reverse()],
      stitches: [offset(second, -tailW / 2 + 5), offset(second, tailW / 2 - 5)],
    })
    const knot = through(
      [
        pt(cx - 30, cy - h2 + 3),
        pt(cx + 2, cy - h2 - 7),
        pt(cx + 30, cy - h2 + 5),
        pt(cx + 27, cy + h2 - 2),
        pt(cx + 2, cy + h2 + 9),
        pt(cx - 27, cy + h2 - 1),
        pt(cx - 30, cy - h2 + 3),
      ],
      5,
    )
    const kf = makeField(cx - 50, cy - 50, cx + 50, cy + 60, 2.5)
    ridge(kf, [pt(cx - 26, cy - h2 + 8), pt(cx + 24, cy + h2 - 4)], 7, 12, 7, swell.even)
    ridge(kf, [pt(cx + 22, cy - h2 + 8), pt(cx + 4, cy + 2)], -4, 5, 5, swell.middle)
    parts.push({
      id: 'belt-knot',
      belongs: 'body',
      ink: 'shell',
      outline: knot,
      grain: 50,
      folds: kf,
      surface: { kind: 'on', lift: 8, bevel: 8, puff: 7, puffRadius: 10 },
      shadow: { dx: 3, dy: 6, blur: 6, opacity: 0.6 },
    })
  } else
    trims.push({
      kind: 'buckle',
      at: pt(cx, cy),
      width: height * 0.98,
      height: height + 10,
      shape: 'frame',
      over: 'belt',
    })
  return { parts, trims }
}

export function epaulettes(f: UpperFrame): Piece {
  const parts: Part[] = []
  const trims: Piece['trims'] = []
  for (const s of [-1, 1] as const) {
    const a = pt(f.sp.x - 1, f.sp.y + 2)
    const b = pt(f.np.x + 34, lerp(f.np.y, f.sp.y, 34 / (f.sp.x - f.np.x)) + 5)
    const path = [pt(a.x, a.y - 3), pt(a.x + 3, a.y + 34), pt(b.x + 4, b.y + 27), pt(b.x - 9, b.y + 15), pt(b.x, b.y)]
    const st = [pt(a.x - 4, a.y + 30), pt(b.x + 6, b.y + 22.5), pt(b.x - 3, b.y + 14), pt(b.x + 2, b.y + 5)]
    parts.push({
      id: s < 0 ? 'epaulette-left' : 'epaulette-right',
      belongs: 'body',
      ink: 'shell',
      outline: onSide(path, s),
      grain: s * -70,
      surface: on(f.hand.thick * 1.3, 2.4),
      shadow: { dx: 2, dy: 5, blur: 5, opacity: 0.5 },
      stitches: [onSide(st, s)],
    })
    trims.push({
      kind: 'button',
      at: onSide([pt(b.x + 14, b.y + 16)], s)[0]!,
      radius: 7.5,
      style: 'four-hole',
      over: s < 0 ? 'epaulette-left' : 'epaulette-right',
    })
  }
  return { parts, trims }
}

/** Separate cuff at the end of a sleeve: band, turned-up cuff or rib. */
export function cuffOf(
  g: SleeveGeometry,
  side: 1 | -1,
  o: {
    id: string
    kind: 'band' | 'turned' | 'rib' | 'tab'
    height: number
    width: number
    ink: Ink
    thick: number
    buttons: number
    style?: ButtonTrim['style']
  },
): Piece {
  const [outer, inner] = g.end
  const w = Math.hypot(outer.x - inner.x, outer.y - inner.y)
  const ux = (outer.x - inner.x) / w
  const uy = (outer.y - inner.y) / w
  // direction down the sleeve
  const dx = -uy * side
  const dy = ux * side
  const at = (across: number, down: number) =>
    pt((outer.x + inner.x) / 2 + ux * across + dx * down, (outer.y + inner.y) / 2 + uy * across + dy * down)
  const parts: Part[] = []
  const trims: (Trim & { over: string })[] = []
  if (o.kind === 'rib' || o.kind === 'band') {
    const top = o.width / 2 + (o.kind === 'rib' ? 3 : 1)
    const low = o.width / 2
    const n = 10
    const sections = Array.from({ length: n + 1 }, (_, i) => {
      const t = i / n
      const half = lerp(top, low, t)
      return { a: at(-half, -3 + t * (o.height + 3)), b: at(half, -3 + t * (o.height + 3)), s: t * o.height }
    })
    const outline = [
      at(-top, -3),
      ...through([at(-top, -3), at(0, -0.5), at(top, -3)], 4),
      ...(o.kind === 'rib' ? [at(low + 2, o.height * 0.5)] : []),
      at(low, o.height),
      ...through([at(low, o.height), at(0, o.height + 4), at(-low, o.height)], 5),
      ...(o.kind === 'rib' ? [at(-low - 2, o.height * 0.5)] : []),
    ]
    const part: Part = {
      id: o.id,
      belongs: 'sleeve',
      ink: o.ink,
      outline,
      surface: { kind: 'strip', z: 16, dome: w * 0.17, sections, bevel: 2 },
      shadow: { dx: 0, dy: -2, blur: 4, opacity: 0.35 },
    }
    if (o.kind === 'band') {
      part.grain = 90
      part.stitches = [
        [at(-top + 1, 3), at(top - 1, 3)],
        [at(-low + 1, o.height - 4), at(low - 1, o.height - 4)],
      ]
      part.seams = [{ path: [at(-low * 0.3, 0), at(-low * 0.28, o.height)], width: 2, depth: 0.9 }]
    }
    parts.push(part)
    for (let i = 0; i < o.buttons; i++)
      trims.push({
        kind: 'button',
        at: at(-low * 0.12 + i * 14, o.height * 0.5),
        radius: 5.2,
        style: o.style ?? 'four-hole',
        over: o.id,
      })
  } else if (o.kind === 'turned') {
    const outline = [
      at(-w / 2 - 4, -o.height),
      ...through([at(-w / 2 - 4, -o.height), at(0, -o.height + 7), at(w / 2 + 4, -o.height)], 5),
      at(w / 2 + 4, 0),
      ...through([at(w / 2 + 4, 0), at(0, 7), at(-w / 2 - 4, 0)], 6),
    ]
    const sections = [0, 0.5, 1].map((t) => ({
      a: at(-w / 2 - 4, lerp(-o.height, 8, t)),
      b: at(w / 2 + 4, lerp(-o.height, 8, t)),
      s: t * o.height,
    }))
    parts.push({
      id: o.id,
      belongs: 'sleeve',
      ink: o.ink,
      outline,
      surface: { kind: 'strip', z: 15, dome: w * 0.17, sections, bevel: 3.2 },
      origin: pt(9, 4),
      shadow: { dx: 0.5, dy: -3, blur: 5, opacity: 0.5 },
      stitches: [through([at(-w / 2 - 2, -o.height + 7), at(0, -o.height + 14), at(w / 2 + 2, -o.height + 7)], 6)],
    })
  } else {
    const y = -o.height * 0.9
    const outline = [
      at(-w * 0.06, y - 16),
      at(w / 2 + 1, y - 18),
      at(w / 2 + 1, y + 18),
      at(-w * 0.06, y + 16),
      at(-w * 0.17, y),
    ]
    parts.push({
      id: o.id,
      belongs: 'sleeve',
      ink: o.ink,
      outline,
      grain: 90,
      surface: on(o.thick * 1.3),
      shadow: { dx: 1, dy: 4, blur: 4, opacity: 0.5 },
      stitches: [
        [at(w / 2, y - 13), at(-w * 0.05, y - 11.5), at(-w * 0.13, y), at(-w * 0.05, y + 11.5), at(w / 2, y + 13)],
      ],
    })
    trims.push({ kind: 'button', at: at(-w * 0.04, y), radius: 8, style: 'four-hole', over: o.id })
  }
  return { parts, trims }
}

/** Buttons on the sleeve vent of tailored garments. */
export function ventButtons(g: SleeveGeometry, id: string, count: number, side: 1 | -1): Piece['trims'] {
  const [outer, inner] = g.end
  const w = Math.hypot(outer.x - inner.x, outer.y - inner.y)
  const ux = (outer.x - inner.x) / w
  const uy = (outer.y - inner.y) / w
  return Array.from({ length: count }, (_, i) => {
    const up = 26 + i * 15
    return {
      kind: 'button',
      at: pt(outer.x - ux * 16 + uy * side * up, outer.y - uy * 16 - ux * side * up),
      radius: 6,
      style: 'four-hole',
      over: id,
    }
  })
}

/** A knitted hem band under the body. */
export function hemRib(f: UpperFrame, hem: Path, height: number, ink: Ink, split: boolean): Part {
  // hem runs right to left; the band hangs from it and draws in
  const low = hem.map((p) => pt(p.x * 0.985, p.y + height))
  const upper = hem.map((p) => pt(p.x * 1.004, p.y - 3))
  const sections = [...upper].reverse().map((p, i) => ({ a: [...low].reverse()[i]!, b: p, s: p.x }))
  const half = f.halfAt(f.m.bodyLength - height)
  const part: Part = {
    id: 'hem-rib',
    belongs: 'body',
    ink,
    outline: [...upper, ...[...low].reverse()],
    surface: {
      kind: 'base',
      z: 44,
      dome: f.m.halfChest * 0.1,
      bevel: 3,
      halfWidth: { from: f.m.bodyLength - height - 20, step: 20, values: Array.from({ length: 12 }, () => half + 2) },
    },
    shadow: { dx: 0, dy: -2, blur: 5, opacity: 0.4 },
  }
  if (sections.length < 3) return part
  if (split) part.seams = [{ path: [pt(0, f.m.bodyLength - height), pt(0, f.m.bodyLength)], width: 2, depth: 1 }]
  return part
}

export const buttonRow = (
  ys: readonly number[],
  x: number,
  radius: number,
  over: string,
  style: ButtonTrim['style'] = 'four-hole',
): Piece['trims'] => ys.map((y) => ({ kind: 'button', at: pt(x, y), radius, style, over }))

export const spread = (from: number, to: number, count: number): number[] =>
  count === 1 ? [from] : Array.from({ length: count }, (_, i) => lerp(from, to, i / (count - 1)))

export const both = (path: Path): Path[] => [[...path], mirror(path)]
