/** A drape measured against its cut: level lines round it, and its length, along the cloth. Percent of the flat pattern. */
import { boxOf } from '../geometry.ts'
import type { ClothMesh } from './mesh.ts'
import type { Panel } from './panels.ts'

export interface Line {
  name: string
  /** Along the cloth as it hangs, and on the flat pattern, mm. */
  draped: number
  flat: number
}
export const percentOff = ({ draped, flat }: Line): number => (100 * (draped - flat)) / flat

interface Worn {
  mesh: ClothMesh
  at: Float64Array
}

/** Where a straight line on the pattern runs over a panel. @param axis 0: x = value, 1: y = value */
function lineOver({ mesh, at }: Worn, panel: number, axis: 0 | 1, value: number): { draped: number; flat: number } {
  const { flat: uv, triangles, panelOf } = mesh
  let [draped, flat] = [0, 0]
  for (let t = 0; t < triangles.length; t += 3) {
    if (panelOf[triangles[t]!] !== panel) continue
    const hits: number[][] = []
    for (let e = 0; e < 3; e++) {
      const [a, b] = [triangles[t + e]!, triangles[t + ((e + 1) % 3)]!]
      const [p, q] = [uv[2 * a + axis]! - value, uv[2 * b + axis]! - value]
      if (p < 0 === q < 0) continue
      const s = p / (p - q)
      const mix = (from: Float64Array, i: number, j: number): number => from[i]! + (from[j]! - from[i]!) * s
      hits.push([
        ...[0, 1].map((k) => mix(uv, 2 * a + k, 2 * b + k)),
        ...[0, 1, 2].map((k) => mix(at, 3 * a + k, 3 * b + k)),
      ])
    }
    const [p, q] = hits
    if (!p || !q) continue
    flat += Math.hypot(p[0]! - q[0]!, p[1]! - q[1]!)
    draped += Math.hypot(p[2]! - q[2]!, p[3]! - q[3]!, p[4]! - q[4]!)
  }
  return { draped, flat }
}

/** Panels that go round together: their lines at one height make one girth. */
function groupOf({ part, copy, piece }: Panel): string | undefined {
  if (part === 'front' || part === 'back') return piece.id.startsWith('skirt') ? 'skirt' : 'body'
  if (part === 'legFront' || part === 'legBack') return `leg ${copy}`
  if (part === 'sector') return 'skirt'
  if (part === 'sleeve' || part === 'underSleeve') return `sleeve ${copy % 2}`
  return undefined
}

/** Shares of a group's height at which it is measured. */
const LEVELS = [0.4, 0.55, 0.7, 0.85, 0.97]

/** Girths of body, legs, skirt and sleeves at some heights below the armhole, as far as all of their panels reach. */
export function levelLines(worn: Worn): Line[] {
  const groups = new Map<string, number[]>()
  worn.mesh.panels.forEach((panel, i) => {
    const group = groupOf(panel)
    if (group) groups.set(group, [...(groups.get(group) ?? []), i])
  })
  return [...groups].flatMap(([group, members]) => {
    const boxes = members.map((i) => boxOf(worn.mesh.panels[i]?.ring.points ?? []))
    const top = Math.max(...boxes.map(({ y0 }) => y0))
    const low = Math.min(...boxes.map(({ y1 }) => y1))
    return LEVELS.map((share) => {
      const y = top + (low - top) * share
      const parts = members.map((i) => lineOver(worn, i, 1, y))
      const sum = (key: 'draped' | 'flat'): number => parts.reduce((all, part) => all + part[key], 0)
      return { name: `${group} ${Math.round(100 * share)} %`, draped: sum('draped'), flat: sum('flat') }
    }).filter(({ flat }) => flat > 60)
  })
}

/** Down the front from the high point of the shoulder, a leg's or a skirt's side: what the length of the garment is. */
export function lengthLine(worn: Worn): Line {
  const { panels } = worn.mesh
  const lines: Line[] = []
  const add = (panel: number, x: number): void => {
    lines.push({ name: 'length', ...lineOver(worn, panel, 0, x) })
  }
  panels.forEach((panel, i) => {
    if (panel.copy > 0) return
    const { anchors = {}, id } = panel.piece
    if (panel.part === 'front') {
      const hps = anchors['neck'] ?? anchors['neckStart']
      const other = lines.length > 0 && id !== 'skirtFront'
      if (!other) add(i, hps ? hps.x * 1.02 : (anchors['raglanTipFront']?.x ?? 0) + 2)
    } else if (panel.part === 'legFront') {
      const [knee, out] = [anchors['kneeIn'], anchors['floorOut']]
      if (knee && out) add(i, (knee.x + out.x) / 2)
    } else if (panel.part === 'sector' && !lines.some(({ name }) => name === 'sector')) {
      lines.push({ name: 'sector', ...lineOver(worn, i, 0, 0.3) })
    }
  })
  return {
    name: 'length',
    draped: lines.reduce((sum, { draped }) => sum + draped, 0),
    flat: lines.reduce((sum, { flat }) => sum + flat, 0),
  }
}
