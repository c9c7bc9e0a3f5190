import { afterEach, beforeEach, expect, test } from 'vitest'
import { dialect } from '../../src/core/dialect.ts'
import { problemIn } from '../../src/core/errors.ts'
import type { Database, Tx } from '../../src/db/database.ts'
import { migrate } from '../../src/db/migrate.ts'
import { openPostgres } from '../../src/db/postgres.ts'
import { settings } from '../../src/db/schema.ts'
import { launch } from '../support/process.ts'
import { openProxy, type Proxy } from '../support/proxy.ts'
import { freshEnvironment } from '../support/server.ts'

const AT = new Date('2026-11-22T02:00:00Z')

const onPostgres = test.runIf(dialect === 'postgres')
const ANSWER_MS = 1500

let place: Awaited<ReturnType<typeof freshEnvironment>>
let proxy: Proxy
let db: Database

beforeEach(async () => {
  if (dialect !== 'postgres') return
  place = await freshEnvironment()
  const url = new URL(place.environment['DATABASE_URL'] ?? '')
  proxy = await openProxy({ host: url.hostname, port: Number(url.port || 5432) })
  url.host = `127.0.0.1:${proxy.port}`
  db = openPostgres(url.href, { answerMs: ANSWER_MS })
  await migrate(db)
})
afterEach(async () => {
  if (dialect !== 'postgres') return
  await db.close()
  await proxy.close()
  await place.drop()
})

const put = async (tx: Tx, key: string) => {
  await tx.insert(settings).values({ key, value: 1, updatedAt: AT, updatedBy: 'test' })
}
const keys = async () => (await db.read.select({ key: settings.key }).from(settings)).map(({ key }) => key).sort()
/** What was refused, and how long that took, ms. */
async function refusal(asked: Promise<unknown>) {
  const began = performance.now()
  const error = await asked.then(
    () => undefined,
    (error: unknown) => error,
  )
  return { failure: problemIn(error), ms: performance.now() - began }
}

onPostgres('a server that says nothing any more keeps nobody waiting for ever', async () => {
  await db.write((tx) => put(tx, 'before'))
  proxy.silence()
  const asked = [db.write((tx) => put(tx, 'a')), keys(), db.ping(), db.write((tx) => put(tx, 'b'))]
  for (const { failure, ms } of await Promise.all(asked.map((each) => refusal(each)))) {
    expect(failure).toMatchObject({ code: 'database.unavailable', status: 503, extra: { retryAfter: 5 } })
    expect(ms).toBeLessThan(4 * ANSWER_MS)
  }
  proxy.restore()
  await db.write((tx) => put(tx, 'after'))
  expect(await keys()).toEqual(['after', 'before'])
})

onPostgres('without its database the product ends at its start with a sentence, not with a stack', async () => {
  const url = new URL(place.environment['DATABASE_URL'] ?? '')
  url.host = `127.0.0.1:${proxy.port}`
  proxy.refuse()
  const { code, said } = await launch({ ...place.environment, DATABASE_URL: url.href }).ended
  expect(code).toBe(1)
  expect(said).toMatch(/database does not answer/)
  expect(said).not.toMatch(/^\s+at /m)
})

onPostgres(
  'as a user who is not known, or with a database that is not there, a start ends with what to check',
  async () => {
    const wrong = new URL(place.environment['DATABASE_URL'] ?? '')
    wrong.username = 'nobody_is_called_this'
    const missing = new URL(place.environment['DATABASE_URL'] ?? '')
    missing.pathname = '/nobody_made_this'
    for (const url of [wrong, missing]) {
      const { code, said } = await launch({ ...place.environment, DATABASE_URL: url.href }).ended
      expect(code).toBe(1)
      expect(said).toMatch(/does not let Firstcut in .*DATABASE_URL/)
      expect(said).not.toMatch(/^\s+at /m)
    }
  },
)

onPostgres('where the answer to a COMMIT is lost nobody is told that nothing was stored', async () => {
  const { failure } = await refusal(
    db.write(async (tx) => {
      await put(tx, 'perhaps')
      proxy.mute()
    }),
  )
  expect(failure).toMatchObject({ code: 'database.outcome-unknown', status: 503 })
  expect(failure?.text.en).toMatch(/do not know whether/)
  proxy.restore()
  expect(await keys()).toEqual(['perhaps'])
})

onPostgres('a work that went on after a failed statement is not taken for stored', async () => {
  await db.write((tx) => put(tx, 'same'))
  const swallowing = db.write(async (tx) => {
    await put(tx, 'with it')
    await put(tx, 'same').catch(() => {})
  })
  await expect(swallowing).rejects.toThrow('not committed')
  expect(await keys()).toEqual(['same'])
})
