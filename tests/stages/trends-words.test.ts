import { readdirSync } from 'node:fs'
import { afterEach, describe, expect, test } from 'vitest'
import type { Actor } from '../../src/core/actor.ts'
import { Problem } from '../../src/core/errors.ts'
import { addWeeks } from '../../src/stages/1-trends/weeks.ts'
import { items, termWeeks, wordActs, words, wordWeeks } from '../../src/db/schema.ts'
import { openTrends } from '../../src/stages/1-trends/actions.ts'
import { world } from '../support/world.ts'

const mei: Actor = { kind: 'user', id: 'm', name: 'Mei', role: 'merchandiser' }
const viewer: Actor = { kind: 'user', id: 'v', name: 'Wei', role: 'viewer' }

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
})

async function trendsWorld() {
  const w = await world({ stages: (context) => ({ trends: openTrends(context) }) })
  open.push(w)
  return w
}
type W = Awaited<ReturnType<typeof trendsWorld>>

const NOW = '2026-11-16'
const dayOf = (weeksAgo: number, day = 0): string =>
  new Date(Date.parse(addWeeks(NOW, -weeksAgo)) + day * 86_400_000).toISOString().slice(0, 10)

const USUAL = [
  '李雷穿白衬衫',
  '韩梅的红色大衣造型',
  '冬天的羽绒服怎么选',
  '今天天气不错',
  '球队赢了比赛',
  '这条牛仔裤显瘦',
]
const NEW = [
  '报童夹克火了',
  '全城都在穿报童夹克',
  '报童夹克配阔腿裤',
  '怎么搭报童夹克才好看',
  '她的报童夹克上热搜',
  '周末穿报童夹克出门',
]

/** Twelve weeks of the usual, and in the last two a word that nobody knows yet. */
const hotSearch = (said: readonly string[] = NEW): Uint8Array => {
  const days = Array.from({ length: 13 }, (_, ago) => 13 - ago).flatMap((ago) =>
    [0, 2, 4].map((day) => ({ date: dayOf(ago, day), titles: USUAL.map((title, i) => `${title}${ago}${day}${i}`) })),
  )
  const fresh = [2, 1].flatMap((ago, w) =>
    [1, 3, 5].map((day, d) => ({
      date: dayOf(ago, day),
      titles: [said[w * 3 + d] ?? '', `${USUAL[0]}又${ago}${day}`],
    })),
  )
  return new Uint8Array(Buffer.from(JSON.stringify([...days, ...fresh])))
}

async function talkedOf(w: W, said?: readonly string[]): Promise<void> {
  w.clock.set(new Date(`${NOW}T12:00:00Z`))
  await w.stages.trends.upload(mei, {
    name: '热搜',
    format: 'hot-search',
    fileName: 'hot.json',
    bytes: hotSearch(said),
  })
  await w.settle()
}

const proposed = async (w: W) => (await w.stages.trends.listWords(viewer, {})).items
const newsboy = async (w: W) => {
  const word = (await proposed(w)).find((one) => one.word === '报童夹克')
  if (!word) throw new Error('not proposed')
  return word
}
const JACKET = { kind: 'garment' as const, labelEn: 'newsboy jacket', category: 'jacket' as const, parts: ['jacket'] }

async function problemOf(promise: Promise<unknown>): Promise<Problem> {
  const error = await promise.then(
    () => undefined,
    (e: unknown) => e,
  )
  expect(error).toBeInstanceOf(Problem)
  return error as Problem
}

describe('a word that nobody knows yet', () => {
  test('is proposed with its titles, its weeks, and what it is said beside', async () => {
    const w = await trendsWorld()
    await talkedOf(w)
    const word = await newsboy(w)
    expect(word).toMatchObject({ origin: 'titles', state: 'new', week: '2026-11-09' })
    expect(word.burst).toBeGreaterThan(0)
    expect(word.evidence.items.length).toBeGreaterThan(2)
    expect(word.evidence.inside).toMatchObject([{ term: 'jacket' }])
    expect(word.evidence.series.at(-1)).toMatchObject({ week: '2026-11-09', value: 3 })
    expect(word.evidence.beside).toMatchObject([{ term: 'wide-leg-trousers' }])
    // What is known, or said all the year round, is none.
    expect((await proposed(w)).map((one) => one.word)).not.toContain('大衣')
  })

  test('is not one of what is known, nor what is done with it', async () => {
    const w = await trendsWorld()
    await talkedOf(w, [
      '退休阿姨：没有一件加绒卫衣过不了冬天',
      '宿舍里人手一件加绒卫衣',
      '南方人也要有一件加绒卫衣',
      '老裁缝教你挑军大衣',
      '会挑军大衣的人不怕冷',
      '周末去市集挑军大衣',
    ])
    const words = (await proposed(w)).map((one) => one.word)
    expect(words.filter((word) => /卫衣|军大衣/.test(word))).toEqual([])
  })

  test('is counted from the moment it is accepted, and in the titles that are kept; no restart', async () => {
    const w = await trendsWorld()
    await talkedOf(w)
    const { id } = await newsboy(w)
    await w.stages.trends.acceptWord(mei, { id, ...JACKET, reason: '三家店在问' })
    await w.settle()
    const { trends } = await w.stages.trends.listTrends(viewer, {})
    const trend = trends.find((one) => one.term === 'own-newsboy-jacket')
    expect(trend).toMatchObject({
      kind: 'garment',
      label: { zh: '报童夹克', en: 'newsboy jacket' },
      week: '2026-11-09',
    })
    expect(trend?.implies).toMatchObject({ category: 'jacket' })
    expect(trend?.word?.id).toBe('own-newsboy-jacket')
    const terms = (await w.db.read.select().from(items)).filter((one) => one.title.includes('报童夹克'))
    expect(terms.every((one) => one.terms.includes('own-newsboy-jacket'))).toBe(true)
    expect((await proposed(w)).map((one) => one.word)).not.toContain('报童夹克')
    const { decisions } = await w.stages.trends.getWord(viewer, { id })
    expect(decisions).toMatchObject([{ act: 'accepted', by: 'user:m', reason: '三家店在问' }])
    // Titles that come later are read by it too.
    const later = [{ date: dayOf(1, 6), titles: ['又见报童夹克'] }]
    const bytes = new Uint8Array(Buffer.from(JSON.stringify(later)))
    await w.stages.trends.upload(mei, { name: '热搜', format: 'hot-search', fileName: 'later.json', bytes })
    const [last] = (await w.db.read.select().from(items)).filter((one) => one.title === '又见报童夹克')
    expect(last?.terms).toEqual(['own-newsboy-jacket'])
  })

  test('merged, it is another wording of a term; taken back, it is none again', async () => {
    const w = await trendsWorld()
    await talkedOf(w)
    const { id } = await newsboy(w)
    await w.stages.trends.mergeWord(mei, { id, into: 'jacket' })
    await w.settle()
    const count = async () =>
      (await w.db.read.select().from(termWeeks))
        .filter((one) => one.term === 'jacket')
        .reduce((n, one) => n + one.value, 0)
    expect(await count()).toBe(6)
    expect((await w.stages.trends.getWord(viewer, { id })).word).toMatchObject({ state: 'merged', into: 'jacket' })
    await w.stages.trends.undoWord(mei, { id })
    await w.settle()
    expect((await w.stages.trends.getWord(viewer, { id })).word.state).toBe('new')
    expect((await problemOf(w.stages.trends.undoWord(mei, { id }))).code).toBe('trends.nothing-decided')
  })

  test('dismissed, it is not proposed again, however often it is said', async () => {
    const w = await trendsWorld()
    await talkedOf(w)
    const { id } = await newsboy(w)
    await w.stages.trends.dismissWord(mei, { id, reason: '剧名' })
    await w.stages.trends.scoreWeek(mei, {})
    await w.settle()
    expect((await proposed(w)).map((one) => one.word)).not.toContain('报童夹克')
    expect(await w.db.read.$count(wordActs)).toBe(1)
  })

  test('two people decide: the second is told, and nothing is lost', async () => {
    const w = await trendsWorld()
    await talkedOf(w)
    const { id } = await newsboy(w)
    const done = await Promise.allSettled([
      w.stages.trends.dismissWord(mei, { id }),
      w.stages.trends.mergeWord(mei, { id, into: 'jacket' }),
    ])
    const told = done.flatMap((one) => (one.status === 'rejected' ? [one.reason as Problem] : []))
    expect(told.map(({ code }) => code)).toEqual(told.length ? ['trends.word-changed'] : [])
    expect(await w.db.read.$count(wordActs)).toBe(2 - told.length)
  })

  test('whoever may only look decides nothing', async () => {
    const w = await trendsWorld()
    await talkedOf(w)
    const { id } = await newsboy(w)
    expect((await problemOf(w.stages.trends.dismissWord(viewer, { id }))).status).toBe(403)
  })

  test('cannot mean what no garment has, what is taken, or itself', async () => {
    const w = await trendsWorld()
    await talkedOf(w)
    const { id } = await newsboy(w)
    const faults = async (given: object) =>
      (await problemOf(w.stages.trends.acceptWord(mei, { id, ...JACKET, ...given }))).say('en')
    expect(await faults({ details: ['collar:wings'] })).toContain('no garment has the detail “collar:wings”')
    expect(await faults({ also: ['军大衣'] })).toContain('“军大衣” is said of “military overcoat” already')
    expect(await faults({ parts: ['nothing'] })).toContain('no term “nothing”')
    expect(await faults({ also: ['衣'] })).toContain('would be found in nearly every text')
    expect(await faults({ also: ['Gucci coat'] })).toContain('a brand’s or a person’s name')
    expect(await w.db.read.$count(wordActs)).toBe(0)
  })

  test('what was said is kept by source and week, the commonest words only, and not for ever', async () => {
    const w = await trendsWorld()
    await talkedOf(w)
    const rows = await w.db.read.select().from(wordWeeks)
    expect(rows.map(({ week }) => week).sort()[0]).toBe('2026-08-17')
    expect(rows.every(({ said }) => Object.keys(said).length <= 3000)).toBe(true)
    w.clock.set(new Date('2028-06-05T12:00:00Z'))
    const later = [0, 5].map((ago) => ({
      date: new Date(Date.parse('2028-06-01') - ago * 604_800_000).toISOString().slice(0, 10),
      titles: ['白衬衫'],
    }))
    const bytes = new Uint8Array(Buffer.from(JSON.stringify(later)))
    await w.stages.trends.upload(mei, { name: '热搜', format: 'hot-search', fileName: 'l.json', bytes })
    await w.settle()
    expect((await w.db.read.select().from(wordWeeks)).every(({ week }) => week > '2027')).toBe(true)
    // Nobody decided about it, and nobody says it any more.
    expect((await w.db.read.select().from(words)).map(({ word }) => word)).not.toContain('报童夹克')
  })
})

describe('a column that no term is named by', () => {
  const table = (rows = 160) =>
    `Week,military overcoat: (United States),zorilla shacket thing: (United States)\n${Array.from(
      { length: rows },
      (_, i) => {
        const week = new Date(Date.parse('2026-11-08') - (rows - 1 - i) * 604_800_000).toISOString().slice(0, 10)
        return `${week},${10 + (i % 7)},${Math.round(5 + i / 4)}`
      },
    ).join('\n')}\n`

  test('is kept under its own name with its whole series, and goes to the word that is made of it', async () => {
    const w = await trendsWorld()
    w.clock.set(new Date(`${NOW}T12:00:00Z`))
    const bytes = new Uint8Array(Buffer.from(table().replaceAll('zorilla shacket thing', 'zorilla')))
    const done = await w.stages.trends.upload(mei, { fileName: 'trends.csv', lang: 'en', bytes })
    expect(done.notes.map(({ en }) => en).join(' ')).toContain('kept under their own names: zorilla')
    await w.settle()
    const [word] = await proposed(w)
    expect(word).toMatchObject({ word: 'zorilla', origin: 'column' })
    expect(word?.rise).toBeGreaterThan(0.2)
    await w.stages.trends.acceptWord(mei, { id: word!.id, kind: 'style', labelZh: '佐里拉' })
    await w.settle()
    const terms = new Set((await w.db.read.select().from(termWeeks)).map(({ term }) => term))
    expect([...terms].sort()).toEqual(['military-overcoat', 'own-zorilla'])
    const { trends } = await w.stages.trends.listTrends(viewer, {})
    expect(trends.map(({ term }) => term)).toContain('own-zorilla')
    // The next export of it joins what is there.
    await w.stages.trends.upload(mei, { fileName: 'trends.csv', lang: 'en', bytes })
    const weeks = (await w.db.read.select().from(termWeeks)).filter(({ term }) => term === 'own-zorilla')
    expect(weeks).toHaveLength(160)
    await w.stages.trends.undoWord(mei, { id: word!.id })
    expect((await w.db.read.select().from(termWeeks)).filter(({ term }) => term === 'open:zorilla')).toHaveLength(160)
  })

  test('a table with a hundred thousand columns is refused in words, and nothing is stored', async () => {
    const w = await trendsWorld()
    const header = `Week,${Array.from({ length: 100_000 }, (_, i) => `c${i}`).join(',')}`
    const bytes = new Uint8Array(Buffer.from(`${header}\n2026-11-01,1\n2026-11-08,2\n`))
    const refused = await problemOf(w.stages.trends.upload(mei, { fileName: 'wide.csv', bytes }))
    expect(refused.say('en')).toContain('100001 columns')
    expect(await w.db.read.$count(termWeeks)).toBe(0)
  })
})

describe('a vocabulary file', () => {
  const word = (more: object) => JSON.stringify({ is: 'word', kind: 'garment', ...more })
  test('goes out and comes in again, elsewhere too, and the same file changes nothing', async () => {
    const w = await trendsWorld()
    const file = [
      word({
        word: '报童夹克',
        labelEn: 'newsboy jacket',
        category: 'jacket',
        details: ['collar:notched'],
        parts: ['jacket'],
      }),
      word({ word: '报童夹克套装', parts: ['own-newsboy-jacket'], also: ['newsboy set'] }),
      JSON.stringify({ is: 'wording', word: '短夹克衫', of: 'own-newsboy-jacket' }),
      JSON.stringify({ is: 'not-a-word', word: '盖世太保' }),
    ].join('\n')
    expect(await w.stages.trends.importWords(mei, { file })).toEqual({ words: 4, changed: 4 })
    expect(await w.stages.trends.importWords(mei, { file })).toEqual({ words: 4, changed: 0 })
    const out = await w.stages.trends.exportWords(viewer, {})
    const other = await trendsWorld()
    expect(await other.stages.trends.importWords(mei, out)).toEqual({ words: 4, changed: 4 })
    expect(await other.stages.trends.exportWords(viewer, {})).toEqual(out)
    expect(await w.db.read.$count(wordActs)).toBe(4)
  })

  test('with faults is taken over not at all, and every line that is wrong is told', async () => {
    const w = await trendsWorld()
    const file = [
      word({ word: '甲乙夹克', id: 'own-a', parts: ['own-b'] }),
      word({ word: '丙丁夹克', id: 'own-b', parts: ['own-a'] }),
      word({ word: '衣服' }),
      word({ word: '甲乙夹克' }),
      word({ word: '戊己夹克', details: ['collar:wings'] }),
      word({ word: '庚辛夹克', colour: 'red' }),
      '{"is":"word"',
      JSON.stringify({ is: 'wording', word: '大衣', of: 'skirt' }),
      word({ word: '壬癸夹克', sparkle: true }),
    ].join('\n')
    const refused = await problemOf(w.stages.trends.importWords(mei, { file }))
    const { faults } = refused.extra.details as { faults: { line: number; why: { en: string } }[] }
    const told = (line: number) =>
      faults
        .filter((one) => one.line === line)
        .map(({ why }) => why.en)
        .join(' ')
    expect(told(1)).toContain('said inside itself (own-a → own-b → own-a)')
    expect(told(3)).toContain('nearly every text')
    expect(told(4)).toContain('stands in line 1 already')
    expect(told(5)).toContain('“collar:wings”')
    expect(told(6)).toContain('“colour”')
    expect(told(7)).toContain('not JSON')
    expect(told(8)).toContain('is said of')
    expect(told(9)).toContain('sparkle')
    expect(refused.say('zh')).toMatch(/^词表文件有 \d+ 处错误/)
    expect(await w.db.read.$count(words)).toBe(0)
  })
})

test('mining has a thread of its own', () => {
  expect(readdirSync(new URL('../../src/stages/1-trends/', import.meta.url))).toContain('mining-thread.ts')
})
