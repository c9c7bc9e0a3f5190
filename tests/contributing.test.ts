/** The walked examples of CONTRIBUTING.md are true: the files are there, and there are no more of them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { expect, test } from 'vitest'
import { sources } from './support/laws.ts'

const page = readFileSync('CONTRIBUTING.md', 'utf8')
const [, garment = '', adapter = '', event = '', console = '', fault = ''] = page.split(/^## \d/m)
const linked = (text: string) => [...text.matchAll(/\]\(([^)#]+)\)/g)].map(([, path = '']) => path)
/** Files of the numbered steps, in order. */
const steps = (text: string) =>
  linked(
    text
      .split('\n')
      .filter((line) => /^\d\. /.test(line))
      .join('\n'),
  )
const code = sources()
const mentioning = (what: string) =>
  Object.keys(code)
    .filter((file) => code[file]?.includes(what))
    .map((file) => `src/${file}`)
    .sort()

test('every file that newcomers’ pages name is there', () => {
  const pages = [
    'CONTRIBUTING.md',
    'docs/architecture.md',
    'docs/style.md',
    'docs/glossary.md',
    'docs/decisions/README.md',
  ]
  const named = pages.flatMap((each) => {
    const text = readFileSync(each, 'utf8')
    const links = linked(text).map((path) => new URL(path, `file:///${each}`).pathname.slice(1))
    const quoted = [...text.matchAll(/`((?:src|tests|docs|scripts)\/[\w./-]+)`/g)].map(([, path = '']) => path)
    return [...links, ...quoted]
  })
  expect(named.length).toBeGreaterThan(50)
  expect(named.filter((path) => !existsSync(path))).toEqual([])
})

test('a garment is one folder', () => {
  expect(steps(garment)).toHaveLength(6)
  expect(new Set(steps(garment).map(dirname)).size).toBe(1)
})

test('an adapter is its folder and one line', () => {
  expect(linked(adapter)).toContain('src/engines/registry.ts')
  expect(mentioning('/smtp/index.ts')).toEqual(['src/engines/registry.ts'])
  expect(code['engines/registry.ts']?.match(/smtp\/index\.ts/g)).toHaveLength(1)
})

test('an event is at most four files: those that are named, and no other', () => {
  expect(steps(event).length).toBeLessThanOrEqual(4)
  expect(mentioning("'reorders.proposed'")).toEqual(steps(event).toSorted())
})

test('a console page is at most three files: those that are named, and no other', () => {
  expect(steps(console).length).toBeLessThanOrEqual(3)
  expect(mentioning('BackupsPage')).toEqual(steps(console).toSorted())
})

test('a fault test is one file', () => {
  expect(linked(fault)[0]).toMatch(/^tests\/faults\/.*\.test\.ts$/)
})

test('what is generated in the architecture is what the code says', () => {
  const text = readFileSync('docs/architecture.md', 'utf8')
  const readme = readFileSync('README.md', 'utf8')
  const part = (from: string, name: string) => from.split(`<!-- generated:${name} -->`)[1]?.split('<!-- /')[0]
  expect(part(text, 'map')).toBe(part(readme, 'line'))
  for (const layer of ['core', 'db', 'garments', 'engines', 'stages', 'edges'])
    expect(part(text, 'layers')).toContain(`| \`${layer}\` |`)
})

test('the index of decisions has a line with a status for each', () => {
  const index = readFileSync('docs/decisions/README.md', 'utf8')
  const lines = [...index.matchAll(/^\| \[(\d{3}) · (.+?)\]\((\1-[\w-]+\.md)\) \| (.+) \|$/gm)]
  const pages = readdirSync('docs/decisions').filter((file) => /^\d/.test(file))
  expect(lines.map(([, , , file]) => file)).toEqual(pages)
  for (const [, number, title, file = ''] of lines)
    expect(readFileSync(`docs/decisions/${file}`, 'utf8').split('\n')[0]).toBe(`# ${number} · ${title}`)
})
