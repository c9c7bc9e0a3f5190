/** The pieces of one size put together: graph, notches on both sides of every seam, and pairs of lengths. */
import type { Drafted } from '../blocks/engine.ts'
import type { Context, Recipe, SeamPair } from '../blocks/types.ts'
import { round1 } from '../geometry.ts'
import type { Piece } from '../types.ts'
import { notched } from './notches.ts'
import { resolveSewing, stretchesOf } from './resolve.ts'
import type { OpeningPlan } from './openings.ts'
import type { Seam, Sewable, Sewn, Side } from './types.ts'

const said = (side: Side): string => [...new Set(side.stretches.map(({ piece }) => piece))].join('+')

/** A seam as gate G2's list of lengths has it: the ease that is meant is taken off, what is left may differ. */
const pairOf = ({ id, a, b, ease }: Seam): SeamPair => ({
  a: `${id}: ${said(a)}`,
  b: `${id}: ${said(b)}`,
  lengthA: a.length,
  lengthB: b.length,
  easeMax: round1(Math.max(Math.abs(ease.min), Math.abs(ease.max))),
})

/**
 * @returns the pieces with the notches their seams need and the anchors their seams are written with, the graph, and a
 *   pair of lengths for every seam
 * @throws DraftError see {@link resolveSewing}
 */
export function sewnTogether(
  { sewing, openings }: Pick<Recipe, 'sewing' | 'openings'>,
  pieces: readonly Piece[],
  d: Drafted,
  ctx: Context,
): { pieces: Piece[]; sewn: Sewn; seamPairs: SeamPair[]; openings: readonly OpeningPlan[] } {
  const count = (id: string): number => pieces.find((piece) => piece.id === id)?.count ?? 0
  const of: Sewable = { d, ctx, count, has: (id) => count(id) > 0 }
  const sewn = resolveSewing(sewing?.(of) ?? [], pieces)
  const used = new Set(
    sewn.flatMap(stretchesOf).flatMap(({ piece, anchors }) => anchors.map((name) => `${piece} ${name}`)),
  )
  return {
    sewn,
    openings: openings?.(of) ?? [],
    pieces: notched(pieces, sewn).map((piece) => ({
      ...piece,
      anchors: Object.fromEntries(
        Object.entries(piece.anchors ?? {}).filter(([name]) => used.has(`${piece.id} ${name}`)),
      ),
    })),
    seamPairs: sewn.flatMap((entry) => (entry.does === 'sewn' ? [pairOf(entry)] : [])),
  }
}
