import { describe, expect, test } from 'vitest'
import { BLOCKS, MATERIAL_LIBRARY, MATERIALS, sampleSpec, type Category } from '../../src/garments/index.ts'
import { briefTrend } from '../../src/stages/2-designs/run/briefing.ts'
import { OVERCOAT, trendRow } from '../support/designs.ts'
import { NO_IDEA, refineByRules } from '../../src/stages/2-designs/refine/refine.ts'

const refine = (sentence: string, category: Category = 'coat', gender: 'men' | 'women' = 'women') =>
  refineByRules(sampleSpec(category, gender, MATERIALS), sentence, MATERIAL_LIBRARY)
const fields = (...asked: Parameters<typeof refine>) => refine(...asked).changes.map(({ field }) => field)
const unheard = (...asked: Parameters<typeof refine>) => refine(...asked).notUnderstood.map(({ words }) => words)

describe('a cloth that is called like a colour', () => {
  test.each(['蓝色卡其布', 'blue khaki cloth', '换成卡其布，蓝色'])('“%s” is a blue khaki cloth', (sentence) => {
    const { spec, changes, notUnderstood } = refine(sentence)
    expect(spec.materials.shell).toMatchObject({ texture: 'twill' })
    expect(spec.materials.shell?.composition.some(({ fibre }) => fibre === 'cotton')).toBe(true)
    expect(spec.colourways[0]?.id).toBe('sapphire')
    expect(changes.map(({ field }) => field).sort()).toEqual(['colourways', 'materials.shell'])
    expect(notUnderstood).toEqual([])
  })
  test('and the colour alone is a colour', () => {
    expect(refine('卡其色').spec.colourways[0]?.id).toBe('khaki')
    expect(fields('改成卡其色')).toEqual(['colourways'])
  })
  test('a colour of a trend keeps its own name', () => {
    expect(refine('改成黄油黄').spec.colourways[0]?.name.zh).toBe('黄油黄')
    expect(refine('cherry red').spec.colourways[0]).toMatchObject({ name: { en: 'Cherry red' } })
  })
})

describe('a belt', () => {
  test.each(['加个腰带', '加一条腰带', '加条腰带', 'add a belt'])('“%s” adds one', (sentence) => {
    expect(refine(sentence).spec.construction['belt']).toBe('full')
    expect(refine(sentence, 'dress').spec.construction['belt']).toBe('tie')
    expect(unheard(sentence)).toEqual([])
  })
  test('that a garment cannot have is named, with what it can have', () => {
    expect(fields('加个腰带', 'tee')).toEqual([])
    expect(refine('加个腰带', 'tee').notUnderstood[0]).toMatchObject({ words: '加个腰带' })
  })
})

describe('every word is heard or named', () => {
  test.each([
    ['红蓝色', ['蓝色']],
    ['红色蓝色立领', ['蓝色']],
    ['加长5厘米，带蕾丝', ['蕾丝']],
    ['navy stand collar with lace', ['lace']],
    ['袖子短一点，好看', ['好看']],
  ])('“%s”', (sentence, left) => {
    expect(unheard(sentence).join(' ')).toContain(left[0])
    expect(refine(sentence).changes.length).toBeGreaterThan(0)
  })

  test('two wishes without a comma are two wishes', () => {
    expect(fields('加长5厘米领子高一点')).toEqual(['parameters.bodyLength', 'parameters.collarHeight'])
    expect(refine('加长5厘米领子高一点').spec.parameters['bodyLength']).toBe(
      (sampleSpec('coat', 'women', MATERIALS).parameters['bodyLength'] ?? 0) + 50,
    )
  })

  test('parts that are joined share what is said of the last one', () => {
    expect(fields('袖子和领子短一点')).toEqual(['parameters.sleeveLength', 'parameters.collarHeight'])
    expect(fields('sleeves and hem shorter')).toContain('parameters.sleeveLength')
    expect(refine('腰带和肩襻都不要').spec.construction).toMatchObject({ belt: 'none', shoulder: 'plain' })
  })

  const pieces = [
    ['蓝色', 'colourways'],
    ['卡其布', 'materials.shell'],
    ['立领', 'construction.collar'],
    ['袖子短一点', 'parameters.sleeveLength'],
    ['加个腰带', 'construction.belt'],
    ['双排扣', 'construction.closure'],
    ['蕾丝', ''],
  ] as const
  test('whatever is put together in whatever order, with commas or without', () => {
    const base = sampleSpec('coat', 'women', MATERIALS, { construction: { closure: 'single-breasted', belt: 'none' } })
    for (const [a, first] of pieces)
      for (const [b, second] of pieces)
        for (const [c, third] of pieces)
          for (const comma of ['', '，']) {
            if (new Set([a, b, c]).size < 3) continue
            const { changes, notUnderstood } = refineByRules(base, [a, b, c].join(comma), MATERIAL_LIBRARY)
            const done = new Set(changes.map(({ field }) => field))
            const told = notUnderstood.map(({ words }) => words).join(' ')
            for (const [words, field] of [
              [a, first],
              [b, second],
              [c, third],
            ] as const)
              expect(
                done.has(field) || told.includes(words) || told.includes(words.replace('加个', '').slice(0, 2)),
                `${[a, b, c].join(comma)}: ${words}; done ${[...done].join()}; told ${told}`,
              ).toBe(true)
          }
  })
})

describe('no advice names what cannot be done', () => {
  test('every example in it changes something of every garment', () => {
    const examples = [NO_IDEA.zh, NO_IDEA.en].flatMap((text) =>
      [...text.matchAll(/“([^”]+)”/gu)].map((match) => match[1]!),
    )
    expect(examples.length).toBeGreaterThanOrEqual(4)
    for (const { category, gender } of BLOCKS)
      for (const example of examples)
        expect(fields(example, category, gender).length, `${example} of a ${gender} ${category}`).toBeGreaterThan(0)
  })
  test('another garment is offered from the same trend where it can follow it, and without one where it cannot', () => {
    const coat = sampleSpec('coat', 'men', MATERIALS)
    const overcoat = briefTrend(OVERCOAT).trend
    const [alone] = refineByRules(coat, '做成连衣裙', MATERIAL_LIBRARY, [overcoat]).notUnderstood
    expect(alone).toMatchObject({ instead: { category: 'dress', trendIds: [] } })
    expect(alone?.reason.en).toContain('designed without a trend')
    const linen = briefTrend(trendRow('t-linen', 'linen', '亚麻', 'linen')).trend
    const [same] = refineByRules(coat, '做成连衣裙', MATERIAL_LIBRARY, [overcoat, linen]).notUnderstood
    expect(same).toMatchObject({ instead: { category: 'dress', trendIds: ['t-linen'] } })
    expect(same?.reason.en).toContain('from the same trend')
  })
  test('“take one away first”: and one can be taken away', () => {
    expect(fields('不要军绿色')).toEqual([])
    const three = refine('加一个配色红色')
    expect(three.spec.colourways).toHaveLength(2)
    expect(refineByRules(three.spec, '不要红色', MATERIAL_LIBRARY).spec.colourways).toHaveLength(1)
  })
})
