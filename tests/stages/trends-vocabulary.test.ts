import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { CATEGORIES } from '../../src/garments/categories/index.ts'
import { TEXTURES } from '../../src/garments/types.ts'
import { foldPlural, normalise, openMatcher } from '../../src/stages/1-trends/matching.ts'
import { stripNames } from '../../src/stages/1-trends/names.ts'
import { termOf, VOCABULARY } from '../../src/stages/1-trends/vocabulary/index.ts'
import { TERM_KINDS } from '../../src/stages/1-trends/vocabulary/term.ts'

const labelled = new URL('../../../shared/data/advertisegen_dev_first535.json', import.meta.url)
const matcher = openMatcher()

describe('the vocabulary', () => {
  test('has at least 350 terms, each with words in both languages, one kind and one id', () => {
    expect(VOCABULARY.length).toBeGreaterThanOrEqual(350)
    expect(new Set(VOCABULARY.map((term) => term.id)).size).toBe(VOCABULARY.length)
    for (const term of VOCABULARY) {
      expect(term.label.zh.length, term.id).toBeGreaterThan(0)
      expect(term.label.en, term.id).toMatch(/[a-z]/i)
      expect(term.id).toMatch(/^[a-z0-9-]+$/)
    }
    for (const kind of TERM_KINDS) expect(VOCABULARY.filter((term) => term.kind === kind).length).toBeGreaterThan(9)
  })

  test('implies only garments and cloths that exist, and parts that are terms', () => {
    for (const { id, implies, parts } of VOCABULARY) {
      if (implies.category) expect(CATEGORIES, id).toContain(implies.category)
      if (implies.texture) expect(TEXTURES, id).toContain(implies.texture)
      if (implies.colour) expect(implies.colour, id).toMatch(/^#[0-9a-f]{6}$/)
      for (const place of Object.values(implies.parameters ?? {})) {
        expect(place, id).toBeGreaterThanOrEqual(0)
        expect(place, id).toBeLessThanOrEqual(1)
      }
      for (const part of parts) expect(termOf(part), `${id} → ${part}`).toBeDefined()
    }
  })

  test('leads from talk to every category the house can make', () => {
    const reached = new Set(VOCABULARY.map((term) => term.implies.category))
    expect(CATEGORIES.filter((category) => !reached.has(category))).toEqual([])
  })

  test('knows the 军大衣 down to its collar', () => {
    expect(termOf('military-overcoat')?.implies).toMatchObject({
      category: 'coat',
      construction: { closure: 'double-breasted', collar: 'fur', belt: 'half' },
      texture: 'melton',
      colour: '#4b5320',
    })
  })
})

describe('matching', () => {
  test.each([
    ['00后组团穿军大衣上课', ['military-overcoat']],
    ['今年的軍大衣賣斷貨', ['military-overcoat']],
    ['Army overcoats sell out again', ['military-overcoat']],
    ['双排扣军大衣配毛领', ['double-breasted', 'military-overcoat', 'fur-collar']],
    ['碎花连衣裙穿搭', ['floral-dress']],
    ['碎花 连衣裙', ['ditsy', 'dress']],
    ['Ｔ恤 + 阔腿牛仔裤', ['tee', 'wide-leg-jeans']],
    ['Pleated skirts and bouclé jackets', ['pleated-skirt', 'tweed-jacket']],
    ['The t-shirt everyone wears', ['tee']],
    ['A pea coat, two peacoats', ['peacoat']],
  ])('%s', (title, terms) => {
    expect(matcher.terms(title)).toEqual(terms)
  })

  test('the longest word wins: 军大衣 is not counted as 大衣 too', () => {
    expect(matcher.terms('军大衣')).not.toContain('overcoat')
  })

  test('what is negated is not asked for', () => {
    expect(matcher.terms('没有腰带的大衣')).toEqual(['overcoat'])
    expect(matcher.terms('a coat without pockets, no belt, trench coat only')).toEqual(['overcoat', 'trench-coat'])
  })

  test('set phrases go first: 不规则 and 无袖 are things of their own, 领导 has no collar', () => {
    expect(matcher.terms('不规则半身裙')).toEqual(['asymmetric', 'skirt'])
    expect(matcher.terms('无袖连衣裙')).toEqual(['sleeveless', 'dress'])
    expect(matcher.terms('最高领导人穿什么')).toEqual([])
    expect(matcher.terms('练出马甲线')).toEqual([])
  })

  test('everyday words count only where clothing is spoken of', () => {
    expect(matcher.terms('暴雨黄色预警')).toEqual([])
    expect(matcher.terms('运动员夺冠 红色跑道')).toEqual([])
    expect(matcher.terms('红色穿搭太显白')).toContain('red')
    expect(matcher.terms('He looked at the red line')).toEqual([])
    expect(matcher.terms('A red coat-dress outfit')).toContain('red')
  })

  test('compounds give their parts as attributes, and not as terms of their own', () => {
    expect(matcher.terms('牛仔外套')).toEqual(['denim-jacket'])
    expect(matcher.attributes('牛仔外套')).toEqual(['denim-jacket', 'jacket', 'denim'])
  })

  test('plurals fold to one form', () => {
    expect(['dresses', 'coats', 'chinos', 'ladies', 'jeans', 'dress'].map(foldPlural)).toEqual([
      'dress',
      'coat',
      'chino',
      'lady',
      'jean',
      'dress',
    ])
    expect(normalise('襯衫 BOUCLÉ')).toBe('衬衫 boucle')
  })
})

describe('names', () => {
  test('brands and people are taken out before anything is matched', () => {
    expect(stripNames('香奈儿粗花呢外套')).toEqual({ text: '粗花呢外套', removed: ['香奈儿'] })
    expect(stripNames("Chanel's tweed jacket").removed).toEqual(["Chanel's"])
    expect(stripNames('肖战同款军大衣').text).not.toContain('肖战')
    expect(stripNames('王小明同款军大衣').removed).toEqual(['王小明'])
    expect(matcher.terms('Louis Vuitton military overcoat')).toEqual(['military-overcoat'])
  })

  test('a word that is also a brand is a brand only with its capital', () => {
    expect(stripNames('a coach jacket').removed).toEqual([])
    expect(stripNames('a Coach jacket').removed).toEqual(['Coach'])
  })

  test('no term is itself a name on the stop list', () => {
    for (const term of VOCABULARY)
      for (const word of [...term.zh, ...term.en]) expect(stripNames(word).removed, word).toEqual([])
  })
})

interface Labelled {
  content: string
  summary: string
}

/** The department (上衣, 裙, 裤) is given with a product and is not an attribute said in its text. */
const DEPARTMENT = new Set(['top', 'skirt', 'trousers'])

describe.skipIf(!existsSync(labelled))('real clothing copy (skipped where the development data is absent)', () => {
  test('attributes are found with an F1 of at least .8', () => {
    const copies = readFileSync(labelled, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Labelled)
    // A label is the term its words name; one the vocabulary does not know counts as missed every time.
    const idsOf = (value: string) => {
      const ids = matcher.hits(`穿${value}`).map((hit) => hit.term.id)
      return ids.length ? ids : [`unknown:${value}`]
    }
    const gold = copies.map(
      (copy) =>
        new Set(
          copy.content
            .split('*')
            .map((label) => label.split('#'))
            .filter(([key]) => key !== '类型')
            .flatMap(([, value]) => idsOf(value ?? ''))
            .filter((id) => !DEPARTMENT.has(id)),
        ),
    )
    const labels = new Set(gold.flatMap((ids) => [...ids]))
    let [right, wrong, missed] = [0, 0, 0]
    copies.forEach((copy, i) => {
      const said = new Set(matcher.attributes(copy.summary).filter((id) => labels.has(id)))
      for (const id of said)
        if (gold[i]?.has(id)) right++
        else wrong++
      for (const id of gold[i] ?? []) if (!said.has(id)) missed++
    })
    const precision = right / (right + wrong)
    const recall = right / (right + missed)
    const f1 = (2 * precision * recall) / (precision + recall)
    process.stdout.write(
      `attributes in ${copies.length} texts: precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}, F1 ${f1.toFixed(3)}\n`,
    )
    expect(f1).toBeGreaterThanOrEqual(0.8)
  })
})
