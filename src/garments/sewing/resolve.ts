/** From a garment's declaration to the graph of one size: every way found on the outlines of the pieces that are cut. */
import { DraftError } from '../blocks/engine.ts'
import { boxOf, round1 } from '../geometry.ts'
import type { Piece, Point } from '../types.ts'
import { EASE } from './ease.ts'
import { Ring } from './ring.ts'
import type { Edge, Layer, Plan, Seam, SeamPlan, Sewn, Side, Stretch, Way } from './types.ts'
import type { SeamId } from './words.ts'

/** An anchor this far off its outline is none, mm. */
const OFF = 1
/** Stretches shorter than this are corners, mm. */
const CORNER = 1.5

/** The mouth of a dart on an outline: folded away before the edge is sewn. */
interface Mouth {
  from: number
  length: number
}

/** A piece as it is sewn: its outline measured, its anchors as places, the mouths of its darts. */
export class Panel {
  readonly piece: Piece
  readonly ring: Ring
  readonly mouths: readonly Mouth[]

  constructor(piece: Piece) {
    this.piece = piece
    this.ring = new Ring(piece.seam)
    this.mouths = piece.lines.flatMap(({ kind, points }) => {
      const [a, b] = [points[0], points.at(-1)]
      if (kind !== 'dart' || points.length < 3 || !a || !b) return []
      const [from, to] = [this.ring.place(a), this.ring.place(b)]
      const length = this.ring.between(from.place, to.place)
      if (from.off > OFF || to.off > OFF || Math.abs(length) < 0.5) return []
      return [{ from: length > 0 ? from.place : to.place, length: Math.abs(length) }]
    })
  }

  /** @throws DraftError naming the anchors there are */
  place(anchor: string): number {
    const found = this.piece.anchors?.[anchor] ?? this.#mirrored(anchor)
    const spot = found && this.ring.place(found)
    if (spot && spot.off <= OFF) return spot.place
    throw new DraftError(
      `the outline of "${this.piece.id}" has no point "${anchor}"; it has: ${Object.keys(this.piece.anchors ?? {}).join(', ')}`,
    )
  }

  /** The other half's point of a piece that was drafted whole: as far from its middle on the other side. */
  #mirrored(anchor: string): Point | undefined {
    const p = anchor.endsWith('~') ? this.piece.anchors?.[anchor.slice(0, -1)] : undefined
    if (!p) return undefined
    const { x0, x1 } = boxOf(this.piece.seam)
    return { x: x0 + x1 - p.x, y: p.y }
  }

  has(anchor: string): boolean {
    return this.piece.anchors?.[anchor] !== undefined || this.#mirrored(anchor) !== undefined
  }

  /** Is this what a dart folds away, and nothing more? */
  isMouth({ from, length }: Mouth): boolean {
    const middle = from + length / 2
    return this.mouths.some(
      (mouth) =>
        length < mouth.length + 2 * CORNER &&
        Math.abs(this.ring.between(mouth.from + mouth.length / 2, middle)) < 2 * CORNER,
    )
  }

  /** Does a stretch run over the mouth of a dart? */
  over({ from, length }: Pick<Stretch, 'from' | 'length'>, mouth: Mouth): boolean {
    const start = length >= 0 ? from : from + length
    return this.ring.turn(mouth.from + mouth.length / 2 - start) < Math.abs(length)
  }

  /** What of a stretch is folded away by darts, mm. */
  darted(from: number, length: number): number {
    return this.mouths.reduce((sum, mouth) => (this.over({ from, length }, mouth) ? sum + mouth.length : sum), 0)
  }
}

interface Parsed {
  piece: string
  copy: number
  other: boolean
  anchors: readonly string[]
}

function parse(way: Way): Parsed {
  const found = /^(~?)([A-Za-z]+)(?:#(\d+))?(?:: (.+))?$/.exec(way)
  if (!found) throw new DraftError(`"${way}" is no way along a piece: write "piece: anchor > anchor"`)
  const [, tilde, piece = '', copy, anchors] = found
  return { piece, copy: Number(copy ?? 0), other: tilde === '~', anchors: anchors?.split(' > ') ?? [] }
}

/** The same point on the other half of an opened piece; a point of the fold is its own. */
const otherAnchor = (panel: Panel, anchor: string): string => {
  if (anchor.endsWith('~')) return anchor.slice(0, -1)
  return panel.has(`${anchor}~`) ? `${anchor}~` : anchor
}

class Resolver {
  readonly panels: ReadonlyMap<string, Panel>

  constructor(pieces: readonly Piece[]) {
    this.panels = new Map(pieces.map((piece) => [piece.id, new Panel(piece)]))
  }

  panel(id: string): Panel {
    const panel = this.panels.get(id)
    if (!panel) throw new DraftError(`a seam is declared for "${id}", which is not cut`)
    return panel
  }

  stretch(way: Way, half: 'left' | 'right'): Stretch {
    const { piece: id, copy, other, anchors } = parse(way)
    const panel = this.panel(id)
    const { count, mirrored } = panel.piece
    const flip = other !== (half === 'right')
    // Left and right are two copies where there are two; one piece opened on its fold has both halves itself.
    const byCopy = mirrored || count % 2 === 0
    const cut = flip && byCopy ? count - 1 - copy : copy
    if (cut < 0 || cut >= count) throw new DraftError(`"${way}": ${count} of "${id}" are cut`)
    const names = flip && !byCopy ? anchors.map((name) => otherAnchor(panel, name)) : anchors
    if (names.length < 2) throw new DraftError(`"${way}" names fewer than two points`)
    const places = names.map((name) => panel.place(name))
    const from = places[0] ?? 0
    const length = places.slice(1).reduce((sum, to, i) => sum + panel.ring.between(places[i] ?? 0, to), 0)
    return {
      piece: id,
      copy: cut,
      anchors: names,
      from: round1(from),
      length: round1(length),
      sewn: round1(Math.abs(length) - panel.darted(from, length)),
    }
  }

  /** Ways of an edge that is joined to nothing: whole outlines and rests too. */
  stretches(way: Way, half: 'left' | 'right', taken: readonly Stretch[]): Stretch[] {
    const { piece: id, anchors } = parse(way)
    if (anchors.length > 1) return [this.stretch(way, half)]
    const panel = this.panels.get(id)
    if (!panel) return []
    return Array.from({ length: panel.piece.count }, (_, copy) => copy).flatMap((copy) =>
      gaps(panel, copy, anchors.length ? taken : []).map(({ from, length }) => ({
        piece: id,
        copy,
        anchors: [],
        from: round1(from),
        length: round1(length),
        sewn: round1(length),
      })),
    )
  }

  layer(stretch: Stretch | undefined): Layer {
    const role = stretch ? this.panel(stretch.piece).piece.role : 'shell'
    if (role === 'lining') return 'lining'
    return role === 'interlining' || role === 'pocketing' ? 'inside' : 'shell'
  }

  side(ways: readonly Way[], half: 'left' | 'right', takeUp: number): Side {
    const stretches = ways.map((way) => this.stretch(way, half))
    return { stretches, length: round1(stretches.reduce((sum, { sewn }) => sum + sewn, 0) - takeUp) }
  }

  seam(plan: SeamPlan, half: 'left' | 'right', order: number): Seam {
    const [a, b] = [this.side(plan.a, half, plan.takeUp.a), this.side(plan.b, half, plan.takeUp.b)]
    const [min, max] = EASE[plan.kind].range(b.length)
    return {
      does: 'sewn',
      id: plan.twice ? `${plan.id}.${half}` : plan.id,
      seam: plan.id,
      kind: plan.kind,
      order,
      layer: this.layer(a.stretches[0]),
      by: plan.by,
      a,
      b,
      caught: plan.caught.map((way) => this.stretch(way, half)),
      ease: { is: round1(a.length - b.length), min: round1(min), max: round1(max) },
    }
  }
}

/** Stretches as intervals that start within one turn and run forwards. */
const forwards = (panel: Panel, { from, length }: Pick<Stretch, 'from' | 'length'>) => ({
  from: panel.ring.turn(length >= 0 ? from : from + length),
  length: Math.abs(length),
})

/** What no stretch takes of one copy's outline, corners apart. */
export function gaps(panel: Panel, copy: number, taken: readonly Stretch[]): { from: number; length: number }[] {
  const all = panel.ring.length
  const mine = taken
    .filter((stretch) => stretch.piece === panel.piece.id && stretch.copy === copy)
    .map((stretch) => forwards(panel, stretch))
    .toSorted((p, q) => p.from - q.from)
  const first = mine[0]
  if (!first) return [{ from: 0, length: all }]
  const found: { from: number; length: number }[] = []
  let reached = first.from
  for (const { from, length } of [...mine, { from: first.from + all, length: 0 }]) {
    const gap = { from: panel.ring.turn(reached), length: from - reached }
    if (gap.length > CORNER && !panel.isMouth(gap)) found.push(gap)
    reached = Math.max(reached, from + length)
  }
  return found
}

/** What is taken more than once of one copy's outline, corners apart: its length, mm. */
export function doubled(panel: Panel, copy: number, taken: readonly Stretch[]): number {
  const mine = taken.filter((stretch) => stretch.piece === panel.piece.id && stretch.copy === copy)
  const claimed = mine.reduce((sum, { length }) => sum + Math.abs(length), 0)
  const free = gaps(panel, copy, mine).reduce((sum, { length }) => sum + length, 0)
  const whole = claimed + free + panel.mouths.reduce((sum, { length }) => sum + length, 0)
  // A mouth that a way runs over is in its length already.
  const over =
    whole -
    panel.ring.length -
    panel.mouths.filter((m) => mine.some((s) => panel.over(s, m))).reduce((sum, { length }) => sum + length, 0)
  return over > CORNER * Math.max(1, mine.length / 2) ? over : 0
}

/** An edge that two seams take at once, where it is told: which they are, and a place on it. */
export interface Clash {
  seams: readonly [SeamId, SeamId]
  place: number
}
/** Two entries of the graph that take the same edge of one copy; nothing where none does. */
export function clash(panel: Panel, copy: number, sewn: Sewn): Clash | undefined {
  const mine = sewn.flatMap((entry) =>
    stretchesOf(entry)
      .filter((stretch) => stretch.piece === panel.piece.id && stretch.copy === copy)
      .map((stretch) => ({ seam: entry.seam, ...forwards(panel, stretch) })),
  )
  for (const [i, a] of mine.entries())
    for (const [j, b] of mine.entries()) {
      if (i === j) continue
      const start = panel.ring.turn(b.from - a.from)
      const shared = Math.min(a.length - start, b.length)
      if (shared > CORNER) return { seams: [a.seam, b.seam], place: b.from + shared / 2 }
    }
  return undefined
}

/** Every stretch that a seam or an edge takes. */
export const stretchesOf = (entry: Seam | Edge): readonly Stretch[] =>
  entry.does === 'sewn' ? [...entry.a.stretches, ...entry.b.stretches, ...entry.caught] : entry.stretches

/**
 * The graph of one size.
 * @param plans the garment's declaration, in the order of sewing
 * @throws DraftError for a point that is not on its piece's outline, a copy that is not cut, or a way that cannot be read
 */
export function resolveSewing(plans: readonly Plan[], pieces: readonly Piece[]): Sewn {
  const resolver = new Resolver(pieces)
  const found: (Seam | Edge)[] = []
  const later: (() => void)[] = []
  plans.forEach((plan, i) => {
    const order = i + 1
    for (const half of plan.twice ? (['left', 'right'] as const) : (['left'] as const)) {
      if (plan.does === 'sewn') {
        found.push(resolver.seam(plan, half, order))
        continue
      }
      const edgeOf = (taken: readonly Stretch[]): Edge | undefined => {
        const stretches = plan.edges.flatMap((way) => resolver.stretches(way, half, taken))
        if (stretches.length === 0) return undefined
        const { does, id, by, onto, why } = plan
        return {
          does,
          id: plan.twice ? `${id}.${half}` : id,
          seam: id,
          order,
          layer: resolver.layer(stretches[0]),
          by,
          onto,
          why,
          stretches,
        }
      }
      // What is left is known when all others have taken theirs.
      if (plan.edges.some((way) => way.endsWith(': rest')))
        later.push(() => {
          const edge = edgeOf(found.flatMap(stretchesOf))
          if (edge) found.push(edge)
        })
      else {
        const edge = edgeOf([])
        if (edge) found.push(edge)
      }
    }
  })
  for (const add of later) add()
  return found.toSorted((p, q) => p.order - q.order)
}

export const panelsOf = (pieces: readonly Piece[]): ReadonlyMap<string, Panel> => new Resolver(pieces).panels
