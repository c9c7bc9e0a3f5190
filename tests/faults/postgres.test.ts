import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { dialect } from '../../src/core/dialect.ts'
import { checkBooks, crowd, openSale, type Sale } from '../support/crowd.ts'
import { start, type Product } from '../support/process.ts'
import { openProxy, type Proxy } from '../support/proxy.ts'
import { freshEnvironment } from '../support/server.ts'

const onPostgres = test.runIf(dialect === 'postgres')

let place: Awaited<ReturnType<typeof freshEnvironment>>
let sale: Sale
let proxy: Proxy
let through: Record<string, string>
const products: Product[] = []

/** Every other buyer is vouched for, with two units: the threshold comes after about as many pre-orders as it has units,
 * and were it not reached once and for all, the rest would reach it again. */
const THRESHOLD = 50
const BUYERS = 200

beforeEach(async () => {
  if (dialect !== 'postgres') return
  place = await freshEnvironment()
  // The whole crowd comes from this machine.
  place.environment['LETTERS_PER_HOUR'] = '1000000'
  sale = await openSale(place.environment, THRESHOLD)
  const url = new URL(place.environment['DATABASE_URL'] ?? '')
  proxy = await openProxy({ host: url.hostname, port: Number(url.port || 5432) })
  url.host = `127.0.0.1:${proxy.port}`
  through = { ...place.environment, DATABASE_URL: url.href }
})
afterEach(async () => {
  if (dialect !== 'postgres') return
  await Promise.all(products.splice(0).map((product) => product.stop()))
  await proxy.close()
  await place.drop()
})

async function run(environment: Record<string, string>): Promise<Product> {
  const product = await start(environment)
  products.push(product)
  return product
}
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
const status = async (url: string, path: string) => (await fetch(`${url}${path}`)).status

onPostgres('a database that cannot be reached now and then costs nothing but waiting', async () => {
  const product = await run(through)
  const { url } = product
  const seen: number[] = []
  const away = async (ms: number) => {
    proxy.refuse()
    await pause(ms / 2)
    seen.push(await status(url, '/health'), await status(url, '/ready'), await status(url, '/'))
    await pause(ms / 2)
    proxy.restore()
  }
  // Around the threshold the connections break again and again, so that some break under a COMMIT.
  const cuts = Object.fromEntries(Array.from({ length: 12 }, (_, n) => [36 + 3 * n, proxy.cut]))
  const result = await crowd([url], sale, {
    buyers: BUYERS,
    happen: { 20: proxy.cut, 30: () => away(1500), ...cuts, 150: () => away(1000) },
  })
  expect(result.refused.length).toBeGreaterThan(10)
  expect(result.unanswered).toBe(0)
  expect(seen).toEqual([200, 503, 503, 200, 503, 503])
  expect(await status(url, '/ready')).toBe(200)
  expect(await product.stop('SIGTERM')).toMatchObject({ code: 0 })
  await checkBooks(place, result)
})

onPostgres('sessions that the server ends during intake are replaced, and nothing is lost or done twice', async () => {
  const product = await run(place.environment)
  const admin = new pg.Client({ connectionString: place.environment['DATABASE_URL'] })
  admin.on('error', () => {}) // the database is dropped under it where the test fails
  await admin.connect()
  let ended = 0
  const terminate = async () => {
    const { rowCount } = await admin.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid()`,
    )
    ended += rowCount ?? 0
  }
  const points = Array.from({ length: 20 }, (_, n) => [10 + 8 * n, terminate])
  const result = await crowd([product.url], sale, { buyers: BUYERS, happen: Object.fromEntries(points) })
  await admin.end()
  expect(ended).toBeGreaterThan(20)
  expect(result.unanswered).toBe(0)
  expect(await product.stop('SIGTERM')).toMatchObject({ code: 0 })
  await checkBooks(place, result)
})

onPostgres('of two nodes one is killed at the threshold, and the other brings everything to its end', async () => {
  const [stays, dies] = [await run(place.environment), await run(place.environment)]
  const result = await crowd([dies.url, stays.url], sale, {
    buyers: BUYERS,
    happen: { [THRESHOLD - 4]: () => dies.stop('SIGKILL') },
  })
  expect(result.unanswered).toBeGreaterThan(0)
  expect(await stays.stop('SIGTERM')).toMatchObject({ code: 0 })
  await checkBooks(place, result)
})
