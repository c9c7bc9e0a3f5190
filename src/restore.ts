import { existsSync } from 'node:fs'
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { openApp } from './app.ts'
import { ConfigError, type Config } from './config.ts'
import { system } from './core/actor.ts'
import { parseKeys, printKeys, type MasterKey } from './core/master-keys.ts'
import { problem } from './core/errors.ts'
import { reserveDatabase } from './db/in-use.ts'
import { migrationsFor } from './db/migrate.ts'
import { postgresSetting, restorePostgres, sessionsOf } from './db/postgres-tools.ts'
import { checkSqlite, exchangeSqlite, sqliteSetting } from './db/restore-sqlite.ts'
import { openArchives } from './engines/archive.ts'
import { writeDurably } from './engines/durable.ts'
import { openKeyFile } from './engines/keyring.ts'
import { openUnderPassphrase } from './engines/passphrase.ts'
import type { Manifest, Progress } from './engines/ports.ts'
import { prepareSecret } from './secret.ts'
import { ASKED as ERASURES } from './stages/0-house/people/asked.ts'
import type { RestoreOptions, RestoreReport } from './edges/cli/backups.ts'

const asked = {
  server: (from: string[]) =>
    problem('restore.in-use', 409, {
      en: `Firstcut is connected to this database (from ${from.join(', ')}). Stop every server and worker that works on it, then restore again; --force goes ahead and they fail until they are restarted.`,
      zh: `Firstcut 正连接着该数据库（来自 ${from.join('、')}）。请先停止使用它的所有服务和 worker 再恢复；加 --force 可强行继续，但这些进程须重启才能恢复正常。`,
    }),
  otherKind: (is: string, configured: string) =>
    problem('restore.other-database', 422, {
      en: `This is a backup of ${is}, and the configuration names ${configured}. Set DATABASE_URL to the kind of database it was made of; one kind is not turned into the other.`,
      zh: `该备份来自 ${is}，而当前配置为 ${configured}。请将 DATABASE_URL 设为同类数据库；两种数据库之间不能相互转换。`,
    }),
  newer: (tags: string[], version: string) =>
    problem('restore.newer', 422, {
      en: `This backup was made by a newer version of Firstcut (${version}; it knows ${tags.join(', ')}). Restore it with that version. Nothing was changed.`,
      zh: `该备份由更新版本的 Firstcut（${version}，包含 ${tags.join('、')}）制作。请使用该版本恢复。未做任何更改。`,
    }),
  otherSecret: (manifest: Manifest, how: { en: string; zh: string }) =>
    problem('restore.other-secret', 422, {
      en: `This backup needs the master secret with the id ${manifest.secret.keys[0]}, which is not the one configured here: factories' secrets could not be opened and buyers' links would not fit. ${how.en} --force restores without it. Nothing was changed.`,
      zh: `该备份需要编号为 ${manifest.secret.keys[0]} 的主密钥，与当前配置不符：工厂密钥将无法解开，买家链接将失效。${how.zh}加 --force 可在没有它的情况下恢复。未做任何更改。`,
    }),
}

/** How the right master secret comes here. */
const HOW = {
  file: {
    en: 'It is sealed in the backup: set BACKUP_PASSPHRASE to the one it was made with.',
    zh: '它已封存在备份中：请将 BACKUP_PASSPHRASE 设为制作备份时的口令。',
  },
  given: {
    en: 'It is sealed in the backup: start without SECRET, with BACKUP_PASSPHRASE, and it is written to its file.',
    zh: '它已封存在备份中：请不设 SECRET、只设 BACKUP_PASSPHRASE 后重试，密钥会写入密钥文件。',
  },
  apart: {
    en: 'Set SECRET to it, or put the file "secret" that was kept apart into DATA_DIR.',
    zh: '请将 SECRET 设为该密钥，或把另行保存的 secret 文件放回 DATA_DIR。',
  },
} as const

const ringOf = ({ secret }: Config): readonly MasterKey[] =>
  secret.kind === 'given' ? secret.keys : openKeyFile(secret.file).keys()

/** The master keys to put in place, where the backup has to bring them. @throws Problem when they are not to be had */
async function keysNeeded(
  config: Config,
  manifest: Manifest,
  sealed: () => Promise<Buffer>,
  force: boolean,
): Promise<string | undefined> {
  prepareSecret(config)
  const ring = ringOf(config)
  const present = new Set(ring.map(({ id }) => id))
  if (manifest.secret.keys.every((id) => present.has(id))) return undefined
  const { passphrase } = config.backups
  if (manifest.secret.sealed && passphrase !== undefined && config.secret.kind === 'file') {
    const text = openUnderPassphrase(await sealed(), passphrase)
    const keys = parseKeys(text)
    if (!keys) throw new ConfigError('the secret sealed in the backup is no list of master keys')
    // Those of now stay behind them: who asked to be erased since is named under them.
    return printKeys([...keys, ...ring.filter(({ id }) => !keys.some((key) => key.id === id))])
  }
  if (force || present.has(manifest.secret.keys[0] ?? '')) return undefined
  throw asked.otherSecret(manifest, HOW[manifest.secret.sealed ? config.secret.kind : 'apart'])
}

/** Where a member of a backup goes; nowhere what is not put back. @param copy where the database is laid first */
function placeOf(config: Config, copy: string, name: string): string | undefined {
  if (name.startsWith('database.')) return copy
  if (name.startsWith('files/')) return join(config.filesDir, name.slice('files/'.length))
  return name.startsWith('mail/') ? join(config.mailDir, basename(name)) : undefined
}

/** Who asked to be erased in the database that is about to be replaced; nobody where it cannot be read. */
async function erasuresIn({ database }: Config): Promise<Record<string, { at: string }>> {
  try {
    const value =
      database.kind === 'sqlite'
        ? sqliteSetting(database.file, ERASURES)
        : await postgresSetting(database.url, ERASURES)
    return (typeof value === 'string' ? JSON.parse(value) : (value ?? {})) as Record<string, { at: string }>
  } catch {
    return {}
  }
}

/** @throws Problem for a backup of another kind of database, or of a version that knows more than this one */
function assertOurs(manifest: RestoreReport['manifest'], { database }: Config): void {
  if (manifest.dialect !== database.kind) throw asked.otherKind(manifest.dialect, database.kind)
  const known = new Set(migrationsFor(manifest.dialect).map(({ tag }) => tag))
  const unknown = manifest.migrations.filter((tag) => !known.has(tag))
  if (unknown.length) throw asked.newer(unknown, manifest.version)
}

/** @returns where the old database is kept */
async function exchange(
  { database, toolsPath }: Config,
  copy: string,
  { schema, aside, stamp }: { schema: string; aside: string; stamp: string },
): Promise<string | undefined> {
  if (database.kind === 'sqlite') {
    checkSqlite(copy)
    return exchangeSqlite(database.file, copy, stamp)
  }
  return restorePostgres(
    { url: database.url, path: toolsPath },
    {
      dump: copy,
      from: schema,
      script: join(aside, 'restore.sql'),
      kept: `firstcut_before_${stamp.replaceAll(/\D/g, '').slice(0, 14)}`,
    },
  )
}

/** The backup's keys into the file of the secret; the old ones are kept beside it. */
async function putKeys({ secret }: Config, keys: string, stamp: string): Promise<void> {
  if (secret.kind !== 'file') return
  if (existsSync(secret.file)) await copyFile(secret.file, `${secret.file}.before-${stamp}`)
  await writeDurably(dirname(secret.file), basename(secret.file), Buffer.from(keys))
}

/**
 * Put a backup in the place of what is there: verified first, the old database kept, the exchange done at once or not at
 * all, the counters held against their rows afterwards.
 * @throws Problem with what stands in the way; until the exchange nothing but stored files and letters were added
 */
export async function restore(
  config: Config,
  file: string,
  { force = false, progress, step }: RestoreOptions = {},
): Promise<RestoreReport> {
  const archives = openArchives()
  const told =
    (what: Parameters<NonNullable<RestoreOptions['step']>>[0]): Progress =>
    (done, total) => {
      progress?.(done, total, what)
    }
  step?.('verifying')
  const manifest = await archives.verify(file, told('verifying'))
  assertOurs(manifest, config)
  const stamp = new Date().toISOString().replaceAll(/[:.]/g, '-')
  const { database } = config
  const beside = database.kind === 'sqlite' ? dirname(database.file) : config.backups.folder
  await mkdir(beside, { recursive: true, mode: 0o700 })
  const release = database.kind === 'sqlite' ? reserveDatabase(database.file) : undefined
  const aside = await mkdtemp(join(beside, '.partial-restore-'))
  let kept: string | undefined
  let erasures: Record<string, { at: string }> = {}
  try {
    if (database.kind === 'postgres' && !force) {
      const { count, from } = await sessionsOf(database.url)
      if (count) throw asked.server(from)
    }
    const sealed = async () => {
      const target = join(aside, 'secret.sealed')
      await archives.unpack(file, (name) => (name === 'secret.sealed' ? target : undefined))
      const { readFile } = await import('node:fs/promises')
      return readFile(target)
    }
    const keys = await keysNeeded(config, manifest, sealed, force)
    step?.('unpacking')
    const copy = join(aside, `database.${database.kind === 'sqlite' ? 'sqlite' : 'pgdump'}`)
    await archives.unpack(file, (name) => placeOf(config, copy, name), told('unpacking'))
    step?.('exchanging')
    erasures = await erasuresIn(config)
    kept = await exchange(config, copy, { schema: manifest.schema ?? 'public', aside, stamp })
    if (keys !== undefined) await putKeys(config, keys, stamp)
  } finally {
    release?.()
    await rm(aside, { recursive: true, force: true })
  }

  step?.('auditing')
  await using app = await openApp(config, { baseUrl: config.http.baseUrl ?? 'http://127.0.0.1' })
  const me = system('restore')
  // Who asked to be erased since the backup was made is erased in it too.
  const erasedAgain = await app.line.people.alsoAsked(me, { asked: erasures })
  const after = await app.line.backups.restored(me, { file: basename(file) })
  return {
    manifest,
    kept,
    erasedAgain,
    differences: await app.line.demand.audit(me, { repair: false }),
    ...after,
  }
}
