import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { countingAt, reachedWith, rungsWith, rungWithin, settledAt, type PledgedLine, type PledgedRung } from '../../src/stages/5-demand/pledges.ts' // prettier-ignore

const LADDER = [
  { fromUnits: 5, unitPrice: 9900 },
  { fromUnits: 10, unitPrice: 9500 },
  { fromUnits: 25, unitPrice: 8500 },
  { fromUnits: 60, unitPrice: 7900 },
]
const PRICES = LADDER.map(({ unitPrice }) => unitPrice)

/** What one buyer orders: lines that count at every price, or up to one. */
const lines = fc.array(
  fc.record({
    size: fc.constant('M'),
    colourway: fc.constant('olive'),
    quantity: fc.integer({ min: 1, max: 30 }),
    atMost: fc.option(fc.integer({ min: 7900, max: 12_000 }), { nil: undefined }),
  }),
  { minLength: 1, maxLength: 3 },
)
const ladders = fc
  .array(fc.record({ step: fc.integer({ min: 1, max: 40 }), less: fc.integer({ min: 0, max: 900 }) }), {
    minLength: 1,
    maxLength: 6,
  })
  .map((steps) => {
    let [fromUnits, unitPrice] = [0, 13_000]
    return steps.map(({ step, less }) => ({ fromUnits: (fromUnits += step), unitPrice: (unitPrice -= less) }))
  })

/** Sums as the store keeps them, whoever came first. */
function summed(ladder: typeof LADDER, buyers: readonly PledgedLine[][]) {
  const prices = [...new Set(ladder.map(({ unitPrice }) => unitPrice))].sort((a, b) => b - a)
  const rungs = new Map<number, PledgedRung>()
  let units = 0
  for (const { atMost, quantity } of buyers.flat()) {
    if (atMost === undefined) {
      units += quantity
      continue
    }
    const price = rungWithin(prices, atMost)
    const rung = rungs.get(price) ?? { atMost: price, units: 0, buyers: 0 }
    rung.units += quantity
    rungs.set(price, rung)
  }
  return reachedWith(ladder, { units }, [...rungs.values()])
}
const piecesAt = (pledge: readonly PledgedLine[], price: number): number => settledAt(pledge, price)?.units ?? 0

describe('a pledge', () => {
  test('of 10 at 99 and 25 at 85 is ten pieces above 85, and 25 from there down', () => {
    const pledge = [
      { size: 'M', colourway: 'olive', quantity: 10, atMost: 9900 },
      { size: 'M', colourway: 'olive', quantity: 15, atMost: 8500 },
    ]
    expect([10_000, 9900, 8600, 8500, 7900].map((price) => piecesAt(pledge, price))).toEqual([0, 10, 10, 25, 25])
    expect(settledAt(pledge, 10_000), 'nothing of it is in such a lot').toBeUndefined()
    expect(summed(LADDER, [pledge]), 'and makes its rung by itself').toMatchObject({ unitPrice: 8500, units: 25 })
  })

  test('for a price between two rungs is one for the cheaper of them', () => {
    expect(rungWithin(PRICES, 9400)).toBe(8500)
    expect(rungWithin(PRICES, 9500)).toBe(9500)
    expect(rungWithin(PRICES, 7800), 'below the last it is for none').toBe(0)
  })

  test('that waits for a price counts from the moment that others make it', () => {
    const waits = [{ size: 'M', colourway: 'olive', quantity: 12, atMost: 8500 }]
    const others = [{ size: 'M', colourway: 'olive', quantity: 12 }]
    expect(summed(LADDER, [waits, others])).toMatchObject({ unitPrice: 9500, units: 0 })
    const one = [{ size: 'M', colourway: 'olive', quantity: 1 }]
    expect(summed(LADDER, [waits, others, one])).toMatchObject({ unitPrice: 8500, units: 12 })
  })

  test('jumps over a rung that nobody makes to a cheaper one that all of them make', () => {
    const firm = [{ size: 'M', colourway: 'olive', quantity: 6 }]
    const many = [{ size: 'M', colourway: 'olive', quantity: 60, atMost: 7900 }]
    expect(summed(LADDER, [firm, many])).toMatchObject({ unitPrice: 7900, units: 60 })
  })

  test('never pays more than the price that it names', () => {
    fc.assert(
      fc.property(ladders, fc.array(lines, { maxLength: 12 }), (ladder, buyers) => {
        const { unitPrice } = summed(ladder, buyers)
        for (const pledge of buyers)
          for (const { atMost } of countingAt(pledge, unitPrice))
            expect(atMost ?? unitPrice).toBeGreaterThanOrEqual(unitPrice)
      }),
    )
  })

  test('more makes nobody worse off: no price rises by it, and nobody has fewer pieces', () => {
    fc.assert(
      fc.property(ladders, fc.array(lines, { maxLength: 12 }), lines, (ladder, buyers, another) => {
        const before = summed(ladder, buyers)
        const after = summed(ladder, [...buyers, another])
        expect(after.unitPrice).toBeLessThanOrEqual(before.unitPrice)
        for (const pledge of buyers)
          expect(piecesAt(pledge, after.unitPrice)).toBeGreaterThanOrEqual(piecesAt(pledge, before.unitPrice))
      }),
    )
  })

  test('comes to the same whoever was first', () => {
    const shuffled = fc
      .array(lines, { minLength: 2, maxLength: 12 })
      .chain((buyers) => fc.tuple(fc.constant(buyers), fc.shuffledSubarray(buyers, { minLength: buyers.length })))
    fc.assert(
      fc.property(ladders, shuffled, (ladder, [buyers, inAnyOrder]) => {
        expect(summed(ladder, inAnyOrder)).toEqual(summed(ladder, buyers))
      }),
    )
  })

  test('is made at the rung that makes the most pieces of all whose pledges accept it', () => {
    fc.assert(
      fc.property(ladders, fc.array(lines, { maxLength: 12 }), (ladder, buyers) => {
        const made = (price: number) => buyers.reduce((sum, pledge) => sum + piecesAt(pledge, price), 0)
        const possible = ladder.filter(({ fromUnits, unitPrice }) => made(unitPrice) >= fromUnits)
        const { unitPrice } = summed(ladder, buyers)
        const most = Math.max(0, ...possible.map((rung) => made(rung.unitPrice)))
        if (possible.length) expect(made(unitPrice)).toBe(most)
        else expect(unitPrice, 'no rung is made: the first price is asked').toBe(ladder[0]?.unitPrice)
      }),
    )
  })
})

test('what a rung still needs counts those who come along at its price', () => {
  const pledged = [
    { atMost: 9500, units: 3, buyers: 1 },
    { atMost: 8500, units: 12, buyers: 2 },
  ]
  expect(rungsWith(LADDER, { units: 4 }, pledged).map(({ units, missing }) => [units, missing])).toEqual([
    [4, 1],
    [7, 3],
    [19, 6],
    [19, 41],
  ])
})
