import { eq } from 'drizzle-orm'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { anonymous, system } from '../../src/core/actor.ts'
import { dialect } from '../../src/core/dialect.ts'
import { openPostgres } from '../../src/db/postgres.ts'
import { styleCards, styleVersions, type StylePicture } from '../../src/db/schema.ts'
import { addPictures, versionOf } from '../../src/stages/2-designs/store.ts'
import { openStorefront } from '../../src/stages/4-storefront/actions.ts'
import { openCampaign } from '../support/campaigns.ts'
import { placeSchema } from '../support/database.ts'
import { approvedStyle } from '../support/lots.ts'
import { world, type World } from '../support/world.ts'

let w: World<Record<never, never>>
beforeEach(async () => void (w = await world()))
afterEach(() => w.close())

const picture = (view: string): StylePicture => ({
  colourway: 'olive',
  view,
  width: 1200,
  height: 1500,
  files: { webp: `hash-of-${view}` },
  digitalSourceType: 'x',
})

test('a campaign whose style has no card stands in the list all the same', async () => {
  const { id, styleId } = await openCampaign(w.context)
  await w.db.write((tx) => tx.delete(styleCards).where(eq(styleCards.styleId, styleId)).returning())
  const [row] = await openStorefront(w.context).list(anonymous, { limit: 10 })
  expect(row?.campaign.id).toBe(id)
  expect(row?.card).toMatchObject({ names: { en: 'Double-breasted overcoat' }, front: [], pictures: 0 })
})

test('a list is read from cards: the long versions are not looked at', async () => {
  const { styleId } = await openCampaign(w.context)
  const version = await versionOf(w.db.read, styleId, 1)
  await w.db.write((tx) => addPictures(tx, { styleId, version: 1 }, [picture('front')]))
  await w.db.write((tx) =>
    tx
      .update(styleVersions)
      .set({ spec: {} as never })
      .where(eq(styleVersions.styleId, styleId))
      .returning({ id: styleVersions.id }),
  )
  const [row] = await openStorefront(w.context).list(anonymous, { limit: 10 })
  expect(row?.card.names).toEqual(version?.spec.names)
  expect(row?.card.front).toEqual([picture('front')])
})

test('a card is there with its version, and follows when the version gets another picture', async () => {
  const { styleId } = await approvedStyle(w.context)
  await w.db.write((tx) => addPictures(tx, { styleId, version: 1 }, [picture('front')]))
  await w.db.write((tx) => addPictures(tx, { styleId, version: 1 }, [picture('detail')]))
  const [row] = await w.db.read.select().from(styleCards).where(eq(styleCards.styleId, styleId))
  expect(row?.card.front.map(({ files }) => files['webp'])).toEqual(['hash-of-front'])
  expect(row?.card.pictures).toBe(2)
})

test.runIf(dialect === 'postgres')('a list is whole in a database that sorts as a language does', async () => {
  const url = new URL(process.env['DATABASE_URL'] ?? '')
  const name = `firstcut_${process.pid}_sorted`
  const admin = new pg.Client({ connectionString: url.href })
  await admin.connect()
  // As most servers are set up: signs come before figures and letters there, and after them in the order of bytes.
  await admin.query(`create database ${name} template template0 encoding 'UTF8' locale_provider icu icu_locale 'en-US'`)
  try {
    url.pathname = `/${name}`
    await placeSchema(url.href)
    await using db = openPostgres(url.href)
    const context = { ...w.context, db }
    const made = [await openCampaign(context), await openCampaign(context)].map(({ id }) => id)
    for (const name of ['list', 'onSale'] as const) {
      const listed = await openStorefront(context)[name](system('test'), { limit: 10 })
      expect(listed.map(({ campaign }) => campaign.id)).toEqual(made.toReversed())
    }
  } finally {
    await admin.query(`drop database ${name} with (force)`)
    await admin.end()
  }
})
