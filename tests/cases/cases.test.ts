/**
 * Small inputs that failed once, read from beside the project (`../shared/cases`), each with the sentence that has to
 * hold. Rows are gathered from every `rows-*.ts` beside this file. Skipped where the inputs are absent.
 */
import { existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { CaseRow } from './row.ts'

const home = fileURLToPath(new URL('../../../shared/cases', import.meta.url))
const absent = !existsSync(home)
/** A case folder begins with its number; what begins otherwise is a tool. */
const folders = absent ? [] : readdirSync(home).filter((name) => /^\d/.test(name))
const folderOf = (number: string) => folders.find((name) => name === number || name.startsWith(`${number}-`))

const here = fileURLToPath(new URL('.', import.meta.url))
const gathered: CaseRow[] = []
for (const file of readdirSync(here).filter((name) => /^rows-.*\.ts$/.test(name)))
  gathered.push(...((await import(join(here, file))) as { rows: readonly CaseRow[] }).rows)
gathered.sort((a, b) => (a.folder < b.folder ? -1 : 1))

describe.skipIf(absent)('the small inputs (skipped where they are absent)', () => {
  test.each(gathered.map((row) => [row.folder, row.sentence, row] as const))('%s: %s', async (number, _, row) => {
    const folder = folderOf(number)
    expect(folder, `no folder begins with ${number}`).toBeDefined()
    await row.run(join(home, folder ?? ''))
  })

  test('every input that is there has a row', () => {
    expect(folders.filter((name) => !gathered.some((row) => folderOf(row.folder) === name))).toEqual([])
  })

  test('no row stands for an input that is not there', () => {
    expect(gathered.filter((row) => !folderOf(row.folder)).map((row) => row.folder)).toEqual([])
  })
})
