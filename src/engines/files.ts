import { mkdir, open, readFile, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { sha256 } from '../core/canonical.ts'
import { problem } from '../core/errors.ts'
import { newId } from '../core/values.ts'
import type { FileStore } from './ports.ts'

const HASH = /^[0-9a-f]{64}$/

/** Files in a folder, under `ab/cd…`, shared between nodes by sharing the folder. */
export function openFolderFiles(folder: string): FileStore {
  const pathOf = (hash: string) => join(folder, hash.slice(0, 2), hash)
  const has = async (hash: string) => HASH.test(hash) && (await stat(pathOf(hash)).catch(() => undefined)) !== undefined
  return {
    has,
    async put(bytes) {
      const hash = sha256(bytes)
      if (await has(hash)) return hash
      const parent = join(folder, hash.slice(0, 2))
      await mkdir(parent, { recursive: true })
      // Written aside and renamed: under its own name a file is whole or not there.
      const aside = join(parent, `.${newId()}`)
      const file = await open(aside, 'wx')
      try {
        await file.writeFile(bytes)
        await file.sync()
      } finally {
        await file.close()
      }
      await rename(aside, pathOf(hash))
      const directory = await open(parent, 'r')
      await directory.sync().finally(() => directory.close())
      return hash
    },
    async get(hash) {
      const bytes = HASH.test(hash) ? await readFile(pathOf(hash)).catch(() => undefined) : undefined
      if (bytes) return bytes
      throw problem('files.missing', 404, {
        en: `The file ${hash.slice(0, 12)}… is not in the file store. Check FILES_DIR, or restore it from a backup.`,
        zh: `文件库中没有文件 ${hash.slice(0, 12)}…。请检查 FILES_DIR，或从备份恢复。`,
      })
    },
  }
}
