/**
 * Whoever made a style keeps it: a style of the first or the second recipe, as a folder of before holds it, has the hash, the
 * pattern, the materials and the price that it was approved with, whatever newer styles are made with. One set of choices of
 * every block by default; all that are stored with UNCHANGED=all.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type Block, BLOCKS, draftStyle, type StyleSpec } from '../../src/garments/index.ts'
import { NEWEST_RECIPE } from '../../src/garments/types.ts'
import { setsOf, specOf, valuesOf } from './support-unchanged.ts'

const storedIn = (file: string) =>
  JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8')) as {
    engine: string
    styles: Record<string, Record<string, string>>
  }
const [stored, second] = [storedIn('./first-recipe.json'), storedIn('./second-recipe.json')]
const engine = `V8 ${process.versions.v8.split('.').slice(0, 2).join('.')}`
/** As a style of before: the first recipes had no word for themselves. */
const firstOf = (block: Block, set: number): StyleSpec => {
  const { recipe: _, ...first } = specOf(block, set, { recipe: 2 })
  return first
}

const cases = BLOCKS.flatMap((block, b) =>
  Array.from({ length: setsOf(block) }, (_, set) => ({ block, set, name: `${block.category} ${block.gender} ${set}` }))
    // another set of each block, so that the few together have many of the choices
    .filter(({ set }) => process.env['UNCHANGED'] === 'all' || set === (b + 1) % setsOf(block)),
)

describe.skipIf(stored.engine !== engine)('a style of the first recipe keeps its hash and its pattern', () => {
  test.each(cases)('$name', ({ block, set, name }) => {
    expect(valuesOf(firstOf(block, set))).toEqual(stored.styles[name])
  })
})

describe.skipIf(second.engine !== engine)('a style of the second recipe keeps its hash and its pattern', () => {
  const kept = BLOCKS.flatMap((block) =>
    Array.from({ length: setsOf(block) }, (_, set) => ({
      block,
      set,
      name: `${block.category} ${block.gender} ${set}`,
    })),
  ).filter(({ name }) => name in second.styles)
  test('every block has one', () => {
    expect(new Set(kept.map(({ block }) => block)).size).toBe(BLOCKS.length)
  })
  test.each(kept)('$name', ({ block, set, name }) => {
    expect(valuesOf(specOf(block, set, { recipe: 2 }))).toEqual(second.styles[name])
  })
})

test('a new style is made with the newest recipe, and says so', () => {
  const [block] = BLOCKS
  const spec = specOf(block!, 0)
  expect(NEWEST_RECIPE).toBe(3)
  expect(spec.recipe).toBe(3)
  const [newer, older] = [draftStyle(spec), draftStyle(firstOf(block!, 0))]
  expect(newer.engine).not.toBe(older.engine)
  expect(newer.sizes.every(({ sewn }) => sewn!.length > 0)).toBe(true)
  expect(older.sizes.every(({ sewn }) => sewn === undefined)).toBe(true)
})
