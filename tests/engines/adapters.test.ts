/** Every kind of adapter keeps the same order: a folder and a line for each, and one contract for all of a kind. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import * as registry from '../../src/engines/registry.ts'

const ports = readFileSync('src/engines/ports.ts', 'utf8')
const lines = readFileSync('src/engines/registry.ts', 'utf8')

/** By their interfaces in `ports.ts` (`MailAdapter`): folder, and the registry's list of them. */
const KINDS = [...ports.matchAll(/export interface (\w+)Adapter \{/g)].map(([, name = '']) => {
  const list = new RegExp(`export const (\\w+): readonly ${name}Adapter\\[\\]`).exec(lines)?.[1] ?? ''
  return { kind: name.toLowerCase(), list }
})
const folders = (kind: string): string[] =>
  readdirSync(`src/engines/${kind}`, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)

test('adapters there are several of', () => expect(KINDS.map(({ kind }) => kind)).toEqual(['sms', 'mail', 'image']))

test.each(KINDS)('$kind: the registry lists them, and whoever is not listed is the embedded one', ({ kind, list }) => {
  const adapters = (registry as Record<string, unknown>)[list] as readonly unknown[]
  expect(adapters.length).toBeGreaterThan(0)
  const places = folders(kind)
  expect(places.filter((place) => !existsSync(`src/engines/${kind}/${place}/index.ts`))).toEqual([])
  const imported = places.filter((place) => lines.includes(`'./${kind}/${place}/index.ts'`))
  expect(imported, 'a folder whose line is missing').toEqual(places)
  // Without an endpoint's name letters and text messages go into a folder; pictures are drawn by the garments themselves.
  expect(places.length - adapters.length).toBe(kind === 'image' ? 0 : 1)
})

test.each(KINDS)('$kind: nobody else names an adapter, so that it is one folder and one line', ({ kind }) => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file))
  for (const place of folders(kind)) {
    const naming = files.filter(
      (file) =>
        !file.startsWith(`engines/${kind}/${place}/`) &&
        readFileSync(`src/${file}`, 'utf8').includes(`${kind}/${place}/`),
    )
    // The page of letters reads the embedded folder's own letters.
    const readsFolder = kind === 'mail' && place === 'folder'
    expect(naming).toEqual(readsFolder ? ['app.ts', 'engines/registry.ts'] : ['engines/registry.ts'])
  }
})

test.each(KINDS)('$kind: one contract for all, which takes them from the registry', ({ kind, list }) => {
  const contract = readFileSync(`tests/engines/${kind}.test.ts`, 'utf8')
  expect(contract).toContain('../../src/engines/registry.ts')
  expect(contract, 'it demands a server for each').toMatch(new RegExp(`every adapter .*\\b${list}\\b`, 's'))
  expect(contract).toContain('describe.each(')
})
