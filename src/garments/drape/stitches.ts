/**
 * The seam graph as pairs of spans: each sewn stretch is one span against one span of the same share of its seam, whatever
 * pieces, darts and breaks the two sides run over. Ease, gathers and ribs are what the two lengths differ by.
 */
import type { Edge, Seam, Side } from '../sewing/types.ts'
import type { SizeDraft } from '../types.ts'
import { onPanel, outerSeams, outside, type Panel, type Span } from './panels.ts'

export interface Stitching {
  /** Id of the seam in the graph; `dart` for the legs of one, `fastened` for what a zip or a hook closes. */
  seam: string
  a: Span
  b: Span
}

/** Shorter than this is a corner, mm. */
const CORNER = 0.4

/** Parts of a span that are sewn: the mouths of darts are folded away. */
function withoutMouths(panels: readonly Panel[], span: Span): Span[] {
  const panel = panels[span.panel]
  if (!panel) return []
  const { ring, mouths } = panel
  const sign = Math.sign(span.length)
  const start = span.length >= 0 ? span.from : span.from + span.length
  const total = Math.abs(span.length)
  const cuts = mouths
    .map((mouth) => ({ at: ring.turn(mouth.from - start), length: mouth.length }))
    // A mouth that begins a hair before the span is one at its start.
    .map(({ at, length }) => ({ at: at > ring.length - 2 ? at - ring.length : at, length }))
    .filter(({ at, length }) => at + length / 2 < total)
    .toSorted((p, q) => p.at - q.at)
  const parts: { from: number; to: number }[] = []
  let reached = 0
  for (const { at, length } of cuts) {
    if (at - reached > CORNER) parts.push({ from: reached, to: at })
    reached = Math.max(reached, at + length)
  }
  if (total - reached > CORNER) parts.push({ from: reached, to: total })
  const spans = parts.map(({ from, to }) =>
    sign > 0
      ? { panel: span.panel, from: start + from, length: to - from }
      : { panel: span.panel, from: start + to, length: from - to },
  )
  return sign > 0 ? spans : spans.toReversed()
}

const lengthOf = (chain: readonly Span[]): number => chain.reduce((sum, { length }) => sum + Math.abs(length), 0)

/** Shares of a chain at which it passes from span to span. */
function breaksOf(chain: readonly Span[]): number[] {
  const all = lengthOf(chain)
  let sum = 0
  return chain.map(({ length }) => (sum += Math.abs(length)) / all)
}

/** The part of a chain between two shares, which lies in one of its spans. */
function between(chain: readonly Span[], from: number, to: number): Span {
  const all = lengthOf(chain)
  const middle = ((from + to) / 2) * all
  let sum = 0
  for (const span of chain) {
    const mm = Math.abs(span.length)
    if (middle <= sum + mm) {
      const sign = Math.sign(span.length)
      return { panel: span.panel, from: span.from + sign * (from * all - sum), length: sign * (to - from) * all }
    }
    sum += mm
  }
  throw new RangeError('a chain ends before its end')
}

/** Two chains against each other, cut at each other's breaks. */
export function against(seam: string, a: readonly Span[], b: readonly Span[]): Stitching[] {
  if (!a.length || !b.length) return []
  const shares = [0, ...breaksOf(a), ...breaksOf(b)].toSorted((p, q) => p - q)
  // Breaks that nearly meet are one: a corner against a corner.
  const near = CORNER / Math.min(lengthOf(a), lengthOf(b))
  const cuts = shares.filter((t, i) => i === 0 || t - (shares[i - 1] ?? 0) > near)
  cuts[cuts.length - 1] = 1
  return cuts.slice(1).map((to, i) => {
    const from = cuts[i] ?? 0
    return { seam, a: between(a, from, to), b: between(b, from, to) }
  })
}

/** A side of a seam on the panels that are draped; undefined when a piece of it is not. */
function chainOf(panels: readonly Panel[], side: Side): Span[] | undefined {
  const spans = side.stretches.map((stretch) => onPanel(panels, stretch))
  return spans.every((span) => span !== undefined) ? spans.flatMap((span) => withoutMouths(panels, span)) : undefined
}

/** Bands that close on themselves by a hook or a button. */
const CLOSES = /^(waistband|cuff)$/

/** What a zip, a hook or a cuff's button closes, when the garment is worn closed. */
function fastened(panels: readonly Panel[], size: SizeDraft, seams: readonly Seam[]): Stitching[] {
  const zips = (size.sewn ?? []).filter(
    (entry): entry is Edge => entry.does === 'hemmed' && entry.seam === 'zip' && entry.layer === 'shell',
  )
  const edges = zips.flatMap(({ stretches }) => stretches)
  const found: Stitching[] = []
  for (const stretch of edges) {
    if (stretch.copy !== 0) continue
    const twin = edges.find((s) => s.piece === stretch.piece && s.copy === 1)
    const [a, b] = [onPanel(panels, stretch), twin && onPanel(panels, twin)]
    if (a && b) found.push(...against('fastened', [a], [b]))
  }
  panels.forEach(({ piece, ring }, panel) => {
    const joined = seams.some(({ a, b }) => [a, b].every((side) => side.stretches.every((s) => s.piece === piece.id)))
    if (!CLOSES.test(piece.id) || joined) return
    const xs = ring.points.map(({ x }) => x)
    const [x0, x1] = [Math.min(...xs), Math.max(...xs)]
    const ys = ring.points.map(({ y }) => y)
    const [y0, y1] = [Math.min(...ys), Math.max(...ys)]
    const end = (x: number): Span => {
      const [from, to] = [ring.place({ x, y: y1 }).place, ring.place({ x, y: y0 }).place]
      return { panel, from, length: ring.between(from, to) }
    }
    found.push(...against('fastened', [end(x0)], [end(x1)]))
  })
  return found
}

/**
 * Everything that is sewn or fastened on the outside of a size, in the order of sewing.
 * @returns with it what of the outside is left unsewn, by the seams' ids
 */
export function stitchingOf(size: SizeDraft, panels: readonly Panel[]): { stitching: Stitching[]; left: string[] } {
  const seams = outerSeams(size)
  const outer = outside(size)
  const left: string[] = []
  const sewn = seams.flatMap((seam) => {
    const [a, b] = [chainOf(panels, seam.a), chainOf(panels, seam.b)]
    if (a && b) return against(seam.id, a, b)
    const all = [...seam.a.stretches, ...seam.b.stretches]
    const missing = all.filter((s) => !onPanel(panels, s))
    if (missing.length < all.length && missing.some(outer)) left.push(seam.id)
    return []
  })
  return { stitching: [...sewn, ...fastened(panels, size, seams)], left }
}
