import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { BLOCKS, blockFor, CATEGORY_NAMES } from '../../src/garments/categories/index.ts'
import { ENGINE_VERSION, draftBodies } from '../../src/garments/blocks/engine.ts'
import { sampleSpec } from '../../src/garments/sample.ts'
import { clothFacts } from '../../src/garments/sewing/cloth.ts'
import { pieceName } from '../../src/garments/blocks/words.ts'
import { areaOf, distance, selfIntersects } from '../../src/garments/geometry.ts'
import { MATERIALS } from '../../src/garments/materials.ts'
import { monotoneFaults } from '../../src/garments/measures.ts'
import { checkProducible, draftStyle } from '../../src/garments/pattern.ts'
import { bodyOf, defaultSystem, sizeSystem } from '../../src/garments/sizes.ts'
import { CATEGORIES } from '../../src/garments/categories/index.ts'
import { type Draft, NEWEST_RECIPE, type StyleSpec } from '../../src/garments/types.ts'
import { draftOf } from '../support/drafts.ts'

const each = BLOCKS.map((block) => [`${block.gender} ${block.category}`, block] as const)
const parametersAt = (block: (typeof BLOCKS)[number], end: 'min' | 'max') =>
  Object.fromEntries(block.parameters.map((p) => [p.key, p[end]]))

const contextOf = (block: (typeof BLOCKS)[number], spec: StyleSpec) => ({
  gender: block.gender,
  sa: spec.seamAllowanceMm,
  recipe: NEWEST_RECIPE,
  cloth: clothFacts(spec.materials),
  parameter: (key: string) => spec.parameters[key] ?? Number.NaN,
  choice: (slot: string) => spec.construction[slot] ?? '',
})

function expectMakeable(draft: Draft, spec: StyleSpec) {
  expect(checkProducible(draft, spec).problems).toEqual([])
  expect(monotoneFaults(draft.sizes)).toEqual([])
  for (const size of draft.sizes)
    for (const piece of size.pieces) {
      expect(selfIntersects(piece.cut), `${piece.id} ${size.size}`).toBe(false)
      expect(areaOf(piece.cut)).toBeGreaterThan(areaOf(piece.seam))
    }
}

describe('blocks', () => {
  it('there is a block for every category, women and men where it makes sense', () => {
    for (const category of CATEGORIES) expect(BLOCKS.some((b) => b.category === category)).toBe(true)
    expect(BLOCKS).toHaveLength(23)
    expect(() => blockFor('dress', 'men')).toThrow(/coat/)
    for (const category of CATEGORIES) expect(CATEGORY_NAMES[category].zh).toMatch(/[\u4e00-\u9fff]/)
  })

  it('the installed pattern engine is the one the recipes were reviewed with', () => {
    const manifest = readFileSync(new URL('../../node_modules/@freesewing/core/package.json', import.meta.url), 'utf8')
    expect((JSON.parse(manifest) as { version: string }).version).toBe(ENGINE_VERSION)
  })

  it.each(each)('%s: parameters, choices, words and stitches are complete', (_, block) => {
    for (const p of block.parameters) {
      expect(p.min, p.key).toBeLessThan(p.max)
      expect(p.default, p.key).toBeGreaterThanOrEqual(p.min)
      expect(p.default, p.key).toBeLessThanOrEqual(p.max)
    }
    expect(new Set(block.parameters.map((p) => p.key)).size).toBe(block.parameters.length)
    for (const s of block.construction) expect(s.options.map((o) => o.value)).toContain(s.default)
    expect(block.points.length).toBeGreaterThanOrEqual(8)
    // knits have one more since necks are measured as far as they open
    expect(block.points.length).toBeLessThanOrEqual(15)
    for (const row of block.recipe.cutList) expect(pieceName(row.id).zh).toMatch(/[\u4e00-\u9fff]/)
    for (const s of block.stitches) expect(s.stitch).toMatch(/^\d{3}$/)
  })

  it.each(each)(
    '%s: at its defaults every size is makeable, and the fitted measures are those asked for',
    (_, block) => {
      const spec = sampleSpec(block.category, block.gender, MATERIALS)
      const draft = draftOf(spec)
      expect(draft.sizes).toHaveLength(5)
      expectMakeable(draft, spec)
      expect(draft.points.length).toBeGreaterThanOrEqual(8)
      const base = draft.sizes.find((s) => s.size === spec.sizes.base)
      for (const p of block.parameters)
        if (p.drive.kind === 'fit' && (p.when?.(contextOf(block, spec)) ?? true))
          expect(Math.abs((base?.measures[p.drive.measure] ?? 0) - p.default), p.key).toBeLessThanOrEqual(5)
      const roles = new Set(draft.sizes.flatMap((s) => s.pieces.map((piece) => piece.role)))
      expect([...roles].sort()).toEqual([...block.roles(spec.construction, spec.recipe)].sort())
    },
  )

  it.each(each)('%s: makeable at both ends of its parameters, with its last choices too', (_, block) => {
    const last = Object.fromEntries(block.construction.map((s) => [s.slot, s.options.at(-1)?.value ?? s.default]))
    for (const [end, construction] of [
      ['min', {}],
      ['max', last],
    ] as const) {
      const spec = sampleSpec(block.category, block.gender, MATERIALS, {
        parameters: parametersAt(block, end),
        construction,
      })
      expectMakeable(draftStyle(spec), spec)
    }
  })

  it.each(each)('%s: every visible part of the design is cut, or left out for a written reason', (_, block) => {
    const ctx = contextOf(block, sampleSpec(block.category, block.gender, MATERIALS))
    const system = sizeSystem(defaultSystem(block.gender), block.gender)
    const [drafted] = draftBodies(block.recipe.design, [
      { body: bodyOf(system, system.base), options: block.recipe.options(ctx) },
    ])
    const used = new Set(block.recipe.cutList.map((row) => row.part))
    for (const part of drafted?.visible ?? [])
      expect(used.has(part) || part in block.recipe.leftOut, `${part} is neither cut nor left out`).toBe(true)
  })
})

describe('construction changes the pieces', () => {
  const pieces = (spec: StyleSpec) => draftStyle(spec).sizes[0]?.pieces ?? []
  const coat = (construction: Record<string, string>) => pieces(sampleSpec('coat', 'men', MATERIALS, { construction }))

  it('a coat without belt has no belt piece, with a full belt one long belt and loops', () => {
    expect(coat({ belt: 'none' }).filter((p) => /belt/i.test(p.id))).toEqual([])
    expect(coat({ belt: 'full' }).map((p) => p.id)).toEqual(expect.arrayContaining(['belt', 'beltLoop']))
    expect(coat({ belt: 'half' }).find((p) => p.id === 'halfBelt')?.count).toBe(4)
  })

  it('a fur collar is cut from the contrast material, its under collar from the shell', () => {
    const cut = coat({ collar: 'fur' })
    expect(cut.find((p) => p.id === 'collar')?.role).toBe('contrast')
    expect(cut.find((p) => p.id === 'underCollar')?.role).toBe('shell')
  })

  it('an unlined coat has no lining pieces', () => {
    expect(coat({ lining: 'none' }).filter((p) => p.role === 'lining')).toEqual([])
  })

  it('a coat has two under sleeves, one pocket lining each side, and no shell pocket bags', () => {
    const cut = coat({})
    expect(cut.find((p) => p.id === 'underSleeve')?.count).toBe(2)
    expect(cut.find((p) => p.id === 'pocketLining')).toMatchObject({ role: 'lining', count: 2 })
    expect(cut.filter((p) => /ocketBag/.test(p.id) && p.role === 'shell')).toEqual([])
  })

  it('women’s shirts close right over left', () => {
    const side = (gender: 'men' | 'women') =>
      pieces(sampleSpec('shirt', gender, MATERIALS)).find((p) => p.lines.some((l) => l.kind === 'buttonhole'))?.id
    expect([side('men'), side('women')]).toEqual(['frontLeft', 'frontRight'])
  })

  it('folded pieces are opened: a T-shirt’s front is symmetrical about its centre', () => {
    const front = pieces(sampleSpec('tee', 'men', MATERIALS)).find((p) => p.id === 'front')
    const seam = front?.seam ?? []
    for (const p of seam) expect(seam.some((q) => distance(q, { x: -p.x, y: p.y }) < 0.3)).toBe(true)
  })

  it('a full skirt is cut in panels that fit the cloth', () => {
    const spec = sampleSpec('full-skirt', 'women', MATERIALS, { parameters: { circleRatio: 100, bodyLength: 850 } })
    for (const size of draftOf(spec).sizes) {
      const panel = size.pieces.find((p) => p.id === 'skirtPanelZip')
      const xs = panel?.cut.map((p) => p.x) ?? []
      expect(Math.max(...xs) - Math.min(...xs)).toBeLessThan(1350)
    }
  })
})
