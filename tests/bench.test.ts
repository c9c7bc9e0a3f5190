/** The figures that the README quotes are those that were measured, and each can be measured again. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { BENCHES } from '../scripts/bench/benches.ts'
import { figuresTables, FILES, fileSchema, type File } from '../scripts/bench/row.ts'

describe.each(Object.keys(FILES) as File[])('the figures of %s', (file) => {
  const known = BENCHES.filter((bench) => (bench.file ?? 'results') === file).flatMap(({ rows }) => rows)
  const { rows } = fileSchema.parse(JSON.parse(readFileSync(FILES[file], 'utf8')))

  test('have a row for each, once', () => {
    const ids = rows.map(({ id }) => id)
    expect(ids).toEqual([...new Set(ids)])
    expect(
      ids.filter((id) => !known.includes(id)),
      'no bench measures these',
    ).toEqual([])
  })

  test('lie within their own range', () => {
    for (const { id, ratio, ratioRange, p50Ms, p99Ms, maxMs } of rows) {
      expect(ratioRange[0], id).toBeLessThanOrEqual(ratio)
      expect(ratioRange[1], id).toBeGreaterThanOrEqual(ratio)
      if (p50Ms !== null && p99Ms !== null) expect(p50Ms, id).toBeLessThanOrEqual(p99Ms)
      if (p99Ms !== null && maxMs !== null) expect(p99Ms, id).toBeLessThanOrEqual(maxMs)
    }
  })
})

test('every row has a name of its own', () => {
  const ids = BENCHES.flatMap(({ name, rows }) => [name, ...rows])
  const twice = ids.filter((id, n) => ids.indexOf(id) !== n)
  // A bench of one row may be called as its row is.
  expect(twice.filter((id) => !BENCHES.some(({ name, rows }) => name === id && rows.length === 1))).toEqual([])
})

test('the README’s tables are made from the figures (npm run generate)', () => {
  const readme = readFileSync('README.md', 'utf8')
  for (const [part, shown] of Object.entries(figuresTables()))
    expect(readme).toContain(`<!-- generated:${part} -->\n${shown}\n<!-- /generated:${part} -->`)
})
