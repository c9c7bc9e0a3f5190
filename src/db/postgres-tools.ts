/** PostgreSQL's own tools, found on PATH: pg_dump for backups; pg_restore and psql to put one back. */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { problem, type Problem } from '../core/errors.ts'
import type { Snapshot } from './snapshot.ts'

/** Which database, and where the tools are looked for. */
export interface Server {
  url: string
  /** As PATH is written; the usual places without. */
  path?: string | undefined
}
const USUAL = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

type Tool = 'pg_dump' | 'pg_restore' | 'psql'

const notFound = (tool: Tool): Problem =>
  problem('postgres.tool-missing', 503, {
    en: `${tool} is not on PATH. Install PostgreSQL's client tools (Debian: postgresql-client), of the server's version or newer, on the machine that runs this, and try again. Nothing was changed.`,
    zh: `PATH 中没有 ${tool}。请在本机安装 PostgreSQL 客户端工具（Debian：postgresql-client），版本不低于服务器，然后重试。未做任何更改。`,
  })

const toolFailed = (tool: Tool, said: string): Problem =>
  problem('database.backup-failed', 503, {
    en: `${tool} did not succeed, and nothing was changed by it: ${said}`,
    zh: `${tool} 执行失败，未造成任何更改：${said}`,
  })

/** A connection string as the variables that the tools read: words on a command line are read by every user. */
function variablesOf(url: string): Record<string, string> {
  const parsed = new URL(url)
  const asked = (name: string) => parsed.searchParams.get(name) ?? ''
  const given: Record<string, string> = {
    PGHOST: asked('host') || decodeURIComponent(parsed.hostname).replace(/^\[|\]$/g, ''),
    PGPORT: asked('port') || parsed.port,
    PGUSER: decodeURIComponent(parsed.username) || asked('user'),
    PGPASSWORD: decodeURIComponent(parsed.password) || asked('password'),
    PGDATABASE: decodeURIComponent(parsed.pathname.slice(1)) || asked('dbname'),
    PGOPTIONS: asked('options'),
    PGSSLMODE: asked('sslmode') === 'no-verify' ? 'require' : asked('sslmode'),
    PGSSLROOTCERT: asked('sslrootcert'),
    PGSSLCERT: asked('sslcert'),
    PGSSLKEY: asked('sslkey'),
    PGAPPNAME: 'firstcut backup',
    PGCONNECT_TIMEOUT: '10',
    LC_MESSAGES: 'C',
  }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''))
}

/** How our sessions are called on the server: who has another schema of the same database is somebody else. */
export function applicationName(url: string): string {
  const options = new URL(url).searchParams.get('options') ?? ''
  return options ? `firstcut ${createHash('sha256').update(options).digest('hex').slice(0, 8)}` : 'firstcut'
}

/** @throws Problem when the tool is missing or fails; what it said on its way out stands in it */
async function run(
  tool: Tool,
  words: string[],
  { url, path = USUAL }: Server,
  options: { signal?: AbortSignal; output?: string } = {},
) {
  const child = spawn(tool, words, {
    env: { PATH: path, ...variablesOf(url) },
    stdio: ['ignore', options.output ? 'pipe' : 'ignore', 'pipe'],
    ...(options.signal ? { signal: options.signal } : {}),
  })
  let said = ''
  child.stderr?.on('data', (chunk: Buffer) => void (said = (said + chunk.toString()).slice(-2000)))
  const written = options.output && child.stdout ? pipeline(child.stdout, createWriteStream(options.output)) : undefined
  written?.catch(() => child.kill())
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) => reject(error.code === 'ENOENT' ? notFound(tool) : error))
    child.once('close', resolve)
  })
  await written
  if (code !== 0) throw toolFailed(tool, said.trim().split('\n').slice(-6).join(' · ') || `exit ${code}`)
}

async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'firstcut backup',
    connectionTimeoutMillis: 10_000,
  })
  client.on('error', () => {}) // a server that goes away: the statement under way tells
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** The schema that our tables are in, and the tables. */
async function tablesOf(client: pg.Client): Promise<{ schema: string; names: string[] }> {
  const { rows: found } = await client.query<{ schema: string }>('select current_schema() as schema')
  const schema = found[0]?.schema ?? 'public'
  const { rows } = await client.query<{ name: string }>(
    'select tablename as name from pg_tables where schemaname = $1 order by 1',
    [schema],
  )
  return { schema, names: rows.map(({ name }) => name) }
}

async function look(client: pg.Client): Promise<Snapshot & { schema: string }> {
  const { schema, names } = await tablesOf(client)
  const rows: Record<string, number> = {}
  for (const name of names) {
    const { rows: counted } = await client.query<{ n: string }>(
      `select count(*) as n from ${quoted(schema)}.${quoted(name)}`,
    )
    rows[name] = Number(counted[0]?.n)
  }
  const migrations = names.includes('_migrations')
    ? (await client.query<{ tag: string }>('select tag from _migrations order by tag')).rows.map(({ tag }) => tag)
    : []
  return { schema, rows, migrations }
}

/** A dump in pg_dump's own format, of the very state whose rows are counted. @throws Problem; nothing is left then */
export async function dumpPostgres(server: Server, target: string, signal?: AbortSignal): Promise<Snapshot> {
  const aside = `${target}.partial`
  try {
    return await connected(server.url, async (client) => {
      await client.query('begin isolation level repeatable read read only')
      const { rows } = await client.query<{ id: string }>('select pg_export_snapshot() as id')
      const found = await look(client)
      await run(
        'pg_dump',
        ['--format=custom', '--no-owner', '--no-privileges', `--schema=${quoted(found.schema)}`, `--snapshot=${rows[0]?.id}`, `--file=${aside}`], // prettier-ignore
        server,
        signal ? { signal } : {},
      )
      await rename(aside, target)
      return { rows: found.rows, migrations: found.migrations, schema: found.schema }
    })
  } catch (error) {
    await rm(aside, { force: true })
    throw error
  }
}

/** Our own processes that are connected to it at the moment. */
export const sessionsOf = (url: string): Promise<{ count: number; from: string[] }> =>
  connected(url, async (client) => {
    const { rows } = await client.query<{ from: string | null }>(
      `select distinct coalesce(host(client_addr), 'local') as from, pid from pg_stat_activity
       where datname = current_database() and application_name = $1 and pid <> pg_backend_pid()`,
      [applicationName(url)],
    )
    return { count: rows.length, from: [...new Set(rows.map((row) => row.from ?? 'local'))] }
  })

/**
 * Put a dump in the place of what is there, in one transaction: afterwards either everything is as it was, or the old
 * tables stand under another schema's name and the restored ones in their place.
 * @param from the schema that was dumped
 * @param script where the dump is written as SQL on its way
 * @returns the schema that holds what was there before; undefined where there was nothing
 * @throws Problem with what PostgreSQL said; nothing is changed then
 */
export async function restorePostgres(
  server: Server,
  { dump, from, script, kept }: { dump: string; from: string; script: string; kept: string },
): Promise<string | undefined> {
  const { url } = server
  const { schema, had } = await connected(url, async (client) => {
    const { schema: own, names } = await tablesOf(client)
    return { schema: own, had: names.length > 0 }
  })
  await run('pg_restore', ['--no-owner', '--no-privileges', `--schema=${from}`, '--file=-', dump], server, {
    output: script,
  })
  const own = quoted(schema)
  // A dump of another schema comes under its own name, which somebody else may have here.
  const away = quoted(`${from}_away_${Date.now().toString(36)}`.slice(0, 63))
  const other = from !== schema
  const before = [
    `alter schema ${own} rename to ${quoted(kept)}`,
    ...(other
      ? [`do $$ begin if to_regnamespace('${quoted(from).replaceAll("'", "''")}') is not null then execute 'alter schema ${quoted(from).replaceAll("'", "''")} rename to ${away.replaceAll("'", "''")}'; end if; end $$`] // prettier-ignore
      : []),
    `create schema ${quoted(from)}`,
  ]
  const after = other
    ? [
        `alter schema ${quoted(from)} rename to ${own}`,
        `do $$ begin if to_regnamespace('${away.replaceAll("'", "''")}') is not null then execute 'alter schema ${away.replaceAll("'", "''")} rename to ${quoted(from).replaceAll("'", "''")}'; end if; end $$`, // prettier-ignore
      ]
    : []
  const command = (statement: string) => ['--command', statement]
  await run(
    'psql',
    ['--no-psqlrc', '--quiet', '--set=ON_ERROR_STOP=1', '--single-transaction', ...before.flatMap(command), `--file=${script}`, ...after.flatMap(command)], // prettier-ignore
    server,
  )
  if (had) return kept
  await connected(url, (client) => client.query(`drop schema if exists ${quoted(kept)} cascade`))
  return undefined
}

export const lookAtPostgres = (url: string): Promise<Snapshot> => connected(url, look)

/** One setting, as the server has it. @throws the server's error */
export const postgresSetting = (url: string, key: string): Promise<unknown> =>
  connected(url, async (client) => {
    const { rows } = await client.query<{ value: unknown }>('select value from settings where key = $1', [key])
    return rows[0]?.value
  })
