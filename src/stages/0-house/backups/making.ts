import { mkdtemp, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { actorTag, type Actor } from '../../../core/actor.ts'
import { DAY } from '../../../core/values.ts'
import { record } from '../../../db/security-log.ts'
import type { ArchiveMember, Manifest, Progress } from '../../../engines/ports.ts'
import type { Backup, BackupContext, BackupOptions, Desk } from './context.ts'
import { SCHEDULE } from './schedule.ts'

/** A file's name as the security log takes it. */
export const wordOf = (file: string): string =>
  basename(file)
    .replaceAll(/[^\w.-]/g, '_')
    .slice(0, 60)

/** Where the next of a kind goes. */
export const nameFor = ({ options, clock }: BackupContext, kind: string): string =>
  join(options.folder, `${kind}-${clock.now().toISOString().replaceAll(/[:.]/g, '-')}.tar`)

/** One after the other: two at once would only be slower. */
function inTurn<T>({ desk }: BackupContext, work: () => Promise<T>): Promise<T> {
  const done = desk.working.then(work)
  desk.working = done.catch(() => {})
  return done
}

/** What goes in beside the database: files, letters, and the master keys under the operator's words. */
async function membersOf(options: BackupOptions, member: string, copy: string): Promise<ArchiveMember[]> {
  const members: ArchiveMember[] = [
    { name: member, file: copy },
    ...(await options.archives.contents(options.filesDir, options.mailDir)),
  ]
  const sealed = options.secret.sealed?.()
  if (sealed) members.push({ name: 'secret.sealed', file: '', bytes: sealed })
  return members
}

export interface Making {
  by: Actor
  target: string
  progress?: Progress | undefined
}

/** @param own what is told of it while it is made */
async function write(
  { db, options, desk }: BackupContext,
  aside: string,
  { by: who, target, progress }: Making,
  own: NonNullable<Desk['underWay']>,
): Promise<Backup> {
  const member = db.dialect === 'sqlite' ? 'database.sqlite' : 'database.pgdump'
  const copy = join(aside, member)
  // First the database: whatever file or letter it names is listed after it, and stored files never change.
  const snapshot = await db.backup(copy, { signal: desk.leaving.signal })
  const members = await membersOf(options, member, copy)
  const facts: Omit<Manifest, 'members' | 'sums'> = {
    format: 1,
    version: options.version,
    takenAt: own.begunAt.toISOString(),
    by: who === SCHEDULE ? 'schedule' : actorTag(who),
    dialect: db.dialect,
    ...(snapshot.schema === undefined ? {} : { schema: snapshot.schema }),
    migrations: snapshot.migrations,
    rows: snapshot.rows,
    secret: { keys: options.secret.keys(), sealed: members.some(({ name }) => name === 'secret.sealed') },
  }
  const manifest = await options.archives.write(target, members, facts, {
    progress: (done, total) => {
      Object.assign(own, { done, total })
      progress?.(done, total)
    },
    signal: desk.leaving.signal,
  })
  const listed = await options.archives.list(options.folder)
  const { bytes } = listed.find(({ file }) => file === target) ?? { bytes: own.total }
  return { file: target, bytes, ...manifest }
}

/**
 * Everything into one file: the database as it is at this moment, stored files, embedded letters, the secret under
 * its passphrase where there is one.
 * @throws Problem 503 `database.backup-failed`, `postgres.tool-missing`; nothing of it is left then
 */
export const makeBackup = (context: BackupContext, making: Making): Promise<Backup> =>
  inTurn(context, async () => {
    const { db, clock, log, desk } = context
    const { archives, folder } = context.options
    const { by, target } = making
    const begunAt = clock.now()
    const own = (desk.underWay = { begunAt, done: 0, total: 0 })
    let aside: string | undefined
    try {
      await archives.tidy(folder, new Date(Date.now() - DAY))
      await archives.prepare(folder)
      aside = await mkdtemp(join(folder, '.partial-'))
      const made = await write(context, aside, making, own)
      const details = { file: wordOf(target) }
      await db.write((tx) => record(tx, { act: 'backup.written', by, details }, clock.now()))
      log.info({ by: made.by, target, ms: clock.now().getTime() - begunAt.getTime() }, 'a backup was written')
      return made
    } finally {
      if (aside) await rm(aside, { recursive: true, force: true })
      if (desk.underWay === own) desk.underWay = undefined
    }
  })
