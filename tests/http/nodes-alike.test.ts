/** What one node changes the other shows with the next page: nothing that counts is kept where another cannot reach it. */
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { anonymous, system } from '../../src/core/actor.ts'
import { HandClock } from '../../src/core/clock.ts'
import { dialect } from '../../src/core/dialect.ts'
import { campaigns, styleVersions } from '../../src/db/schema.ts'
import { startServer, type Running } from '../../src/start.ts'
import { addPictures } from '../../src/stages/2-designs/store.ts'
import { openApproved } from '../../src/stages/4-storefront/opening.ts'
import { approvedStyle } from '../support/lots.ts'
import { testServer, type TestServer } from '../support/server.ts'

/** The one that is looked at. */
let shows: TestServer
/** The one that changes things: a node of its own; the embedded database has but one, and is changed from outside. */
let other: Running | undefined
let sold: typeof campaigns.$inferSelect
const clock = new HandClock()

beforeAll(async () => {
  shows = await testServer({ clock, role: 'web' })
  const { context, storefront } = shows.app.line
  const { styleId, hash } = await approvedStyle(context)
  await openApproved(context, { styleId, version: 1, hash })
  const [row] = await storefront.list(system('test'), { limit: 1 })
  if (!row) throw new Error('nothing is on sale')
  sold = row.campaign
  if (dialect === 'postgres')
    other = await startServer(readConfig({ ...shows.environment, PORT: '0', ROLE: 'web' }), { clock })
})
afterAll(async () => {
  await other?.close()
  await shows.close()
})

async function elsewhere(set: { lotUnits: number; totalUnits: number; state?: 'open' | 'released' }): Promise<void> {
  if (other)
    return void (await other.app.db.write((tx) =>
      tx.update(campaigns).set(set).where(eq(campaigns.id, sold.id)).returning({ id: campaigns.id }),
    ))
  const own = new SQLite(join(shows.folder, 'firstcut.db'))
  try {
    own
      .prepare('update campaigns set lot_units = ?, total_units = ?, state = ? where id = ?')
      .run(set.lotUnits, set.totalUnits, set.state ?? 'open', sold.id)
  } finally {
    own.close()
  }
}

const read = async (path: string, lang = 'en') => {
  const answer = await fetch(shows.url + path, { headers: { accept: 'text/html', 'accept-language': lang } })
  expect(answer.status).toBe(200)
  return answer.text()
}
const listed = async () =>
  ((await (await fetch(`${shows.url}/api/v1/campaigns`)).json()) as { items: { units: number; lotUnits: number; picture: string | null }[] }).items // prettier-ignore

test('a count that another node moved is in the list, in the shop and on the style’s page at once', async () => {
  for (const units of [7, 8, 9, 7]) {
    await elsewhere({ lotUnits: units, totalUnits: units + 1 })
    expect(await listed()).toMatchObject([{ lotUnits: units, units: units + 1 }])
    expect(await read('/shop')).toContain(`${units} of 20 units`)
    expect(await read('/shop', 'zh')).toContain(`${units} / 20 件`)
    expect(await read(`/shop/${sold.slug}`)).toContain(`${units} of 20 units`)
  }
})

test('a campaign that another node ended is sold nowhere any more', async () => {
  await elsewhere({ lotUnits: 1, totalUnits: 1, state: 'released' })
  expect(await listed()).toEqual([])
  expect(await read('/shop')).not.toContain(sold.slug)
  await elsewhere({ lotUnits: 1, totalUnits: 1, state: 'open' })
  expect(await listed()).toHaveLength(1)
  expect(await read('/shop')).toContain(sold.slug)
})

test('a picture that another node drew is on the card at once', async () => {
  const drawn = 'a'.repeat(64)
  const before = await read('/shop')
  expect(before).not.toContain(drawn)
  const place = other ?? shows
  await place.app.db.write((tx) => tx.update(styleVersions).set({ pictures: [] }).where(eq(styleVersions.styleId, sold.styleId)).returning({ id: styleVersions.id })) // prettier-ignore
  await place.app.db.write((tx) =>
    addPictures(tx, { styleId: sold.styleId, version: sold.styleVersion }, [
      {
        colourway: sold.colourways[0] ?? '',
        view: 'front',
        width: 1200,
        height: 1500,
        files: { webp: drawn },
        digitalSourceType: 'x',
      },
    ]),
  )
  expect(await read('/shop')).toContain(drawn)
  expect((await listed())[0]?.picture).toBe(`/pictures/${drawn}.webp`)
  expect((await shows.app.line.storefront.onSale(anonymous, { limit: 1 }))[0]?.card.pictures).toBe(1)
})

test('many who ask in the same moment are answered alike, and with what was so when they asked', async () => {
  for (const units of [11, 12]) {
    await elsewhere({ lotUnits: units, totalUnits: units })
    const all = await Promise.all(Array.from({ length: 20 }, listed))
    expect(new Set(all.map(([row]) => row?.lotUnits))).toEqual(new Set([units]))
  }
})
