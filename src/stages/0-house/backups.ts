import { mkdtemp, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { actorTag, authorize, system, type Actor } from '../../core/actor.ts'
import { notFound, Problem } from '../../core/errors.ts'
import { DAY, HOUR, MINUTE, type Localized } from '../../core/values.ts'
import type { Reader } from '../../db/database.ts'
import { record } from '../../db/security-log.ts'
import type { ArchiveMember, Archives, Manifest, Progress } from '../../engines/ports.ts'
import type { Context } from '../context.ts'
import { readSetting, writeSetting } from './store.ts'
import { madeAt } from './store/operations.ts'
import type { Upkeep } from './upkeep.ts'
import { refused } from './messages.ts'

export interface BackupOptions {
  archives: Archives
  folder: string
  filesDir: string
  /** The embedded mail folder; none where letters go out by SMTP. */
  mailDir: string | undefined
  /** 0 = only when somebody asks. */
  everyMs: number
  keep: number
  /** Firstcut's own. */
  version: string
  /** Ids of the master keys, and those keys sealed under the operator's passphrase where there is one. */
  secret: { keys: () => string[]; sealed: (() => Uint8Array) | undefined }
}

/** When the schedule last began one, so that two workers make one and a failure is not repeated at once. */
interface Scheduled {
  begunAt: string
  error?: string | undefined
}

export interface Backup extends Manifest {
  file: string
  bytes: number
}

/** What came of reading one to its end; kept in this process only. */
export interface Checked {
  state: 'under-way' | 'good' | 'bad'
  why?: Localized
}

export type Backups = ReturnType<typeof openBackups>
export type BackupList = Awaited<ReturnType<Backups['list']>>

const KEY = 'backups'
const RETRY_MS = HOUR
/** How often the schedule is looked at. */
const LOOK_MS = MINUTE
const SCHEDULE = system('schedule')

/** A file's name as the security log takes it. */
const wordOf = (file: string): string =>
  basename(file)
    .replaceAll(/[^\w.-]/g, '_')
    .slice(0, 60)

/** Copies of everything, made while it works: by the worker's schedule, or when an operator asks. */
export function openBackups(context: Context, options: BackupOptions, upkeep: readonly Upkeep[]) {
  const { db, clock } = context
  const { archives, folder } = options
  let underWay: { begunAt: Date; done: number; total: number } | undefined
  const leaving = new AbortController()
  const checks = new Map<string, Checked>()
  /** Why the last one that somebody asked for in the console was not made. */
  let failed: string | undefined
  let looked = 0
  let working: Promise<unknown> = Promise.resolve()

  async function make(
    who: Actor,
    target: string,
    progress: Progress | undefined,
    signal: AbortSignal,
  ): Promise<Backup> {
    const by = who === SCHEDULE ? 'schedule' : actorTag(who)
    const begunAt = clock.now()
    const own = (underWay = { begunAt, done: 0, total: 0 })
    let aside: string | undefined
    try {
      await archives.tidy(folder, new Date(Date.now() - DAY))
      await archives.prepare(folder)
      aside = await mkdtemp(join(folder, '.partial-'))
      const member = db.dialect === 'sqlite' ? 'database.sqlite' : 'database.pgdump'
      const copy = join(aside, member)
      // First the database: whatever file or letter it names is listed after it, and stored files never change.
      const snapshot = await db.backup(copy, { signal })
      const members: ArchiveMember[] = [
        { name: member, file: copy },
        ...(await archives.contents(options.filesDir, options.mailDir)),
      ]
      const sealed = options.secret.sealed?.()
      if (sealed) members.push({ name: 'secret.sealed', file: '', bytes: sealed })
      const manifest = await archives.write(
        target,
        members,
        {
          format: 1,
          version: options.version,
          takenAt: begunAt.toISOString(),
          by,
          dialect: db.dialect,
          ...(snapshot.schema === undefined ? {} : { schema: snapshot.schema }),
          migrations: snapshot.migrations,
          rows: snapshot.rows,
          secret: { keys: options.secret.keys(), sealed: sealed !== undefined },
        },
        {
          progress: (done, total) => {
            Object.assign(own, { done, total })
            progress?.(done, total)
          },
          signal,
        },
      )
      const { bytes } = (await archives.list(folder)).find(({ file }) => file === target) ?? { bytes: own.total }
      await db.write((tx) => record(tx, { act: 'backup.written', by: who, details: { file: wordOf(target) } }, clock.now())) // prettier-ignore
      context.log.info({ by, target, ms: clock.now().getTime() - begunAt.getTime() }, 'a backup was written')
      return { file: target, bytes, ...manifest }
    } finally {
      if (aside) await rm(aside, { recursive: true, force: true })
      if (underWay === own) underWay = undefined
    }
  }

  /** One after the other: two at once would only be slower. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = working.then(work)
    working = done.catch(() => {})
    return done
  }

  const named = (kind: string): string =>
    join(folder, `${kind}-${clock.now().toISOString().replaceAll(/[:.]/g, '-')}.tar`)

  /** When the schedule's next one is due. */
  async function dueAt(tx: Reader, now: Date): Promise<Date> {
    const last = (await readSetting(tx, KEY)) as Scheduled | undefined
    // A new installation has nothing to lose yet: its first backup comes when it is as old as the schedule says.
    const since = last?.begunAt ?? (await madeAt(tx)) ?? now.toISOString()
    const wait = last?.error === undefined ? options.everyMs : Math.min(options.everyMs, RETRY_MS)
    return new Date(Date.parse(since) + wait)
  }

  /** Take the turn, if one is due. @returns whether it is ours */
  const claim = (now: Date): Promise<boolean> =>
    db.write(async (tx) => {
      if (now < (await dueAt(tx, now))) return false
      await writeSetting(tx, KEY, { begunAt: now.toISOString() }, now, actorTag(SCHEDULE))
      return true
    })

  async function note(error: string | undefined): Promise<void> {
    await db.write(async (tx) => {
      const last = (await readSetting(tx, KEY)) as Scheduled | undefined
      if (last) await writeSetting(tx, KEY, { ...last, error }, clock.now(), actorTag(SCHEDULE))
    })
  }

  /** Only what a schedule made, beyond the newest ones. */
  async function forgetOld(): Promise<void> {
    const own = (await archives.list(folder)).filter(({ manifest }) => manifest?.by === 'schedule')
    for (const { file } of own.slice(options.keep)) await archives.remove(file)
  }

  return {
    /**
     * Everything into one file: the database as it is at this moment, stored files, embedded letters, the secret under
     * its passphrase where there is one.
     * @throws Problem 503 `database.backup-failed`, `postgres.tool-missing`; nothing of it is left then
     */
    async make(actor: Actor, file?: string, progress?: Progress): Promise<Backup> {
      authorize(actor, 'system')
      if (file !== undefined && !file.endsWith('.tar')) throw refused('backup.name')
      return inTurn(() => make(actor, file ?? named('firstcut'), progress, leaving.signal))
    },

    /** The same, and nobody waits for it: it stands in the list while it is made, and so does why it was not. */
    begin(actor: Actor): void {
      authorize(actor, 'system')
      if (underWay) return
      failed = undefined
      underWay = { begunAt: clock.now(), done: 0, total: 0 }
      inTurn(() => make(actor, named('firstcut'), undefined, leaving.signal)).catch((error: unknown) => {
        underWay = undefined
        if (leaving.signal.aborted) return
        failed = error instanceof Error ? error.message : String(error)
        context.log.error({ error: failed }, 'a backup that was asked for was not made')
      })
    },

    /** Those there are, newest first; one that is not whole is named without what it says. */
    async list(actor: Actor) {
      authorize(actor, 'system')
      const found = await archives.list(folder)
      const last = (await readSetting(db.read, KEY)) as Scheduled | undefined
      return {
        folder,
        backups: found.map(({ file, bytes, manifest }) => ({ file, bytes, whole: manifest !== undefined, manifest, checked: checks.get(file) })), // prettier-ignore
        underWay: underWay && { ...underWay, begunAt: underWay.begunAt.toISOString() },
        lastError: failed ?? last?.error ?? null,
        /** When the schedule makes the next one; null: there is none. */
        nextAt: options.everyMs ? (await dueAt(db.read, clock.now())).toISOString() : null,
      }
    },

    /** Hold every member of a backup against its hash. @throws Problem 422 naming what is wrong */
    async verify(actor: Actor, file: string, progress?: Progress): Promise<Manifest> {
      authorize(actor, 'system')
      return archives.verify(file, progress)
    },

    /**
     * Verify one of the list, by its name; nobody waits for it, the list says how it went.
     * @throws Problem 404 where there is none of that name
     */
    async check(actor: Actor, name: string): Promise<void> {
      authorize(actor, 'system')
      const file = (await archives.list(folder)).find((each) => basename(each.file) === name)?.file
      if (file === undefined) throw notFound({ en: 'backup', zh: '备份' }, name)
      if (checks.get(file)?.state === 'under-way') return
      checks.set(file, { state: 'under-way' })
      const goOn = () => leaving.signal.throwIfAborted()
      archives.verify(file, goOn).then(
        () => void checks.set(file, { state: 'good' }),
        (error: unknown) => {
          const why = error instanceof Problem ? error.text : { en: String(error), zh: String(error) }
          checks.set(file, { state: 'bad', why })
        },
      )
    },

    /**
     * What is to be said of a database that has just been put back: it is written into its security log, and the files
     * it names are looked for.
     */
    async restored(actor: Actor, file: string): Promise<{ missingFiles: string[] }> {
      authorize(actor, 'system')
      await db.write((tx) => record(tx, { act: 'backup.restored', by: actor, details: { file: wordOf(file) } }, clock.now())) // prettier-ignore
      const named = new Set<string>()
      for (const { files } of upkeep) for (const hash of (await files?.(db.read)) ?? []) named.add(hash)
      const missingFiles: string[] = []
      for (const hash of named) if (!(await context.engines.files.has(hash))) missingFiles.push(hash)
      return { missingFiles }
    },

    /**
     * A chore: the next backup when its hour has come, by whichever worker finds it first, and the oldest go. One that
     * fails is told in the log, in the list and in the metrics' place, and tried again an hour later. Returns how many.
     */
    async makeDue(): Promise<number> {
      const now = clock.now()
      if (!options.everyMs || leaving.signal.aborted || underWay || Math.abs(now.getTime() - looked) < LOOK_MS) return 0
      looked = now.getTime()
      if (!(await claim(now))) return 0
      try {
        await inTurn(() => make(SCHEDULE, named('scheduled'), undefined, leaving.signal))
        await forgetOld()
        return 1
      } catch (error) {
        if (leaving.signal.aborted) return 0
        await note(error instanceof Error ? error.message : String(error))
        throw error
      }
    },

    /** Break off what is under way; nothing of it is left. */
    async close(): Promise<void> {
      leaving.abort(new Error('leaving'))
      await working
    },
  }
}
