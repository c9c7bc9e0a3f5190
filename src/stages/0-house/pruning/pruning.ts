/** What is old and over is put into an archive and then taken out of the database, slice by slice. */
import { gzipSync } from 'node:zlib'
import { DAY } from '../../../core/values.ts'
import type { Prunable } from '../upkeep.ts'
import type { PruningContext } from './context.ts'

/** Rows that are read, and rows that are deleted, in one go: some milliseconds of the writer. */
const SLICE = 500
/** Rows in one archive: what is held in memory, and what a process that dies leaves in two archives. */
const IN_ONE_ARCHIVE = 20_000

export interface Pruned {
  what: string
  /** Rows that were put away, or would be. */
  rows: number
  /** The archives they went into. */
  archives: string[]
}

interface Batch {
  ids: string[]
  archive: Buffer
  /** The last that was looked at, kept or not; undefined when there is nothing further. */
  after: string | undefined
}

/** The next rows that nothing under way needs, as lines. */
async function gather(context: PruningContext, prunable: Prunable, before: Date, from: string | undefined) {
  const { db, underWay } = context
  const batch: Batch = { ids: [], archive: Buffer.alloc(0), after: from }
  const members: Buffer[] = []
  while (batch.ids.length < IN_ONE_ARCHIVE) {
    const slice = await prunable.slice(db.read, { before, after: batch.after, limit: SLICE })
    const needed = await underWay(new Set(slice.flatMap(({ about }) => about)))
    const over = slice.filter(({ about }) => !about.some((subject) => needed.has(subject)))
    batch.ids.push(...over.map(({ id }) => id))
    const lines = over.flatMap(({ row }) => (row ? [`${JSON.stringify(row)}\n`] : [])).join('')
    // Members of a gzip file may stand one behind the other: no more than a slice is ever unpacked here.
    if (lines) members.push(gzipSync(lines))
    batch.after = slice.length < SLICE ? undefined : slice.at(-1)?.id
    if (batch.after === undefined) break
  }
  batch.archive = Buffer.concat(members)
  return batch
}

/**
 * Put away what is old and over, each kind by its own time. A row leaves the database only after its archive has
 * reached the disk; a process that dies in between leaves rows that the next one archives once more.
 * @param dryRun says how much there is, and changes nothing
 * @param leaving no further archive is begun once the process leaves; the next look goes on
 */
export async function prune(context: PruningContext, dryRun: boolean, leaving?: AbortSignal): Promise<Pruned[]> {
  const { db, clock, days, prunables } = context
  const done: Pruned[] = []
  for (const prunable of prunables) {
    const kept = days[prunable.keptAs]
    if (!kept) continue
    const before = new Date(clock.now().getTime() - kept * DAY)
    const pruned: Pruned = { what: prunable.name, rows: 0, archives: [] }
    let from: string | undefined
    do {
      if (leaving?.aborted) return done
      const { ids, archive, after } = await gather(context, prunable, before, from)
      if (!dryRun && archive.length) {
        const name = `${clock.now().toISOString().replaceAll(/[:.]/g, '')}-${prunable.name}-${pruned.archives.length + 1}.ndjson.gz`
        await context.archive(name, archive)
        pruned.archives.push(name)
      }
      pruned.rows += dryRun ? ids.length : 0
      for (let at = 0; !dryRun && at < ids.length; at += SLICE)
        pruned.rows += await db.write((tx) => prunable.remove(tx, ids.slice(at, at + SLICE)), { atomic: true })
      from = after
    } while (from !== undefined)
    done.push(pruned)
  }
  return done
}
