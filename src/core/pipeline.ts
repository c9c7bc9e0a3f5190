import type { EventName } from './events.ts'
import type { Localized } from './values.ts'

/** Work that is found by looking, not announced by an event. */
export interface ChoreSpec {
  /** What it does, for people who read the map. */
  does: Localized
  /** Milliseconds between two looks; without it it looks all the time. */
  every?: number
  /** Milliseconds until it looks again where it found nothing and nobody said anything: half a second without. */
  idle?: number
  /** What a process gathered in its own memory: done by each, also where another one works. */
  own?: true
}

/** One stage of the line as the map shows it: what wakes it, what it looks for, and what it says. */
export interface StageSpec {
  /** Events whose reactions live in this stage. */
  on: readonly EventName[]
  /** Schedules that enqueue its own timed work: once in each window of so many milliseconds since 1970. */
  every?: Readonly<Record<string, { ms: number; emits: EventName }>>
  /** What it looks for, each in a loop of its own. */
  chores?: Readonly<Record<string, ChoreSpec>>
  emits: readonly EventName[]
}

export type Pipeline = Readonly<Record<string, StageSpec>>

/**
 * Check a map and return it. Refuses, at start and with a sentence: an event that a stage waits for and nothing
 * emits, and an arrow that points backwards along the line without being declared in `backwards`
 * (written `from→to`, by stage name).
 * @throws Error naming the event and the stages
 */
export function definePipeline<P extends Pipeline>(stages: P, backwards: readonly string[] = []): P {
  const names = Object.keys(stages)
  const emittedBy = new Map<string, string[]>()
  for (const [name, stage] of Object.entries(stages)) {
    const timed = Object.values(stage.every ?? {}).map((entry) => entry.emits)
    for (const event of [...stage.emits, ...timed]) emittedBy.set(event, [...(emittedBy.get(event) ?? []), name])
  }
  for (const [name, stage] of Object.entries(stages))
    for (const event of stage.on) {
      const from = emittedBy.get(event)
      if (!from) throw new Error(`pipeline: "${name}" waits for "${event}", which nothing emits`)
      for (const source of from)
        if (names.indexOf(source) > names.indexOf(name) && !backwards.includes(`${source}→${name}`))
          throw new Error(`pipeline: "${event}" runs backwards from "${source}" to "${name}" and is not declared`)
    }
  return stages
}
