/** The smallest things shapes are put together from: parts with their trims, a surface lying on cloth, rows of buttons. */
import type { Path } from './geometry.ts'
import { lerp, pt } from './geometry.ts'
import type { ButtonTrim, Part, Trim } from './layout.ts'

/** Parts in drawing order, and trims with the part they lie on. */
export interface Piece {
  parts: Part[]
  trims: (Trim & { over: string })[]
}

export const sides = [-1, 1] as const

/** A rectangle from its upper left corner, its corners rounded by `r` mm. */
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

/** A surface that lies on what is beneath it, `lift` mm high. */
export const on = (lift: number, bevel = lift): Part['surface'] => ({ kind: 'on', lift, bevel: Math.max(1.4, bevel) })

export const lowShadow = { dx: 1, dy: 2, blur: 2.4, opacity: 0.32 }

/** Buttons below each other at x. */
export const buttonRow = (
  ys: readonly number[],
  x: number,
  radius: number,
  over: string,
  style: ButtonTrim['style'] = 'four-hole',
): Piece['trims'] => ys.map((y) => ({ kind: 'button', at: pt(x, y), radius, style, over }))

/** `count` places evenly from `from` to `to`. */
export const spread = (from: number, to: number, count: number): number[] =>
  count === 1 ? [from] : Array.from({ length: count }, (_, i) => lerp(from, to, i / (count - 1)))

/** Pieces as one, in drawing order. */
export const together = (...pieces: readonly Piece[]): Piece => ({
  parts: pieces.flatMap(({ parts }) => parts),
  trims: pieces.flatMap(({ trims }) => trims),
})
/** A part by itself. */
export const alone = (...parts: Part[]): Piece => ({ parts, trims: [] })
export const NOTHING: Piece = { parts: [], trims: [] }
