import { openPool, ThreadError } from '../../core/pool.ts'
import type { FeedReader, FeedReadOptions } from '../ports.ts'
import { tooLarge, tooSlow } from './complaints.ts'
import { refused } from './messages.ts'
import type { Readings } from './thread.ts'

/** Enough for 5 MB of any format; a feed that needs more is made to need more. */
const MEMORY_MB = 256

/**
 * One thread, reading one thing after the other. A deadline that passes, memory that runs out, or nesting without end
 * costs the thread; the next reading gets a new one.
 */
export function openFeedReader(): FeedReader {
  const pool = openPool<Readings>({
    module: new URL('./thread.ts', import.meta.url),
    threads: 1,
    memoryMb: MEMORY_MB,
  })
  const inTurn = async <K extends keyof Readings>(
    what: K,
    bytes: Uint8Array,
    { deadlineMs, ...options }: Pick<FeedReadOptions, 'deadlineMs' | 'maxBytes'> & Partial<FeedReadOptions>,
  ): Promise<Readings[K]['output']> => {
    if (bytes.length > options.maxBytes) throw tooLarge(options.maxBytes)
    try {
      return await pool.run(what, { bytes, options } as Readings[K]['input'], { deadlineMs })
    } catch (error) {
      if (!(error instanceof ThreadError)) throw error
      if (error.reason === 'closed') throw refused('feeds.closed')
      throw MADE_TO_HURT.has(error.reason) ? tooSlow(deadlineMs) : error
    }
  }
  return {
    read: (bytes, options) => inTurn('feed', bytes, options),
    table: (bytes, options) => inTurn('table', bytes, options),
    close: () => pool.end(),
  }
}

/** What only a feed that is damaged or hostile does to its thread. */
const MADE_TO_HURT: ReadonlySet<string> = new Set(['deadline', 'memory', 'overflow', 'crashed'])
