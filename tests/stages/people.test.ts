/** What is held on a person is handed out and taken away; what was counted, made and owed stays. */
import { and, eq, ne } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { anonymous, system } from '../../src/core/actor.ts'
import { sha256 } from '../../src/core/canonical.ts'
import { DAY, newId } from '../../src/core/values.ts'
import { queueLetters } from '../../src/db/mailbox.ts'
import * as schema from '../../src/db/schema.ts'
import { campaignBuyers, campaigns, inquiries, lots, mails, preorders, type users } from '../../src/db/schema.ts'
import { masterKey, type MasterKey } from '../../src/core/master-keys.ts'
import { openVault } from '../../src/engines/vault.ts'
import { openStorefront } from '../../src/stages/4-storefront/actions.ts'
import { openDemand, type Demand } from '../../src/stages/5-demand/actions.ts'
import { freezeLot } from '../../src/stages/5-demand/lots.ts'
import { openIdentity, openPeople, type People } from '../../src/stages/0-house/actions.ts'
import { UPKEEP } from '../../src/edges/line.ts'
import { openCampaign } from '../support/campaigns.ts'
import { receivedLot } from '../support/lots.ts'
import { world, type World } from '../support/world.ts'

const house = system('test')
const MEI = 'Mei.Lin@example.com'
let line: World<{ demand: Demand }>
let demand: Demand
let people: People
/** Master keys, the first one writes; a test puts others in. */
let keys: MasterKey[]

beforeEach(async () => {
  keys = [masterKey(Buffer.alloc(32, 7))]
  line = await world({
    stages: (context) => ({ demand: openDemand(context) }),
    engines: { vault: openVault({ keys: () => keys, refresh: () => false }) },
  })
  demand = line.stages.demand
  people = openPeople(line.context, { retentionDays: 30, upkeep: UPKEEP })
})
afterEach(() => line.close())

async function order(campaignId: string, email: string, quantity: number, confirm = true): Promise<string> {
  const lines = [{ size: 'L', colourway: 'olive', quantity }]
  const request = { email, name: '林梅 Lin', lang: 'zh' as const, lines }
  const options = { key: newId(), describe: ({ code }: { code: string }) => code }
  const { id } = JSON.parse((await demand.place(anonymous, campaignId, request, options)).text) as { id: string }
  await line.settle()
  if (confirm)
    await demand.confirm(anonymous, { id, token: new URL(demand.linkFor(id)).searchParams.get('token') ?? '' })
  return id
}
const counters = async () => ({
  campaigns: await line.db.read.select().from(campaigns).orderBy(campaigns.id),
  lots: await line.db.read.select().from(lots),
  held: (await line.db.read.select().from(campaignBuyers)).reduce((sum, { units }) => sum + units, 0),
})
/** Where in the whole database and the mail folder something stands. */
async function standsIn(text: RegExp): Promise<string[]> {
  const tables = Object.entries(schema).filter(
    ([, value]) => typeof value === 'object' && value !== null && 'id' in value,
  )
  const found: string[] = []
  for (const [name, table] of [
    ...tables,
    ['campaignBuyers', campaignBuyers],
    ['settings', schema.settings],
    ['securityLog', schema.securityLog],
  ] as [string, typeof users][])
    if (text.test(JSON.stringify(await line.db.read.select().from(table)))) found.push(name)
  if (text.test(JSON.stringify(await line.letters()))) found.push('mail folder')
  return found
}
/** A campaign whose first lot was made and received by its buyers. */
async function delivered(): Promise<string> {
  const { id } = await openCampaign(line.context, { thresholdUnits: 10 })
  await order(id, MEI, 6)
  await order(id, 'lan@example.com', 4)
  await line.db.write((tx) => freezeLot(tx, line.context, { campaignId: id, number: 1, reason: 'threshold' }))
  await receivedLot(line.context, id, 1)
  return id
}

test('everything held on somebody is handed out, however the address is typed', async () => {
  const id = await delivered()
  await openStorefront(line.context).ask(anonymous, { id, email: MEI, question: '有口袋吗？', lang: 'zh' })
  const held = await people.export(house, { email: 'mei.lin+shop@EXAMPLE.com' })
  expect(held).toMatchObject({
    preorders: [{ name: '林梅 Lin', units: 6, state: 'fulfilled' }],
    inquiries: [{ question: '有口袋吗？' }],
    letters: [{ to: MEI }],
    accounts: [],
  })
  expect(JSON.stringify(held)).not.toContain('lan@')
})

test('erased, a person is nowhere any more, and every counter is what it was', async () => {
  const id = await delivered()
  await openStorefront(line.context).ask(anonymous, { id, email: MEI, question: '林梅 Lin asks', lang: 'zh' })
  await line.settle()
  const before = await counters()
  expect(await standsIn(/mei\.lin|林梅/i)).toEqual(expect.arrayContaining(['preorders', 'mail folder']))
  const done = await people.erase(house, { email: MEI })
  expect(done).toMatchObject({ erased: { preorders: 1, inquiries: 1, letters: 1 }, kept: [] })
  expect(await counters()).toEqual(before)
  expect(await demand.audit(house, { repair: false })).toEqual([])
  const rest = await standsIn(/mei\.lin/i)
  expect(rest).toEqual([])
  // The other buyer is untouched, and a second time there is nothing to do.
  expect(await line.db.read.$count(preorders, eq(preorders.email, 'lan@example.com'))).toBe(1)
  expect((await people.erase(house, { email: MEI })).erased).toEqual({
    preorders: 0,
    inquiries: 0,
    letters: 0,
    accounts: 0,
  })
  expect(await line.db.read.$count(inquiries)).toBe(1)
})

test('an order under way stays, is named with its reason, and goes when it ends', async () => {
  const { id } = await openCampaign(line.context, { thresholdUnits: 10 })
  const made = await order(id, MEI, 6)
  const done = await people.erase(house, { email: MEI })
  expect(done.kept).toEqual([{ what: 'preorder', id: made, why: { zh: expect.any(String), en: expect.stringContaining('when it ends') } }]) // prettier-ignore
  await order(id, 'lan@example.com', 4)
  await line.db.write((tx) => freezeLot(tx, line.context, { campaignId: id, number: 1, reason: 'threshold' }))
  expect((await people.erase(house, { email: MEI })).kept[0]?.why.en).toContain('deliver')
  line.clock.advance(DAY)
  const again = await order(id, MEI, 3) // and orders again meanwhile: that is another matter
  await receivedLot(line.context, id, 1)
  const before = await counters()
  expect(await people.sweep()).toBe(1)
  expect(await counters()).toEqual(before)
  expect(await demand.audit(house, { repair: false })).toEqual([])
  const rows = await line.db.read.select().from(preorders).where(ne(preorders.email, 'lan@example.com'))
  expect(rows.find((row) => row.id === made)).toMatchObject({ email: 'erased@erased.invalid', name: '—', units: 6 })
  expect(rows.find((row) => row.id === again)).toMatchObject({ email: MEI, units: 3 })
})

test('what is handed out is what was decided, also of an order whose row has still to follow its lot', async () => {
  const { id } = await openCampaign(line.context, { thresholdUnits: 10 })
  const made = await order(id, MEI, 6)
  await order(id, 'lan@example.com', 4)
  await line.db.write((tx) => freezeLot(tx, line.context, { campaignId: id, number: 1, reason: 'threshold' }))
  // As a crowd's is between two slices.
  await line.db.write((tx) =>
    tx.update(preorders).set({ state: 'confirmed' }).where(eq(preorders.id, made)).returning({ id: preorders.id }),
  )
  await line.db.write((tx) => tx.update(lots).set({ following: true }).returning({ id: lots.id }))
  expect((await people.export(house, { email: MEI })).preorders).toMatchObject([{ state: 'in-lot', lot: 1 }])
  const { kept, erased } = await people.preview(house, { email: MEI })
  expect(kept[0]?.why.en).toContain('being made')
  expect(erased.preorders).toBe(0)
})

test('who orders again after an erasure is somebody new, with a whole cap', async () => {
  const { id } = await openCampaign(line.context, { thresholdUnits: 10, perBuyerCap: 6 })
  await order(id, MEI, 6)
  await order(id, 'lan@example.com', 4)
  await line.db.write((tx) => freezeLot(tx, line.context, { campaignId: id, number: 1, reason: 'threshold' }))
  await receivedLot(line.context, id, 1)
  await people.erase(house, { email: MEI })
  await order(id, MEI, 6)
  expect(await demand.audit(house, { repair: false })).toEqual([])
})

test('after the retention time ended orders, inquiries and letters are nobody’s, slice by slice', async () => {
  const id = await delivered()
  await line.db.write((tx) => tx.update(campaigns).set({ state: 'closed' }).where(eq(campaigns.id, id)).returning())
  expect(await people.sweep()).toBe(0)
  line.clock.advance(31 * DAY)
  const before = await counters()
  expect(await people.sweep()).toBeGreaterThanOrEqual(2)
  expect(await counters()).toEqual(before)
  expect(await demand.audit(house, { repair: false })).toEqual([])
  expect(await standsIn(/@example\.com/i)).toEqual([])
  expect(await line.db.read.$count(preorders, and(eq(preorders.state, 'fulfilled')))).toBe(2)
})

test('a buyer is no bare hash of the address: old keys become keyed ones, and count what they counted', async () => {
  const { id } = await openCampaign(line.context)
  await order(id, MEI, 6)
  const bare = sha256('mei.lin@example.com').slice(0, 32)
  const [{ buyerKey }] = (await line.db.read.select().from(preorders)) as [typeof preorders.$inferSelect]
  expect(buyerKey).not.toContain(bare.slice(0, 16))
  await line.db.write(async (tx) => {
    await tx.update(preorders).set({ buyerKey: bare }).returning()
    await tx.update(campaignBuyers).set({ buyerKey: bare }).returning()
  })
  await order(id, MEI, 2) // before the old rows have been seen to
  expect(await people.rekey()).toBe(1)
  expect(await line.db.read.select().from(campaignBuyers)).toMatchObject([{ buyerKey, units: 8, lotUnits: 8 }])
  expect(await demand.audit(house, { repair: false })).toEqual([])
  expect(await people.rekey()).toBe(0)
  // A start asks five million pre-orders once for each master key, and no more.
  expect(await people.rekeyOnce()).toBe(0)
  await line.db.write((tx) => tx.update(preorders).set({ buyerKey: bare }).returning())
  expect(await people.rekeyOnce()).toBe(0)
  const other = openVault(Buffer.alloc(32, 8))
  expect(other.sign('person', 'mei.lin@example.com')).not.toContain(buyerKey.split('.')[1])
})

test('an account goes with its person, the last operator only when there is another', async () => {
  const identity = openIdentity(line.context)
  const account = { name: '林梅 Lin', password: 'a long enough password 7', lang: 'zh' as const }
  await identity.createUser(house, { ...account, email: 'boss@example.com', role: 'admin' })
  expect((await people.erase(house, { email: 'boss@example.com' })).kept).toMatchObject([{ what: 'account' }])
  await identity.createUser(house, { ...account, email: MEI, role: 'merchandiser' })
  expect((await people.erase(house, { email: MEI })).erased.accounts).toBe(1)
  expect(await standsIn(/mei\.lin/i)).toEqual([])
})

test('only who may see people may do it, and what is no address is told', async () => {
  const reader = { kind: 'key', id: 'k', name: 'k', scopes: ['read'] } as const
  await expect(people.export(reader, { email: MEI })).rejects.toMatchObject({ status: 403 })
  await expect(people.erase(reader, { email: MEI })).rejects.toMatchObject({ status: 403 })
  await expect(people.erase(house, { email: 'mei' })).rejects.toMatchObject({ code: 'people.email', status: 422 })
  expect(await line.db.read.$count(mails)).toBe(0)
})

test('what is handed out holds the words of letters that wait, and says where those of sent ones are', async () => {
  const { id } = await openCampaign(line.context)
  await order(id, MEI, 2, false)
  const [sent] = (await people.export(house, { email: MEI })).letters
  expect(sent).toMatchObject({ state: 'sent', text: expect.stringContaining('/preorders/') })
  // Without a mail folder the words of what was sent are nowhere any more.
  await line.context.engines.mailer.forget?.([sent!.id])
  const queued = { dedupeKey: 'x', to: MEI, lang: 'en' as const, subject: 'A word', body: 'Dear Mei, it is late.' }
  await line.db.write((tx) => queueLetters(tx, [queued], line.clock.now(), line.context.engines.vault))
  const held = await people.export(house, { email: MEI })
  expect(held.letters.find(({ state }) => state === 'sent')).toMatchObject({ subject: null, text: null })
  expect(held.letters.find(({ state }) => state === 'due')).toMatchObject({
    subject: 'A word',
    text: 'Dear Mei, it is late.',
  })
  expect(held.notes.map(({ en }) => en).join(' ')).toMatch(/cleared from the database when it is sent/)
  expect(JSON.stringify(await line.db.read.select().from(mails))).not.toContain('it is late')
})

test('what would go and what would stay is told before, and nothing is changed', async () => {
  const id = await delivered()
  await order(id, MEI, 2)
  const before = JSON.stringify(await line.db.read.select().from(preorders))
  const preview = await people.preview(house, { email: MEI })
  expect(preview).toMatchObject({ erased: { preorders: 1, letters: 2 }, kept: [{ what: 'preorder' }] })
  expect(JSON.stringify(await line.db.read.select().from(preorders))).toBe(before)
  expect(await people.erase(house, { email: MEI })).toMatchObject(preview)
})

test('who asked to be erased under an older master key is still known by it', async () => {
  const { id } = await openCampaign(line.context, { thresholdUnits: 10 })
  const made = await order(id, MEI, 6)
  await people.erase(house, { email: MEI })
  const asked = await people.asked()
  const [old] = keys as [MasterKey]
  keys = [masterKey(Buffer.alloc(32, 9)), old]
  // A backup of before is put back under the new key: the note of the database it replaced still names her.
  expect(await people.alsoAsked(house, { asked })).toBe(1)
  expect(await people.notedUnder()).toEqual(new Map([[old.id, 1], [keys[0]!.id, 1]])) // prettier-ignore
  await line.db.write((tx) => tx.delete(schema.settings).where(eq(schema.settings.key, 'erasures')).returning())
  await line.db.write((tx) =>
    tx.insert(schema.settings).values({ key: 'erasures', value: asked, updatedAt: line.clock.now(), updatedBy: 'x' }),
  )
  await order(id, 'lan@example.com', 4)
  await line.db.write((tx) => freezeLot(tx, line.context, { campaignId: id, number: 1, reason: 'threshold' }))
  await receivedLot(line.context, id, 1)
  expect(await people.rekey()).toBe(1)
  // The old key is not known any more, and what was noted with it was carried over while it was.
  keys = keys.slice(0, 1)
  await people.sweep()
  const [row] = await line.db.read.select().from(preorders).where(eq(preorders.id, made))
  expect(row).toMatchObject({ email: 'erased@erased.invalid', name: '—' })
  expect(await demand.audit(house, { repair: false })).toEqual([])
})
