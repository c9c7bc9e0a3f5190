import { once } from 'node:events'
import { problem, type Problem } from '../../core/errors.ts'
import { startThread } from '../../core/threads.ts'
import { MINUTE } from '../../core/values.ts'
import type { Brief, TechPackFile, TechPackInput } from '../../garments/index.ts'

export interface ThreadInput extends Omit<TechPackInput, 'lays' | 'flats'> {
  /** Garments by size: what the cutting plan has to add up to. */
  quantities: Record<string, number>
}

export type ThreadAnswer =
  | { type: 'made'; brief: Brief; files: TechPackFile[] }
  | ({ type: 'problem' } & Pick<Problem, 'code' | 'status' | 'text' | 'extra'>)
  | { type: 'failed'; message: string }

/** How a brief is made: on a thread of its own, or by whatever a test puts in its place. */
export type MakeBrief = (input: ThreadInput) => Promise<{ brief: Brief; files: TechPackFile[] }>

const DEADLINE = 3 * MINUTE
const HEAP_MB = 1024

/**
 * The brief and all its files, made in a thread that ends with the work.
 * @throws Problem 422 `brief.incomplete` naming what is missing; Error when the thread fails or takes too long
 */
export const makeBrief: MakeBrief = async (input) => {
  const thread = startThread(new URL('./brief-thread.ts', import.meta.url), {
    workerData: input,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
  })
  try {
    const [answer] = (await once(thread, 'message', { signal: AbortSignal.timeout(DEADLINE) })) as [ThreadAnswer]
    // Bytes cross between threads as plain arrays.
    if (answer.type === 'made')
      return { ...answer, files: answer.files.map((file) => ({ ...file, bytes: Buffer.from(file.bytes) })) }
    if (answer.type === 'problem') throw problem(answer.code, answer.status, answer.text, answer.extra)
    throw new Error(`the brief could not be made: ${answer.message}`)
  } finally {
    await thread.terminate()
  }
}
