import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { newId } from '../core/values.ts'

/** A folder's sync under way, and the one that waits for it: whoever asks meanwhile needs the next, and shares it. */
interface Syncing {
  running: Promise<void>
  next: Promise<void> | undefined
}
const syncing = new Map<string, Syncing>()

async function flush(folder: string): Promise<void> {
  const directory = await open(folder, 'r')
  await directory.sync().finally(() => directory.close())
}

/**
 * What was renamed into this folder, or made in it, is there after a power cut too. Those who ask while a sync runs
 * share the one after it, so that fifty letters cost a few syncs and not fifty.
 * @throws the disk's error
 */
export function syncFolder(folder: string): Promise<void> {
  const current = syncing.get(folder)
  if (current)
    return (current.next ??= current.running
      .catch(() => {}) // told to those who waited for that one
      .then(() => start(folder)))
  return start(folder)
}

function start(folder: string): Promise<void> {
  const running = flush(folder)
  const own: Syncing = { running, next: undefined }
  syncing.set(folder, own)
  const end = () => {
    if (syncing.get(folder) === own && !own.next) syncing.delete(folder)
  }
  running.then(end, end)
  return running
}

/** Make a folder and those above it, each in its parent durably: a file is lost with the folder that holds it. */
export async function makeFolder(folder: string, mode?: number): Promise<void> {
  const first = await mkdir(folder, { recursive: true, ...(mode === undefined ? {} : { mode }) })
  if (first === undefined) return
  for (let made = folder; ; made = dirname(made)) {
    await syncFolder(dirname(made))
    if (made === first || dirname(made) === made) return
  }
}

/** What `writeDurably` writes aside: nobody lists, sends or copies it. */
const ASIDE = /^\.[0-9a-f-]{36}$/

/**
 * What a process that was killed left half-written in a folder goes; it would lie there for ever.
 * @param before older than anything that somebody may still be writing
 * @param names which of the folder's entries were written aside
 * @returns how many there were; a folder that is not there has none
 */
export async function removeAsides(folder: string, before: Date, names = ASIDE): Promise<number> {
  let removed = 0
  for (const name of (await readdir(folder).catch(() => [])).filter((each) => names.test(each))) {
    const found = await stat(join(folder, name)).catch(() => undefined)
    if (!found || found.mtime >= before) continue
    await rm(join(folder, name), { force: true, recursive: true })
    removed++
  }
  return removed
}

/**
 * Written aside, flushed, renamed, and the folder flushed: under its own name a file is whole or not there, and once
 * this resolves a power cut does not take it away. What was written aside is gone when it fails.
 * @throws the disk's error
 */
export async function writeDurably(folder: string, name: string, bytes: Uint8Array): Promise<void> {
  const aside = join(folder, `.${newId()}`)
  try {
    const file = await open(aside, 'wx').catch(async (error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
      await makeFolder(folder)
      return open(aside, 'wx')
    })
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(aside, join(folder, name))
    await syncFolder(folder)
  } catch (error) {
    await rm(aside, { force: true }) // it would take room from what there is too little of
    throw error
  }
}
