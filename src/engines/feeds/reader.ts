import type { Worker } from 'node:worker_threads'
import { problem, type ProblemExtra } from '../../core/errors.ts'
import { startThread } from '../../core/threads.ts'
import { SECOND, type Localized } from '../../core/values.ts'
import type { FeedContents, FeedReader, FeedReadOptions, Sheet } from '../ports.ts'
import { tooLarge, tooSlow } from './complaints.ts'
import { refused } from './messages.ts'

/** What the thread says. Problems are classes and do not survive the journey, so their parts travel. */
export type ThreadAnswer =
  | { kind: 'ready' }
  | { kind: 'contents'; contents: FeedContents }
  | { kind: 'table'; sheet: Sheet }
  | { kind: 'problem'; code: string; status: number; text: Localized; extra: ProblemExtra }

/** Loading the parsers is our own time, not the feed's: it does not count against the deadline. */
const START_MS = 30 * SECOND
/** Enough for 5 MB of any format; a feed that needs more is made to need more. */
const MEMORY_MB = 256

/** The next thing the thread says. @throws Problem `feeds.too-slow` when it says nothing in time, or dies of it */
function answerFrom(thread: Worker, withinMs: number): Promise<ThreadAnswer> {
  return new Promise((resolve, reject) => {
    const done = () => {
      clearTimeout(timer)
      thread.off('message', onMessage)
      thread.off('error', onEnd)
      thread.off('exit', onEnd)
    }
    const onMessage = (answer: ThreadAnswer) => {
      done()
      resolve(answer)
    }
    const onEnd = (error: unknown) => {
      done()
      const memory = (error as { code?: string } | undefined)?.code === 'ERR_WORKER_OUT_OF_MEMORY'
      const overflow = error instanceof RangeError
      reject(memory || overflow || !(error instanceof Error) ? tooSlow(withinMs) : error)
    }
    const timer = setTimeout(() => {
      done()
      reject(tooSlow(withinMs))
    }, withinMs)
    thread.on('message', onMessage)
    thread.on('error', onEnd)
    thread.on('exit', onEnd)
  })
}

/**
 * One thread, started when first needed, reading one thing after the other. A deadline that passes, or memory that
 * runs out, ends the thread; the next reading starts a new one.
 */
export function openFeedReader(): FeedReader {
  let thread: Worker | undefined
  let last: Promise<unknown> = Promise.resolve()
  let open = true

  const drop = async (): Promise<void> => {
    const gone = thread
    thread = undefined
    await gone?.terminate()
  }

  const started = async (): Promise<Worker> => {
    if (thread) return thread
    const fresh = startThread(new URL('./thread.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    })
    fresh.on('error', () => undefined) // heard by whoever waits; unheard, it would end the process
    thread = fresh
    await answerFrom(fresh, START_MS)
    return fresh
  }

  const run = async (what: 'feed' | 'table', bytes: Uint8Array, given: Asked): Promise<ThreadAnswer> => {
    if (!open) throw refused('feeds.closed')
    try {
      const worker = await started()
      worker.ref()
      const { deadlineMs, ...options } = given
      const answer = answerFrom(worker, deadlineMs)
      worker.postMessage({ what, bytes, options }, [])
      const said = await answer
      worker.unref() // an idle reader keeps no process alive
      if (said.kind === 'problem') throw problem(said.code, said.status, said.text, said.extra)
      return said
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'Problem' || isTooSlow(error)) await drop()
      throw open ? error : refused('feeds.closed')
    }
  }

  const inTurn = (what: 'feed' | 'table', bytes: Uint8Array, options: Asked): Promise<ThreadAnswer> => {
    if (bytes.length > options.maxBytes) return Promise.reject(tooLarge(options.maxBytes))
    const turn = last.then(() => run(what, bytes, options))
    last = turn.catch(() => undefined)
    return turn
  }

  return {
    async read(bytes, options) {
      const said = await inTurn('feed', bytes, options)
      if (said.kind !== 'contents') throw new Error('the reading thread answered something else')
      return said.contents
    },
    async table(bytes, options) {
      const said = await inTurn('table', bytes, options)
      if (said.kind !== 'table') throw new Error('the reading thread answered something else')
      return said.sheet
    },
    async close() {
      open = false
      await drop()
    },
  }
}

type Asked = Pick<FeedReadOptions, 'deadlineMs' | 'maxBytes'> & Partial<FeedReadOptions>

const isTooSlow = (error: Error): boolean => (error as { code?: string }).code === 'feeds.too-slow'
