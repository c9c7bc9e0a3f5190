import type { Context } from '../../context.ts'
import type { Prunable, Upkeep } from '../upkeep.ts'
import { housePrunes } from './own.ts'

/** Days after which what is over is put away, by kind; 0 keeps it for good. */
export interface Retention {
  events: number
  messages: number
  letters: number
  sessions: number
  runs: number
}

export interface PruningOptions {
  days: Retention
  /** Put a file among the archives, durably: it is there, whole, when this resolves. */
  archive(name: string, bytes: Buffer): Promise<void>
}

export interface PruningContext extends Context, PruningOptions {
  prunables: readonly Prunable[]
  /** Of these subjects (`order:…`, `campaign:…`, `lot:…`) those that are still under way. */
  underWay(subjects: ReadonlySet<string>): Promise<ReadonlySet<string>>
}

export const pruningContext = (
  context: Context,
  options: PruningOptions,
  upkeep: readonly Upkeep[],
): PruningContext => ({
  ...context,
  ...options,
  prunables: [...housePrunes, ...upkeep.flatMap(({ prunes }) => prunes ?? [])],
  async underWay(subjects) {
    const found = new Set<string>()
    if (subjects.size)
      for (const { underWay } of upkeep)
        for (const subject of (await underWay?.(context.db.read, subjects)) ?? []) found.add(subject)
    return found
  },
})
