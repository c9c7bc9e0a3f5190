/** Exports, feeds and lists out of whatever file or folder a command was given, each as the product reads it. */
import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { problemIn } from '../../core/errors.ts'
import type { FeedReader } from '../../engines/ports.ts'
import { givenOf, type Given } from '../../stages/1-trends/evaluating/given.ts'
import { readGiven } from './given-file.ts'

/** An archive of years is larger than anything that is uploaded, and nobody waits for the next. */
const [MOST_BYTES, DEADLINE_MS] = [256 * 1024 * 1024, 120_000]
const READ = /\.(csv|tsv|txt|json|jsonl|ndjson|xml|rss|atom|xlsx|html?)(\.gz)?$/i

export interface Read {
  file: string
  given: Given
}

/** Every file of a folder, and of the folders in it, that may hold something; or the one file, whatever it is called. */
export async function filesOf(place: string): Promise<string[]> {
  const found = await stat(place).catch(() => undefined)
  if (!found?.isDirectory()) return [place]
  const names = await readdir(place, { recursive: true })
  return names
    .filter((name) => READ.test(name))
    .sort()
    .map((name) => join(place, name))
}

/**
 * What can be read in a place, and why the rest cannot. Dates that could be either are month first.
 * @throws Problem where nothing is there
 */
export async function seriesGiven(
  place: string,
  reader: Pick<FeedReader, 'read'>,
): Promise<{ read: Read[]; left: { file: string; why: Error }[] }> {
  const [read, left]: [Read[], { file: string; why: Error }[]] = [[], []]
  for (const file of await filesOf(place)) {
    const bytes = await readGiven(file)
    try {
      const contents = await reader.read(new Uint8Array(bytes), {
        fileName: basename(file),
        declaredFormat: 'auto',
        deadlineMs: DEADLINE_MS,
        maxBytes: MOST_BYTES,
      })
      const given = givenOf(contents)
      if (given) read.push({ file, given })
    } catch (error) {
      const why = problemIn(error)
      if (!why) throw error
      left.push({ file, why })
    }
  }
  return { read, left }
}
