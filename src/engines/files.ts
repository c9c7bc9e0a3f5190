import { readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { sha256 } from '../core/canonical.ts'
import { problem } from '../core/errors.ts'
import { removeAsides, syncFolder, writeDurably } from './durable.ts'
import type { FileStore, IntermediateStore } from './ports.ts'

const HASH = /^[0-9a-f]{64}$/

const cannotWrite = (error: unknown) => {
  const code = (error as NodeJS.ErrnoException).code ?? String(error)
  const failure = problem(
    'files.unavailable',
    503,
    {
      en: `A file cannot be stored just now (${code}). Nothing was changed; try again shortly. Operators: check the free space on the disk of FILES_DIR.`,
      zh: `暂时无法保存文件（${code}），未做任何更改，请稍后重试。运营人员：请检查 FILES_DIR 所在磁盘的剩余空间。`,
    },
    { retryAfter: 60 },
  )
  failure.cause = error
  return failure
}

/** @throws Problem 503 `files.unavailable` when the disk refuses; what was written aside is gone then */
const keep = (work: Promise<void>): Promise<void> =>
  work.catch((error: unknown) => {
    throw cannotWrite(error)
  })

/** A flat folder: there are never more than the pictures under way. */
function openIntermediate(folder: string): IntermediateStore {
  const remove = (hash: string) => (HASH.test(hash) ? rm(join(folder, hash), { force: true }) : Promise.resolve())
  return {
    remove,
    async put(bytes) {
      const hash = sha256(bytes)
      await keep(writeDurably(folder, hash, bytes))
      return hash
    },
    async get(hash) {
      const bytes = HASH.test(hash) ? await readFile(join(folder, hash)).catch(() => undefined) : undefined
      return bytes && sha256(bytes) === hash ? bytes : undefined
    },
    async removeBefore(at) {
      let removed = 0
      for (const name of await readdir(folder).catch(() => [])) {
        const found = await stat(join(folder, name)).catch(() => undefined)
        if (!found || found.mtime >= at) continue
        await rm(join(folder, name), { force: true })
        removed++
      }
      return removed
    },
  }
}

/** Files in a folder, under `ab/cd…`, shared between nodes by sharing the folder; those under way in `intermediate/`. */
export function openFolderFiles(folder: string): FileStore {
  const parentOf = (hash: string) => join(folder, hash.slice(0, 2))
  const pathOf = (hash: string) => join(parentOf(hash), hash)
  const has = async (hash: string) => HASH.test(hash) && (await stat(pathOf(hash)).catch(() => undefined)) !== undefined
  return {
    has,
    intermediate: openIntermediate(join(folder, 'intermediate')),
    async tidy(before) {
      let removed = 0
      for (const parent of (await readdir(folder).catch(() => [])).filter((name) => /^[0-9a-f]{2}$/.test(name)))
        removed += await removeAsides(join(folder, parent), before)
      return removed
    },
    async put(bytes) {
      const hash = sha256(bytes)
      // One that is there may have been put by somebody who has not heard yet that it is durable.
      await keep((await has(hash)) ? syncFolder(parentOf(hash)) : writeDurably(parentOf(hash), hash, bytes))
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
