/** The thread's end of a pool (core/pool.ts): what crosses between the two, and what answers it. */
import { parentPort } from 'node:worker_threads'
import { Problem, type ProblemExtra } from './errors.ts'
import type { Localized } from './values.ts'

/** What a pool's threads can be asked, by name: plain values in, plain values out. */
export type Tasks<J> = { [K in keyof J]: { input: unknown; output: unknown } }

/** How far a running task is, 0–1, with the name of what it is doing. */
export interface TaskProgress {
  step: string
  share: number
}

/** To a thread: do this; or finish what you are doing with what you have. */
export type ToThread = { type: 'task'; id: number; kind: string; input: unknown } | { type: 'stop'; id: number }

/** An error that crossed. Classes do not survive the journey, so their parts travel. */
export interface Failure {
  name: string
  message: string
  stack: string | undefined
  problem?: { code: string; status: number; text: Localized; extra: ProblemExtra }
}

export type FromThread =
  | { type: 'ready' }
  | { type: 'progress'; id: number; progress: TaskProgress }
  | { type: 'done'; id: number; output: unknown }
  | { type: 'failed'; id: number; failure: Failure }

export interface AtWork {
  /** Aborted when whoever asked wants what there is by now (`onAbort: 'answer'`). */
  signal: AbortSignal
  report(progress: TaskProgress): void
  /** Bytes of the answer that are handed over instead of copied; a view into a shared buffer takes the whole with it. */
  hand(bytes: ArrayBuffer): void
}

export type Answers<J extends Tasks<J>> = {
  [K in keyof J]: (input: J[K]['input'], work: AtWork) => J[K]['output'] | Promise<J[K]['output']>
}

const failureOf = (error: unknown): Failure => {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error), stack: undefined }
  const { name, message, stack } = error
  if (!(error instanceof Problem)) return { name, message, stack }
  const { code, status, text, extra } = error
  return { name, message, stack, problem: { code, status, text, extra } }
}

/** The last line of a thread's module: it is ready, and answers one task after the other. */
export function answerTasks<J extends Tasks<J>>(answers: Answers<J>): void {
  const port = parentPort
  if (!port) throw new Error('this module runs in a worker thread, started by a pool')
  const say = (message: FromThread, hand: readonly ArrayBuffer[] = []): void => port.postMessage(message, hand)
  const running = new Map<number, AbortController>()

  const perform = async (id: number, kind: string, input: unknown): Promise<void> => {
    const stop = new AbortController()
    running.set(id, stop)
    const handed: ArrayBuffer[] = []
    try {
      const output = await answers[kind as keyof J](input as never, {
        signal: stop.signal,
        report: (progress) => say({ type: 'progress', id, progress }),
        hand: (bytes) => void handed.push(bytes),
      })
      say({ type: 'done', id, output }, handed)
    } catch (error) {
      say({ type: 'failed', id, failure: failureOf(error) })
    } finally {
      running.delete(id)
    }
  }

  port.on('message', (message: ToThread) => {
    if (message.type === 'stop') running.get(message.id)?.abort()
    else void perform(message.id, message.kind, message.input)
  })
  say({ type: 'ready' })
}
