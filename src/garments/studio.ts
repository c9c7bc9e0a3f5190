import { availableParallelism } from 'node:os'
import { problem, type Problem } from '../core/errors.ts'
import { openPool, ThreadError, type TaskOptions } from '../core/pool.ts'
import { MINUTE, SECOND } from '../core/values.ts'
import type { DerivedStyle } from './derive.ts'
import type { RawPicture } from './packshot/index.ts'
import type { JobKind, Jobs } from './studio-jobs.ts'
import type { MadeFile } from './techpack/seal.ts'
import type { Marker } from './types.ts'

export type { TaskProgress as JobProgress } from '../core/pool-thread.ts'
export type { JobKind, Jobs } from './studio-jobs.ts'

export interface StudioOptions {
  /** Threads at most; as many as cores, at most eight, by default. They start when needed. */
  threads?: number
  /** Heap of one thread, MB: a runaway job dies alone. */
  memoryMb?: number
}

/** A marker search that is called off answers with its best so far; every other job is ended. */
export type JobOptions = Omit<TaskOptions, 'onAbort' | 'transfer'>

/** Where garments are worked out, off the server's thread. */
export interface Studio extends AsyncDisposable {
  derive(input: Jobs['derive']['input'], options?: JobOptions): Promise<DerivedStyle>
  /** A view of the garment in each colouring, as raw sRGB; encode and label it before it is stored or shown. */
  picture(input: Jobs['picture']['input'], options?: JobOptions): Promise<RawPicture[]>
  improveMarker(input: Jobs['improve-marker']['input'], options?: JobOptions): Promise<Marker>
  /** The documents of an order with its cutting plan. @throws Problem 422 `brief.incomplete` naming what is missing */
  documents(input: Jobs['documents']['input'], options?: JobOptions): Promise<Jobs['documents']['output']>
  /** What of a brief can be made before its order: flats, callouts, and markers for orders like this one. */
  ready(input: Jobs['ready']['input'], options?: JobOptions): Promise<Jobs['ready']['output']>
  /** The pattern files of a style. */
  patterns(input: Jobs['patterns']['input'], options?: JobOptions): Promise<MadeFile[]>
  /** A size as it is worn, from its own pieces; refused with a reason where its drape is not fit to be shown. */
  worn(input: Jobs['worn']['input'], options?: JobOptions): Promise<Jobs['worn']['output']>
  /** Packing slips, a page or more for each. PDF. */
  slips(input: Jobs['slips']['input'], options?: JobOptions): Promise<Buffer>
  /** Jobs waiting and jobs under way, threads alive. */
  load(): { waiting: number; running: number; threads: number }
  /** Refuse new jobs, let running ones finish (at most `graceMs`), end the threads. */
  close(graceMs?: number): Promise<void>
}

const DEADLINE = 2 * MINUTE
/** Some dozens of markers, of every cloth. */
const READY_DEADLINE = 10 * MINUTE

export function openStudio({ threads, memoryMb = 1024 }: StudioOptions = {}): Studio {
  const pool = openPool<Jobs>({
    module: new URL('./studio-thread.ts', import.meta.url),
    threads: threads ?? Math.min(8, availableParallelism()),
    memoryMb,
  })
  const ask = async <K extends JobKind>(
    kind: K,
    input: Jobs[K]['input'],
    options: TaskOptions = {},
  ): Promise<Jobs[K]['output']> => {
    const deadlineMs = options.deadlineMs ?? DEADLINE
    try {
      return await pool.run(kind, input, { ...options, deadlineMs })
    } catch (error) {
      throw error instanceof ThreadError ? (problemOf(error, kind, deadlineMs) ?? error) : error
    }
  }
  return {
    derive: (input, options) => ask('derive', input, options),
    picture: (input, options) => ask('picture', input, options),
    improveMarker: (input, options) =>
      ask('improve-marker', input, { deadlineMs: input.budgetMs + DEADLINE, ...options, onAbort: 'answer' }),
    async documents(input, options) {
      const { files, ...rest } = await ask('documents', input, options)
      return { ...rest, files: files.map(asBuffer) }
    },
    ready: (input, options) => ask('ready', input, { deadlineMs: (input.markerMs ?? 0) + READY_DEADLINE, ...options }),
    patterns: async (input, options) => (await ask('patterns', input, options)).map(asBuffer),
    worn: (input, options) => ask('worn', input, { deadlineMs: (input.deadlineMs ?? 0) + DEADLINE, ...options }),
    slips: async (input, options) => Buffer.from(await ask('slips', input, options)),
    load: () => pool.load(),
    close: (graceMs) => pool.close(graceMs),
    [Symbol.asyncDispose]: () => pool.close(),
  }
}

/** Bytes cross between threads as plain arrays. */
const asBuffer = (file: MadeFile): MadeFile => ({ ...file, bytes: Buffer.from(file.bytes) })

/** Nothing for what is a fault of ours in the first place. */
function problemOf({ reason, message }: ThreadError, kind: JobKind, deadlineMs: number): Problem | undefined {
  switch (reason) {
    case 'closed':
      return closedProblem()
    case 'deadline':
      return deadlineProblem(kind, deadlineMs)
    case 'failed':
      return undefined
    default:
      return crashProblem(message)
  }
}

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

const deadlineProblem = (kind: JobKind, deadlineMs: number): Problem => {
  const seconds = Math.round(deadlineMs / SECOND)
  return problem(
    'studio.deadline',
    504,
    {
      en: `Working this out took longer than ${seconds} seconds and was ended. Try again with less.`,
      zh: `计算超过 ${seconds} 秒，已中止。请减小规模后重试。`,
    },
    { details: { kind } },
  )
}
