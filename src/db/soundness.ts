import { statSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { MINUTE, SECOND } from '../core/values.ts'

/** How whole a database was found to be. */
export interface Soundness {
  state: 'unchecked' | 'checking' | 'sound' | 'damaged'
  /** What is broken, in SQLite's words. */
  found: readonly string[]
}

export interface Looked extends Soundness {
  /** How much was read, in how many slices, and the longest of them, ms. */
  rows: number
  slices: number
  longestMs: number
}

/** A file up to this is checked before it is used, in well under a second; a larger one afterwards. */
export const CHECKED_FIRST_BYTES = 32 * 1024 * 1024
/** After a clean end the start itself comes first; after any other, what may be broken is looked for soon. */
const AFTER_MS = { clean: MINUTE, unclean: 2 * SECOND }
/** A table of fewer rows is checked by SQLite in one go. */
const SMALL_ROWS = 20_000
/** How long one slice of a larger one should take. */
const SLICE_MS = 20

/** The log is put away by whoever is the last to close the database: one that is there tells of an end that was none. */
export function endedUncleanly(file: string): boolean {
  try {
    return statSync(`${file}-wal`).size > 0
  } catch {
    return false
  }
}

export interface Checking {
  now(): Soundness
  /** Look it all over, once, a while after the start. @param told what was found, in the end */
  begin(told: (looked: Looked) => void): void
  close(): Promise<void>
}

/**
 * The check of a large database, which would hold up its start for minutes: in a thread, on a connection of its own that
 * can only read, after the start. It stops nothing: what it finds is said.
 * @param checked it was looked over already, before anything was done with it
 */
export function openChecking(
  file: string,
  { checked, unclean, afterMs }: { checked: boolean; unclean: boolean; afterMs?: number | undefined },
): Checking {
  let now: Soundness = { state: checked ? 'sound' : 'unchecked', found: [] }
  const closing = new AbortController()
  let thread: Worker | undefined
  let looking: Promise<void> | undefined

  async function look(told: (looked: Looked) => void): Promise<void> {
    const wait = afterMs ?? AFTER_MS[unclean ? 'unclean' : 'clean']
    await sleep(wait, undefined, { signal: closing.signal, ref: false }).catch(() => {})
    if (closing.signal.aborted) return
    now = { state: 'checking', found: [] }
    thread = new Worker(new URL('./soundness-thread.mjs', import.meta.url), {
      workerData: { file, smallRows: SMALL_ROWS, sliceMs: SLICE_MS },
      execArgv: [],
    })
    thread.unref()
    const reply = await new Promise<Omit<Looked, 'state'> | undefined>((resolve) => {
      thread?.once('message', resolve)
      thread?.once('error', (error) => resolve({ found: [String(error)], rows: 0, slices: 0, longestMs: 0 }))
      thread?.once('exit', () => resolve(undefined))
    })
    await thread.terminate()
    if (!reply || closing.signal.aborted) return
    now = { state: reply.found.length ? 'damaged' : 'sound', found: reply.found }
    told({ ...reply, ...now })
  }

  return {
    now: () => now,
    begin(told) {
      if (!checked) looking ??= look(told)
    },
    async close() {
      closing.abort()
      await thread?.terminate()
      await looking
    },
  }
}
