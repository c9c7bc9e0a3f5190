import { describe, expect, test } from 'vitest'
import { blockFor, BLOCKS, MATERIAL_LIBRARY } from '../../src/garments/index.ts'
import { impliesOf } from '../../src/stages/2-designs/run/briefing.ts'
import { following } from '../../src/stages/2-designs/run/following.ts'
import type { BriefTrend } from '../../src/stages/2-designs/designer/designer.ts'
import {
  bestFidelity,
  fidelityOf,
  sayUnfollowed,
  sayUnmet,
  unfollowed,
} from '../../src/stages/2-designs/designer/fidelity.ts'
import { styleDistance } from '../../src/stages/2-designs/designer/distance.ts'
import { parametricDesigner } from '../../src/stages/2-designs/designer/parametric.ts'
import { termOf, VOCABULARY } from '../../src/stages/1-trends/vocabulary/index.ts'
import { makingOf, nearestOnly } from '../../src/stages/1-trends/vocabulary/near.ts'
import { countMakeable } from '../../src/stages/1-trends/makeable.ts'
import { briefOf } from '../support/designs.ts'

const LIMIT = 0.6
const stock = MATERIAL_LIBRARY
const trend = (term: string): BriefTrend => {
  const { label, kind } = termOf(term) ?? { label: { zh: term, en: term }, kind: 'garment' }
  const scores = { lift: 0.3, rise: 0.1, burst: 1 }
  return { id: `trend ${term}`, term, label, kind, scores, implies: impliesOf(term), titles: [] }
}
const propose = (terms: readonly string[], seed = 7) =>
  parametricDesigner().propose(briefOf({ trends: terms.map(trend), count: 3, season: 'all-season', seed }))
const lostOf = (term: string) => unfollowed([trend(term)], BLOCKS, stock, LIMIT)[0]

describe('a garment that the house cannot make', () => {
  test.each([
    ['puffer', '羽绒服'],
    ['windbreaker', '冲锋衣'],
    ['leather-jacket', '皮衣'],
    ['tang-jacket', '唐装'],
    ['shorts', '短裤'],
    ['cardigan', '开衫'],
    ['polo', 'polo衫'],
    ['tank', '背心'],
    ['cargo-pants', '工装裤'],
    ['horse-face-skirt', '马面裙'],
    ['pleated-skirt', '百褶裙'],
    ['qipao', '旗袍'],
    ['wedding-dress', '婚纱'],
    ['leggings', '打底裤'],
  ])('%s is refused by its name, and nothing is made in its place', async (term, zh) => {
    expect(lostOf(term)?.missing[0]?.label.zh).toBe(zh)
    await expect(propose([term])).rejects.toMatchObject({ code: 'designs.nothing-fits' })
  })

  test('says what is missing in both languages', () => {
    const lost = unfollowed([trend('puffer'), trend('floral-dress')], BLOCKS, stock, LIMIT)
    expect(sayUnfollowed(lost).en).toBe(
      '“puffer” cannot be followed: the house has no pattern for such a garment. “floral dress” cannot be followed: “ditsy” is missing (nothing that the house makes can show it).',
    )
    expect(sayUnfollowed(lost).zh).toContain('“羽绒服”做不了：我们还没有这种服装的版型。“碎花裙”做不了：缺“碎花”')
  })
})

test.each(['lace', 'embroidery', 'puff-sleeve', 'ditsy', 'camisole', 'sexy', 'party'])(
  '%s, which nothing of ours can show, has no design',
  (term) => expect(lostOf(term)).toBeDefined(),
)

describe('what every word of the vocabulary asks for', () => {
  const followable = VOCABULARY.filter(({ id }) => !lostOf(id))
  test('some words can be followed, and most of what can is', () => {
    expect(followable.length).toBeGreaterThan(150)
    expect(followable.length).toBeLessThan(VOCABULARY.length)
  })

  test('is in the design, or told with what was made and why', { timeout: 120_000 }, async () => {
    for (const { id } of followable) {
      const made = await propose([id])
      expect(made.length, id).toBeGreaterThan(0)
      for (const { spec, trendIds, notes } of made) {
        const block = blockFor(spec.category, spec.gender)
        const how = fidelityOf(spec, block, trend(id), stock)
        expect(trendIds, id).toEqual([`trend ${id}`])
        expect(how.score, id).toBeGreaterThanOrEqual(LIMIT)
        const told = sayUnmet(trend(id), how, block, spec)
        expect(told, id).toHaveLength(how.outcomes.filter(({ share }) => share < 1).length)
        expect(notes.length, id).toBeGreaterThanOrEqual(Math.min(6, told.length))
      }
    }
  })
})

test('fidelity is nothing without the garment, and the whole with everything', async () => {
  const [coat] = await propose(['military-overcoat'])
  const block = blockFor(coat!.spec.category, coat!.spec.gender)
  const whole = fidelityOf(coat!.spec, block, trend('military-overcoat'), stock)
  expect(whole.score).toBeGreaterThan(0.6)
  const bare = { ...coat!.spec, construction: {}, parameters: {}, colourways: [] }
  expect(fidelityOf(bare, block, trend('military-overcoat'), stock).score).toBeLessThan(whole.score)
  expect(fidelityOf(coat!.spec, block, trend('hoodie'), stock).score).toBe(0)
  expect(bestFidelity(trend('military-overcoat'), block, stock).score).toBe(1)
})

test('a designer’s word for what it follows is not taken: it is looked at', async () => {
  const brief = briefOf({ trends: [trend('military-overcoat'), trend('linen')], fidelity: LIMIT })
  const [coat] = await propose(['military-overcoat'])
  const claimed = { ...coat!, trendIds: ['trend military-overcoat', 'trend linen'] }
  expect(following([claimed], brief)[0]?.trendIds).toEqual(['trend military-overcoat'])
  expect(() => following([{ ...claimed, trendIds: ['trend linen'] }], brief)).toThrow(/60 ?%/)
  expect(following([claimed], briefOf({ trends: [] }))[0]?.trendIds).toEqual(claimed.trendIds)
})

test('different trends give different designs, whatever the seed', async () => {
  const terms = ['military-overcoat', 'maillard', 'dopamine', 'denim', 'hoodie', 'wide-leg', 'stand-collar', 'linen']
  for (const seed of [1, 7]) {
    const firsts = await Promise.all(terms.map(async (term) => (await propose([term], seed))[0]!.spec))
    firsts.forEach((a, i) =>
      firsts.slice(i + 1).forEach((b, j) => {
        const block = blockFor(a.category, a.gender)
        expect(styleDistance(a, b, block), `${terms[i]} and ${terms[i + 1 + j]}, seed ${seed}`).toBeGreaterThan(0.1)
      }),
    )
  }
})

test('a wave of colour is in the colour of the design, and no sage waistcoat', async () => {
  for (const { spec } of await propose(['maillard'])) expect(spec.colourways[0]?.id).toBe('tea')
})

describe('garments named in texts', () => {
  const told = (...texts: string[]) => {
    const counted = countMakeable()
    texts.forEach((text) => counted.take(text))
    return counted.told()
  }
  test('are counted once for each text, with those that cannot be made by how often they are named', () => {
    expect(told('军大衣又火了', '羽绒服和羽绒服，短裤', '今年的羽绒服', '天气真好')).toEqual({
      texts: 4,
      mentions: 4,
      made: 1,
      share: 0.25,
      missing: [
        { term: 'puffer', label: termOf('puffer')?.label, mentions: 2, near: true },
        { term: 'shorts', label: termOf('shorts')?.label, mentions: 1, near: true },
      ],
    })
    expect(told('天气真好').share).toBeNull()
  })
  test('lines of what only comes near name a garment that has a nearest one', () => {
    for (const id of nearestOnly()) expect(makingOf(termOf(id)!), id).toBe('near')
  })
})
