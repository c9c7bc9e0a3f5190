/** Is a drape good enough to be shown? What is not says why, and the flat picture stays. */
import type { Draped } from './drape.ts'
import { crossingsOf } from './crossings.ts'
import { lengthLine, levelLines, percentOff } from './measured.ts'

export interface DrapeFigures {
  /** Widest gap before the seams were welded, mm. */
  gapMm: number
  /** Edges of cloth through cloth. */
  crossings: number
  /** Nearest that cloth comes to the form, edges too, mm; below 0 it is inside. */
  nearestMm: number
  /** Root mean square of the speed when it was stopped, mm/s. */
  speed: number
  /** Furthest that a level line is from its cut, percent, and which. */
  levelPercent: number
  level: string
  /** Furthest that the length is from the pattern, percent. */
  lengthPercent: number
  unsewn: number
}
export const LIMITS = { gapMm: 3, speed: 6, levelPercent: 3, lengthPercent: 1.5 } as const

/** The nearest that vertices and points along the edges come to the form, mm. */
function nearest({ at, mesh, obstacle }: Draped): number {
  const out = new Float64Array(3)
  let least = Infinity
  const { triangles } = mesh
  for (let t = 0; t < triangles.length; t += 3)
    for (let e = 0; e < 3; e++) {
      const [a, b] = [3 * triangles[t + e]!, 3 * triangles[t + ((e + 1) % 3)]!]
      for (const s of [0, 0.25, 0.5, 0.75]) {
        const [x, y, z] = [0, 1, 2].map((k) => at[a + k]! + (at[b + k]! - at[a + k]!) * s)
        least = Math.min(least, obstacle(x!, y!, z!, out))
      }
    }
  return least
}

export function figuresOf(draped: Draped): DrapeFigures {
  const { at, mesh, particle, gapMm, speed, left } = draped
  const levels = levelLines(draped).toSorted((a, b) => Math.abs(percentOff(b)) - Math.abs(percentOff(a)))
  const [worst] = levels
  return {
    gapMm,
    crossings: crossingsOf(at, mesh.triangles, particle).length,
    nearestMm: nearest(draped),
    speed,
    levelPercent: worst ? percentOff(worst) : 0,
    level: worst?.name ?? '',
    lengthPercent: percentOff(lengthLine(draped)),
    unsewn: left.length,
  }
}

/** What keeps a drape from being shown, in the order of the figures; nothing where it is good. */
export function faultsOf(figures: DrapeFigures): (keyof DrapeFigures)[] {
  const { gapMm, crossings, nearestMm, speed, levelPercent, lengthPercent, unsewn } = figures
  const faults: [keyof DrapeFigures, boolean][] = [
    ['gapMm', !(gapMm < LIMITS.gapMm)],
    ['crossings', crossings > 0],
    ['nearestMm', !(nearestMm > 0)],
    ['speed', !(speed < LIMITS.speed)],
    ['levelPercent', !(Math.abs(levelPercent) <= LIMITS.levelPercent)],
    ['lengthPercent', !(Math.abs(lengthPercent) <= LIMITS.lengthPercent)],
    ['unsewn', unsewn > 0],
  ]
  return faults.filter(([, bad]) => bad).map(([key]) => key)
}
