import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sha256 } from '../../src/core/canonical.ts'
import { openFolderFiles } from '../../src/engines/files.ts'
import type { FileStore } from '../../src/engines/ports.ts'

/** One adapter so far: a folder, of this machine or a shared one. Another is a line here. */
const STORES: { way: string; open: (folder: string) => FileStore }[] = [{ way: 'a folder', open: openFolderFiles }]

describe.each(STORES)('files in $way', ({ open }) => {
  let folder: string
  let files: FileStore
  beforeEach(() => void (files = open((folder = mkdtempSync(join(tmpdir(), 'firstcut-files-'))))))
  afterEach(() => rmSync(folder, { recursive: true, force: true }))
  const bytes = Buffer.from('双排扣军大衣\0\xFF', 'latin1')

  test('are named by what is in them, and come back as they were', async () => {
    const hash = await files.put(bytes)
    expect(hash).toBe(sha256(bytes))
    expect(await files.has(hash)).toBe(true)
    expect(await files.get(hash)).toEqual(bytes)
    expect(await open(folder).get(hash), 'also after a restart').toEqual(bytes)
  })

  test('put twice, also at once, are one', async () => {
    const hashes = await Promise.all([files.put(bytes), files.put(bytes), files.put(Buffer.from(bytes))])
    expect(new Set(hashes).size).toBe(1)
    expect(await files.get(hashes[0])).toEqual(bytes)
  })

  test('that are not there are said to be missing, whatever is asked for', async () => {
    for (const name of [sha256('nothing'), '../../etc/passwd', '', 'intermediate', 'A'.repeat(64)]) {
      expect(await files.has(name)).toBe(false)
      await expect(files.get(name)).rejects.toMatchObject({ code: 'files.missing', status: 404 })
    }
  })

  test('under way have a place of their own, which nobody is served from', async () => {
    const hash = await files.intermediate.put(bytes)
    expect(await files.has(hash)).toBe(false)
    expect(await files.intermediate.get(hash)).toEqual(bytes)
    await files.intermediate.remove(hash)
    await files.intermediate.remove(hash)
    expect(await files.intermediate.get(hash)).toBeUndefined()
    expect(await files.intermediate.get('../x')).toBeUndefined()
  })

  test('under way that nobody fetched are removed by their age', async () => {
    const hash = await files.intermediate.put(bytes)
    expect(await files.intermediate.removeBefore(new Date(0))).toBe(0)
    expect(await files.intermediate.get(hash)).toEqual(bytes)
    expect(await files.intermediate.removeBefore(new Date('2999-01-01'))).toBe(1)
    expect(await files.intermediate.get(hash)).toBeUndefined()
  })
})

test('an intermediate file that is not what its name says is not handed out', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'firstcut-files-'))
  const files = openFolderFiles(folder)
  const hash = await files.intermediate.put(Buffer.from('whole'))
  const [name = ''] = readdirSync(join(folder, 'intermediate'))
  expect(readFileSync(join(folder, 'intermediate', name), 'utf8')).toBe('whole')
  writeFileSync(join(folder, 'intermediate', name), 'who')
  expect(await files.intermediate.get(hash)).toBeUndefined()
  rmSync(folder, { recursive: true, force: true })
})
