/** What is buttoned: places held together, and which layer lies over which. */
import { distance } from '../geometry.ts'
import type { Gender, Point } from '../types.ts'
import type { ClothMesh } from './mesh.ts'
import type { Panel } from './panels.ts'
import { sideOf } from './place/types.ts'
import type { Tie } from './sim/sim.ts'

/** A button holds its layers this close, mm. */
const SHANK = 4

interface Fastenings {
  /** By vertices. */
  ties: Tie[]
  /** Which side of a triangle a vertex belongs on, by vertices; undefined where nothing lies over anything. */
  order: ((vertex: number, corner: number) => number) | undefined
}

function vertexAt(mesh: ClothMesh, panel: number, p: Point): { vertex: number; off: Point } {
  let best = { vertex: 0, off: Infinity }
  for (let v = 0; v < mesh.vertices; v++) {
    if (mesh.panelOf[v] !== panel) continue
    const off = distance(p, { x: mesh.flat[2 * v]!, y: mesh.flat[2 * v + 1]! })
    if (off < best.off) best = { vertex: v, off }
  }
  const { vertex } = best
  return { vertex, off: { x: mesh.flat[2 * vertex]! - p.x, y: mesh.flat[2 * vertex + 1]! - p.y } }
}

const spots = ({ piece }: Panel, kind: 'button' | 'buttonhole'): Point[] =>
  piece.lines.flatMap((line) => {
    if (line.kind !== kind || !line.points.length) return []
    const n = line.points.length
    return [{ x: line.points.reduce((s, p) => s + p.x, 0) / n, y: line.points.reduce((s, p) => s + p.y, 0) / n }]
  })

type Front = { panel: Panel; index: number }

/** Which front lies over which: the one with buttonholes; of two alike the left one for men, the right one for women. */
export function lapped(panels: readonly Panel[], gender: Gender): { over: Front; under: Front } | undefined {
  const fronts = panels.flatMap((panel, index) => (panel.part === 'front' ? [{ panel, index }] : []))
  const [first, second] = fronts
  if (!first || !second) return undefined
  if (first.panel.piece === second.panel.piece) {
    if (!spots(first.panel, 'button').length) return undefined
    const [left, right] = sideOf(first.panel) > 0 ? [first, second] : [second, first]
    return gender === 'men' ? { over: left, under: right } : { over: right, under: left }
  }
  const over = fronts.find(({ panel }) => spots(panel, 'buttonhole').length > 0)
  const under = fronts.find(({ panel }) => panel !== over?.panel && spots(panel, 'button').length > 0)
  return over && under && { over, under }
}

export function fastenings(panels: readonly Panel[], mesh: ClothMesh, gender: Gender): Fastenings {
  const pair = lapped(panels, gender)
  if (!pair) return { ties: [], order: undefined }
  const { over, under } = pair
  const twins = over.panel.piece === under.panel.piece
  const buttons = spots(under.panel, 'button')
  const holes = spots(over.panel, twins ? 'button' : 'buttonhole')
  const ties = holes.flatMap((hole) => {
    const button = buttons.find((p) => Math.abs(p.y - hole.y) < 12)
    if (!button) return []
    const [a, b] = [vertexAt(mesh, over.index, hole), vertexAt(mesh, under.index, button)]
    // The vertices lie beside the button, each on its own side of it.
    const beside = Math.hypot(a.off.x - (twins ? -b.off.x : b.off.x), a.off.y - b.off.y)
    return [{ a: a.vertex, b: b.vertex, rest: Math.hypot(SHANK, beside) }]
  })
  const layer = (vertex: number): number => {
    const panel = mesh.panelOf[vertex]
    if (panel === over.index) return 2
    return panel === under.index ? 1 : 0
  }
  const order = (vertex: number, corner: number): number => {
    const [a, b] = [layer(vertex), layer(corner)]
    if (!a || !b || a === b) return 0
    return a > b ? 1 : -1
  }
  return { ties, order }
}
