/** What ends a sleeve or a knitted body: bands, turn-ups, ribs, tabs, vents with buttons. */
import type { Point } from '../types.ts'
import type { Path } from './geometry.ts'
import { bezier, lerp, mix, pt, through } from './geometry.ts'
import type { ButtonTrim, Ink, Part, Trim } from './layout.ts'
import type { UpperFrame } from './frame.ts'
import type { Piece } from './piece.ts'
import { on } from './piece.ts'
import type { SleeveGeometry } from './sleeves.ts'

export type CuffCorner = 'square' | 'round' | 'mitred'

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
    /** How a band closes: lapped with a corner of this shape, or turned back and linked. */
    close?: CuffCorner | 'linked'
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
    }
    parts.push(part)
    if (o.kind === 'band') {
      const lapped = cuffLap({
        id: o.id,
        ink: o.ink,
        at,
        half: low,
        height: o.height,
        close: o.close ?? 'square',
        side,
      })
      parts.push(...lapped.parts)
      trims.push(...lapped.trims)
    }
    for (let i = 0; i < o.buttons; i++)
      trims.push({
        kind: 'button',
        at: at(-low * 0.12 + i * 14, o.height * 0.5),
        radius: 5.2,
        style: o.style ?? 'four-hole',
        over: o.kind === 'band' ? `${o.id}-lap` : o.id,
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

/** The outer end of a band cuff over the inner one: its corner shows how the cuff is cut. */
function cuffLap(o: {
  id: string
  ink: Ink
  at: (across: number, down: number) => Point
  half: number
  height: number
  close: CuffCorner | 'linked'
  side: 1 | -1
}): Piece {
  const { at, height: h } = o
  // a hair inside the cuff it lies on, whose edge it would fray otherwise
  const half = o.half - 0.7
  const edge = -half * 0.3
  const bottom = (x: number): number => h - 0.8 + 4 * (1 - (x / o.half) ** 2)
  const r = o.close === 'square' ? 0 : Math.min(20, h * 0.34)
  const low = (from: number, inset: number): Path =>
    [half - inset, half * 0.5, 0, from].map((x) => at(x, bottom(x) - inset))
  if (o.close === 'linked') {
    // turned back on itself: the free edge is above, the fold below, both ends meet at the link
    const free = through([at(-half - 2, 5), at(0, 8), at(half + 2, 5)], 5)
    return {
      parts: [
        {
          id: `${o.id}-lap`,
          belongs: 'sleeve',
          ink: o.ink,
          outline: [
            ...free,
            at(half + 2, h + 1),
            ...through([at(half + 2, h + 1), at(0, h + 5), at(-half - 2, h + 1)], 5),
          ],
          grain: 90,
          surface: { kind: 'on', lift: 2.4, bevel: 2.2, puff: 1.6, puffRadius: 8 },
          shadow: { dx: 0, dy: -2.4, blur: 3, opacity: 0.55 },
          seams: [{ path: [at(edge, 7), at(edge - 1, bottom(edge))], shows: 'cuffEdge', width: 2.8, depth: 2.2 }],
          stitches: [
            through([at(-half, 9.5), at(0, 12.5), at(half, 9.5)], 5),
            [at(edge + 5, 13), at(edge + 4, bottom(edge) - 2)],
            [at(edge - 5, 13), at(edge - 6, bottom(edge) - 2)],
          ],
        },
      ],
      trims: [
        // closed with a link of the wearer's own
        {
          kind: 'buttonhole',
          at: at(edge - 0.5, h * 0.56),
          length: 16,
          angle: 0,
          over: `${o.id}-lap`,
        },
      ],
    }
  }
  const corner = (by: number): Path => {
    const x = edge + by
    if (r === 0) return [at(x, bottom(x) - by)]
    const [a, b] = [at(x, bottom(edge) - r - by * 0.4), at(edge + r + by * 0.4, bottom(edge + r) - by)]
    const c = at(x, bottom(x) - by)
    return o.close === 'round' ? [b, ...bezier(b, mix(b, c, 0.58), mix(a, c, 0.58), a, 7)] : [b, a]
  }
  const top = [at(edge, 1.4), at(0, 2), at(half, 0.6)]
  return {
    parts: [
      // under the corner the other end of the cuff is seen, in its shade
      {
        id: `${o.id}-under`,
        belongs: 'sleeve',
        ink: o.ink,
        outline: [
          at(edge - 1.5, h * 0.5),
          at(edge + r + 3, h * 0.5),
          at(edge + r + 3, bottom(0) - 1.6),
          at(edge - 1.5, bottom(edge) - 1.6),
        ],
        grain: 90,
        surface: on(0, 0),
        shade: 0.62,
      },
      {
        id: `${o.id}-lap`,
        belongs: 'sleeve',
        ink: o.ink,
        outline: [...top, ...low(edge + r, 0).slice(0, r ? -1 : undefined), ...corner(0)],
        grain: 90,
        surface: on(1.5, 1.6),
        shadow: { dx: o.side * -1.4, dy: 1.2, blur: 2.4, opacity: 0.55 },
        stitches: [
          [
            at(half, 3),
            at(0, 4),
            at(edge + 4, 3),
            ...[...corner(4)].reverse(),
            ...[...low(edge + r, 4)].reverse().slice(r ? 1 : 0),
          ],
        ],
      },
    ],
    trims: [],
  }
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
  if (split)
    part.seams = [{ path: [pt(0, f.m.bodyLength - height), pt(0, f.m.bodyLength)], shows: 'zip', width: 2, depth: 1 }]
  return part
}
