import { areaD, FillRule, intersectD } from 'clipper2-ts'
import { beforeAll, describe, expect, test } from 'vitest'
import { BLOCKS } from '../../src/garments/categories/index.ts'
import { sampleSpec } from '../../src/garments/sample.ts'
import { countButtons } from '../../src/garments/bom.ts'
import { DEFAULT_RULES } from '../../src/garments/cost.ts'
import { clothOf, type DerivedStyle, deriveStyle, ESTIMATE } from '../../src/garments/derive.ts'
import { geometryHash, styleHash } from '../../src/garments/hash.ts'
import { nest } from '../../src/garments/marker.ts'
import { libraryMaterial, MATERIALS } from '../../src/garments/materials.ts'
import type { BomRow, Category, Gender, StyleSpec } from '../../src/garments/types.ts'
import { derivedOf } from '../support/drafts.ts'

const sample = (category: Category, gender: Gender, overrides: Partial<StyleSpec> = {}): StyleSpec =>
  sampleSpec(category, gender, MATERIALS, overrides)
/** Every category once: men's and women's share their recipes. */
const once = BLOCKS.filter((block, i) => BLOCKS.findIndex((other) => other.category === block.category) === i)
const bom = (derived: DerivedStyle['derived'], code: RegExp): BomRow[] =>
  derived.bom.filter((row) => code.test(row.code))

let coat: DerivedStyle
beforeAll(() => {
  coat = derivedOf(sample('coat', 'men'))
})

describe.each(once.map((block) => [block.category, block.gender] as const))('a %s (%s)', (category, gender) => {
  let style: DerivedStyle
  beforeAll(() => {
    style = derivedOf(sample(category, gender))
  })

  test('is producible and priced: nothing for the gates to block', () => {
    expect(style.problems).toEqual([])
    expect(style.derived.sizes.length).toBeGreaterThanOrEqual(5)
  })

  test('its markers hold every piece of every size, none overlapping, in the cloth', () => {
    for (const size of style.draft.sizes)
      for (const role of new Set(size.pieces.map((piece) => piece.role))) {
        const marker = style.markers.find((m) => m.role === role && Object.keys(m.mix).includes(size.size))!
        const garments = marker.mix[size.size]!
        for (const piece of size.pieces.filter((p) => p.role === role))
          expect(marker.placements.filter((p) => p.piece === piece.id)).toHaveLength(piece.count * garments)
        expect(marker.utilisation).toBeGreaterThan(0.2)
        expect(marker.utilisation).toBeLessThan(1)
      }
    const laid = style.markers.filter((m) => m.role === 'shell' && Object.keys(m.mix)[0] === style.spec.sizes.base)
    expect(laid).toHaveLength(1)
    for (const marker of laid) {
      for (const [i, a] of marker.placements.entries()) {
        for (const p of a.outline) {
          expect(p.x).toBeGreaterThanOrEqual(-0.01)
          expect(p.x).toBeLessThanOrEqual(marker.widthMm + 0.11)
          expect(p.y).toBeLessThanOrEqual(marker.lengthMm + 0.01)
        }
        for (const b of marker.placements.slice(i + 1)) {
          const common = intersectD([[...a.outline]], [[...b.outline]], FillRule.NonZero, 2)
          expect(common.reduce((sum, path) => sum + Math.abs(areaD(path)), 0)).toBeLessThan(1)
        }
      }
    }
  })

  test('its bill of materials names no vague row: figures in both languages, a quantity for every size', () => {
    for (const row of style.derived.bom) {
      expect(row.specification.en).toMatch(/\d/)
      expect(row.specification.zh).toMatch(/\d/)
      expect(row.specification.zh).toMatch(/[一-龥]/)
      expect(row.name.zh).toMatch(/[一-龥]/)
      expect(row.placement.en.length).toBeGreaterThan(2)
      expect(row.supplierRef.length).toBeGreaterThan(3)
      expect(Number.isInteger(row.unitPrice) && row.unitPrice > 0).toBe(true)
      for (const { size } of style.derived.sizes) expect(row.quantity[size]).toBeGreaterThan(0)
    }
    const roles = style.derived.bom.map((row) => row.role)
    for (const role of ['trim', 'label', 'packaging', 'shell'] as const) expect(roles).toContain(role)
    expect(new Set(style.derived.bom.map((row) => row.code)).size).toBe(style.derived.bom.length)
  })

  test('bigger sizes take more cloth, weigh more, and every price keeps its margin', () => {
    const { sizes, consumption, priceFloor, ladder, cost } = style.derived
    const weights = sizes.map((size) => size.weightG)
    expect(weights).toEqual([...weights].sort((a, b) => a - b))
    const areas = consumption.filter((entry) => entry.role === 'shell').map((entry) => entry.netAreaMm2)
    expect(areas).toEqual([...areas].sort((a, b) => a - b))
    for (const entry of consumption) expect(entry.grossMetres * 1000).toBeGreaterThan(entry.markerLengthMm)
    expect(priceFloor).toBeGreaterThanOrEqual(Math.ceil(cost.largest.total / 0.55))
    expect(ladder[0]!.unitPrice).toBeGreaterThanOrEqual(priceFloor)
    expect(cost.largest.units).toBe(DEFAULT_RULES.thresholdUnits)
  })

  test('its labels say fibre, care and safety class', () => {
    expect(style.derived.fibreLabel.zh).toMatch(/^面料：.+%/)
    expect(style.derived.care.map((entry) => entry.code).length).toBeGreaterThanOrEqual(4)
    expect(['B', 'C']).toContain(style.derived.safetyClass)
  })
})

describe('the parameter set is all there is', () => {
  test('the same style and rules give the same bytes and the same hash', () => {
    const again = deriveStyle(sample('coat', 'men'), DEFAULT_RULES)
    expect(again).toEqual(coat)
    expect(styleHash(again.spec, again.derived, DEFAULT_RULES)).toBe(styleHash(coat.spec, coat.derived, DEFAULT_RULES))
    expect(geometryHash(again.draft)).toBe(coat.derived.geometryHash)
  })

  test('a parameter, a price, a margin or the picture’s seed each change the hash; only geometry changes the geometry’s', () => {
    const hash = ({ spec, derived }: DerivedStyle, rules = DEFAULT_RULES): string => styleHash(spec, derived, rules)
    const longer = derivedOf(sample('tee', 'men', { parameters: { bodyLength: 760 } }))
    const plain = derivedOf(sample('tee', 'men'))
    const shell = { ...plain.spec.materials.shell!, pricePerMetre: plain.spec.materials.shell!.pricePerMetre + 1 }
    const dearer = derivedOf(sample('tee', 'men', { materials: { ...plain.spec.materials, shell } }))
    const reseeded = derivedOf(sample('tee', 'men', { seed: 2 }))
    const all = [
      hash(plain),
      hash(longer),
      hash(dearer),
      hash(reseeded),
      hash(plain, { ...DEFAULT_RULES, marginPercent: 46 }),
    ]
    expect(new Set(all).size).toBe(all.length)
    expect(longer.derived.geometryHash).not.toBe(plain.derived.geometryHash)
    expect(dearer.derived.geometryHash).toBe(plain.derived.geometryHash)
    expect(reseeded.derived.geometryHash).toBe(plain.derived.geometryHash)
  })

  test('a longer coat takes more cloth and costs more', () => {
    const base = coat.spec.parameters['bodyLength']!
    const long = derivedOf(sample('coat', 'men', { parameters: { bodyLength: base + 120 } }))
    expect(long.derived.cost.base.total).toBeGreaterThan(coat.derived.cost.base.total)
    expect(long.derived.priceFloor).toBeGreaterThan(coat.derived.priceFloor)
  })

  test('an out-of-range wish is clamped and said, and derived from what is used', () => {
    const style = derivedOf(sample('tee', 'men', { parameters: { bodyLength: 5000 } }))
    expect(style.clamped).toMatchObject([{ parameter: 'bodyLength', asked: 5000 }])
    expect(style.spec.parameters['bodyLength']).toBe(style.clamped[0]!.used)
  })
})

describe('what it is sewn with', () => {
  test('a double-breasted coat has six buttons on the front, counted on the pattern, and a spare', () => {
    expect(countButtons(coat.draft.sizes[0]!)).toEqual({ front: 6, cuff: 2 })
    const [button] = bom(coat.derived, /^BTN-44L/)
    expect(button!.quantity[coat.spec.sizes.base]).toBe(7)
    expect(button!.specification.en).toMatch(/44 ligne \(27\.9 mm\)/)
  })

  test('a full belt has a buckle, a half belt has not', () => {
    const belted = derivedOf(sample('coat', 'men', { construction: { belt: 'full' } }))
    expect(bom(belted.derived, /^BKL/)).toHaveLength(1)
    expect(bom(coat.derived, /^BKL/)).toHaveLength(0)
  })

  test('a zip hoodie has a front zip as long as its front, a cord and two eyelets', () => {
    const hoodie = derivedOf(sample('zip-hoodie', 'men'))
    const [zip] = bom(hoodie.derived, /^ZIP/)
    const base = hoodie.derived.sizes.find((size) => size.size === hoodie.spec.sizes.base)!
    const length = Number(new RegExp(`${base.size}: (\\d+)`).exec(zip!.specification.en)![1])
    expect(Math.abs(length - (base.measures.bodyLength! - base.measures.frontNeckDrop!))).toBeLessThan(15)
    expect(bom(hoodie.derived, /^CORD/)).toHaveLength(1)
    expect(bom(hoodie.derived, /^EYE/)[0]!.quantity[base.size]).toBe(2)
  })

  test('a button fly has buttons and no zip', () => {
    const zipped = derivedOf(sample('chinos', 'men'))
    const buttoned = derivedOf(sample('chinos', 'men', { construction: { closure: 'button' } }))
    expect(bom(zipped.derived, /^ZIP/)).toHaveLength(1)
    expect(bom(buttoned.derived, /^ZIP/)).toHaveLength(0)
    const count = (style: DerivedStyle): number =>
      bom(style.derived, /^BTN.*WAIST/)[0]!.quantity[style.spec.sizes.base]!
    expect(count(buttoned) - count(zipped)).toBe(4)
  })
})

describe('cloth', () => {
  test('cloth that shrinks is laid narrower and bought longer', () => {
    const denim = libraryMaterial('denim-400')
    expect(clothOf('shell', denim).usableWidthMm).toBe(Math.floor(1450 * 0.97))
    const entry = coat.derived.consumption.find((e) => e.role === 'shell')!
    const shell = coat.spec.materials.shell!
    const expected = (entry.markerLengthMm / 1000 / (1 - shell.shrinkage.warp / 100)) * (1 + shell.wastePercent / 100)
    expect(entry.grossMetres).toBeCloseTo(expected, 3)
  })

  test('a bold check is matched both ways, a stripe across, a small houndstooth not at all', () => {
    expect(clothOf('shell', libraryMaterial('wool-check-400')).repeat).toEqual({ alongMm: 80, acrossMm: 80 })
    expect(clothOf('shell', libraryMaterial('stripe-poplin-110')).repeat).toEqual({ alongMm: 0, acrossMm: 20 })
    expect(clothOf('shell', libraryMaterial('houndstooth-380')).repeat).toEqual({ alongMm: 0, acrossMm: 0 })
  })

  test('the coarse strips of the estimate take at most 2 % more cloth than strips three times as fine', () => {
    const lay = (style: DerivedStyle, stripMm: number): number =>
      style.draft.sizes.reduce((sum, size) => {
        const pieces = size.pieces.filter((piece) => piece.role === 'shell')
        const requests = pieces.map((piece) => ({ piece, size: size.size, copies: 1 }))
        const cloth = clothOf('shell', style.spec.materials.shell!)
        return sum + nest(requests, cloth, { stripMm, iterations: ESTIMATE.moves }).lengthMm
      }, 0)
    const styles = [coat, derivedOf(sample('shirt', 'men'))]
    const all = (stripMm: number): number => styles.reduce((sum, style) => sum + lay(style, stripMm), 0)
    expect(all(ESTIMATE.stripMm) / all(ESTIMATE.stripMm / 3)).toBeLessThan(1.02)
  })
})

describe('what stops a style', () => {
  const shell = libraryMaterial('poplin-115')
  const broken = (change: Partial<typeof shell>): DerivedStyle['problems'] =>
    derivedOf(sample('shirt', 'men', { materials: { ...coatless(), shell: { ...shell, ...change } } })).problems
  const coatless = (): StyleSpec['materials'] => sample('shirt', 'men').materials

  test('cloth too narrow for a piece: blocked, with the width it needs', () => {
    const problems = broken({ widthMm: 500, usableWidthMm: 480 })
    expect(problems).toContainEqual(
      expect.objectContaining({
        gate: 'G2',
        verdict: 'block',
        text: { en: expect.stringMatching(/needs \d+ mm of width/), zh: expect.stringMatching(/需要门幅 \d+ mm/) },
      }),
    )
  })

  test('an option that needs a piece the cloth is too narrow for: named, with the options that do without it', () => {
    const { shell, ...others } = sample('hoodie', 'men').materials
    const narrow = { ...shell!, widthMm: 300, usableWidthMm: 280 }
    const { problems } = derivedOf(
      sample('hoodie', 'men', { materials: { ...others, shell: narrow }, construction: { pocket: 'kangaroo' } }),
    )
    const said = problems.filter(({ code }) => code === 'misfit').map(({ text }) => text)
    const ofPocket = said.find(({ en }) => /the piece "[^"]*[Kk]angaroo/.test(en))
    expect(ofPocket?.en).toMatch(/needs \d+ mm of width; .* It is cut for “Pocket: [^”]+”; without it: .+\.$/)
    expect(ofPocket?.zh).toMatch(/需要门幅 \d+ mm.*该裁片因“口袋：[^”]+”而裁，不需要它的选项：.+。$/)
    // A front is cut whatever is chosen.
    expect(said.find(({ en }) => en.includes('the piece "Front"'))?.en).toMatch(/shorten the piece\.$/)
  })

  test('a neck that no head passes in a cloth that does not stretch: blocked, with both girths and what to change', () => {
    const { shell: _knit, ...others } = sample('tee', 'men').materials
    const { problems } = derivedOf(sample('tee', 'men', { materials: { ...others, shell } }))
    const text = problems.find(({ code, text }) => code === 'producible' && text.en.includes('The neck'))?.text
    expect(text?.en).toMatch(
      /^Size \S+: The neck opens to [\d.]+ mm and the head measures [\d.]+ mm\. Make the neck wider/,
    )
    expect(text?.zh).toMatch(/码：领口最大拉开 [\d.]+ 毫米，头围为 [\d.]+ 毫米。请加大领围/)
  })

  test.each([
    [{ pricePerMetre: 0 }, 'G3', /price per metre/],
    [{ usableWidthMm: 0 }, 'G2', /usable width/],
  ])('a material with %o is blocked by %s with the sentence that says which', (change, gate, words) => {
    const problems = broken(change)
    expect(problems).toContainEqual(
      expect.objectContaining({
        gate,
        verdict: 'block',
        text: expect.objectContaining({ en: expect.stringMatching(words) }),
      }),
    )
  })

  test('a role without a material is blocked', () => {
    const { shell: _, ...rest } = sample('shirt', 'men').materials
    const { problems } = derivedOf(sample('shirt', 'men', { materials: rest }))
    expect(problems).toContainEqual(expect.objectContaining({ gate: 'G2', verdict: 'block' }))
    expect(problems.map((problem) => problem.text.en).join(' ')).toMatch(/shell/)
  })

  test('a price in another currency wants a second look', () => {
    expect(broken({ currency: 'USD' })).toContainEqual(
      expect.objectContaining({ gate: 'G3', verdict: 'review', code: 'currency' }),
    )
  })

  test('an override with its reason reaches cost, floor and ladder', () => {
    const plain = derivedOf(sample('tee', 'men')).derived
    const cheaper = deriveStyle(sample('tee', 'men'), DEFAULT_RULES, {
      overrides: [{ key: 'cmt', amount: 500, reason: 'own workshop' }],
    }).derived
    expect(cheaper.priceFloor).toBeLessThan(plain.priceFloor)
    expect(cheaper.cost.base.lines.find((line) => line.key === 'cmt')!.basis.zh).toContain('own workshop')
    expect(cheaper.ladder[0]!.unitPrice).toBeLessThanOrEqual(plain.ladder[0]!.unitPrice)
  })
})
