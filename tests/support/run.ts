/** What one run of the tests calls its own on a PostgreSQL server, so that it can be found again when the run has ended. */
import { basename, dirname } from 'node:path'
import pg from 'pg'

/** What a run's databases are called, from the folder in which build.ts has built for it; `_` stands at the end. */
export const databasesOf = (folder: string): string =>
  `test_${basename(folder)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '_')}_`

const built = process.env['FIRSTCUT_BUILT']
export const ours = databasesOf(built ? dirname(built) : String(process.pid))

/** Do something in a session of its own that ends afterwards. */
export async function inSession<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** Throw away every database of a run. A server that is not there has none. */
export const dropDatabases = (url: string, prefix: string): Promise<void> =>
  inSession(url, async (client) => {
    const { rows } = await client.query<{ datname: string }>(
      'select datname from pg_database where starts_with(datname, $1)',
      [prefix],
    )
    for (const { datname } of rows) await client.query(`drop database if exists ${datname} with (force)`)
  }).catch(() => {})
