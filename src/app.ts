import { pino, type Logger } from 'pino'
import { systemClock, type Clock } from './core/clock.ts'
import type { Config } from './config.ts'
import type { Database } from './db/database.ts'
import { forgetOldLimits } from './db/limits.ts'
import { lastSent, letterQueue, sendDueLetters } from './db/mailbox.ts'
import { openDatabaseClock, type DatabaseClock } from './db/clock.ts'
import { migrate } from './db/migrate.ts'
import { deliveryQueue, openOutbox } from './db/outbox.ts'
import { openLetter } from './db/sealed.ts'
import { openSqlite } from './db/sqlite.ts'
import { keepTallies } from './db/tallies.ts'
import { openLine, TALLIED, type Line } from './edges/line.ts'
import { listenersOf, openWorker, type LineWorker } from './edges/worker.ts'
import { openArchives } from './engines/archive.ts'
import { removeAsides, writeDurably } from './engines/durable.ts'
import { openFeedReader } from './engines/feeds/reader.ts'
import { openFolderFiles } from './engines/files.ts'
import { givenKeys, openKeyFile } from './engines/keyring.ts'
import { openLanguageModel } from './engines/language/openai.ts'
import { readLetters } from './engines/mail/folder/index.ts'
import { openOutbound } from './engines/outbound.ts'
import { sealUnderPassphrase } from './engines/passphrase.ts'
import type { Engines, KeyRing } from './engines/ports.ts'
import { openImageModel, openMailer } from './engines/registry.ts'
import { openVault } from './engines/vault.ts'
import { printKeys } from './core/master-keys.ts'
import { HOUR, SECOND } from './core/values.ts'
import { openStudio } from './garments/index.ts'
import { beside, pipeline } from './pipeline.ts'
import { prepareSecret } from './secret.ts'
import type { Backups, People, Pruning } from './stages/0-house/actions.ts'
import type { BackupOptions } from './stages/0-house/backups/context.ts'
import { closeExpiredKeys } from './stages/0-house/identity/keys.ts'
import type { Chores, Context } from './stages/context.ts'

/** For a command that reads a file and opens no line. */
export { openFeedReader }

export interface App {
  line: Line
  worker: LineWorker
  db: Database
  log: Logger
  [Symbol.asyncDispose](): Promise<void>
}

export interface AppOptions {
  /** Turned by hand, in tests; without it the database server's, or this machine's for the embedded database. */
  clock?: Clock
  /** Where people reach it; known only once the port is. */
  baseUrl: string
}

/** What must never stand in a log, whatever object it comes in. */
const REDACT = [
  'password',
  'secret',
  'token',
  'apiKey',
  'authorization',
  'cookie',
  '*.password',
  '*.secret',
  '*.token',
  '*.apiKey',
  '*.authorization',
  '*.cookie',
  'req.headers',
]

/** The composition root: the database, an adapter for each engine, the stages, the worker. Closes in reverse. */
export async function openApp(config: Config, { clock: given, baseUrl }: AppOptions): Promise<App> {
  prepareSecret(config)
  const log = pino({ level: config.logLevel, redact: REDACT, base: null }, pino.destination({ fd: 2, sync: false }))
  const db =
    config.database.kind === 'sqlite'
      ? openSqlite(config.database.file)
      : // Its driver is for those who have one.
        (await import('./db/postgres.ts')).openPostgres(config.database.url, { toolsPath: config.toolsPath })
  let serverClock: DatabaseClock | undefined
  try {
    await prepareDatabase(db, log)
    if (!given && db.dialect === 'postgres') serverClock = await openDatabaseClock(db)
  } catch (error) {
    await db.close()
    throw error
  }

  const clock = given ?? serverClock ?? systemClock
  const keyRing = config.secret.kind === 'file' ? openKeyFile(config.secret.file) : givenKeys(config.secret.keys)
  const outbound = openOutbound({ allowHosts: config.outboundAllow })
  const feeds = openFeedReader()
  const engines: Engines = {
    files: openFolderFiles(config.filesDir),
    mailer: openMailer(waysOf(config)),
    outbound,
    feeds,
    vault: openVault(keyRing, () => clock.now()),
    language: config.model && openLanguageModel(config.model),
    image: config.image && openImageModel(config.image, outbound),
  }
  const studio = openStudio(config.studioThreads === undefined ? {} : { threads: config.studioThreads })

  let worker: LineWorker | undefined
  const outbox = openOutbox(listenersOf(pipeline), () => worker?.nudge())
  const context = { db, outbox, clock, engines, studio, log, baseUrl }
  const line = openLine(context, {
    pictures: config.pictures,
    pipeline,
    beside,
    letters:
      config.smtpUrl && config.smsUrl
        ? undefined
        : async (limit: number) => readLetters(config.mailDir, await lastSent(db.read, limit)),
    keyRing,
    backups: {
      archives: openArchives(),
      ...config.backups,
      filesDir: config.filesDir,
      mailDir: config.smtpUrl ? undefined : config.mailDir,
      version: VERSION,
      secret: secretOf(keyRing, config),
    },
    retentionDays: config.retentionDays,
    pruning: {
      days: config.keepDays,
      archive: archiveInto(config.archiveDir, clock),
    },
    lettersAnHour: config.http.lettersPerHour,
    markerMs: config.markerSeconds * SECOND,
  })
  // Before anybody orders: a buyer whose key is of old would be somebody else.
  await line.people.rekeyOnce()
  worker = openWorker({
    db,
    outbox,
    clock,
    log,
    pipeline,
    stages: stagesOf(line),
    beside: { declared: beside, chores: houseChores(context, line) },
    takeOver: () => takeOver(db, line),
  })

  return {
    line,
    worker,
    db,
    log,
    async [Symbol.asyncDispose]() {
      // A copy that is being made is broken off; the worker waits for it.
      await Promise.all([line.backups.close(), worker.stop()])
      await line.dispatch.finishSending()
      await engines.mailer.close()
      await studio.close(SECOND) // what is drawn still is drawn again by the reaction that was given back
      await outbound.close?.()
      await feeds.close()
      serverClock?.close()
      await db.close()
      log.flush()
    },
  }
}

/** How letters and text messages leave the house. */
const waysOf = ({ smtpUrl: url, smsUrl, mailDir: folder, mailFrom: from }: Config) => ({ url, smsUrl, folder, from })

/** The newest schema, and what is kept count of; what is wrong with how the server keeps it is said. */
async function prepareDatabase(db: Database, log: Logger): Promise<void> {
  const applied = await migrate(db)
  if (applied.length) log.info({ applied }, 'the database was brought to the newest schema')
  const counted = await keepTallies(db, TALLIED)
  if (counted.length) log.info({ counted }, 'rows were counted, and are kept count of from now on')
  const warning = await db.warning()
  if (warning) log.warn(warning.en)
}

/** Firstcut's own, as it stands in backups. */
export const VERSION = '0.1.0'

/** What of the master secrets goes into a backup: which they are, and themselves only sealed. */
const secretOf = (ring: KeyRing, { backups: { passphrase } }: Config): BackupOptions['secret'] => ({
  keys: () => ring.keys().map(({ id }) => id),
  sealed: passphrase === undefined ? undefined : () => sealUnderPassphrase(printKeys(ring.keys()), passphrase),
})

/** Puts archives of old rows into a folder; what a killed process left half-written there goes before the next is written. */
const archiveInto =
  (folder: string, clock: Clock) =>
  async (name: string, bytes: Uint8Array): Promise<void> => {
    await removeAsides(folder, new Date(clock.now().getTime() - HOUR))
    await writeDurably(folder, name, bytes)
  }

/** The numbered stages, by the names the map gives them. */
export const stagesOf = ({ trends, designs, approvals, storefront, demand, dispatch, production, reorders }: Line) => ({
  trends,
  designs,
  approvals,
  storefront,
  demand,
  dispatch,
  production,
  reorders,
})

/** What the house looks for beside the line. */
export const houseChores = (
  { db, clock, engines }: Pick<Context, 'db' | 'clock' | 'engines'>,
  line?: { backups: Pick<Backups, 'makeDue'>; people: Pick<People, 'sweep'>; pruning: Pick<Pruning, 'sweep'> },
): Chores => ({
  backup: async () => (await line?.backups.makeDue()) ?? 0,
  people: async ({ leaving }) => (await line?.people.sweep(leaving)) ?? 0,
  'old rows': async ({ leaving }) => {
    await line?.pruning.sweep(leaving)
    return 0
  },
  letters: ({ leaving }) =>
    sendDueLetters(
      db,
      clock,
      async (letter, signal) => engines.mailer.send(openLetter(engines.vault, letter), signal),
      { leaving, atOnce: engines.mailer.atOnce },
    ),
  'old limits': async () => {
    await forgetOldLimits(db, clock.now())
    return 0 // not work that makes more work
  },
  'half-written': async () => {
    const before = new Date(clock.now().getTime() - HOUR)
    await engines.files.tidy(before)
    await engines.mailer.tidy?.(before)
    return 0
  },
  'expired keys': async () => {
    await closeExpiredKeys(db, clock.now())
    return 0
  },
})

/** What an earlier run of the program on this machine held when it died is free at once. */
async function takeOver(db: Database, { dispatch }: Line): Promise<void> {
  for (const queue of [deliveryQueue, letterQueue]) await queue.takeOver(db)
  await dispatch.takeOverMessages()
}
