import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { asc } from 'drizzle-orm'
import { expect } from 'vitest'
import { system } from '../../src/core/actor.ts'
import { factories, items, termWeeks } from '../../src/db/schema.ts'
import { openTrends } from '../../src/stages/1-trends/actions.ts'
import type { UploadResult } from '../../src/stages/1-trends/model.ts'
import { openDesigns, type DesignOptions } from '../../src/stages/2-designs/actions.ts'
import { openDispatch } from '../../src/stages/6-dispatch/actions.ts'
import { makingOf } from '../../src/stages/7-production/making.ts'
import { world } from '../support/world.ts'
import type { CaseRow } from './row.ts'

const house = system('test')
const options: DesignOptions = { contentProducer: '001191440300MA5EXAMPLE', c2pa: undefined, sizePx: 320, scale: 1 }
/** After every date in the inputs, so that none lies in the future. */
const NOW = '2026-11-29T12:00:00Z'
const reading = () => world({ stages: (context) => ({ trends: openTrends(context) }), now: NOW })
type W = Awaited<ReturnType<typeof reading>>

const read = (w: W, folder: string, name: string, lang: 'zh' | 'en', region?: string): Promise<UploadResult> =>
  w.stages.trends.upload(house, {
    lang,
    ...(region ? { region } : {}),
    fileName: name,
    bytes: readFileSync(join(folder, name)),
  })
const stored = (w: W) =>
  w.db.read
    .select({ title: items.title, day: items.day, terms: items.terms })
    .from(items)
    .orderBy(asc(items.day), asc(items.title))
const weeks = (w: W) => w.db.read.select().from(termWeeks).orderBy(asc(termWeeks.week))
const said = ({ notes }: { notes: readonly { en: string }[] }) => notes.map(({ en }) => en).join('\n')

export const rows: readonly CaseRow[] = [
  {
    folder: '01',
    sentence: 'an entry dated in the year one is undated, and its neighbours are read',
    async run(folder) {
      await using w = await reading()
      const result = await read(w, folder, 'feed.xml', 'en')
      expect(result).toMatchObject({ itemsSeen: 2, itemsNew: 2, kept: 2, changed: 1, leftOut: 0 })
      expect((await stored(w)).map(({ title, day }) => [title, day])).toEqual([
        ['Wool overcoats for November', '2026-11-16'],
        ['About these notes', '2026-11-29'],
      ])
      expect(said(result)).toContain('0001-01-01')
    },
  },
  {
    folder: '03',
    sentence: 'a DOCTYPE inside a post is text of the post',
    async run(folder) {
      await using w = await reading()
      expect(await read(w, folder, 'feed.xml', 'en')).toMatchObject({ kept: 2, leftOut: 0 })
      expect((await stored(w)).map(({ title }) => title)).toEqual([
        'Wool overcoats are back in the north',
        'Pleated skirts for spring',
      ])
    },
  },
  {
    folder: '04',
    sentence: 'posts without a title are named by their text',
    async run(folder) {
      await using w = await reading()
      expect(await read(w, folder, 'feed.xml', 'en')).toMatchObject({ kept: 2, changed: 2 })
      expect((await stored(w)).map(({ title }) => title)).toEqual([
        'Everyone in the office wears a wool overcoat this week',
        'Pleated skirts again',
      ])
      expect(await read(w, folder, 'feed.json', 'en')).toMatchObject({ kept: 2, changed: 2 })
      expect((await stored(w)).map(({ title }) => title)).toEqual(
        expect.arrayContaining(['Wool overcoats everywhere today', 'Pleated skirts are back']),
      )
    },
  },
  {
    folder: '06',
    sentence: 'a cut title costs one character of it, and the note says so',
    async run(folder) {
      await using w = await reading()
      for (const name of ['2026-11-16.json', 'feed.xml']) {
        const result = await read(w, folder, name, 'zh')
        expect(result.kept).toBe(2)
        expect(said(result)).toContain('could not be read as UTF-8')
      }
      const titles = (await stored(w)).map(({ title }) => title)
      expect(titles.filter((title) => title === '羊毛大衣又流行了')).toHaveLength(2)
      expect(titles.filter((title) => title.startsWith('百褶裙今年春天的搭配'))).toHaveLength(2)
    },
  },
  {
    folder: '07',
    sentence: 'lists that a Chinese spreadsheet saved as GBK are read as what they say',
    async run(folder) {
      await using w = await world({
        stages: (context) => ({
          dispatch: openDispatch(context, { making: makingOf(context) }),
          designs: openDesigns(context, options),
        }),
      })
      const list = await w.stages.dispatch.importFactories(house, {
        list: readFileSync(join(folder, 'factories-gbk.csv')),
      })
      expect(list.created).toMatchObject([{ name: '示例针织厂', country: '中国', lang: 'zh', weeklyCapacity: 800 }])
      expect(said(list)).toContain('GB18030')
      const bytes = readFileSync(join(folder, 'materials-gbk.csv'))
      expect(await w.stages.designs.importMaterials(house, { list: bytes })).toMatchObject({ taken: 1, errors: [] })
      const material = (await w.stages.designs.listMaterials(house)).find(({ id }) => id === 'sample-fleece-1')
      expect(material?.material.name.zh).toBe('抓绒卫衣布')
    },
  },
  {
    folder: '08',
    sentence: 'a comma is the decimal sign, and a point groups thousands, where semicolons separate',
    async run(folder) {
      await using w = await world({
        stages: (context) => ({
          trends: openTrends(context),
          dispatch: openDispatch(context, { making: makingOf(context) }),
        }),
        now: NOW,
      })
      await read(w as unknown as W, folder, 'interest.csv', 'en', 'DE')
      const values = new Set((await weeks(w as unknown as W)).map(({ value }) => value))
      expect([...values].sort()).toEqual([40.5, 41.5, 42.5, 43.5, 44.5])
      const list = await w.stages.dispatch.importFactories(house, { list: readFileSync(join(folder, 'factories.csv')) })
      expect((await w.db.read.select().from(factories))[0]).toMatchObject({ weeklyCapacity: 2000, moq: 100 })
      expect(said(list)).toContain('"2.000"')
    },
  },
  {
    folder: '11',
    sentence: 'a week that is marked as not complete is left out, and the note says so',
    async run(folder) {
      await using w = await reading()
      const result = await read(w, folder, 'interest.csv', 'en')
      const lines = readFileSync(join(folder, 'interest.csv'), 'utf8').trim().split('\n').slice(1)
      const complete = lines.filter((line) => !/true\s*$/i.test(line))
      expect(complete.length).toBeLessThan(lines.length)
      expect(await weeks(w)).toHaveLength(complete.length)
      expect(said(result)).toContain('isPartial')
    },
  },
  {
    folder: '18',
    sentence: 'a feed that was compressed without being asked for is read',
    async run(folder) {
      await using w = await reading()
      const server = spawn(process.execPath, [join(folder, 'serve.mjs')], { stdio: 'ignore' })
      try {
        const url = 'http://127.0.0.1:4631/feed.xml'
        for (let tries = 0; tries < 100; tries++) {
          if (
            await fetch(url).then(
              () => true,
              () => false,
            )
          )
            break
          await pause(100)
        }
        const { id } = await w.stages.trends.addSource(house, { name: 'packed', url, lang: 'en' })
        await w.settle()
        const { source, ingests } = await w.stages.trends.getSource(house, { id })
        expect(source.lastError).toBeNull()
        expect(ingests[0]).toMatchObject({ itemsSeen: 1, error: null })
        expect((await stored(w)).map(({ title }) => title)).toEqual(['Wool overcoats'])
      } finally {
        server.kill()
      }
    },
  },
  {
    folder: '23',
    sentence: 'hot lists are read in the shapes they have: with holes, wrapped, with words, dated by their name',
    async run(folder) {
      await using w = await reading()
      const holes = await read(w, folder, 'holes.json', 'zh')
      expect(holes).toMatchObject({ itemsSeen: 1, kept: 1, leftOut: 1 })
      expect(await read(w, folder, '20261116.json', 'zh')).toMatchObject({ kept: 1 })
      expect(await read(w, folder, 'wrapped.json', 'zh')).toMatchObject({ kept: 1 })
      const words = await read(w, folder, 'words.json', 'zh')
      expect(words).toMatchObject({ kept: 1, leftOut: 1 })
      expect(said(words)).toContain('advertisement')
      const titles = await stored(w)
      expect(titles).toContainEqual(expect.objectContaining({ title: '羊毛大衣怎么搭', day: '2026-11-16' }))
      expect(titles.map(({ title }) => title)).toContain('百褶裙穿搭')
      expect(titles.map(({ title }) => title)).not.toContain('某某新品')
      // Four lists of one kind are one source.
      expect(await w.stages.trends.listSources(house)).toHaveLength(1)
    },
  },
]
