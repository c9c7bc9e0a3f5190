/** What is sold is read by what changes of it; the rest is kept, and never shown when it is no longer so. */
import { readdirSync, readFileSync } from 'node:fs'
import { eq, getTableColumns } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { anonymous } from '../../src/core/actor.ts'
import { campaigns, styleCards, type StylePicture } from '../../src/db/schema.ts'
import { addPictures } from '../../src/stages/2-designs/store.ts'
import { openStorefront } from '../../src/stages/4-storefront/actions.ts'
import { openCampaign } from '../support/campaigns.ts'
import { recordStatements } from '../support/statements.ts'
import { world, type World } from '../support/world.ts'

let w: World<Record<never, never>>
let storefront: ReturnType<typeof openStorefront>
beforeEach(async () => {
  w = await world()
  storefront = openStorefront(w.context)
})
afterEach(() => w.close())

type Row = typeof campaigns.$inferSelect
const change = (id: string, set: Partial<Row>) =>
  w.db.write((tx) => tx.update(campaigns).set(set).where(eq(campaigns.id, id)).returning({ id: campaigns.id }))
const onSale = (limit = 10, before?: string) => storefront.onSale(anonymous, { limit, before })
const picture = (view: string): StylePicture => ({
  colourway: 'olive',
  view,
  width: 1200,
  height: 1500,
  files: { webp: `hash-of-${view}` },
  digitalSourceType: 'x',
})

/** What is not shown of what is sold. */
const UNSEEN: readonly string[] = [
  'views',
  'inquiries',
  'soldOrders',
  'soldUnits',
  'endedAt',
  'pledgesCounted',
  'pledgersCounted',
]
const MOVING = ['lot', 'lotUnits', 'lotBuyers', 'totalUnits', 'pendingUnits', 'pledgedUnits'] as const

test('whatever changes of a campaign is there at once; what does not change is the very same', async () => {
  const { id } = await openCampaign(w.context)
  const { id: other } = await openCampaign(w.context)
  const [still] = await onSale()
  expect(still?.campaign.id).toBe(other)
  await change(id, { collecting: true })
  const [unmoved, collects] = await onSale()
  expect(collects?.campaign.collecting).toBe(true)
  expect(unmoved).toBe(still)
  for (const [n, name] of MOVING.entries()) {
    const [, before] = await onSale()
    await change(id, { [name]: 40 + n })
    const [same, after] = await onSale()
    expect(after?.campaign[name]).toBe(40 + n)
    expect(after).not.toBe(before)
    expect(same).toBe(still)
  }
  await change(id, { state: 'dispatching' })
  expect((await onSale())[1]?.campaign.state).toBe('dispatching')
  const {
    views: _,
    inquiries: _i,
    soldOrders: _o,
    soldUnits: _u,
    endedAt: _e,
    ...shown
  } = (await storefront.page(anonymous, { id })).campaign
  expect((await onSale())[1]?.campaign).toMatchObject(shown)
})

test('a campaign that is over is gone at once, and one that opens is there', async () => {
  const { id } = await openCampaign(w.context)
  expect(await onSale()).toHaveLength(1)
  await change(id, { state: 'released', endedAt: w.clock.now() })
  expect(await onSale()).toHaveLength(0)
  const { id: later } = await openCampaign(w.context, { opensInDays: 1 })
  expect(await onSale()).toHaveLength(0)
  await change(later, { state: 'open' })
  expect((await onSale()).map(({ campaign }) => campaign.id)).toEqual([later])
})

test('a picture that was drawn meanwhile is on the card at once', async () => {
  const { styleId } = await openCampaign(w.context)
  expect((await onSale())[0]?.card.front).toEqual([])
  await w.db.write((tx) => addPictures(tx, { styleId, version: 1 }, [picture('front')]))
  expect((await onSale())[0]?.card.front).toEqual([picture('front')])
  await w.db.write((tx) => addPictures(tx, { styleId, version: 1 }, [picture('back')]))
  expect((await onSale())[0]?.card.pictures).toBe(2)
})

test('a style that has no card yet is shown all the same, and its card when there is one', async () => {
  const { styleId } = await openCampaign(w.context)
  await w.db.write((tx) => tx.delete(styleCards).where(eq(styleCards.styleId, styleId)).returning())
  expect((await onSale())[0]?.card).toMatchObject({ names: { en: 'Double-breasted overcoat' }, pictures: 0 })
  await w.db.write((tx) => addPictures(tx, { styleId, version: 1 }, [picture('front')]))
  expect((await onSale())[0]?.card.pictures).toBe(1)
})

test('pages follow each other, newest first', async () => {
  const made = []
  for (let n = 0; n < 5; n++) made.unshift((await openCampaign(w.context)).id)
  const [first, second] = [await onSale(2), await onSale(2, made[1])]
  expect([...first, ...second].map(({ campaign }) => campaign.id)).toEqual(made.slice(0, 4))
  expect((await onSale(2, made[3])).map(({ campaign }) => campaign.id)).toEqual(made.slice(4))
})

test('lists of the same campaigns are told apart by how many were asked for', async () => {
  for (let n = 0; n < 3; n++) await openCampaign(w.context)
  const [three, four] = [await onSale(3), await onSale(4)]
  expect(four).toEqual(three)
  expect(four).not.toBe(three)
  expect(await onSale(3)).toBe(three)
})

test('a page that was shown before asks one thing, whichever counts have changed, and reads no card', async () => {
  for (let n = 0; n < 3; n++) await openCampaign(w.context)
  const [{ campaign } = { campaign: { id: '' } }] = await onSale()
  const asked: string[] = []
  const stop = recordStatements(({ text, rows }) => void (/^select/i.test(text) && asked.push(`${rows}: ${text}`)))
  try {
    const fresh = openStorefront(w.context)
    await fresh.onSale(anonymous, { limit: 10 })
    asked.length = 0
    for (const lotUnits of [1, 2]) {
      await change(campaign.id, { lotUnits })
      await fresh.onSale(anonymous, { limit: 10 })
    }
  } finally {
    stop()
  }
  // On the embedded database a prepared statement goes by unseen once it is there.
  expect(asked.length).toBeLessThanOrEqual(2)
  for (const text of asked) expect(text).not.toContain('"card"')
})

test('nothing is set of a campaign that pages show and do not read anew', () => {
  const folder = new URL('../../src/stages/4-storefront/', import.meta.url)
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
  const columns = Object.keys(getTableColumns(campaigns))
  // What a person changes by hand raises the edition with it, and a card of another edition is read anew.
  const byHand = readFileSync(new URL('store/hand.ts', folder), 'utf8')
  expect([...byHand.matchAll(/\.update\(campaigns\)\s*\.set\(\{ \.\.\.set, edition: sql`\$\{campaigns\.edition\} \+ 1` \}\)/g)]).toHaveLength(1) // prettier-ignore
  expect([...byHand.matchAll(/\.update\(/g)]).toHaveLength(1)
  const set = files
    .filter((name) => name !== 'store/hand.ts')
    .flatMap((name) =>
      [
        ...readFileSync(new URL(name, folder), 'utf8').matchAll(
          /(?:update\(campaigns\)|change\(tx, id, )([^]*?)(?:\.where|\n\n|\}\))/g,
        ),
      ].flatMap(([, text = '']) =>
        [...text.matchAll(/\b(\w+)(?::|,| \})/g)].flatMap(([, word = '']) => (columns.includes(word) ? [word] : [])),
      ),
    )
  expect(set.length).toBeGreaterThan(10)
  const seen = ['state', 'collecting', ...MOVING]
  expect(set.filter((name) => !seen.includes(name) && !UNSEEN.includes(name))).toEqual([])
})
