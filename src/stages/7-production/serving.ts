/** Who gets the pieces of a lot that came with too few: sums only, no database. */
import type { PreorderLine } from '../5-demand/door.ts'

type Variant = Pick<PreorderLine, 'size' | 'colourway'>
export const variantOf = ({ colourway, size }: Variant): string => `${colourway}\n${size}`

/** Pieces that nobody has, by variant. */
export type Spare = Map<string, number>

/** Lines added up, each variant once. */
export function joined(lines: readonly PreorderLine[]): PreorderLine[] {
  const sums = new Map<string, PreorderLine>()
  for (const line of lines) {
    const known = sums.get(variantOf(line))
    sums.set(variantOf(line), { ...line, quantity: line.quantity + (known?.quantity ?? 0) })
  }
  return [...sums.values()].filter(({ quantity }) => quantity > 0)
}

/** What is wanted and not there. */
export const missingOf = (wanted: readonly PreorderLine[], kept: readonly PreorderLine[]): PreorderLine[] =>
  joined([...wanted, ...kept.map((line) => ({ ...line, quantity: -line.quantity }))])

/** All of these pieces, or none. @returns whether they were taken */
export function takeWhole(spare: Spare, lines: readonly PreorderLine[]): boolean {
  const all = joined(lines)
  if (all.some((line) => (spare.get(variantOf(line)) ?? 0) < line.quantity)) return false
  for (const line of all) spare.set(variantOf(line), (spare.get(variantOf(line)) ?? 0) - line.quantity)
  return true
}

/** As many of these pieces as there are. */
export function takeSome(spare: Spare, lines: readonly PreorderLine[]): PreorderLine[] {
  const taken = joined(lines).map((line) => ({
    ...line,
    quantity: Math.min(line.quantity, spare.get(variantOf(line)) ?? 0),
  }))
  for (const line of taken) spare.set(variantOf(line), (spare.get(variantOf(line)) ?? 0) - line.quantity)
  return taken.filter(({ quantity }) => quantity > 0)
}
