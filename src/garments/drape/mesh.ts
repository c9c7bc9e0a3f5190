/**
 * Panels as triangles: outlines with the same number of vertices on both sides of every seam, an even grid of triangles
 * inside, joined by a constrained Delaunay triangulation (delaunator, @kninnug/constrainautor). Millimetres.
 */
import { createRequire } from 'node:module'
import Delaunator from 'delaunator'
import { at, boxOf, distance, inside } from '../geometry.ts'
import type { Point } from '../types.ts'
import type { Mouth, Panel } from './panels.ts'
import type { Stitching } from './stitches.ts'

/** Its types are its own sources, which do not pass our compiler's rules: it is loaded without them. */
const Constrainautor = createRequire(import.meta.url)('@kninnug/constrainautor') as new (
  delaunay: Delaunator<Float64Array>,
) => { constrainOne(from: number, to: number): number }

export interface ClothMesh {
  panels: readonly Panel[]
  vertices: number
  /** Place of each vertex on its piece: x and y by turns, mm, y down. */
  flat: Float64Array
  panelOf: Uint16Array
  /** Three vertices each, clockwise as drafted (y down). */
  triangles: Uint32Array
  /** Pairs of vertices that are sewn together. */
  stitches: Uint32Array
  /** Index of the stitching each pair belongs to; what is after the last one is a dart's. */
  stitchOf: Uint16Array
  /** Outline of each panel, vertices in the order of its ring. */
  loops: readonly Uint32Array[]
}

interface Piecewise {
  from: number
  length: number
  /** Edges it is cut into; a mouth has so many on each leg. */
  edges: number
  mouth?: Mouth
}

/** Corners of an outline that turn by more than 25° stay vertices. */
const SHARP = 0.44

function cornersOf({ ring }: Panel): number[] {
  let place = 0
  const found: number[] = []
  ring.points.forEach((p, i) => {
    const [before, after] = [at(ring.points, i - 1), at(ring.points, i + 1)]
    const turn = Math.atan2(after.y - p.y, after.x - p.x) - Math.atan2(p.y - before.y, p.x - before.x)
    if (Math.abs(Math.atan2(Math.sin(turn), Math.cos(turn))) > SHARP) found.push(place)
    place += distance(p, after)
  })
  return found
}

/** The whole outline of a panel as parts that are cut evenly. @throws Error where two seams lie over each other */
function partsOf(panel: Panel, sewn: readonly Piecewise[], edge: number): Piecewise[] {
  const { ring, mouths } = panel
  const fixed = [
    ...sewn,
    ...mouths.map((mouth): Piecewise => {
      const leg = distance(ring.at(mouth.from), mouth.tip)
      return { from: mouth.from, length: mouth.length, edges: Math.max(1, Math.round(leg / edge)), mouth }
    }),
  ].toSorted((a, b) => a.from - b.from)
  const corners = cornersOf(panel)
  const parts: Piecewise[] = []
  const free = (from: number, to: number): void => {
    if (to - from < 0.4) return
    const inside = corners.flatMap((c) => [c, c + ring.length]).filter((c) => c > from + 2 && c < to - 2)
    const cuts = [from, ...inside.toSorted((a, b) => a - b), to]
    cuts.slice(1).forEach((end, i) => {
      const start = cuts[i] ?? from
      parts.push({ from: start, length: end - start, edges: Math.max(1, Math.round((end - start) / edge)) })
    })
  }
  const first = fixed[0]
  if (!first) {
    const start = corners[0] ?? 0
    free(start, start + ring.length)
    return parts
  }
  fixed.forEach((part, i) => {
    parts.push(part)
    const next = fixed[i + 1]?.from ?? first.from + ring.length
    const end = part.from + part.length
    if (next < end - 1) throw new Error(`${panel.key}: two seams lie over each other at ${Math.round(end)} mm`)
    free(end, next)
  })
  return parts
}

/** Points of an even triangular grid inside an outline, kept clear of it. */
function gridInside(outline: readonly Point[], edge: number): Point[] {
  const { x0, x1, y0, y1 } = boxOf(outline)
  const cells = new Map<string, Point[]>()
  const cell = (x: number, y: number): string => `${Math.floor(x / edge)},${Math.floor(y / edge)}`
  for (const p of outline) cells.set(cell(p.x, p.y), [...(cells.get(cell(p.x, p.y)) ?? []), p])
  const clear = (p: Point): boolean => {
    for (let i = -1; i <= 1; i++)
      for (let j = -1; j <= 1; j++)
        for (const q of cells.get(cell(p.x + i * edge, p.y + j * edge)) ?? [])
          if (distance(p, q) < 0.62 * edge) return false
    return true
  }
  const found: Point[] = []
  const row = (edge * Math.sqrt(3)) / 2
  const middle = (x0 + x1) / 2
  const half = Math.ceil((x1 - x0) / 2 / edge) + 1
  for (let y = y0 + row / 2, odd = 0; y < y1; y += row, odd = 1 - odd)
    for (let k = -half; k <= half; k++) {
      const p = { x: middle + (k + odd / 2) * edge, y }
      if (p.x > x0 && p.x < x1 && inside(outline, p) && clear(p)) found.push(p)
    }
  return found
}

/** Triangles between points, none of them outside the outline that the first of them are. */
function triangulate(points: readonly Point[], outline: readonly Point[]): number[] {
  const flat = Float64Array.from(points.flatMap(({ x, y }) => [x, y]))
  const delaunay = new Delaunator(flat)
  const fixed = new Constrainautor(delaunay)
  outline.forEach((_, i) => fixed.constrainOne(i, (i + 1) % outline.length))
  const found: number[] = []
  for (let i = 0; i < delaunay.triangles.length; i += 3) {
    const [a = 0, b = 0, c = 0] = delaunay.triangles.slice(i, i + 3)
    const [p, q, r] = [at(points, a), at(points, b), at(points, c)]
    const area = (q.x - p.x) * (r.y - p.y) - (r.x - p.x) * (q.y - p.y)
    const middle = { x: (p.x + q.x + r.x) / 3, y: (p.y + q.y + r.y) / 3 }
    if (Math.abs(area) < 0.2 || !inside(outline, middle)) continue
    found.push(a, area > 0 ? b : c, area > 0 ? c : b)
  }
  return found
}

class Builder {
  readonly flat: number[] = []
  readonly panelOf: number[] = []
  readonly triangles: number[] = []
  readonly pairs: number[] = []
  readonly pairOf: number[] = []
  readonly loops: Uint32Array[] = []
  /** Vertices by panel and place on its ring, to a twentieth of a millimetre. */
  readonly #places = new Map<string, number>()
  readonly panels: readonly Panel[]

  constructor(panels: readonly Panel[]) {
    this.panels = panels
  }

  #name(panel: number, place: number): string {
    const ring = this.panels[panel]?.ring
    if (!ring) throw new RangeError(`no panel ${panel}`)
    return `${panel} ${Math.round(ring.turn(place) * 20) % Math.round(ring.length * 20)}`
  }

  add(panel: number, p: Point, place?: number): number {
    const vertex = this.panelOf.length
    this.flat.push(p.x, p.y)
    this.panelOf.push(panel)
    if (place !== undefined) this.#places.set(this.#name(panel, place), vertex)
    return vertex
  }

  /** The vertex of an outline at a place. @throws Error when there is none within 1.5 mm */
  at(panel: number, place: number): number {
    const found = this.#places.get(this.#name(panel, place))
    if (found !== undefined) return found
    const point = this.panels[panel]?.ring.at(place) ?? { x: 0, y: 0 }
    let best = { vertex: -1, off: Infinity }
    for (const vertex of this.loops[panel] ?? []) {
      const off = Math.hypot((this.flat[2 * vertex] ?? 0) - point.x, (this.flat[2 * vertex + 1] ?? 0) - point.y)
      if (off < best.off) best = { vertex, off }
    }
    if (best.off > 1.5)
      throw new Error(`${this.panels[panel]?.key}: no vertex where a seam needs one, ${best.off.toFixed(1)} mm off`)
    return best.vertex
  }

  pair(a: number, b: number, of: number): void {
    if (a === b) return
    this.pairs.push(a, b)
    this.pairOf.push(of)
  }

  /** The outline of a panel; the legs of its darts are sewn to each other. */
  outline(panel: number, parts: readonly Piecewise[], dart: number): Point[] {
    const ring = this.panels[panel]?.ring
    if (!ring) throw new RangeError(`no panel ${panel}`)
    const loop: number[] = []
    for (const { from, length, edges, mouth } of parts) {
      if (!mouth) {
        for (let i = 0; i < edges; i++) {
          const place = from + (length * i) / edges
          loop.push(this.add(panel, ring.at(place), place))
        }
        continue
      }
      const [a, b] = [ring.at(from), ring.at(from + length)]
      const on = (p: Point, q: Point, t: number): Point => ({ x: p.x + (q.x - p.x) * t, y: p.y + (q.y - p.y) * t })
      const inwards = Array.from({ length: edges }, (_, i) =>
        this.add(panel, on(a, mouth.tip, i / edges), i === 0 ? from : undefined),
      )
      const tip = this.add(panel, mouth.tip)
      const outwards = Array.from({ length: edges - 1 }, (_, i) => this.add(panel, on(mouth.tip, b, (i + 1) / edges)))
      loop.push(...inwards, tip, ...outwards)
      outwards.forEach((vertex, i) => this.pair(inwards[edges - 1 - i] ?? tip, vertex, dart))
    }
    this.loops[panel] = Uint32Array.from(loop)
    return loop.map((vertex) => ({ x: this.flat[2 * vertex] ?? 0, y: this.flat[2 * vertex + 1] ?? 0 }))
  }

  inside(panel: number, outline: readonly Point[], edge: number): void {
    const [first = 0] = this.loops[panel] ?? []
    const grid = gridInside(outline, edge)
    const triangles = triangulate([...outline, ...grid], outline)
    for (const p of grid) this.add(panel, p)
    for (const corner of triangles) this.triangles.push(first + corner)
  }
}

function meshOnce(panels: readonly Panel[], stitching: readonly Stitching[], edge: number): ClothMesh {
  const builder = new Builder(panels)
  const sewn: Piecewise[][] = panels.map(() => [])
  const edges = stitching.map(({ a, b }) => {
    const count = Math.max(1, Math.round((Math.abs(a.length) + Math.abs(b.length)) / 2 / edge))
    for (const { panel, from, length } of [a, b]) {
      const ring = panels[panel]?.ring
      if (ring)
        sewn[panel]?.push({
          from: ring.turn(length >= 0 ? from : from + length),
          length: Math.abs(length),
          edges: count,
        })
    }
    return count
  })
  panels.forEach((panel, i) => {
    const outline = builder.outline(i, partsOf(panel, sewn[i] ?? [], edge), stitching.length)
    builder.inside(i, outline, edge)
  })
  stitching.forEach(({ a, b }, of) => {
    const count = edges[of] ?? 1
    for (let i = 0; i <= count; i++)
      builder.pair(
        builder.at(a.panel, a.from + (a.length * i) / count),
        builder.at(b.panel, b.from + (b.length * i) / count),
        of,
      )
  })
  panels.forEach(({ mouths }, panel) => {
    for (const { from, length } of mouths)
      builder.pair(builder.at(panel, from), builder.at(panel, from + length), stitching.length)
  })
  return {
    panels,
    vertices: builder.panelOf.length,
    flat: Float64Array.from(builder.flat),
    panelOf: Uint16Array.from(builder.panelOf),
    triangles: Uint32Array.from(builder.triangles),
    stitches: Uint32Array.from(builder.pairs),
    stitchOf: Uint16Array.from(builder.pairOf),
    loops: builder.loops,
  }
}

/** Tries with another length of edge: the triangulation gives up on rare outlines. */
const TRIES = 6

/**
 * @param edge length of an edge inside, mm
 * @throws Error when an outline cannot be triangulated, or two seams lie over each other
 */
export function meshOf(panels: readonly Panel[], stitching: readonly Stitching[], edge: number): ClothMesh {
  for (let i = 0; ; i++)
    try {
      return meshOnce(panels, stitching, edge * (1 + 0.013 * i))
    } catch (error) {
      if (i + 1 >= TRIES) throw error
    }
}
