/** "Stored" means kept by a disk: a server that is set otherwise is told of, in the log, to who watches and on a page. */
import { sql } from 'drizzle-orm'
import { afterEach, expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { dialect } from '../../src/core/dialect.ts'
import { warningOf } from '../../src/db/keeping.ts'
import { startServer } from '../../src/start.ts'
import { testServer } from '../support/server.ts'

let close: (() => Promise<void>) | undefined
afterEach(async () => {
  await close?.()
  close = undefined
})

test.each(['on', 'local', 'remote_write', 'remote_apply'])('a server that waits for a disk is well: %s', (level) =>
  expect(warningOf({ fsync: 'on', synchronous_commit: level })).toBeUndefined(),
)

test('a server that does not is named by its settings, in both languages', () => {
  expect(warningOf({ fsync: 'on', synchronous_commit: 'off' })?.en).toContain('(synchronous_commit = off)')
  expect(warningOf({ fsync: 'off', synchronous_commit: 'off' })?.zh).toContain('fsync = off, synchronous_commit = off')
})

const ready = async (url: string) => (await (await fetch(`${url}/ready`, { headers: { 'accept-language': 'en' } })).json()) as { status: string; warning?: string } // prettier-ignore

test.runIf(dialect === 'sqlite')('the embedded database has nothing of the kind to say', async () => {
  const server = await testServer()
  close = () => server.close()
  expect(await ready(server.url)).not.toHaveProperty('warning')
})

test.runIf(dialect === 'postgres')('one that is set otherwise is told of by those who use it', async () => {
  const first = await testServer()
  // For every connection from now on, as an operator may have done it for this database alone.
  const set = (to: string) =>
    first.app.db.execute(`do $$ begin execute format('alter database %I set synchronous_commit = ${to}', current_database()); end $$`) // prettier-ignore
  await set('local')
  const well = await startServer(readConfig(first.environment))
  // The server that the tests run on may itself wait for no disk: then that is named, and nothing else.
  const { warning } = await ready(well.url ?? '')
  const [{ fsync } = { fsync: '' }] = await first.app.db.read
    .select({ fsync: sql<string>`current_setting('fsync')` })
    .from(sql`(select 1) as one`)
  expect(warning?.match(/\((.*)\)/)?.[1]).toBe(fsync === 'off' ? 'fsync = off' : undefined)
  await well.close()
  await set('off')
  const weak = await startServer(readConfig(first.environment))
  close = async () => {
    await weak.close()
    await first.close()
  }
  expect(await ready(weak.url ?? '')).toMatchObject({
    status: 'ready',
    warning: expect.stringContaining('synchronous_commit = off'),
  })
  const page = await fetch(`${weak.url}/console/deliveries`, { headers: { authorization: `Bearer ${first.key}` } })
  expect(await page.text()).toContain('synchronous_commit = off')
})
