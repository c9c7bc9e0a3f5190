/**
 * The seam graph: what happens to every edge of every piece. A garment declares it once ({@link Sewing}), in names of
 * points; for each size it is resolved to lengths and places along the outlines ({@link Sewn}), and seam pairs, notches,
 * the construction table and gate G2 are read from that. Lengths are millimetres.
 */
import type { Localized } from '../../core/values.ts'
import type { Context } from '../blocks/types.ts'
import type { Drafted } from '../blocks/engine.ts'
import type { StitchKey } from '../blocks/common.ts'
import type { EaseKind } from './ease.ts'
import type { SeamId } from './words.ts'

/**
 * A way along the outline of one piece, `piece: anchor > anchor [> anchor …]`: from anchor to anchor, each time the
 * shorter way round. `piece#1` is the second copy cut of it (without a number: the first, as drafted), `~piece` the same
 * way on the other half of the body (the mirrored copy, or the other half of a piece that was opened on its fold). A
 * piece alone is its whole outline, in all copies; `piece: rest` is what no other line of the declaration takes.
 */
export type Way = string

/** One seam: side `a` is sewn to side `b`, both run the same way. Where one is longer on purpose, that one is `a`. */
export interface SeamPlan {
  does: 'sewn'
  id: SeamId
  /** How much longer `a` may be than `b` ({@link ./ease.ts}). */
  kind: EaseKind
  a: readonly Way[]
  b: readonly Way[]
  /** Layers that are taken into the same seam: the other edge of a doubled band, the top of a bag. */
  caught: readonly Way[]
  /** Left and right: once as written, once on the other half. */
  twice: boolean
  /** What is folded or gathered away of a side before it is sewn, mm. */
  takeUp: { a: number; b: number }
  /** What makes it: a key of {@link ../blocks/common.ts SEAMS}, with its ISO stitch and seam class. */
  by: StitchKey
}

/**
 * One or more edges that are joined to no other edge.
 * - `hemmed`: turned in and sewn down; - `folded`: a fold that stays, or the end of a band closed across its fold;
 * - `bound`: covered by a tape or a band that is a trim; - `laid`: sewn on to the face of another piece ({@link onto});
 * - `open`: left raw on purpose, and `why`.
 */
export interface EdgePlan {
  does: 'hemmed' | 'folded' | 'bound' | 'laid' | 'open'
  id: SeamId
  edges: readonly Way[]
  twice: boolean
  by: StitchKey | null
  /** The piece it is laid on. */
  onto: string | null
  why: OpenReason | null
}
/** Why an edge may stay as it was cut. */
export type OpenReason = 'fused' | 'overlocked' | 'inside' | 'knit' | 'selvedge' | 'left-open'
export type Plan = SeamPlan | EdgePlan

/** What a declaration is told: one size as it is drafted. */
export interface Sewable {
  d: Drafted
  ctx: Context
  /** Is this piece cut, with these choices? */
  has: (piece: string) => boolean
  /** How many are cut of a piece; 0 where it is not cut. */
  count: (piece: string) => number
}
/** A garment's declaration, in the order it is sewn. */
export type Sewing = (of: Sewable) => readonly Plan[]

/** A resolved way. */
export interface Stretch {
  piece: string
  copy: number
  anchors: readonly string[]
  /** Where it begins, mm along `piece.seam` from its first point. */
  from: number
  /** Its length on the outline, mm: positive in the direction of `piece.seam`, negative against it. */
  length: number
  /** What of it is sewn: its length less the mouths of darts in it, mm. */
  sewn: number
}
export interface Side {
  stretches: readonly Stretch[]
  /** As it meets the other side: darts closed, pleats and gathers taken up, mm. */
  length: number
}

/** One seam of one size. */
export interface Seam {
  does: 'sewn'
  /** `side`, or `side.left` and `side.right`: one per size. */
  id: string
  seam: SeamId
  kind: EaseKind
  /** Place in the order of sewing, from 1. */
  order: number
  layer: Layer
  by: StitchKey
  a: Side
  b: Side
  caught: readonly Stretch[]
  /** How much longer `a` is than `b`, and may be, mm. */
  ease: { is: number; min: number; max: number }
}
/** Edges of one size that are joined to no other edge. */
export interface Edge {
  does: EdgePlan['does']
  id: string
  seam: SeamId
  order: number
  layer: Layer
  by: StitchKey | null
  onto: string | null
  why: OpenReason | null
  stretches: readonly Stretch[]
}
export type Layer = 'shell' | 'lining' | 'inside'

/** The graph of one size: seams and edges in the order of sewing. */
export type Sewn = readonly (Seam | Edge)[]

/** Something that cannot be sewn as it is. */
export interface SewingFault {
  kind: 'ease' | 'unsewn' | 'twice' | 'opening' | 'mark' | 'retraced'
  /** The seam or the piece. */
  at: string
  /** What is wrong, both lengths, and what to change. */
  text: Localized
  /** By how much, mm. */
  mm: number
}
