/** Round the arms: sleeves as tubes about an arm that is held out. */
import { boxOf, crossingsAt } from '../../geometry.ts'
import type { Form } from '../form/form.ts'
import { armAt } from '../form/shape.ts'
import type { Panel, Span } from '../panels.ts'
import { type Place, type Placing, sideOf, START_ANGLE, type V3 } from './types.ts'

/** @param x round the arm from its outside, to the front @param along from the shoulder down, mm */
function onArm({ arm }: Form, side: 1 | -1, x: number, along: number, width: number): V3 {
  const [dx, dy, dz] = armAt(START_ANGLE)
  const [jx, jy, jz] = arm.joint
  const t = Math.max(0, Math.min(1, along / arm.length))
  const r = Math.max((width / (2 * Math.PI)) * 1.1, arm.radius(t) + 9)
  const angle = x / r
  const q = along - 14
  const l = Math.hypot(dx, dy)
  const [nx, ny] = [-dy / l, dx / l]
  const c = r * Math.cos(angle)
  return [side * (jx + dx * q + nx * c), jy + dy * q + ny * c, jz + dz * q + r * Math.sin(angle)]
}

/** On which side of a sleeve's middle it is sewn to a front: 1 for x > 0, −1 for x < 0. */
function frontOf({ panels, stitching }: Placing, index: number): 1 | -1 {
  let sum = 0
  const count = (mine: Span, other: Span): void => {
    const part = panels[other.panel]?.part
    if (mine.panel !== index || (part !== 'front' && part !== 'back')) return
    const { x } = panels[index]?.ring.at(mine.from + mine.length / 2) ?? { x: 0 }
    sum += (part === 'front' ? 1 : -1) * x
  }
  for (const { a, b } of stitching) {
    count(a, b)
    count(b, a)
  }
  return sum < 0 ? -1 : 1
}

/** Which arm a sleeve is on. */
export const armSide = ({ turned }: Placing, panel: Panel): 1 | -1 => (turned === sideOf(panel) < 0 ? 1 : -1)

/** How far a sleeve goes round at a height of its pattern: above the underarm as far as there. */
function tubeWidth(upper: Panel, under: Panel | undefined): (y: number) => number {
  const parts = under ? [upper, under] : [upper]
  const known = new Map<number, number>()
  const one = ({ ring }: Panel, y: number): number => {
    const wide = ring.points.reduce((best, p) => (p.x > best.x ? p : best))
    const low = Math.max(...ring.points.map((p) => p.y)) - 4
    const xs = crossingsAt(ring.points, Math.max(wide.y + 1, Math.min(low, y)) + 0.37)
    return Math.max(...xs) - Math.min(...xs)
  }
  return (y) => {
    const key = Math.round(y)
    const mm = known.get(key) ?? parts.reduce((sum, part) => sum + one(part, key), 0)
    known.set(key, mm)
    return mm
  }
}

export function onSleeve(placing: Placing, index: number): Place {
  const { panels, form } = placing
  const panel = panels[index]
  if (!panel) throw new RangeError(`no panel ${index}`)
  const side = armSide(placing, panel)
  const mate = (part: 'sleeve' | 'underSleeve'): Panel | undefined =>
    panels.find((other) => other.part === part && other.copy === panel.copy)
  const [upper, under] = [mate('sleeve'), mate('underSleeve')]
  if (!upper) throw new Error(`"${panel.piece.id}" has no upper sleeve`)
  const box = boxOf(upper.piece.seam)
  const below = under && boxOf(under.piece.seam)
  const width = tubeWidth(upper, under)
  if (panel.part === 'sleeve') {
    const front = frontOf(placing, index)
    return (x, y) => onArm(form, side, front * x, y - box.y0, width(y))
  }
  // The under sleeve goes on where the upper one ends at the back, turned over.
  const front = frontOf(placing, panels.indexOf(upper))
  const backOf = ({ x0, x1 }: typeof box): number => (front < 0 ? x1 : x0)
  const end = backOf(box)
  const from = below ? backOf(below) : 0
  return (x, y) => onArm(form, side, front * (end + from - x), y - box.y0, width(y))
}
