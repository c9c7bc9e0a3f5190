import type { Clock } from '../core/clock.ts'
import type { EventName, EventPayload } from '../core/events.ts'
import type { Database } from '../db/database.ts'
import type { Outbox } from '../db/outbox.ts'
import type { Engines, Log } from '../engines/ports.ts'
import type { Studio } from '../garments/index.ts'

/** What every stage is opened with. Nothing else reaches a stage: no globals, no environment. */
export interface Context {
  db: Database
  outbox: Outbox
  clock: Clock
  engines: Engines
  studio: Studio
  log: Log
  /** Where this installation is reached, without a trailing slash: for links in letters and briefs. */
  baseUrl: string
}

/** An event as a reaction sees it. */
export interface Happened<N extends EventName = EventName> {
  id: string
  name: N
  payload: EventPayload<N>
  at: Date
}

/**
 * What a stage does when it is woken. Idempotent: run twice, the second changes nothing (a unique key or a
 * compare-and-swap in the stage's own tables sees to it). Asks engines outside any transaction.
 */
export type Reactions = { readonly [N in EventName]?: (event: Happened<N>) => Promise<void> }

/** What a chore is told by the worker. */
export interface Turn {
  /** Ends when the process leaves: calls to the outside are given up, and what they were for is due again. */
  leaving: AbortSignal
  /** Whether somebody waits to see it done (the terminal, tests); the worker itself only wants it under way. */
  waits: boolean
}

/**
 * Work that is found by looking: looks once, does what it finds or sets it going, and returns how much it found. Each
 * has a loop of its own, under the name the map gives it.
 */
export type Chore = (turn: Turn) => Promise<number>
export type Chores = Readonly<Record<string, Chore>>
