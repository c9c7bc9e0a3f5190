/** The reading thread: one job at a time, answered by its number. A throw that is no Problem ends the thread. */
import { parentPort } from 'node:worker_threads'
import { Problem } from '../../core/errors.ts'
import type { FeedReadOptions } from '../ports.ts'
import { parseFeedBytes, parseTableBytes } from './parse.ts'
import type { ThreadAnswer } from './reader.ts'

interface Job {
  bytes: Uint8Array
  what: 'feed' | 'table'
  options: Omit<FeedReadOptions, 'deadlineMs'>
}

const port = parentPort
if (!port) throw new Error('feeds/thread.ts runs in a worker thread only')

port.on('message', (job: Job) => {
  let answer: ThreadAnswer
  try {
    answer =
      job.what === 'feed'
        ? { kind: 'contents', contents: parseFeedBytes(job.bytes, job.options) }
        : { kind: 'table', sheet: parseTableBytes(job.bytes, job.options) }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const { code, status, text, extra } = error
    answer = { kind: 'problem', code, status, text, extra }
  }
  port.postMessage(answer)
})
port.postMessage({ kind: 'ready' } satisfies ThreadAnswer)
