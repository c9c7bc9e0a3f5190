import { describe, expect, it } from 'vitest'
import { canonicalJson } from '../../src/core/canonical.ts'
import { Problem } from '../../src/core/errors.ts'
import { sampleSpec } from '../../src/garments/sample.ts'
import { areaOf, cutLine, isFold, unfold, bridgeDart, selfIntersects } from '../../src/garments/geometry.ts'
import { MATERIALS } from '../../src/garments/materials.ts'
import { checkProducible, draftBase, draftStyle, normalise, PATTERN_ENGINE } from '../../src/garments/pattern.ts'
import type { MaterialRole, SizeDraft } from '../../src/garments/types.ts'

const problemOf = (act: () => unknown): Problem => {
  try {
    act()
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
  throw new Error('nothing was refused')
}
const shellArea = (size: SizeDraft | undefined, role: MaterialRole = 'shell'): number =>
  (size?.pieces ?? []).filter((p) => p.role === role).reduce((sum, p) => sum + (areaOf(p.cut) * p.count) / 1e6, 0)

describe('normalise', () => {
  const tee = sampleSpec('tee', 'men', MATERIALS)

  it('clamps a parameter to its range and says so', () => {
    const { spec, clamped } = normalise({ ...tee, parameters: { bodyLength: 2000 }, seamAllowanceMm: 40 })
    expect(spec.parameters['bodyLength']).toBe(860)
    expect(spec.parameters['chestEase']).toBe(12)
    expect(clamped).toEqual([
      { parameter: 'bodyLength', asked: 2000, used: 860, min: 600, max: 860, unit: 'mm' },
      { parameter: 'seamAllowanceMm', asked: 40, used: 20, min: 6, max: 20, unit: 'mm' },
    ])
  })

  it('refuses what the block does not have, naming what it has', () => {
    expect(problemOf(() => normalise({ ...tee, parameters: { lapel: 3 } })).text.en).toContain('bodyLength')
    expect(problemOf(() => normalise({ ...tee, construction: { belt: 'full' } })).text.zh).toContain('collar')
    expect(problemOf(() => normalise({ ...tee, construction: { collar: 'fur' } })).text.en).toContain('crew, v, scoop')
    expect(problemOf(() => normalise({ ...tee, parameters: { bodyLength: Number.NaN } })).status).toBe(422)
  })

  it('refuses sizes out of order, too few, or without the base', () => {
    const list = tee.sizes.list
    for (const sizes of [
      { ...tee.sizes, list: [...list].reverse() },
      { ...tee.sizes, list: list.slice(0, 3), base: list[0] ?? '' },
      { ...tee.sizes, base: '160/80A' },
    ])
      expect(problemOf(() => normalise({ ...tee, sizes })).extra.field).toBe('sizes.list')
  })
})

describe('draftStyle', () => {
  it('drafts the base size alone as it does among the others', () => {
    for (const [category, gender] of [
      ['tee', 'men'],
      ['coat', 'women'],
      ['chinos', 'men'],
    ] as const)
      for (const recipe of [{}, { recipe: 2 as const }]) {
        const spec = sampleSpec(category, gender, MATERIALS, recipe)
        const among = draftStyle(spec).sizes.find(({ size }) => size === spec.sizes.base)
        expect(canonicalJson(draftBase(spec))).toBe(canonicalJson(among))
      }
  })

  it('gives the same bytes for the same style, and other bytes for another', () => {
    const spec = sampleSpec('shirt', 'women', MATERIALS)
    const once = canonicalJson(draftStyle(spec))
    expect(canonicalJson(draftStyle(spec))).toBe(once)
    expect(canonicalJson(draftStyle({ ...spec, seed: 99 }))).toBe(once)
    expect(canonicalJson(draftStyle({ ...spec, parameters: { ...spec.parameters, chestEase: 20 } }))).not.toBe(once)
    expect(once).toContain(PATTERN_ENGINE)
  })

  it('coordinates are rounded to 0.1 mm', () => {
    for (const piece of draftStyle(sampleSpec('tee', 'men', MATERIALS)).sizes[0]?.pieces ?? [])
      for (const p of piece.cut) expect(Math.abs(p.x * 10 - Math.round(p.x * 10))).toBeLessThan(1e-6)
  })

  it.each([
    // Areas measured on the designs' own drafts before, coats at a body length of 1270 mm (raw lists are 12 % higher).
    ['coat', 'men', { bodyLength: 1270 }, 2.9, 3.6],
    ['tee', 'men', {}, 0.75, 1],
    ['shirt', 'men', {}, 1.4, 1.8],
  ] as const)('the shell of a %s for %s takes the cloth it should', (category, gender, parameters, least, most) => {
    const spec = sampleSpec(category, gender, MATERIALS, { parameters })
    const area = shellArea(draftStyle(spec).sizes.find((s) => s.size === spec.sizes.base))
    expect(area).toBeGreaterThan(least)
    expect(area).toBeLessThan(most)
  })

  it('a longer coat takes more shell, and its measured length is the one asked for', () => {
    const at = (bodyLength: number) => {
      const spec = sampleSpec('coat', 'women', MATERIALS, { parameters: { bodyLength } })
      const size = draftStyle(spec).sizes.find((s) => s.size === spec.sizes.base)
      expect(Math.abs((size?.measures.bodyLength ?? 0) - bodyLength)).toBeLessThanOrEqual(5)
      return shellArea(size)
    }
    expect(at(1200)).toBeGreaterThan(at(900))
  })
})

describe('checkProducible', () => {
  const spec = sampleSpec('tee', 'women', MATERIALS)
  const draft = draftStyle(spec)

  it('finds seams that do not fit, measures that shrink, crossing outlines and missing cloth', () => {
    const [first, ...rest] = draft.sizes
    if (!first) throw new Error('no sizes')
    // of the first recipe, which has no graph: its pairs are what is compared
    const { sewn: _, ...paired } = first
    const pairs = [{ a: 'x', b: 'y', lengthA: 500, lengthB: 480, easeMax: 5 }]
    expect(checkProducible({ ...draft, sizes: [{ ...paired, seamPairs: pairs }, ...rest] }, spec).worstSeamMm).toBe(15)
    expect(checkProducible({ ...draft, sizes: [...draft.sizes].reverse() }, spec).problems.length).toBeGreaterThan(3)
    const bow = [
      { x: 0, y: 0 },
      { x: 100, y: 100 },
      { x: 100, y: 0 },
      { x: 0, y: 100 },
    ]
    const crossed = { ...first, pieces: first.pieces.map((p) => ({ ...p, seam: bow })) }
    expect(checkProducible({ ...draft, sizes: [crossed] }, spec).problems.length).toBeGreaterThan(0)
    expect(
      checkProducible(draft, { ...spec, materials: {} })
        .problems.map((p) => p.zh)
        .join(),
    ).toContain('shell')
  })
})

describe('outlines', () => {
  const half = [
    { x: 0, y: 0 },
    { x: 50, y: 0 },
    { x: 60, y: 80 },
    { x: 0, y: 100 },
  ]
  const [top, bottom] = [
    { x: 0, y: 0 },
    { x: 0, y: 100 },
  ]

  it('a fold is one only if it lies on the outline with the piece on one side', () => {
    expect(isFold(half, top, bottom)).toBe(true)
    expect(isFold(half, { x: 20, y: 0 }, { x: 20, y: 100 })).toBe(false)
    expect(isFold(half, { x: -5, y: 0 }, { x: -5, y: 100 })).toBe(false)
    expect(() => unfold({ points: half, allowance: [10, 10, 10, 10] }, { x: 20, y: 0 }, { x: 20, y: 100 })).toThrow(
      RangeError,
    )
  })

  it('opening a fold doubles the area and keeps each edge’s allowance', () => {
    const open = unfold({ points: half, allowance: [10, 10, 40, 10] }, top, bottom)
    expect(areaOf(open.points)).toBeCloseTo(2 * areaOf(half), 6)
    expect(open.allowance.filter((mm) => mm === 40)).toHaveLength(2)
    expect(open.allowance).toHaveLength(open.points.length)
  })

  it('a hem gets its own depth', () => {
    const square = [
      { x: 0, y: 0 },
      { x: 100, y: 0 },
      { x: 100, y: 100 },
      { x: 0, y: 100 },
    ]
    const cut = cutLine({ points: square, allowance: [10, 10, 40, 10] })
    expect(Math.max(...cut.map((p) => p.y))).toBeCloseTo(140, 3)
    expect(Math.min(...cut.map((p) => p.y))).toBeCloseTo(-10, 3)
    expect(areaOf(cut)).toBeCloseTo(120 * 150, 0)
    expect(selfIntersects(cut)).toBe(false)
  })

  it('a dart cut into an edge is bridged', () => {
    const ring = [
      { x: 0, y: 0 },
      { x: 100, y: 0 },
      { x: 100, y: 90 },
      { x: 60, y: 90 },
      { x: 50, y: 30 },
      { x: 40, y: 90 },
      { x: 0, y: 90 },
    ]
    const bridged = bridgeDart(ring, { x: 60, y: 90 }, { x: 40, y: 90 }, { x: 50, y: 30 })
    expect(areaOf(bridged)).toBeCloseTo(9000, 6)
  })
})
