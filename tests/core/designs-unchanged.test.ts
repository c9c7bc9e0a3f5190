/**
 * What the embedded designer and the rules of refinement made of the same wishes before garments were moved, as hashes.
 * UNCHANGED=write writes them anew, for a change that is meant to change designs: say in the commit which.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, describe, expect, test } from 'vitest'
import { hashOf } from '../../src/core/canonical.ts'
import {
  CATEGORIES,
  type Category,
  MATERIAL_LIBRARY,
  MATERIALS,
  sampleSpec,
  SEASONS,
} from '../../src/garments/index.ts'
import { parametricDesigner } from '../../src/stages/2-designs/designer/parametric.ts'
import { refineByRules } from '../../src/stages/2-designs/refine/refine.ts'
import { briefOf } from '../support/designs.ts'

const STORED = new URL('./designs-unchanged.json', import.meta.url)
const writing = process.env['UNCHANGED'] === 'write'
const stored = JSON.parse(readFileSync(STORED, 'utf8')) as Record<string, string>
const now: Record<string, string> = {}

function same(name: string, value: unknown): void {
  now[name] = hashOf(value).slice(0, 20)
  if (!writing) expect(now[name]).toBe(stored[name])
}

const WISHES = [
  ...'拉链帽衫 套头帽衫 卫衣 连身裙 包臀裙 伞裙 半身裙 裙子 西服 外套 风衣 t恤 衬衣 卡其裤 裤子 背心'
    .split(' ')
    .map((w) => `改成${w}`),
  ...'zip hoodie,hoodie,crewneck sweatshirt,pencil skirt,circle skirt,skirt,dress,blazer,topcoat,tee,blouse,chinos,pants,gilet'
    .split(',')
    .map((w) => `make it a ${w}`),
  '女款',
  'for men',
  '短一点，宽松，换深蓝色，不要口袋',
  'longer, slimmer, no belt, in linen',
]
const worn = (category: Category) =>
  sampleSpec(category, category === 'dress' || category.endsWith('skirt') ? 'women' : 'men', MATERIALS)

describe('designs are what they were', () => {
  test.each(SEASONS)('eight for %s', async (season) => {
    same(season, await parametricDesigner().propose(briefOf({ season, trends: [], seed: 3 })))
  })
  test.each(CATEGORIES)('four of a %s', async (category) => {
    const brief = briefOf({ season: 'autumn', categories: [category], trends: [], count: 4, seed: 11 })
    same(`designs ${category}`, await parametricDesigner().propose(brief))
  })
  test.each(CATEGORIES)('a %s after each wish', (category) => {
    const said = WISHES.map((wish) => refineByRules(worn(category), wish, MATERIAL_LIBRARY))
    same(`wishes ${category}`, said)
  })
})

afterAll(() => {
  if (writing) writeFileSync(STORED, `${JSON.stringify(now, null, 1)}\n`)
})
