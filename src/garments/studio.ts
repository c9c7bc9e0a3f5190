import { availableParallelism } from 'node:os'
import type { Worker } from 'node:worker_threads'
import { Problem, problem } from '../core/errors.ts'
import { MINUTE } from '../core/values.ts'
import { startThread } from '../core/threads.ts'
import type { DerivedStyle } from './derive.ts'
import type { RawPicture } from './packshot/index.ts'
import type { Ask, Failure, FromThread, JobKind, JobProgress, Jobs, ToThread } from './studio-jobs.ts'
import type { MadeFile } from './techpack/seal.ts'
import type { Marker } from './types.ts'

export type { JobKind, JobProgress, Jobs } from './studio-jobs.ts'

export interface StudioOptions {
  /** Threads at most; as many as cores, at most eight, by default. They start when needed. */
  threads?: number
  /** Heap of one thread, MB: a runaway job dies alone. */
  memoryMb?: number
}

export interface JobOptions {
  onProgress?: (progress: JobProgress) => void
  /** Leaves the queue at once; a job under way is ended (a marker search answers with its best so far). */
  signal?: AbortSignal
  /** Longest time on a thread, ms; the thread is replaced when it is over. Two minutes by default. */
  deadlineMs?: number
  /** Nobody waits for it: begins when nothing else does, one at a time, so that a thread is free for who comes. */
  background?: boolean
}

/**
 * Where garments are worked out, off the server's thread: a queue of jobs before a few worker threads. A thread that
 * dies takes one job with it (rejected with a problem, so the caller's retry sees it) and is replaced.
 */
export interface Studio extends AsyncDisposable {
  derive(input: Jobs['derive']['input'], options?: JobOptions): Promise<DerivedStyle>
  /** A view of the garment in each colouring, as raw sRGB; encode and label it before it is stored or shown. */
  picture(input: Jobs['picture']['input'], options?: JobOptions): Promise<RawPicture[]>
  improveMarker(input: Jobs['improve-marker']['input'], options?: JobOptions): Promise<Marker>
  /** The documents of an order with its cutting plan. @throws Problem 422 `brief.incomplete` naming what is missing */
  documents(input: Jobs['documents']['input'], options?: JobOptions): Promise<Jobs['documents']['output']>
  /** The pattern files of a style. */
  patterns(input: Jobs['patterns']['input'], options?: JobOptions): Promise<MadeFile[]>
  /** Jobs waiting and jobs under way, threads alive. */
  load(): { waiting: number; running: number; threads: number }
  /** Refuse new jobs, let running ones finish (at most `graceMs`), end the threads. */
  close(graceMs?: number): Promise<void>
}

export const openStudio = (options: StudioOptions = {}): Studio => new ThreadStudio(options)

const DEADLINE = 2 * MINUTE
const GRACE = 10_000

interface Queued {
  ask: Ask
  options: JobOptions
  resolve: (output: Jobs[JobKind]['output']) => void
  reject: (error: unknown) => void
  /** Undo what was set up for it: timer, listener. */
  release: (() => void)[]
}

class ThreadStudio implements Studio {
  readonly #limit: number
  readonly #memoryMb: number
  readonly #waiting: Queued[] = []
  readonly #idle: Worker[] = []
  readonly #busy = new Map<Worker, Queued>()
  #nextId = 1
  #closed = false
  #drained: (() => void) | undefined

  constructor({ threads, memoryMb = 1024 }: StudioOptions) {
    this.#limit = Math.max(1, threads ?? Math.min(8, availableParallelism()))
    this.#memoryMb = memoryMb
  }

  derive(input: Jobs['derive']['input'], options: JobOptions = {}): Promise<DerivedStyle> {
    return this.#ask({ type: 'job', id: this.#nextId++, kind: 'derive', input }, options) as Promise<DerivedStyle>
  }

  picture(input: Jobs['picture']['input'], options: JobOptions = {}): Promise<RawPicture[]> {
    return this.#ask({ type: 'job', id: this.#nextId++, kind: 'picture', input }, options) as Promise<RawPicture[]>
  }

  improveMarker(input: Jobs['improve-marker']['input'], options: JobOptions = {}): Promise<Marker> {
    const deadlineMs = options.deadlineMs ?? input.budgetMs + DEADLINE
    const ask: Ask = { type: 'job', id: this.#nextId++, kind: 'improve-marker', input }
    return this.#ask(ask, { ...options, deadlineMs }) as Promise<Marker>
  }

  async documents(input: Jobs['documents']['input'], options: JobOptions = {}): Promise<Jobs['documents']['output']> {
    const ask: Ask = { type: 'job', id: this.#nextId++, kind: 'documents', input }
    const { lays, callouts, files } = (await this.#ask(ask, options)) as Jobs['documents']['output']
    return { lays, callouts, files: files.map(asBuffer) }
  }

  async patterns(input: Jobs['patterns']['input'], options: JobOptions = {}): Promise<MadeFile[]> {
    const ask: Ask = { type: 'job', id: this.#nextId++, kind: 'patterns', input }
    return ((await this.#ask(ask, options)) as MadeFile[]).map(asBuffer)
  }

  load(): { waiting: number; running: number; threads: number } {
    return {
      waiting: this.#waiting.length,
      running: this.#busy.size,
      threads: this.#busy.size + this.#idle.length,
    }
  }

  async close(graceMs = GRACE): Promise<void> {
    this.#closed = true
    for (const job of this.#waiting.splice(0)) settle(job, () => job.reject(closedProblem()))
    if (this.#busy.size > 0) {
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
    const left = [...this.#busy]
    this.#busy.clear()
    for (const [, job] of left) settle(job, () => job.reject(closedProblem()))
    await Promise.all([...this.#idle.splice(0), ...left.map(([thread]) => thread)].map((thread) => thread.terminate()))
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  #ask(ask: Ask, options: JobOptions): Promise<Jobs[JobKind]['output']> {
    if (this.#closed) return Promise.reject(closedProblem())
    if (options.signal?.aborted) return Promise.reject(options.signal.reason)
    return new Promise((resolve, reject) => {
      const job: Queued = { ask, options, resolve, reject, release: [] }
      const { signal } = options
      if (signal) {
        const stop = (): void => this.#stop(job)
        signal.addEventListener('abort', stop, { once: true })
        job.release.push(() => signal.removeEventListener('abort', stop))
      }
      this.#waiting.push(job)
      this.#next()
    })
  }

  #next(): void {
    for (;;) {
      const place = this.#foremost()
      if (place < 0) return
      const thread = this.#idle.pop() ?? (this.#busy.size < this.#limit ? this.#start() : undefined)
      if (!thread) return
      const job = this.#waiting.splice(place, 1)[0]!
      this.#busy.set(thread, job)
      const timer = setTimeout(() => {
        this.#kill(thread, deadlineProblem(job))
      }, job.options.deadlineMs ?? DEADLINE)
      job.release.push(() => clearTimeout(timer))
      // A thread at work keeps the process alive, an idle one does not.
      thread.ref()
      send(thread, job.ask)
    }
  }

  /** Where the job that is to begin next waits, or -1. */
  #foremost(): number {
    const urgent = this.#waiting.findIndex(({ options }) => !options.background)
    if (urgent >= 0 || !this.#waiting.length) return urgent
    return [...this.#busy.values()].some(({ options }) => options.background) ? -1 : 0
  }

  #start(): Worker {
    const thread = startThread(new URL('./studio-thread.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: this.#memoryMb },
    })
    thread.on('message', (message: FromThread) => this.#hear(thread, message))
    thread.on('error', (error) => this.#lose(thread, crashProblem(error.message)))
    thread.on('exit', (code) => this.#lose(thread, crashProblem(`exit code ${code}`)))
    thread.unref()
    return thread
  }

  #hear(thread: Worker, message: FromThread): void {
    const job = this.#busy.get(thread)
    // A late word about a job that was given up is nobody's.
    if (!job || job.ask.id !== message.id) return
    if (message.type === 'progress') {
      job.options.onProgress?.(message.progress)
      return
    }
    this.#busy.delete(thread)
    this.#idle.push(thread)
    thread.unref()
    settle(job, () => (message.type === 'done' ? job.resolve(message.output) : job.reject(thaw(message.failure))))
    this.#after()
  }

  /** A thread is gone, by its own fault or ours: its job fails, the next one gets a new thread. */
  #lose(thread: Worker, why: Problem): void {
    const place = this.#idle.indexOf(thread)
    if (place >= 0) this.#idle.splice(place, 1)
    const job = this.#busy.get(thread)
    if (!job) return
    this.#busy.delete(thread)
    settle(job, () => job.reject(why))
    this.#after()
  }

  #kill(thread: Worker, why: Problem): void {
    this.#lose(thread, why)
    void thread.terminate()
  }

  #stop(job: Queued): void {
    const reason: unknown = job.options.signal?.reason
    const place = this.#waiting.indexOf(job)
    if (place >= 0) {
      this.#waiting.splice(place, 1)
      settle(job, () => job.reject(reason))
      return
    }
    const entry = [...this.#busy].find(([, running]) => running === job)
    if (!entry) return
    const [thread] = entry
    if (job.ask.kind === 'improve-marker') {
      send(thread, { type: 'stop', id: job.ask.id })
      return
    }
    // The other jobs compute without looking up: ending the thread is the only way to end them.
    this.#busy.delete(thread)
    settle(job, () => job.reject(reason))
    void thread.terminate()
    this.#after()
  }

  #after(): void {
    if (!this.#closed) this.#next()
    if (this.#busy.size === 0) this.#drained?.()
  }
}

const send = (thread: Worker, message: ToThread): void => {
  // The rule is about windows: a worker thread has no origin.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  thread.postMessage(message)
}

/** Bytes cross between threads as plain arrays. */
const asBuffer = (file: MadeFile): MadeFile => ({ ...file, bytes: Buffer.from(file.bytes) })

function settle(job: Queued, how: () => void): void {
  for (const release of job.release.splice(0)) release()
  how()
}

const thaw = ({ message, problem: told }: Failure): Error =>
  told ? new Problem(told.code, told.status, told.text, told.extra) : new Error(message)

const closedProblem = (): Problem =>
  problem('studio.closed', 503, {
    en: 'The studio is closing. Try again in a moment.',
    zh: '设计工作室正在关闭，请稍后重试。',
  })

const crashProblem = (why: string): Problem =>
  problem(
    'studio.crashed',
    500,
    {
      en: 'Working this out took down its thread (too large, or a fault of ours). Try again with less; the log has the reason.',
      zh: '计算线程意外中止（任务过大或程序故障）。请减小规模后重试，原因见日志。',
    },
    { details: { why } },
  )

const deadlineProblem = (job: Queued): Problem =>
  problem(
    'studio.deadline',
    504,
    {
      en: `Working this out took longer than ${Math.round((job.options.deadlineMs ?? DEADLINE) / 1000)} seconds and was ended. Try again with less.`,
      zh: `计算超过 ${Math.round((job.options.deadlineMs ?? DEADLINE) / 1000)} 秒，已中止。请减小规模后重试。`,
    },
    { details: { kind: job.ask.kind } },
  )
