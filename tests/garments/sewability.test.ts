/** A part of `npm run sewability`: two styles of every block in which many choices and ends of parameters meet. */
import { expect, test } from 'vitest'
import { countStyle } from '../../scripts/sewability/count.ts'
import { allPairs, pairedStyles } from '../../scripts/sewability/styles.ts'
import { BLOCKS } from '../../src/garments/index.ts'

test.each(BLOCKS.map((block, i) => ({ name: `${block.gender} ${block.category}`, block, i })))(
  '$name: every seam fits, every edge has its use, every opening lets the body through',
  ({ block, i }) => {
    const styles = pairedStyles(block)
    const told: string[] = []
    const counts = [i % styles.length, (i + 11) % styles.length].map((k) =>
      countStyle(styles[k]!, (text) => told.push(text)),
    )
    // A style that is refused proves nothing.
    expect(counts.reduce((sum, { seams }) => sum + seams, 0)).toBeGreaterThan(0)
    expect(told.filter((text) => !text.includes(' refused: '))).toEqual([])
  },
)

test('every pair of two levels is in one of the rows', () => {
  const factors = [2, 3, 4, 2].map((count, f) => ({
    key: `f${f}`,
    kind: 'slot' as const,
    levels: Array.from({ length: count }, (_, level) => `${f}.${level}`),
  }))
  const rows = allPairs(factors)
  for (const [i, a] of factors.entries())
    for (const [j, b] of factors.entries())
      for (const x of i < j ? a.levels : [])
        for (const y of b.levels) expect(rows.some((row) => row[i] === x && row[j] === y)).toBe(true)
  expect(rows.length).toBeLessThan(20)
})
