/**
 * A whole line in a test: a fresh database (SQLite in a temporary folder, or a schema of its own on the PostgreSQL
 * server named by DATABASE_URL), a clock turned by hand, embedded engines, and `settle()` instead of sleeping.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HandClock } from '../../src/core/clock.ts'
import type { EventName } from '../../src/core/events.ts'
import type { Pipeline } from '../../src/core/pipeline.ts'
import type { Database } from '../../src/db/database.ts'
import { openOutbox } from '../../src/db/outbox.ts'
import { events } from '../../src/db/schema.ts'
import { houseChores } from '../../src/app.ts'
import { listenersOf, openWorker, type LineWorker } from '../../src/edges/worker.ts'
import { openFeedReader } from '../../src/engines/feeds/reader.ts'
import { openFolderFiles } from '../../src/engines/files.ts'
import type { ReadLetter } from '../../src/engines/mail/folder/index.ts'
import { openMailer } from '../../src/engines/registry.ts'
import { openOutbound } from '../../src/engines/outbound.ts'
import type { Engines, Log } from '../../src/engines/ports.ts'
import { openVault } from '../../src/engines/vault.ts'
import { openStudio } from '../../src/garments/index.ts'
import { beside, pipeline as theMap } from '../../src/pipeline.ts'
import type { Chores, Context, Reactions } from '../../src/stages/context.ts'
import { freshDatabase } from './database.ts'
import { readMailFolder } from './letters.ts'

type StageLike = { reactions: Reactions; chores?: Chores }

export interface WorldOptions<S extends Record<string, StageLike>> {
  /** The stages this test needs; the worker runs only their reactions. */
  stages?: (context: Context) => S
  engines?: Partial<Engines>
  now?: string
}

export interface World<S extends Record<string, StageLike>> {
  context: Context
  clock: HandClock
  db: Database
  /** The same, as another node has it; of the embedded database there is one. */
  otherNode(): Context
  stages: S
  worker: LineWorker
  /** What was logged as a warning or an error: an unexpected one is a finding. */
  complaints: string[]
  /** Run everything due, until nothing is. */
  settle(): Promise<void>
  letters(): Promise<ReadLetter[]>
  /** Everything that happened so far happens to every reaction once more; then settles. */
  everyReactionAgain(): Promise<void>
  folder: string
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** The map without the stages a test did not open, so that nothing waits for a reaction that is not there. */
const only = (names: readonly string[]): Pipeline =>
  Object.fromEntries(Object.entries(theMap as Pipeline).filter(([name]) => names.includes(name)))

/**
 * One studio and one reader for all worlds of a process: they keep nothing between two jobs, and their threads take longer
 * to load than what most tests ask of them.
 */
const reader = openFeedReader()
let studioOfFile = openStudio({ threads: 2 })
let worlds = 0

/** What a test left running is not waited for by the next one. */
async function leaveStudio(): Promise<void> {
  worlds -= 1
  const { running, waiting } = studioOfFile.load()
  if (worlds > 0 || running + waiting === 0) return
  const left = studioOfFile
  studioOfFile = openStudio({ threads: 2 })
  await left.close()
}

export async function world<S extends Record<string, StageLike> = Record<never, never>>(
  options: WorldOptions<S> = {},
): Promise<World<S>> {
  const folder = mkdtempSync(join(tmpdir(), 'firstcut-'))
  const { db, again, drop } = await freshDatabase(folder)
  const others: Database[] = []
  const clock = new HandClock(options.now)
  const complaints: string[] = []
  const complain = (details: object, message: string) => void complaints.push(`${message} ${JSON.stringify(details)}`)
  const log: Log = { info: () => {}, warn: complain, error: complain }
  const mailDir = join(folder, 'mail')
  const engines: Engines = {
    files: openFolderFiles(join(folder, 'files')),
    mailer: openMailer({ url: undefined, folder: mailDir, from: 'Firstcut <test@firstcut.invalid>' }),
    outbound: openOutbound({ allowHosts: ['127.0.0.1', 'localhost'] }),
    feeds: { ...reader, close: () => Promise.resolve() },
    vault: openVault(Buffer.alloc(32, 7)),
    language: undefined,
    image: undefined,
    ...options.engines,
  }
  const studio = studioOfFile
  worlds += 1
  const listeners = new Map<EventName, readonly string[]>()
  const context: Context = {
    db,
    outbox: openOutbox(listeners),
    clock,
    engines,
    studio,
    log,
    baseUrl: 'http://firstcut.test',
  }
  const stages = options.stages?.(context) ?? ({} as S)
  const pipeline = only(Object.keys(stages))
  for (const [event, names] of listenersOf(pipeline)) listeners.set(event, names)
  const worker = openWorker({
    db,
    outbox: context.outbox,
    clock,
    log,
    pipeline,
    stages,
    beside: { declared: beside, chores: houseChores(context) },
  })
  const close = async () => {
    await leaveStudio()
    await engines.feeds.close()
    await Promise.all(others.map((other) => other.close()))
    await db.close()
    await drop()
    rmSync(folder, { recursive: true, force: true })
  }
  return {
    context,
    clock,
    db,
    otherNode() {
      const other = again()
      if (other !== db) others.push(other)
      return { ...context, db: other }
    },
    stages,
    worker,
    complaints,
    settle: () => worker.processAll(),
    letters: () => readMailFolder(mailDir),
    async everyReactionAgain() {
      for (const { id, name, payload, at } of await db.read.select().from(events).orderBy(events.id))
        for (const { reactions } of Object.values(stages))
          await reactions[name as EventName]?.({ id, name, payload, at } as never)
      await worker.processAll()
    },
    folder,
    close,
    [Symbol.asyncDispose]: close,
  }
}
