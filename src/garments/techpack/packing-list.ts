/** Which garments lie in which carton: as the house proposes it, until the factory says what it packed. */
import type { Brief } from './brief-schema/index.ts'

/** Cartons that are packed alike and stand next to each other in the list. */
type Run = NonNullable<Brief['techPack']['packing']['list']>[number]
type Line = Pick<Brief['order']['quantities'][number], 'size' | 'colourway' | 'units'>

/** One carton of a run. */
export interface Carton extends Pick<Run, 'colourway' | 'units' | 'netKg' | 'grossKg'> {
  n: number
  code: string
}

/** Bag, hanger or tissue and the garment's share of the carton, beside the garment itself (ours). */
export const PACKED = 1.08

/** A carton's code: order, lot and number, as its bars have it. */
const codeOf = (order: string, lot: number, n: number): string => `${order}/${lot}/C${String(n).padStart(3, '0')}`

/**
 * One colour and one size to a carton; what is left of a colour's sizes lies together in its last ones.
 * @param grams of a garment, by size
 * @returns cartons that hold exactly what was ordered, numbered from 1; those packed alike in one row
 */
export function packingList(
  { number, lot, lines }: { number: string; lot: number; lines: readonly Line[] },
  maxUnits: number,
  grams: Readonly<Record<string, number>>,
): Run[] {
  const found: { colourway: string; units: Record<string, number>; cartons: number }[] = []
  for (const colourway of new Set(lines.map((line) => line.colourway))) {
    const bySize = new Map<string, number>()
    for (const { size, units } of lines.filter((line) => line.colourway === colourway))
      bySize.set(size, (bySize.get(size) ?? 0) + units)
    const rest: [string, number][] = []
    for (const [size, units] of bySize) {
      const full = Math.floor(units / maxUnits)
      if (full) found.push({ colourway, units: { [size]: maxUnits }, cartons: full })
      if (units % maxUnits) rest.push([size, units % maxUnits])
    }
    found.push(...mixed(rest, maxUnits).map((units) => ({ colourway, units, cartons: 1 })))
  }
  let before = 0
  return found.map(({ colourway, units, cartons }) => {
    const net = Object.entries(units).reduce((sum, [size, count]) => sum + count * (grams[size] ?? 0), 0)
    const from = before + 1
    before += cartons
    return {
      from,
      to: before,
      code: codeOf(number, lot, from),
      colourway,
      units,
      netKg: Math.max(1, Math.round(net / 10)) / 100,
      grossKg: Math.max(1, Math.round((net * PACKED) / 10)) / 100,
    }
  })
}

/** How many cartons a list has. */
export const cartonsIn = (list: readonly Run[]): number => list.at(-1)?.to ?? 0

/** Every carton by itself, with the code that its bars have. */
export const cartonsOf = ({ order, techPack }: Brief): Carton[] =>
  (techPack.packing.list ?? []).flatMap(({ from, to, ...carton }) =>
    Array.from({ length: to - from + 1 }, (_, i) => ({
      ...carton,
      n: from + i,
      code: codeOf(order.number, order.lot, from + i),
    })),
  )

/** Remainders of sizes, one after another, into as few cartons as hold them. */
function mixed(rest: readonly (readonly [string, number])[], maxUnits: number): Record<string, number>[] {
  const cartons: Record<string, number>[] = []
  let room = 0
  for (const [size, units] of rest)
    for (let left = units; left > 0;) {
      if (room === 0) {
        cartons.push({})
        room = maxUnits
      }
      const carton = cartons.at(-1)
      const taken = Math.min(left, room)
      if (carton) carton[size] = taken
      room -= taken
      left -= taken
    }
  return cartons
}
