/**
 * Notches from the graph: where one side of a seam passes from one piece to the next, the other side is notched there;
 * long or eased seams get balance marks on both sides, at the same share of their way.
 */
import { distance, roundPoint } from '../geometry.ts'
import type { Notch, Piece } from '../types.ts'
import { type Panel, panelsOf } from './resolve.ts'
import type { Seam, Sewn, Side, Stretch } from './types.ts'

/** Two notches nearer than this are one, and a corner is a mark itself, mm. */
const NEAR = 14
/** From this length on a plain seam is balanced, mm; eased ones from the second on. */
const LONG = 240
const EASED = 60
/** Further apart than this notches leave too much to guess, mm. */
const APART = 420

/** The place on its piece at a share of a side's way; nothing at a corner. */
function spot(
  side: Side,
  share: number,
  panels: ReadonlyMap<string, Panel>,
): { stretch: Stretch; place: number } | undefined {
  const all = side.stretches.reduce((sum, { sewn }) => sum + sewn, 0)
  let left = share * all
  for (const stretch of side.stretches) {
    const panel = panels.get(stretch.piece)
    if (!panel) return undefined
    if (left <= stretch.sewn) {
      const edge = Math.abs(stretch.length)
      if (Math.min(left, stretch.sewn - left) < NEAR) return undefined
      const sign = Math.sign(stretch.length)
      // Mouths of darts before the spot are folded away: go on until what is sewn of the way is as long.
      let mm = left
      for (let round = 0; round < 4; round++) mm = left + panel.darted(stretch.from, sign * mm)
      return { stretch, place: stretch.from + sign * Math.min(mm, edge) }
    }
    left -= stretch.sewn
  }
  return undefined
}

/** Shares of a side's way at which it passes from piece to piece. */
function breaks(side: Side): number[] {
  const all = side.stretches.reduce((sum, { sewn }) => sum + sewn, 0)
  let sum = 0
  return side.stretches.slice(0, -1).map(({ sewn }) => (sum += sewn) / all)
}

/** Where both sides of a seam are marked, as shares of its way. */
export function balance(seam: Seam): number[] {
  const fixed = [...breaks(seam.a), ...breaks(seam.b)]
  const plain = Math.abs(seam.ease.is) < 3
  const length = seam.b.length
  if (length < (plain ? LONG : EASED)) return fixed
  const steps = seam.kind === 'rib' || seam.kind === 'gathered' || seam.kind === 'elastic' ? 4 : 0
  const marks = [0, ...fixed, 1].toSorted((p, q) => p - q)
  const added = marks.slice(1).flatMap((to, i) => {
    const from = marks[i] ?? 0
    const gap = (to - from) * length
    const parts = Math.max(fixed.length ? 1 : 2, Math.ceil(gap / APART))
    return Array.from({ length: parts - 1 }, (_, k) => from + ((to - from) * (k + 1)) / parts)
  })
  return steps && fixed.length === 0 ? [0.25, 0.5, 0.75] : [...fixed, ...added]
}

/** The pieces with the notches of their seams beside their own. */
export function notched(pieces: readonly Piece[], sewn: Sewn): Piece[] {
  const panels = panelsOf(pieces)
  const added = new Map<string, Notch[]>(pieces.map((piece) => [piece.id, [...piece.notches]]))
  const mark = (side: Side, share: number): void => {
    const found = spot(side, share, panels)
    const panel = found && panels.get(found.stretch.piece)
    const list = found && added.get(found.stretch.piece)
    if (!panel || !list) return
    const p = roundPoint(panel.ring.at(found.place))
    if (list.every((notch) => distance(notch, p) > NEAR)) list.push({ ...p, kind: 'single' })
  }
  for (const entry of sewn)
    if (entry.does === 'sewn')
      for (const share of balance(entry)) {
        mark(entry.a, share)
        mark(entry.b, share)
      }
  return pieces.map((piece) => ({ ...piece, notches: added.get(piece.id) ?? piece.notches }))
}
