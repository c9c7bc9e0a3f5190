import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, test } from 'vitest'

/** Who may look at whom. Read it as: a file in the left layer may import only from the places on the right. */
const allowed: Record<string, string[]> = {
  core: ['core'],
  db: ['db', 'core', 'garments/types.ts'],
  garments: ['garments', 'core'],
  engines: ['engines', 'core'],
  stages: ['stages', 'engines/ports.ts', 'garments/index.ts', 'garments/types.ts', 'db', 'core'],
  edges: [
    'edges',
    'stages',
    'engines/ports.ts',
    'garments/index.ts',
    'garments/types.ts',
    'db/database.ts',
    'db/outbox.ts',
    'db/rows.ts',
    'core',
    'config.ts',
  ],
  '.': ['edges', 'stages', 'engines', 'garments', 'db', 'core', '.'],
}
const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file))
const imports = files.flatMap((from) =>
  [...readFileSync(join('src', from), 'utf8').matchAll(/(?:from|import)\s*\(?\s*['"](\.[^'"]+)['"]/g)].map(
    ([, path = '']) => ({
      from,
      to: normalize(join(dirname(from), path)),
    }),
  ),
)
const layer = (file: string) => (file.includes('/') ? (file.split('/')[0] ?? '') : '.')
const stage = (file: string) => Number(/^stages\/(\d+)-/.exec(file)?.[1] ?? Number.NaN)
const within = (to: string, place: string) =>
  place === '.' ? !to.includes('/') : to === place || to.startsWith(`${place}/`)

test('the scan sees the code base', () => expect(imports.length).toBeGreaterThan(200))

describe('every import follows the flow', () => {
  test.each(Object.keys(allowed))('%s imports only from where it may', (from) => {
    const strays = imports.filter(
      (each) => layer(each.from) === from && !allowed[from]?.some((place) => within(each.to, place)),
    )
    expect(strays).toEqual([])
  })

  test('a stage reads the model and the store of earlier stages, never their actions', () => {
    const between = imports.filter(({ from, to }) => stage(from) && stage(to) && stage(from) !== stage(to))
    expect(between.length).toBeGreaterThan(5)
    expect(between.filter(({ from, to }) => stage(to) > stage(from) || to.endsWith('actions.ts'))).toEqual([])
  })

  test('the edges call actions and never touch a store or a table', () => {
    expect(imports.filter(({ from, to }) => layer(from) === 'edges' && /(store|schema)\.ts$/.test(to))).toEqual([])
  })

  test('nobody but the composition root, and what puts a backup in its place, chooses an adapter', () => {
    const adapters = imports.filter(
      ({ from, to }) => to.startsWith('engines/') && to !== 'engines/ports.ts' && !from.startsWith('engines/'),
    )
    expect(new Set(adapters.map(({ from }) => from))).toEqual(new Set(['app.ts', 'restore.ts']))
  })
})

test('the environment is read in one place, and the dialect in another', () => {
  const readers = files.filter((file) =>
    /process\.env/.test(readFileSync(join('src', file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')),
  )
  expect(readers.sort()).toEqual(['cli.ts', 'core/dialect.ts', 'main.ts'])
})

test.each(readdirSync('src/stages').filter((name) => /^\d/.test(name)))('stage %s has its three files', (name) => {
  expect(readdirSync(join('src/stages', name))).toEqual(expect.arrayContaining(['actions.ts', 'model.ts', 'store.ts']))
})
