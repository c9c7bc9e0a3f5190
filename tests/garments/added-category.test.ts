/**
 * A new garment is one folder and its entry in categories/index.ts. Proved on a copy of the code to which the folder of a
 * garment that the house does not make is added: it compiles, and the garment goes from draft to tech pack.
 */
import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PictureFigures } from '../../src/garments/index.ts'

const run = promisify(execFile)
const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
const copy = mkdtempSync(join(tmpdir(), 'firstcut-category-'))
const index = 'src/garments/categories/index.ts'
afterAll(() => rmSync(copy, { recursive: true, force: true }))

beforeAll(() => {
  for (const path of [
    'src',
    'package.json',
    'tsconfig.json',
    'tests/support/designs.ts',
    'tests/support/drafts.ts',
    'tests/garments/support-draft.ts',
    'tests/garments/tank-walk.ts',
  ])
    cpSync(path, join(copy, path), { recursive: true })
  symlinkSync(resolve('node_modules'), join(copy, 'node_modules'))
  const folder = join(copy, 'src/garments/categories/tank')
  mkdirSync(folder)
  for (const file of readdirSync('tests/garments/tank'))
    writeFileSync(
      join(folder, file),
      readFileSync(join('tests/garments/tank', file), 'utf8')
        .replaceAll("'../../../src/garments/categories/", "'../")
        .replaceAll("'../../../src/garments/", "'../../"),
    )
  const entered = readFileSync(index, 'utf8')
    .replace(
      'import type { CategoryDefinition }',
      "import { tank } from './tank/index.ts'\nimport type { CategoryDefinition }",
    )
    .replace('\n] as const', '\n  tank,\n] as const')
  writeFileSync(join(copy, index), entered)
})

test('the code compiles with it: no table anywhere asks for another entry', async () => {
  writeFileSync(
    join(copy, 'tsconfig.json'),
    readFileSync('tsconfig.json', 'utf8').replace(/"include": .*/, '"include": ["src"]'),
  )
  const { stdout } = await run(
    process.execPath,
    ['node_modules/typescript/lib/tsc.js', '--noEmit', '--singleThreaded'],
    {
      cwd: copy,
    },
  ).catch((error: { stdout: string }) => error)
  expect(stdout).toBe('')
}, 300_000)

test('it is drafted, pictured, billed, designed, refined and handed to a factory', async () => {
  const { stdout } = await run(process.execPath, ['--import', loader, 'tests/garments/tank-walk.ts'], {
    cwd: copy,
    maxBuffer: 1e7,
  })
  const seen = JSON.parse(stdout) as Record<string, unknown>
  expect(seen).toMatchObject({
    block: "men's tank top",
    pieces: ['Front', 'Back', 'Neck binding', 'Armhole binding'],
    problems: [],
    unplaced: [],
    brief: 'tank',
    standard: 'GB/T 22849-2014',
    instead: ['tank'],
  })
  expect(seen['bill']).toEqual(expect.arrayContaining(['THR-27', 'LBL-CARE', 'BAG-POLY']))
  expect(seen['bill']).not.toContain('HANGER')
  expect(seen['papers']).toEqual(expect.arrayContaining(['brief.json', 'techpack.pdf', 'qc-sheet.pdf']))
  expect(seen['spots']).toEqual(expect.arrayContaining(['slot:collar', 'seam:knitHem']))
  const picture = seen['picture'] as PictureFigures
  expect(picture.proportions).toBeLessThan(0.05)
  expect(picture.deltaE).toBeLessThan(10)
  expect(picture.coverage).toBeGreaterThan(0.45)
  expect(seen['floor']).toBeGreaterThan(0)
  expect(seen['refined']).toBeGreaterThan(0)
  const designs = seen['designs'] as [string, string][]
  expect(designs.map(([category]) => category)).toEqual(['tank', 'tank', 'tank'])
  for (const [, name] of designs) expect(name).toMatch(/tank top/i)
}, 300_000)
