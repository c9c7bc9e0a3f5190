import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  clothSaving,
  costOf,
  DEFAULT_RULES,
  defaultRulesIn,
  labourSaving,
  ladder,
  type LadderInput,
  priceAt,
  priceFloor,
  priceFor,
  restate,
  shopPrice,
} from '../../src/garments/cost.ts'
import { CATEGORIES } from '../../src/garments/categories/index.ts'
import { type BomRow, type CostTerms, type HouseRules } from '../../src/garments/types.ts'

const words = (text: string) => ({ zh: text, en: text })
const row = (
  role: BomRow['role'],
  quantity: Record<string, number>,
  unitPrice: number,
  wastePercent = 5,
  code: string = role,
): BomRow => ({
  role,
  code,
  name: words(code),
  specification: words(`${code} 1`),
  supplierRef: code,
  placement: words('body'),
  unit: role === 'trim' ? 'pc' : 'm',
  quantity,
  wastePercent,
  unitPrice,
  colours: {},
})

/** The reference arithmetic of one coat: prices assumed, 298 CNY, floor about 540. */
const coat: BomRow[] = [
  row('shell', { L: 2.6 }, 45_00),
  row('lining', { L: 2.4 }, 7_50),
  row('interlining', { L: 1 }, 5_00),
  row('contrast', { L: 0.24 }, 50_00),
  row('trim', { L: 10 }, 1_50),
  row('label', { L: 1 }, 6_00),
]

/** As styles from before the terms are reckoned. */
const { terms: _terms, ...WITHOUT_TERMS } = DEFAULT_RULES
const anyRules = fc
  .record({
    marginPercent: fc.double({ min: 0, max: 85, noNaN: true }),
    overheadPercent: fc.double({ min: 0, max: 60, noNaN: true }),
    thresholdUnits: fc.integer({ min: 1, max: 3000 }),
    rungs: fc.uniqueArray(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 6 }),
    cmtVolumeSavingPercent: fc.double({ min: 0, max: 60, noNaN: true }),
    materialVolumeSavingPercent: fc.double({ min: 0, max: 40, noNaN: true }),
    cmt: fc.integer({ min: 1, max: 500_00 }),
    terms: fc.option(
      fc.record({
        minuteRate: fc.integer({ min: 0, max: 500 }),
        ownMinutes: fc.constant({}),
        patternPerStyle: fc.integer({ min: 0, max: 5000_00 }),
        samplePerStyle: fc.integer({ min: 0, max: 5000_00 }),
        dyeLotMetres: fc.integer({ min: 0, max: 1000 }),
        inspectionPercent: fc.double({ min: 0, max: 10, noNaN: true }),
        freightPerKg: fc.integer({ min: 0, max: 50_00 }),
        vatPercent: fc.double({ min: 0, max: 25, noNaN: true }),
      }),
      { nil: undefined },
    ),
  })
  .map(({ cmt, terms, ...rules }): HouseRules => ({
    ...WITHOUT_TERMS,
    ...rules,
    ...(terms ? { terms } : {}),
    cmt: Object.fromEntries(CATEGORIES.map((category) => [category, cmt])) as HouseRules['cmt'],
  }))
/** A large saving that has to be reached within one piece: 40 % less for 501 pieces than for 500. */
const steep: HouseRules = {
  ...DEFAULT_RULES,
  thresholdUnits: 500,
  rungs: [501],
  cmtVolumeSavingPercent: 60,
  materialVolumeSavingPercent: 40,
}
const sizes = ['S', 'M', 'L']
const quantity = fc
  .tuple(fc.double({ min: 0.01, max: 6, noNaN: true }), fc.double({ min: 1, max: 1.2, noNaN: true }))
  .map(([first, grow]) => ({ S: first, M: first * grow, L: first * grow * grow }))
const anyBom = fc.array(
  fc
    .tuple(
      fc.constantFrom<BomRow['role']>('shell', 'lining', 'rib', 'trim', 'label', 'packaging'),
      quantity,
      fc.integer({ min: 1, max: 200_00 }),
      fc.double({ min: 0, max: 20, noNaN: true }),
    )
    .map(([role, amounts, price, waste]) => row(role, amounts, price, waste)),
  { minLength: 1, maxLength: 8 },
)
const anyStyle = fc.record({ bom: anyBom, rules: anyRules }).map(({ bom, rules }): LadderInput => ({
  category: 'coat',
  bom,
  sizes,
  rules,
  making: { minutes: 130, weightG: { S: 1400, M: 1500, L: 1600 }, colourways: 2 },
}))

/** Lines that are rounded up to a whole fen; the others are rounded half up. */
const ROUNDED_UP: ReadonlySet<string> = new Set([
  'pattern',
  'sample',
  'dye-lot',
  'inspection',
  'freight',
  'overhead',
  'vat',
])

describe('the cost of one garment', () => {
  test('the reference coat costs about 298 CNY and may not be sold below about 540', () => {
    const rules: HouseRules = {
      ...WITHOUT_TERMS,
      cmt: { ...DEFAULT_RULES.cmt, coat: 95_00 },
      cmtVolumeSavingPercent: 0,
    }
    const cost = costOf({ category: 'coat', bom: coat, size: 'L', units: 100, rules })
    expect(Object.fromEntries(cost.lines.map((line) => [line.key, line.amount]))).toEqual({
      shell: 117_00,
      lining: 18_00,
      interlining: 5_00,
      contrast: 12_00,
      trims: 15_00,
      labels: 6_00,
      waste: 8_65,
      cmt: 95_00,
      overhead: 22_14,
    })
    expect(cost.total).toBe(298_79)
    expect(priceFloor({ category: 'coat', bom: coat, sizes: ['L'], rules })).toBe(543_26)
  })

  test('is whole minor units, and its lines add up to its total', () => {
    fc.assert(
      fc.property(anyStyle, fc.integer({ min: 1, max: 9000 }), fc.constantFrom(...sizes), (style, units, size) => {
        const cost = costOf({ ...style, size, units })
        for (const line of cost.lines) expect(Number.isInteger(line.amount)).toBe(true)
        expect(cost.lines.reduce((sum, line) => sum + line.amount, 0)).toBe(cost.total)
      }),
    )
  })

  test('never rises with the quantity', () => {
    fc.assert(
      fc.property(
        anyStyle,
        fc.integer({ min: 1, max: 6000 }),
        fc.integer({ min: 1, max: 500 }),
        (style, units, more) => {
          const at = (n: number): number => costOf({ ...style, size: 'L', units: n }).total
          expect(at(units + more)).toBeLessThanOrEqual(at(units))
        },
      ),
    )
  })

  test.each([
    ['labour', labourSaving],
    ['cloth', clothSaving],
  ])(
    'what is saved on %s grows with the order, and one piece more never makes the whole order cheaper',
    (_, saving) => {
      fc.assert(
        fc.property(anyRules, fc.integer({ min: 1, max: 6000 }), (rules, units) => {
          expect(saving(rules, units)).toBeGreaterThanOrEqual(0)
          expect(saving(rules, units + 1)).toBeGreaterThanOrEqual(saving(rules, units))
          expect((units + 1) * (1 - saving(rules, units + 1))).toBeGreaterThan(units * (1 - saving(rules, units)))
        }),
        {
          examples: [
            [steep, 500],
            [steep, 501],
            [steep, 1],
          ],
        },
      )
    },
  )

  test('the whole order costs more with every piece, but for the rounding of each line of a piece to a whole fen', () => {
    fc.assert(
      fc.property(anyStyle, fc.integer({ min: 1, max: 6000 }), (style, units) => {
        const order = (n: number) => {
          const { total, lines } = costOf({ ...style, size: 'L', units: n })
          const shares = [
            style.rules.overheadPercent,
            style.rules.terms?.inspectionPercent,
            style.rules.terms?.vatPercent,
          ]
          // A share is taken of what was rounded.
          const carried = shares.reduce<number>((all, percent) => all * (1 + (percent ?? 0) / 100), 1)
          const up = lines.filter(({ key }) => ROUNDED_UP.has(key)).length
          const half = (lines.length - up) * 0.5
          return { total: total * n, least: (total - (half + up) * carried) * n, most: (total + half * carried) * n }
        }
        const [one, next] = [order(units), order(units + 1)]
        expect(next.most).toBeGreaterThan(one.least)
      }),
      { examples: [[{ category: 'coat', bom: coat, sizes: ['L'], rules: steep }, 500]] },
    )
  })

  test('every line says in both languages what it was computed from', () => {
    const cost = costOf({ category: 'coat', bom: coat, size: 'L', units: 200, rules: DEFAULT_RULES })
    for (const line of cost.lines) {
      expect(line.label.zh).toMatch(/[一-龥]/)
      expect(line.basis.en.length).toBeGreaterThan(3)
    }
    expect(cost.lines.find((line) => line.key === 'shell')!.basis.en).toMatch(/2\.60 m × CN¥45\.00/)
  })

  test('a merchandiser puts in a quotation with its reason; overhead follows, the old figure stays visible', () => {
    const plain = costOf({ category: 'coat', bom: coat, size: 'L', units: 100, rules: DEFAULT_RULES })
    const quoted = costOf({
      category: 'coat',
      bom: coat,
      size: 'L',
      units: 100,
      rules: DEFAULT_RULES,
      overrides: [{ key: 'shell', amount: 100_00, reason: 'quotation 2026-117' }],
    })
    expect(quoted.total).toBeLessThan(plain.total)
    const line = quoted.lines.find((entry) => entry.key === 'shell')!
    expect(line.amount).toBe(100_00)
    expect(line.basis.en).toMatch(/quotation 2026-117.*117\.00/)
    const overhead = quoted.lines.find((entry) => entry.key === 'overhead')!.amount
    expect(overhead).toBe(Math.ceil((quoted.total - overhead) * 0.08 - 1e-9))
  })

  test.each([
    [{ key: 'shel', amount: 1, reason: 'typo' }, 'cost.override-key'],
    [{ key: 'shell', amount: 1.5, reason: 'half a fen' }, 'cost.override-amount'],
    [{ key: 'shell', amount: -1, reason: 'gift' }, 'cost.override-amount'],
    [{ key: 'cmt', amount: 100, reason: '  ' }, 'cost.override-reason'],
  ])('the override %o is refused', (override, code) => {
    expect(() =>
      costOf({ category: 'coat', bom: coat, size: 'L', units: 1, rules: DEFAULT_RULES, overrides: [override] }),
    ).toThrowError(expect.objectContaining({ code, status: 422 }))
  })

  test('no half orders and no unknown sizes', () => {
    const input = { category: 'coat' as const, bom: coat, size: 'L', units: 100, rules: DEFAULT_RULES }
    for (const units of [0, -3, 1.5, Number.NaN]) expect(() => costOf({ ...input, units })).toThrowError(/quantity/)
    expect(() => costOf({ ...input, size: 'XXL' })).toThrowError(/XXL/)
  })
})

describe('the price ladder', () => {
  test('keeps the margin for every size at every quantity, never rises, and no bigger order is dearer', () => {
    fc.assert(
      fc.property(anyStyle, fc.integer({ min: 0, max: 4000 }), fc.integer({ min: 0, max: 4000 }), (style, a, b) => {
        const rungs = ladder(style)
        expect(rungs[0]!.fromUnits).toBe(style.rules.thresholdUnits)
        for (let i = 1; i < rungs.length; i++) {
          expect(rungs[i]!.fromUnits).toBeGreaterThan(rungs[i - 1]!.fromUnits)
          expect(rungs[i]!.unitPrice).toBeLessThan(rungs[i - 1]!.unitPrice)
        }
        const units = style.rules.thresholdUnits + Math.min(a, b)
        const price = priceAt(rungs, units)
        for (const size of sizes) {
          const cost = costOf({ ...style, size, units }).total
          expect(price * (1 - style.rules.marginPercent / 100)).toBeGreaterThanOrEqual(cost - 1e-6)
        }
        // The same order pays no more because others joined it.
        expect(priceAt(rungs, style.rules.thresholdUnits + Math.max(a, b)) * 7).toBeLessThanOrEqual(price * 7)
        expect(rungs.at(-1)!.unitPrice).toBeLessThanOrEqual(rungs[0]!.unitPrice)
        expect(rungs[0]!.unitPrice).toBeGreaterThanOrEqual(priceFloor(style))
      }),
    )
  })

  test('below the first rung the first rung is shown: nothing is made for less', () => {
    const rungs = [
      { fromUnits: 100, unitPrice: 549_00 },
      { fromUnits: 200, unitPrice: 539_00 },
    ]
    expect([0, 99, 100, 199, 200, 9999].map((units) => priceAt(rungs, units))).toEqual([
      549_00, 549_00, 549_00, 549_00, 539_00, 539_00,
    ])
  })

  test('shop prices are rounded up, never down, and keep their order', () => {
    expect([543_26, 539_00, 539_01, 301_00, 128_40, 104_00, 61_82, 50].map(shopPrice)).toEqual([
      549_00, 539_00, 549_00, 309_00, 129_00, 104_00, 61_90, 90,
    ])
    // Where two kinds of steps meet, a price is still the price of itself.
    expect([98_91, 99_00, 99_01, 99_90, 99_91].map(shopPrice)).toEqual([99_90, 99_90, 99_90, 99_90, 104_00])
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 900_00 }), fc.integer({ min: 0, max: 90_00 }), (price, more) => {
        expect(shopPrice(price)).toBeGreaterThanOrEqual(price)
        expect(shopPrice(price + more)).toBeGreaterThanOrEqual(shopPrice(price))
        expect(shopPrice(shopPrice(price))).toBe(shopPrice(price))
      }),
      { numRuns: 500 },
    )
  })

  test('the lowest price that keeps a margin is one fen away from one that does not', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_00 }), fc.integer({ min: 0, max: 90 }), (cost, margin) => {
        const price = priceFor(cost, margin)
        expect(price * (100 - margin)).toBeGreaterThanOrEqual(cost * 100)
        expect((price - 1) * (100 - margin)).toBeLessThan(cost * 100)
      }),
    )
  })
})

describe('what a full calculation reckons beside cloth, trims and labour', () => {
  const making = { minutes: 120, weightG: { L: 1500 }, colourways: 3 }
  const linesAt = (units: number, terms: Partial<CostTerms>) =>
    costOf({
      category: 'coat',
      bom: coat,
      size: 'L',
      units,
      rules: {
        ...DEFAULT_RULES,
        cmtVolumeSavingPercent: 0,
        materialVolumeSavingPercent: 0,
        terms: { ...none, ...terms },
      },
      making,
    }).lines
  const none: CostTerms = {
    minuteRate: 0,
    ownMinutes: {},
    patternPerStyle: 0,
    samplePerStyle: 0,
    dyeLotMetres: 0,
    inspectionPercent: 0,
    freightPerKg: 0,
    vatPercent: 0,
  }
  const amount = (lines: ReturnType<typeof linesAt>, key: string) => lines.find((line) => line.key === key)?.amount

  test('labour is standard minutes at the house’s rate; without a rate the category’s price', () => {
    expect(amount(linesAt(100, { minuteRate: 125 }), 'cmt')).toBe(150_00)
    expect(linesAt(100, { minuteRate: 125 }).find(({ key }) => key === 'cmt')?.basis.en).toMatch(
      /120\.0 standard minutes/,
    )
    expect(amount(linesAt(100, {}), 'cmt')).toBe(DEFAULT_RULES.cmt.coat)
  })

  test('pattern, grading and sample are paid once and spread over the order', () => {
    expect(amount(linesAt(100, { patternPerStyle: 600_00, samplePerStyle: 301_00 }), 'pattern')).toBe(6_00)
    expect(amount(linesAt(100, { patternPerStyle: 600_00, samplePerStyle: 301_00 }), 'sample')).toBe(3_01)
    expect(amount(linesAt(7, { patternPerStyle: 600_00 }), 'pattern')).toBe(85_72) // rounded up: nothing is left unpaid
  })

  test('cloth that a dye lot leaves over is paid by the order; one that uses it up pays nothing', () => {
    // 3 colours × 200 m at 45.00 against 100 × 2.6 m
    expect(amount(linesAt(100, { dyeLotMetres: 200 }), 'dye-lot')).toBe(((600 - 260) * 45_00) / 100)
    expect(amount(linesAt(231, { dyeLotMetres: 200 }), 'dye-lot')).toBeUndefined()
  })

  test('inspection is a share of the lines above it, freight goes by weight, VAT is a share of all', () => {
    const lines = linesAt(100, { inspectionPercent: 2, freightPerKg: 3_00, vatPercent: 13 })
    expect(amount(lines, 'freight')).toBe(4_50)
    const before = lines.slice(
      0,
      lines.findIndex(({ key }) => key === 'inspection'),
    )
    expect(amount(lines, 'inspection')).toBe(Math.ceil(before.reduce((sum, line) => sum + line.amount, 0) * 0.02))
    const rest = lines.filter(({ key }) => key !== 'vat')
    expect(amount(lines, 'vat')).toBe(Math.ceil(rest.reduce((sum, line) => sum + line.amount, 0) * 0.13 - 1e-9))
    expect(lines.at(-1)?.key).toBe('vat')
  })

  test('a style from before these terms is reckoned as it was', () => {
    const cost = costOf({ category: 'coat', bom: coat, size: 'L', units: 100, rules: WITHOUT_TERMS, making })
    expect(cost.lines.map(({ key }) => key)).toEqual(['shell', 'lining', 'interlining', 'contrast', 'trims', 'labels', 'waste', 'cmt', 'overhead']) // prettier-ignore
  })
})

describe('other currencies', () => {
  test('restating rounds up and leaves the own currency alone', () => {
    expect(restate(95_00, 'CNY', 'CNY')).toBe(95_00)
    expect(restate(7_10, 'CNY', 'USD')).toBe(1_00)
    expect(restate(7_11, 'CNY', 'USD')).toBe(1_01)
  })

  test('a house that calculates in dollars does not pay 95 dollars for a coat’s labour', () => {
    expect(defaultRulesIn('USD').cmt.coat).toBe(27_47)
    expect(defaultRulesIn('USD').terms).toMatchObject({ minuteRate: 18, patternPerStyle: 84_51, vatPercent: 0 })
    expect(defaultRulesIn('CNY')).toEqual(DEFAULT_RULES)
  })
})
