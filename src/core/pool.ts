import type { Worker } from 'node:worker_threads'
import { Problem } from './errors.ts'
import type { Failure, FromThread, TaskProgress, Tasks, ToThread } from './pool-thread.ts'
import { startThread } from './threads.ts'
import { MINUTE, SECOND } from './values.ts'

export interface PoolOptions {
  /** The thread's module, which ends with `answerTasks(…)`; with the ending that its source has. */
  module: URL
  /** Threads at most. They start when needed. */
  threads: number
  /** Heap of one thread, MB: a runaway task dies alone. */
  memoryMb: number
  /** Longest time until a thread is ready, ms. Loading its modules is our own time, not the task's. 30 seconds by default. */
  startMs?: number
}

export interface TaskOptions {
  onProgress?: (progress: TaskProgress) => void
  /** A waiting task leaves the queue at once, rejected with the signal's reason; a running one as `onAbort` says. */
  signal?: AbortSignal
  /**
   * A running task is ended with its thread, since most compute without looking up; or it is told, and answers with
   * what it has. `end` by default.
   */
  onAbort?: 'end' | 'answer'
  /** Longest time at work, ms, from when it is sent to a thread that is ready; the thread is replaced. Two minutes by default. */
  deadlineMs?: number
  /** Nobody waits for it: begins when nobody else waits, one at a time, so that a thread is free for who comes. */
  background?: boolean
  /** Bytes of the input that are handed over instead of copied: the caller has them no more. */
  transfer?: readonly ArrayBuffer[]
}

/**
 * Work off the main thread: a queue of tasks before a few worker threads. A thread that dies takes one task with it
 * (rejected, so the caller's retry sees it) and is replaced.
 */
export interface Pool<J extends Tasks<J>> extends AsyncDisposable {
  /** @throws the Problem that the task threw; ThreadError for everything else that kept it from an answer */
  run<K extends keyof J & string>(kind: K, input: J[K]['input'], options?: TaskOptions): Promise<J[K]['output']>
  /** Tasks waiting and tasks under way, threads alive. */
  load(): { waiting: number; running: number; threads: number }
  /** Refuse new tasks and those that wait, let running ones finish (at most `graceMs`), end the threads. */
  close(graceMs?: number): Promise<void>
  /** Refuse everything, what runs as well, and end the threads. */
  end(): Promise<void>
}

/**
 * Why there is no answer. `deadline`: took too long. `memory`: more than a thread may have. `overflow`: too deep or too
 * large for the language (a RangeError). `failed`: threw what is no Problem, a fault of ours. `crashed`: its thread
 * ended or answered what cannot be read. `unstarted`: its thread was not ready in time, or ended before. `closed`: the pool is closing.
 */
export type Reason = 'deadline' | 'memory' | 'overflow' | 'failed' | 'crashed' | 'unstarted' | 'closed'

export class ThreadError extends Error {
  override readonly name = 'ThreadError'
  readonly reason: Reason

  constructor(reason: Reason, message: string, cause?: unknown) {
    super(message, { cause })
    this.reason = reason
  }
}

export const openPool = <J extends Tasks<J>>(options: PoolOptions): Pool<J> => new ThreadPool<J>(options)

const START = 30 * SECOND
const DEADLINE = 2 * MINUTE
const GRACE = 10 * SECOND

interface Task {
  id: number
  kind: string
  input: unknown
  options: TaskOptions
  resolve: (output: never) => void
  reject: (error: unknown) => void
  /** Undo what was set up for it: timer, listener. */
  release: (() => void)[]
}

interface Slot {
  worker: Worker
  ready: boolean
  task: Task | undefined
}

class ThreadPool<J extends Tasks<J>> implements Pool<J> {
  readonly #options: PoolOptions
  readonly #foreground: Task[] = []
  readonly #background: Task[] = []
  readonly #slots = new Set<Slot>()
  #nextId = 1
  #closed = false
  #drained: (() => void) | undefined

  constructor(options: PoolOptions) {
    this.#options = options
  }

  run<K extends keyof J & string>(kind: K, input: J[K]['input'], options: TaskOptions = {}): Promise<J[K]['output']> {
    if (this.#closed) return Promise.reject(closedError())
    const { signal } = options
    if (signal?.aborted) return Promise.reject(signal.reason)
    return new Promise((resolve, reject) => {
      const task: Task = { id: this.#nextId++, kind, input, options, resolve, reject, release: [] }
      if (signal) {
        const abort = (): void => this.#abort(task, signal.reason)
        signal.addEventListener('abort', abort, { once: true })
        task.release.push(() => signal.removeEventListener('abort', abort))
      }
      this.#lane(task).push(task)
      this.#next()
    })
  }

  load(): { waiting: number; running: number; threads: number } {
    return {
      waiting: this.#foreground.length + this.#background.length,
      running: this.#busy().length,
      threads: this.#slots.size,
    }
  }

  async close(graceMs = GRACE): Promise<void> {
    this.#refuseWaiting()
    if (this.#busy().length) {
      let timer: NodeJS.Timeout | undefined
      await Promise.race([
        new Promise<void>((resolve) => {
          this.#drained = resolve
        }),
        new Promise<void>((resolve) => {
          timer = setTimeout(resolve, graceMs)
        }),
      ])
      clearTimeout(timer)
    }
    await this.end()
  }

  async end(): Promise<void> {
    this.#refuseWaiting()
    const slots = [...this.#slots]
    this.#slots.clear()
    for (const { task } of slots) if (task) settle(task, () => task.reject(closedError()))
    this.#drained?.()
    await Promise.all(slots.map(({ worker }) => worker.terminate()))
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  #lane(task: Task): Task[] {
    return task.options.background ? this.#background : this.#foreground
  }

  #busy(): Slot[] {
    return [...this.#slots].filter(({ task }) => task)
  }

  #refuseWaiting(): void {
    this.#closed = true
    for (const lane of [this.#foreground, this.#background])
      for (const task of lane.splice(0)) settle(task, () => task.reject(closedError()))
  }

  #next(): void {
    this.#moveOver()
    for (;;) {
      const lane = this.#foremost()
      if (!lane) return
      const slot = this.#free()
      if (!slot) return
      slot.task = lane.shift()
      // A thread at work keeps the process alive, an idle one does not.
      slot.worker.ref()
      if (slot.ready) this.#send(slot)
    }
  }

  /** Whoever waits for a thread to load goes to one that has become free meanwhile. */
  #moveOver(): void {
    const slots = [...this.#slots]
    for (const free of slots.filter(({ ready, task }) => ready && !task)) {
      const loading = slots.find(({ ready, task }) => !ready && task)
      if (!loading) return
      free.task = loading.task
      loading.task = undefined
      loading.worker.unref()
      free.worker.ref()
      this.#send(free)
    }
  }

  #foremost(): Task[] | undefined {
    if (this.#foreground.length) return this.#foreground
    const unhurried = this.#busy().some(({ task }) => task?.options.background)
    return this.#background.length && !unhurried ? this.#background : undefined
  }

  /** A thread with nothing to do, the ones that are ready first; or a new one. */
  #free(): Slot | undefined {
    const idle = [...this.#slots].filter(({ task }) => !task)
    return (
      idle.find(({ ready }) => ready) ??
      idle[0] ??
      (this.#slots.size < Math.max(1, this.#options.threads) ? this.#start() : undefined)
    )
  }

  #start(): Slot {
    const { module, memoryMb, startMs = START } = this.#options
    const worker = startThread(module, { resourceLimits: { maxOldGenerationSizeMb: memoryMb } })
    const slot: Slot = { worker, ready: false, task: undefined }
    this.#slots.add(slot)
    const lateStart = setTimeout(() => {
      this.#replace(slot, new ThreadError('unstarted', `the thread was not ready within ${startMs} ms`))
    }, startMs)
    lateStart.unref()
    worker.on('message', (message: FromThread) => {
      if (message.type === 'ready') clearTimeout(lateStart)
      this.#hear(slot, message)
    })
    worker.on('messageerror', (error) => this.#replace(slot, new ThreadError('crashed', 'unreadable answer', error)))
    worker.on('error', (error) => this.#lose(slot, deathOf(error, slot.ready)))
    worker.on('exit', (code) => {
      clearTimeout(lateStart)
      this.#lose(slot, deathOf(new Error(`the thread ended with exit code ${code}`), slot.ready))
    })
    worker.unref()
    return slot
  }

  /** The deadline counts from here. */
  #send(slot: Slot): void {
    const { task } = slot
    if (!task) return
    const { id, kind, input, options } = task
    const deadlineMs = options.deadlineMs ?? DEADLINE
    const timer = setTimeout(() => {
      this.#replace(slot, new ThreadError('deadline', `took longer than ${deadlineMs} ms`))
    }, deadlineMs)
    task.release.push(() => clearTimeout(timer))
    try {
      post(slot.worker, { type: 'task', id, kind, input }, options.transfer)
    } catch (error) {
      // What cannot cross: the thread has seen nothing of it.
      this.#finish(slot, () => task.reject(error))
    }
  }

  #hear(slot: Slot, message: FromThread): void {
    if (message.type === 'ready') {
      slot.ready = true
      this.#send(slot)
      return
    }
    const { task } = slot
    // A late word about a task that was given up is nobody's.
    if (!task || task.id !== message.id) return
    if (message.type === 'progress') task.options.onProgress?.(message.progress)
    else if (message.type === 'done') this.#finish(slot, () => task.resolve(message.output as never))
    else if (message.failure.problem) this.#finish(slot, () => task.reject(thaw(message.failure)))
    // Nobody foresaw it, so nobody knows what it left behind in the thread.
    else this.#replace(slot, thaw(message.failure))
  }

  /** The thread has done with its task and takes the next. */
  #finish(slot: Slot, how: () => void): void {
    const { task } = slot
    slot.task = undefined
    slot.worker.unref()
    if (task) settle(task, how)
    this.#after()
  }

  /** A thread is gone, by its own fault or ours: its task fails, the next one gets a new thread. */
  #lose(slot: Slot, why: unknown): void {
    const { task } = slot
    if (this.#slots.delete(slot)) this.#finish(slot, () => task?.reject(why))
  }

  #replace(slot: Slot, why: unknown): void {
    this.#lose(slot, why)
    void slot.worker.terminate()
  }

  #abort(task: Task, reason: unknown): void {
    const lane = this.#lane(task)
    const place = lane.indexOf(task)
    if (place >= 0) {
      lane.splice(place, 1)
      settle(task, () => task.reject(reason))
      return
    }
    const slot = this.#busy().find((each) => each.task === task)
    if (!slot) return
    if (!slot.ready) this.#finish(slot, () => task.reject(reason))
    else if (task.options.onAbort === 'answer') post(slot.worker, { type: 'stop', id: task.id })
    else this.#replace(slot, reason)
  }

  #after(): void {
    if (!this.#closed) this.#next()
    if (!this.#busy().length) this.#drained?.()
  }
}

const post = (worker: Worker, message: ToThread, transfer: readonly ArrayBuffer[] = []): void =>
  worker.postMessage(message, transfer)

function settle(task: Task, how: () => void): void {
  for (const release of task.release.splice(0)) release()
  how()
}

const closedError = (): ThreadError => new ThreadError('closed', 'the pool is closing')

function deathOf(error: Error, wasReady: boolean): ThreadError {
  const { code } = error as { code?: string }
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') return new ThreadError('memory', error.message, error)
  if (!wasReady) return new ThreadError('unstarted', error.message, error)
  return new ThreadError(error instanceof RangeError ? 'overflow' : 'crashed', error.message, error)
}

function thaw({ name, message, stack, problem: told }: Failure): Error {
  if (told) return new Problem(told.code, told.status, told.text, told.extra)
  const error = new ThreadError(name === 'RangeError' ? 'overflow' : 'failed', message)
  if (stack !== undefined) error.stack = stack
  return error
}
