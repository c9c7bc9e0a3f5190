/** What is buttoned: places held together, and which layer lies over which. */
import { distance } from '../geometry.ts'
import type { Point } from '../types.ts'
import type { ClothMesh } from './mesh.ts'
import type { Panel } from './panels.ts'
import type { Tie } from './sim/sim.ts'

/** A button holds its layers this close, mm. */
const SHANK = 4

interface Fastenings {
  /** By vertices. */
  ties: Tie[]
  /** Which side of a triangle a vertex belongs on, by vertices; undefined where nothing lies over anything. */
  order: ((vertex: number, corner: number) => number) | undefined
}

function vertexAt(mesh: ClothMesh, panel: number, p: Point): number {
  let best = { vertex: 0, off: Infinity }
  for (let v = 0; v < mesh.vertices; v++) {
    if (mesh.panelOf[v] !== panel) continue
    const off = distance(p, { x: mesh.flat[2 * v]!, y: mesh.flat[2 * v + 1]! })
    if (off < best.off) best = { vertex: v, off }
  }
  return best.vertex
}

const spots = ({ piece }: Panel, kind: 'button' | 'buttonhole'): Point[] =>
  piece.lines.flatMap((line) => {
    if (line.kind !== kind || !line.points.length) return []
    const n = line.points.length
    return [{ x: line.points.reduce((s, p) => s + p.x, 0) / n, y: line.points.reduce((s, p) => s + p.y, 0) / n }]
  })

/** Fronts of two pieces: the one with buttonholes lies over the one with buttons. */
export function fastenings(panels: readonly Panel[], mesh: ClothMesh): Fastenings {
  const fronts = panels.flatMap((panel, index) => (panel.part === 'front' ? [{ panel, index }] : []))
  const over = fronts.find(({ panel }) => spots(panel, 'buttonhole').length > 0)
  const under = fronts.find(({ panel }) => panel !== over?.panel && spots(panel, 'button').length > 0)
  if (!over || !under) return { ties: [], order: undefined }
  const buttons = spots(under.panel, 'button')
  const ties = spots(over.panel, 'buttonhole').flatMap((hole) => {
    const button = buttons.find((p) => Math.abs(p.y - hole.y) < 12)
    if (!button) return []
    return [{ a: vertexAt(mesh, over.index, hole), b: vertexAt(mesh, under.index, button), rest: SHANK }]
  })
  const layer = (vertex: number): number => {
    const panel = mesh.panelOf[vertex]
    return panel === over.index ? 2 : panel === under.index ? 1 : 0
  }
  const order = (vertex: number, corner: number): number => {
    const [a, b] = [layer(vertex), layer(corner)]
    if (!a || !b || a === b) return 0
    return a > b ? 1 : -1
  }
  return { ties, order }
}
