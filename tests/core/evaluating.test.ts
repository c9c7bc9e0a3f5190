import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { textsGiven } from '../../src/edges/cli/given-texts.ts'
import { copyAccuracy, type LabelledCopy } from '../../src/stages/1-trends/evaluating/copy.ts'
import { countFalseWords, type WordLabels } from '../../src/stages/1-trends/evaluating/words.ts'
import { openMatcher } from '../../src/stages/1-trends/matching.ts'
import { SET_PHRASES } from '../../src/stages/1-trends/vocabulary/phrases.ts'
import { VOCABULARY } from '../../src/stages/1-trends/vocabulary/index.ts'

const matcher = openMatcher()
const data = (file: string) => fileURLToPath(new URL(`../../../shared/data/${file}`, import.meta.url))

describe('words that mislead', () => {
  test.each([
    '北京电影学院学院风波',
    '三支乐队同台合体',
    '薅羊毛要小心',
    '羊毛卷发型',
    '拍婚纱照要选对地方',
    '运动鞋假货被查',
    '最高领奖台',
    '外交领事人员',
    '中国风歌曲',
    '男子穿越沙漠骑机车',
    '知名大学机车社',
    'A close-knit family in New Jersey',
    'The crowd gathered outside',
    'Patent lawsuits, and a fire drill',
    'Just in short: rates fall',
  ])('%s is not about clothes', (title) => expect(matcher.terms(title)).toEqual([]))

  test.each([
    ['中国风旗袍', ['new-chinese', 'qipao']],
    ['机车风皮衣', ['biker', 'leather-jacket']],
    ['羊毛大衣配字母卫衣', ['wool-coat', 'letters', 'sweatshirt']],
    ['高领毛衣', ['turtleneck-sweater']],
    ['立领外套', ['stand-collar', 'jacket']],
    ['穿刺绣上衣', ['embroidery', 'top']],
  ])('%s still is', (title, terms) => expect(matcher.terms(title)).toEqual(terms))

  test('no set phrase is a word of the vocabulary', () => {
    const words = new Set(VOCABULARY.flatMap(({ zh, en }) => [...zh, ...en]))
    expect(SET_PHRASES.filter((phrase) => words.has(phrase))).toEqual([])
  })
})

describe('English', () => {
  test.each([
    ['a coat for the winter', ['overcoat']],
    ['the long coat is back', ['long-coat']],
    ['a short skirt', ['skirt']],
    ['denim shorts and a fur', ['denim-shorts', 'fur']],
    ['a fur coat', ['fur-coat']],
  ])('%s', (title, terms) => expect(matcher.terms(title)).toEqual(terms))
})

test('what is said of a garment in several places is one: 直筒 and 裤 are 直筒裤', () => {
  expect(matcher.attributes('这条裤子是直筒版型')).toContain('straight-trousers')
  expect(matcher.attributes('牛仔的短裙')).toContain('denim-skirt')
  expect(matcher.attributes('半身裙，搭配牛仔外套')).not.toContain('denim-skirt')
})

test('copy is counted by what it means, and strictly by every value', () => {
  const copies: LabelledCopy[] = [
    { content: '类型#裙*颜色#粉色*图案#条纹', summary: '粉色的条纹连衣裙' },
    { content: '类型#裤*颜色#粉红色*图案#音乐', summary: '这条裤子是粉红的' },
  ]
  const { known, strict, unknown } = copyAccuracy(copies)
  expect(known).toMatchObject({ right: 3, wrong: 0, missed: 0, f1: 1 })
  expect(strict).toMatchObject({ values: 6, missed: 1 })
  expect(unknown).toEqual(['音乐'])
})

const archive = 'weibo/fashion_titles_2020-11_2022-12.csv'
const LISTS = { archive, 'all-titles': 'weibo/all_titles_2022-01_2022-08.jsonl.gz' }
const labelsOf = (name: string) =>
  JSON.parse(readFileSync(new URL(`../support/false-words/${name}.json`, import.meta.url), 'utf8')) as WordLabels

async function falseWords(sample: '' | '-unseen'): Promise<{ hits: number; wrong: number }> {
  let [hits, wrong] = [0, 0]
  for (const [list, file] of Object.entries(LISTS)) {
    const titles: string[] = []
    for await (const title of textsGiven(data(file))) titles.push(title)
    const counted = countFalseWords((line) => titles[line - 1], labelsOf(`${list}${sample}`))
    hits += counted.hits
    wrong += counted.wrong
  }
  return { hits, wrong }
}

describe.skipIf(!existsSync(data(archive)))('real hot searches (skipped where the data is absent)', () => {
  test.each([
    ['', 800],
    ['-unseen', 100],
  ] as const)('of the words in labelled titles%s at most 12 %% do not mean clothes', async (sample, least) => {
    const { hits, wrong } = await falseWords(sample)
    expect(hits).toBeGreaterThan(least)
    expect(wrong / hits).toBeLessThanOrEqual(0.12)
  })
})

const labelled = data('advertisegen_dev_first535.json')
describe.skipIf(!existsSync(labelled))('real clothing copy (skipped where the data is absent)', () => {
  test('attributes are found with an F1 of .88, and of .84 counting all 240 values strictly', () => {
    const lines = readFileSync(labelled, 'utf8').trim().split('\n')
    const { known, strict } = copyAccuracy(lines.map((line) => JSON.parse(line) as LabelledCopy))
    expect(known.f1).toBeGreaterThanOrEqual(0.88)
    expect(strict.values).toBe(240)
    expect(strict.f1).toBeGreaterThanOrEqual(0.84)
  })
})
