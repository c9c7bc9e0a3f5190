import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { weekOf } from '../../src/core/values.ts'
import { assessWeek, type Background, type Cell } from '../../src/stages/1-trends/assessing.ts'
import { openMatcher } from '../../src/stages/1-trends/matching.ts'
import { fingerprintOf } from '../../src/stages/1-trends/model.ts'
import { weeksFrom } from '../../src/stages/1-trends/weeks.ts'

const folder = new URL('../../../shared/data/weibo/', import.meta.url)
const rows = (file: string): string[][] =>
  readFileSync(new URL(file, folder), 'utf8')
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => [line.slice(0, 10), line.slice(11).replace(/^"|"$/g, '')])

/** A hot-search archive of two years as the stage would have stored it, exposure from all titles of a day. */
function archive(): Background & { cells: Cell[] } {
  const matcher = openMatcher()
  const items = rows('fashion_titles_2020-11_2022-12.csv').map(([day = '', title = '']) => ({
    title,
    url: null,
    day,
    week: weekOf(day),
    sourceId: 'hot',
    fingerprint: fingerprintOf(title),
    publishedAt: new Date(`${day}T12:00:00Z`),
    terms: matcher.terms(title),
  }))
  const said = new Map<string, Set<string>>()
  for (const item of items)
    for (const term of item.terms) {
      const key = `${item.week} ${term}`
      said.set(key, (said.get(key) ?? new Set()).add(item.fingerprint))
    }
  const exposed = new Map<string, { items: number; days: number }>()
  for (const [day = '', total = '0'] of rows('daily_totals.csv')) {
    if (Number(total) === 0) continue
    const week = exposed.get(weekOf(day)) ?? { items: 0, days: 0 }
    exposed.set(weekOf(day), { items: week.items + Number(total), days: week.days + 1 })
  }
  return {
    sources: [{ id: 'hot', name: 'hot search', lang: 'zh', measure: 'counts' }],
    cells: [...said].map(([key, titles]) => ({
      term: key.slice(11),
      sourceId: 'hot',
      week: key.slice(0, 10),
      value: titles.size,
    })),
    exposures: [...exposed].map(([week, e]) => ({ sourceId: 'hot', week, ...e })),
    items,
  }
}

const NOTHING: Background & { cells: Cell[] } = { sources: [], exposures: [], items: [], cells: [] }

describe.skipIf(!existsSync(folder))('two years of real hot-search titles (skipped where the data is absent)', () => {
  const { cells, exposures, items, ...rest } = existsSync(folder) ? archive() : NOTHING
  const assess = (week: string) =>
    assessWeek(
      week,
      {
        ...rest,
        exposures: exposures.filter((row) => row.week <= week),
        items: items.filter((item) => item.week <= week && item.week > weekBefore(week, 4)),
      },
      [cells.filter((cell) => cell.week <= week)],
    )
  const assessAll = async (weeks: readonly string[]) => {
    const all = []
    for (const week of weeks) for (const one of await assess(week)) all.push({ week, one })
    return all
  }
  const weekBefore = (week: string, n: number) =>
    new Date(Date.parse(week) - n * 7 * 86_400_000).toISOString().slice(0, 10)

  test('the bursts of 2022 are dated, and each has its titles', async () => {
    const all = await assessAll(weeksFrom('2022-01-03', '2022-12-19'))
    const found = all.filter(({ one }) => (one.confidence ?? 0) > 0.8)
    for (const { week, one } of found)
      process.stdout.write(
        `${week} ${one.label.zh} burst ${one.burst?.toFixed(2)}, confidence ${one.confidence?.toFixed(2)}: ${one.evidence.items[0]?.title}\n`,
      )
    const when = (term: string) => found.filter(({ one }) => one.term === term).map(({ week }) => week)
    // What happened: the winter games' teams in down jackets, and a quarrel over the cut of a Ming skirt.
    expect(when('puffer')).toContain('2022-02-14')
    expect(when('horse-face-skirt')[0]).toBe('2022-07-25')
    for (const { one } of found) {
      expect(one.evidence.items.length).toBeGreaterThan(0)
      expect(one.evidence.counts.recent).toBeGreaterThanOrEqual(3)
      expect(one.evidence.flags).toContain('single-source')
    }
    // A term now and then, not a list of everything every week.
    expect(found.length).toBeGreaterThan(4)
    expect(found.length).toBeLessThan(40)
  })

  test('the 34 days without data in autumn 2021 start no burst when they end, and no fall', async () => {
    const after = await assessAll(weeksFrom('2021-10-25', '2021-11-08'))
    expect(after.filter(({ one }) => (one.confidence ?? 0) > 0.9)).toEqual([])
    const [dress] = (await assess('2021-12-06')).filter((one) =>
      one.evidence.series.some((point) => point.value === null),
    )
    expect(dress?.evidence.series.filter((point) => point.week > '2021-09-27' && point.value === null)).toHaveLength(3)
    expect(dress?.evidence.flags).toContain('gap')
  })
})
