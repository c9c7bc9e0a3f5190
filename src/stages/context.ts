import type { Clock } from '../core/clock.ts'
import type { EventName, EventPayload } from '../core/events.ts'
import type { Localized } from '../core/values.ts'
import type { Database, Tx } from '../db/database.ts'
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

/** What people look at when they look after the line. */
export type Subject = `${'source' | 'week' | 'run' | 'style' | 'campaign' | 'order'}:${string}`

/**
 * What a person is shown when a reaction has failed for good: where, and in which words. It is written in the transaction
 * that parks the delivery, and stands there until the delivery is tried again.
 */
export interface Trouble<N extends EventName = EventName> {
  /** Undefined where what it was about is gone. */
  about(payload: EventPayload<N>, tx: Tx): Subject | undefined | Promise<Subject | undefined>
  says: Localized
  /** What ends with it. `why` is what stands on the page. */
  ends?(tx: Tx, payload: EventPayload<N>, why: Localized): Promise<void>
}

/** Beside each reaction, what its failing for good shows; or why nobody would miss anything. */
export type GivingUp = { readonly [N in EventName]?: Trouble<N> | { unseen: string } }

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
