/** What returns say of a style: sums over what was delivered, with an interval that admits how little is known. */
import type { PreorderLine } from '../5-demand/door.ts'
import { RETURN_REASONS, type Fit, type ReturnReason } from './shipping.ts'

/** Below so many delivered pieces no share is told: one return more would move it by several percent. */
export const LEAST_DELIVERED = 30
/** Of a normal distribution, for 95 of 100 intervals. */
const Z = 1.96

export interface Share {
  /** Pieces that came back. */
  returned: number
  /** Pieces that are, or were, with their buyers. */
  delivered: number
  /** The share and its 95 % interval (Wilson); nothing where there are too few pieces to say. */
  share?: { value: number; low: number; high: number }
}

/** E. B. Wilson, JASA 22 (1927) 209–212. Pieces of one order do not come back independently: it is wider in truth. */
export function shareOf(returned: number, delivered: number): Share {
  if (delivered < LEAST_DELIVERED) return { returned, delivered }
  const value = returned / delivered
  const z2 = Z ** 2 / delivered
  const middle = (value + z2 / 2) / (1 + z2)
  const half = (Z / (1 + z2)) * Math.sqrt((value * (1 - value)) / delivered + z2 / (4 * delivered))
  return { returned, delivered, share: { value, low: Math.max(0, middle - half), high: Math.min(1, middle + half) } }
}

export interface Insight {
  all: Share
  reasons: { reason: ReturnReason; of: Share }[]
  sizes: { size: string; of: Share; reasons: Partial<Record<ReturnReason, number>> }[]
  /** Returns that name a point of measure, by how it is there. Whoever names none is not among them. */
  measures: { code: string; small: number; large: number }[]
}

const unitsIn = (lines: readonly PreorderLine[]): number => lines.reduce((sum, { quantity }) => sum + quantity, 0)

export function insightOf(
  rows: readonly { reason: ReturnReason; lines: readonly PreorderLine[]; fits: Readonly<Record<string, Fit>> }[],
  delivered: readonly { size: string; quantity: number }[],
  sizesInOrder: readonly string[],
): Insight {
  const total = delivered.reduce((sum, { quantity }) => sum + quantity, 0)
  const sizes = [...new Set([...sizesInOrder, ...delivered.map(({ size }) => size)])]
  const back = (of: (row: (typeof rows)[number], line: PreorderLine) => boolean): number =>
    rows.reduce((sum, row) => sum + unitsIn(row.lines.filter((line) => of(row, line))), 0)
  const measures = new Map<string, { small: number; large: number }>()
  for (const { fits } of rows)
    for (const [code, fit] of Object.entries(fits)) {
      const known = measures.get(code) ?? { small: 0, large: 0 }
      measures.set(code, { ...known, [fit]: known[fit] + 1 })
    }
  return {
    all: shareOf(
      back(() => true),
      total,
    ),
    reasons: RETURN_REASONS.map((reason) => ({
      reason,
      of: shareOf(
        back((row) => row.reason === reason),
        total,
      ),
    })),
    sizes: sizes.flatMap((size) => {
      const come = delivered.find((each) => each.size === size)?.quantity ?? 0
      const own = (reason: ReturnReason) => back((row, line) => row.reason === reason && line.size === size)
      const reasons = Object.fromEntries(RETURN_REASONS.flatMap((reason) => (own(reason) ? [[reason, own(reason)]] : []))) // prettier-ignore
      const of = shareOf(
        back((_, line) => line.size === size),
        come,
      )
      return come || of.returned ? [{ size, of, reasons }] : []
    }),
    measures: [...measures].map(([code, counts]) => ({ code, ...counts })).sort((a, b) => b.small + b.large - a.small - a.large), // prettier-ignore
  }
}
