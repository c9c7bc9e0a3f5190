import { describe, expect, test } from 'vitest'
import { blockFor, BLOCKS, CATEGORIES, MATERIAL_LIBRARY, type StyleSpec } from '../../src/garments/index.ts'
import { termOf, VOCABULARY, wordsWithin } from '../../src/stages/1-trends/vocabulary/index.ts'
import { labOf, deltaE } from '../../src/stages/2-designs/designer/colour.ts'
import { coloursFor as asTrims } from '../../src/stages/2-designs/designer/colourways.ts'
import type { BriefTrend } from '../../src/stages/2-designs/designer/designer.ts'
import { styleDistance } from '../../src/stages/2-designs/designer/distance.ts'
import { fidelityOf, sayUnmet, unfollowed } from '../../src/stages/2-designs/designer/fidelity.ts'
import { meets, partsOfLook, partsOfWord, wishesOf } from '../../src/stages/2-designs/designer/implied.ts'
import { coloursOfLook, LOOKS } from '../../src/stages/2-designs/designer/looks.ts'
import { colourById, isOfColour } from '../../src/stages/2-designs/designer/palette.ts'
import { parametricDesigner } from '../../src/stages/2-designs/designer/parametric.ts'
import { chance } from '../../src/stages/2-designs/designer/random.ts'
import {
  leanings,
  leaningTo,
  NO_PREFERENCES,
  sayLeanings,
  type Evidence,
  type EvidenceKind,
} from '../../src/stages/2-designs/designer/preference.ts'
import { followedGate } from '../../src/stages/2-designs/gates/followed.ts'
import { impliesOf } from '../../src/stages/2-designs/run/briefing.ts'
import { briefOf } from '../support/designs.ts'

const LIMIT = 0.6
const stock = MATERIAL_LIBRARY
const trend = (term: string): BriefTrend => {
  const { label, kind } = termOf(term) ?? { label: { zh: term, en: term }, kind: 'garment' }
  const scores = { lift: 0.3, rise: 0.1, burst: 1 }
  return { id: `trend ${term}`, term, label, kind, scores, implies: impliesOf(term), titles: [] }
}
const propose = (terms: readonly string[], change: Parameters<typeof briefOf>[0] = {}) =>
  parametricDesigner().propose(briefOf({ trends: terms.map(trend), count: 3, season: 'all-season', ...change }))
const canBeFollowed = (term: string) => unfollowed([trend(term)], BLOCKS, stock, LIMIT).length === 0

describe('every single wish of a word', () => {
  test('reaches the design, or stands by its name in what is told of it', { timeout: 120_000 }, async () => {
    for (const { id } of VOCABULARY.filter((each) => canBeFollowed(each.id))) {
      const [made] = await propose([id], { count: 1 })
      const { spec } = made!
      const block = blockFor(spec.category, spec.gender)
      const told = sayUnmet(trend(id), fidelityOf(spec, block, trend(id), stock), block, spec)
      const term = termOf(id)!
      const words = [term, ...wordsWithin(term).filter(({ kind }) => kind !== 'garment')]
      for (const { implies, kind, label } of words) {
        const parts = partsOfWord(implies, block)
        // The colour that comes with a cloth or a shape is its lesser part; it is no demand of its own there.
        const asked =
          kind === 'garment' ? parts : parts.filter(({ wish }) => wish?.kind !== 'colour' || parts.length === 1)
        for (const { label: part, wish } of asked) {
          if (wish && meets(spec, block, wish)) continue
          const named = told.some(({ zh }) => zh.includes(part.zh) || zh.includes(label.zh) || zh.includes('尺寸比例'))
          expect(named, `${id}: ${part.en}`).toBe(true)
        }
      }
    }
  })

  test('a garment that has no such choice says so, and what was made', () => {
    const block = blockFor('tee', 'women')
    const parts = partsOfWord({ construction: { belt: 'half' }, texture: 'melton' }, block)
    expect(parts.map(({ label, wish }) => [label.en, wish?.kind])).toEqual([
      ['Half belt at the back', undefined],
      ['melton', 'texture'],
    ])
  })
})

describe('waves of style and colour', () => {
  const colours = (look: string) => coloursOfLook(look, LOOKS[look]!)
  test.each([
    'maillard',
    'dopamine',
    'mint-mambo',
    'old-money',
    'quiet-luxury',
    'new-chinese',
    'coquette',
    'balletcore',
  ])('%s carries a palette, and two colourways of every design are of it', async (look) => {
    const made = await propose([look])
    expect(made).toHaveLength(3)
    for (const { spec } of made) {
      const of = spec.colourways.filter((way) =>
        colours(look).some((colour) => isOfColour(way.colours['shell'] ?? '', colour)),
      )
      expect(of.length).toBeGreaterThanOrEqual(2)
    }
  })

  test('each has more than a colour: cloth, details or a silhouette', () => {
    const names = ['maillard', 'dopamine', 'mint-mambo', 'old-money', 'quiet-luxury', 'new-chinese', 'coquette']
    for (const look of names) {
      const { textures, details, fit } = LOOKS[look]!
      expect([textures, details, fit].filter(Boolean).length, look).toBeGreaterThan(0)
    }
  })

  test('every part of a look can be made by some garment of the house, and every colour is a colour', () => {
    for (const [id, look] of Object.entries(LOOKS)) {
      const parts = BLOCKS.flatMap((block) => partsOfLook(id, block) ?? [])
      const made = new Set(parts.filter(({ wish }) => wish).map(({ label }) => label.en))
      for (const { label } of parts) expect(made, `${id}: ${label.en}`).toContain(label.en)
      expect(colours(id), id).toHaveLength(look.colours?.length ?? 0)
    }
  })

  test('look at one another as different things', async () => {
    const looks = ['maillard', 'dopamine', 'mint-mambo', 'old-money', 'new-chinese', 'coquette']
    const palettes = await Promise.all(
      looks.map(async (look) => (await propose([look], { count: 1 }))[0]!.spec.colourways.map(({ id }) => id)),
    )
    palettes.forEach((one, i) =>
      palettes.slice(i + 1).forEach((other) => expect(one.filter((id) => other.includes(id)).length).toBeLessThan(2)),
    )
  })
})

describe('a colour with a name of its own', () => {
  test.each([
    ['butter-yellow', 'Butter yellow', '黄油黄', '#f3e3a0', 'yellow'],
    ['cherry-red', 'Cherry red', '樱桃红', '#99182c', 'red'],
    ['klein-blue', 'Klein blue', '克莱因蓝', '#002fa7', 'blue'],
    ['sage-green', 'Sage green', '鼠尾草绿', '#9caf88', 'green'],
  ])('%s keeps name and value down to the colourway and its words', async (term, en, zh, hex, family) => {
    for (const { spec, trendIds } of await propose([term])) {
      const [first] = spec.colourways
      expect(first).toMatchObject({ name: { en, zh } })
      expect(first?.colours['shell']).toBe(hex)
      expect(spec.attributes.find(({ key }) => key === 'colour')).toMatchObject({
        label: { en, zh },
        evidence: [`trend ${term}`],
      })
      expect(trendIds).toEqual([`trend ${term}`])
    }
    const everyday = colourById(`trend-${family}`)!
    expect(deltaE(labOf(hex), everyday.lab)).toBeGreaterThan(12)
    expect(
      fidelityOf({ ...(await propose([family], { count: 1 }))[0]!.spec }, BLOCKS[0]!, trend(term), stock).score,
    ).toBe(0)
  })

  test('is counted as the everyday colour as well, and asks for no other', () => {
    expect(termOf('butter-yellow')?.parts).toEqual(['yellow'])
    const wishes = BLOCKS.flatMap((block) => wishesOf(trend('butter-yellow'), block))
    expect(new Set(wishes.map(({ value }) => value))).toEqual(new Set(['trend-butter-yellow']))
  })

  test('has linings, threads and buttons that go with it', () => {
    const trims = asTrims(colourById('trend-butter-yellow')!, ['shell', 'lining'], {}, chance(1))
    expect(trims['shell']).toBe('#f3e3a0')
    expect(Object.keys(trims)).toContain('button')
  })
})

describe('different trends give different designs', () => {
  /** As near as two proposals of a model may come before one of them is dropped. */
  const ONE_DESIGN = 0.06
  test(
    'of hundreds of pairs and several seeds none are one design, and nearly all are far apart',
    { timeout: 120_000 },
    async () => {
      const followable = VOCABULARY.filter(({ id }) => canBeFollowed(id)).map(({ id }) => id)
      const terms = followable.filter((_, i) => i % 6 === 0)
      const distances: number[] = []
      for (const seed of [1, 2, 3]) {
        const firsts: StyleSpec[] = []
        for (const term of terms) firsts.push((await propose([term], { count: 1, seed }))[0]!.spec)
        firsts.forEach((a, i) =>
          firsts.slice(i + 1).forEach((b, j) => {
            const distance = styleDistance(a, b, blockFor(a.category, a.gender))
            expect(distance, `${terms[i]} and ${terms[i + 1 + j]}, seed ${seed}`).toBeGreaterThan(ONE_DESIGN)
            distances.push(distance)
          }),
        )
      }
      distances.sort((a, b) => a - b)
      expect(distances.length).toBeGreaterThan(1500)
      expect(distances[Math.floor(distances.length / 100)]).toBeGreaterThan(0.2)
      expect(distances[Math.floor(distances.length / 2)]).toBeGreaterThan(0.75)
    },
  )
})

describe('G10, following', () => {
  const asked = { stock, limit: LIMIT, refined: false }
  test('a design made from a trend passes with how far it follows it', async () => {
    const [{ spec }] = (await propose(['military-overcoat'])) as [Awaited<ReturnType<typeof propose>>[number]]
    const block = blockFor(spec.category, spec.gender)
    const gate = followedGate(spec, block, { ...asked, trends: [trend('military-overcoat')] })
    expect(gate).toMatchObject({ gate: 'G10', verdict: 'pass', evidence: { limit: LIMIT } })
    expect(gate.reason.zh).toContain('军大衣')
    expect(followedGate(spec, block, { ...asked, trends: [] }).verdict).toBe('pass')
  })

  test('one that left its trend is refused when a designer made it, and wants a second look when a person did', async () => {
    const [{ spec }] = (await propose(['hoodie'])) as [Awaited<ReturnType<typeof propose>>[number]]
    const block = blockFor(spec.category, spec.gender)
    const gone = { ...asked, trends: [trend('military-overcoat')] }
    expect(followedGate(spec, block, gone)).toMatchObject({ verdict: 'block', score: 0 })
    const refined = followedGate(spec, block, { ...gone, refined: true })
    expect(refined.verdict).toBe('review')
    expect(refined.reason.en).toContain('“military overcoat” asks for “military overcoat”; it was left out')
  })
})

describe('what was decided and sold before', () => {
  const now = new Date('2026-11-30T00:00:00Z')
  const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000)
  const navy = { key: 'colour', value: 'navy', label: { zh: '藏青', en: 'Navy' } }
  const flap = { key: 'pocket', value: 'flap', label: { zh: '盖袋', en: 'Flap' } }
  const said = (kind: EvidenceKind, times: number, at = now, attributes = [navy]): Evidence[] =>
    Array.from({ length: times }, () => ({ kind, at, attributes }))
  const factor = (evidence: readonly Evidence[]) => leaningTo(leanings(evidence, now), 'colour', 'navy')

  test('moves an attribute by a factor that can be worked out by hand', () => {
    expect(factor(said('approved', 1))).toBe(1.0714) // 1 + .5 · 1 / 7
    expect(factor(said('rejected', 2))).toBe(0.875) // 1 − .5 · 2 / 8
    expect(factor([...said('sold', 1), ...said('rejected', 2)])).toBe(1) // 2 for, 2 against
    expect(leanings(said('sold', 3), now).get('colour=navy')).toMatchObject({
      styles: { approved: 0, rejected: 0, sold: 3, unsold: 0 },
      pro: 6,
      contra: 0,
      factor: 1.25,
    })
  })

  test('is bounded: nothing becomes certain or impossible, however often it is said', () => {
    expect(factor(said('rejected', 10_000))).toBeGreaterThanOrEqual(0.5)
    expect(factor(said('sold', 10_000))).toBeLessThanOrEqual(1.5)
  })

  test('fades: after half a year it counts half, and what is forgotten leaves nothing behind', () => {
    const fresh = leanings(said('rejected', 4), now).get('colour=navy')
    const old = leanings(said('rejected', 4, daysAgo(180)), now).get('colour=navy')
    expect(old?.contra).toBe((fresh?.contra ?? 0) / 2)
    expect(factor(said('rejected', 4, daysAgo(3650)))).toBe(1)
    expect(factor([])).toBe(1)
  })

  test('says nothing of other attributes', () => {
    const all = leanings(said('rejected', 50), now)
    expect(leaningTo(all, 'colour', 'camel')).toBe(1)
    expect(leaningTo(all, 'pocket', 'navy')).toBe(1)
    expect(sayLeanings(all, [navy, flap])?.en).toBe('Weighed by what was decided and sold before: Navy ×0.55.')
    expect(sayLeanings(NO_PREFERENCES, [navy, flap])).toBeUndefined()
  })

  describe('and the designs that follow', () => {
    const SEEDS = Array.from({ length: 60 }, (_, i) => i + 1)
    const made = async (evidence: readonly Evidence[]) => {
      const preferences = leanings(evidence, now)
      const specs = []
      for (const seed of SEEDS) {
        const all = await propose([], { trends: [], count: 2, seed, preferences })
        specs.push(...all.map(({ spec }) => spec))
      }
      return specs
    }
    const flaps = (specs: Awaited<ReturnType<typeof made>>) => {
      const could = specs.filter(({ construction }) => construction['pocket'] !== undefined)
      return could.filter(({ construction }) => construction['pocket'] === 'flap').length / could.length
    }

    test('lean where the house leaned, and go on trying everything else', { timeout: 120_000 }, async () => {
      const before = await made([])
      const disliked = await made([...said('rejected', 40), ...said('rejected', 40, now, [flap])])
      const liked = await made(said('sold', 40, now, [flap]))
      expect(flaps(liked)).toBeGreaterThan(flaps(disliked))
      const navies = (specs: typeof before) =>
        specs.filter(({ colourways }) => colourways.some(({ id }) => id === 'navy')).length
      // A colour that was rejected forty times still comes up: less often, and not never.
      expect(navies(disliked)).toBeLessThan(navies(before))
      expect(navies(disliked)).toBeGreaterThan(0)
      expect(flaps(disliked)).toBeGreaterThan(0)
      const kinds = (specs: typeof before) => new Set(specs.map(({ category }) => category)).size
      expect(kinds(disliked)).toBeGreaterThanOrEqual(kinds(before) - 1)
      expect(kinds(liked)).toBeGreaterThan(CATEGORIES.length / 2)
      const textures = (specs: typeof before) => new Set(specs.map(({ materials }) => materials.shell?.texture)).size
      expect(textures(disliked)).toBeGreaterThanOrEqual(textures(before) - 2)
    })

    test('follow a trend all the same: what it asks for goes first', async () => {
      const preferences = leanings(said('rejected', 500, now, [{ ...navy, value: 'trend-butter-yellow' }]), now)
      const [first] = await propose(['butter-yellow'], { count: 1, preferences })
      expect(first?.spec.colourways[0]?.name.en).toBe('Butter yellow')
    })

    test('say by what they were weighed', async () => {
      const preferences = leanings(
        said('approved', 20, now, [{ key: 'category', value: 'coat', label: { zh: '大衣', en: 'Coat' } }]),
        now,
      )
      const [first] = await propose(['military-overcoat'], { count: 1, preferences })
      expect(first?.notes.map(({ en }) => en).join(' ')).toContain(
        'Weighed by what was decided and sold before: Coat ×1.38',
      )
    })
  })
})
