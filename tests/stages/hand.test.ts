/** What a person does with a campaign by hand, and whom it meets on the way. */
import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { anonymous, system, type Actor } from '../../src/core/actor.ts'
import { Problem } from '../../src/core/errors.ts'
import { DAY, MINUTE, newId } from '../../src/core/values.ts'
import { endOfDay, spokenEnd } from '../../src/core/zones.ts'
import { allowances, campaigns, lots, preorders, securityLog, styleVersions } from '../../src/db/schema.ts'
import { openPeople } from '../../src/stages/0-house/actions.ts'
import { openStorefront, type Storefront } from '../../src/stages/4-storefront/actions.ts'
import { openDemand, type Demand } from '../../src/stages/5-demand/actions.ts'
import { acceptPreorders } from '../../src/stages/5-demand/store/intake.ts'
import { UPKEEP } from '../../src/edges/line.ts'
import { openCampaign } from '../support/campaigns.ts'
import { changeHouse } from '../support/house.ts'
import { world, type World } from '../support/world.ts'

let line: World<{ demand: Demand; storefront: Storefront }>
let demand: Demand
const mei: Actor = { kind: 'user', id: 'u-mei', name: 'Mei', role: 'merchandiser' }
const lin: Actor = { kind: 'user', id: 'u-lin', name: 'Lin', role: 'merchandiser' }
const shop: Actor = { kind: 'key', id: 'shop', name: 'shop', scopes: ['demand'] }
const said = { why: 'rights', reason: '版权方来函' } as const

beforeEach(async () => {
  line = await world({
    stages: (context) => ({ demand: openDemand(context), storefront: openStorefront(context) }),
  })
  demand = line.stages.demand
})
afterEach(() => line.close())

const place = async (id: string, buyer: string, quantity = 2, actor: Actor = anonymous) => {
  const lines = [{ size: 'L', colourway: 'olive', quantity }]
  const work = demand.place(
    actor,
    id,
    { email: `${buyer}@example.com`, name: buyer, lang: buyer.length % 2 ? 'en' : 'zh', lines },
    { key: newId(), describe: ({ code }) => code },
  )
  const answer = await work.catch((error: unknown) => {
    if (error instanceof Problem) return { status: error.status, text: error.code }
    throw error
  })
  return { ...answer, id: answer.status === 201 ? (JSON.parse(answer.text) as { id: string }).id : answer.text }
}
const tokenOf = (id: string) => new URL(demand.linkFor(id)).searchParams.get('token') ?? ''
const confirm = (id: string) => demand.confirm(anonymous, { id, token: tokenOf(id) })
const cancel = (id: string) => demand.cancel(anonymous, { id, token: tokenOf(id) })
async function order(campaignId: string, buyer: string, quantity = 2): Promise<string> {
  const { id } = await place(campaignId, buyer, quantity)
  await confirm(id)
  return id
}
const row = async (id: string) => (await line.db.read.select().from(campaigns).where(eq(campaigns.id, id)))[0]!
const stateOf = async (id: string) =>
  (await line.db.read.select().from(preorders).where(eq(preorders.id, id)))[0]!.state
const released = async () => (await line.letters()).filter(({ subject }) => /预订已取消|released/.test(subject))
const log = async () =>
  (await line.db.read.select().from(securityLog).orderBy(securityLog.seq)).map(({ act, actor, subject, details }) => ({
    act,
    actor,
    subject,
    details,
  }))
/** The time to take things back is over. */
async function later(minutes = 6): Promise<void> {
  line.clock.advance(minutes * MINUTE)
  const at = line.clock.now()
  await line.db.write((tx) =>
    line.context.outbox.emit(tx, system('schedule'), 'demand.sweep-due', { window: at.toISOString() }, at),
  )
  await line.settle()
}
const isRight = async () => expect(await demand.audit(system('test'), { repair: false })).toEqual([])

describe('a campaign that is stopped', () => {
  test('takes nobody any more from that moment; whoever waits is let go and told so, in both languages', async () => {
    const { id } = await openCampaign(line.context)
    const [wei, zhao] = [await order(id, 'wei'), await order(id, 'zhao', 3)]
    const { id: unsure } = await place(id, 'unsure')
    await line.settle()
    const act = await demand.stop(mei, { id, ...said })
    expect(act).toMatchObject({ kind: 'stop', state: 'waiting', by: 'user:u-mei', why: 'rights', reason: '版权方来函' })
    expect(await place(id, 'late')).toMatchObject({ status: 409, id: 'campaigns.closed' })
    await expect(confirm(unsure)).rejects.toMatchObject({ code: 'campaigns.closed' })
    expect(await released(), 'nothing has left the house').toEqual([])
    expect(await row(id)).toMatchObject({ state: 'open', lotUnits: 5 })
    await isRight()
    await later()
    expect(await row(id)).toMatchObject({ state: 'released', lotUnits: 0, totalUnits: 0, pendingUnits: 0 })
    expect((await row(id)).endedAt).toEqual((await row(id)).stoppedAt)
    expect(await Promise.all([wei, zhao, unsure].map(stateOf))).toEqual(['released', 'released', 'released'])
    const letters = await released()
    expect(letters.map(({ to }) => to).sort()).toEqual(['unsure@example.com', 'wei@example.com', 'zhao@example.com'])
    expect(letters.find(({ to }) => to === 'zhao@example.com')?.text).toContain('我们已提前停止“双排扣军大衣”的预售')
    expect(letters.find(({ to }) => to === 'wei@example.com')?.text).toContain('We have stopped the campaign')
    expect(letters.some(({ text }) => /未达|没有达到|did not reach/.test(text))).toBe(false)
    await isRight()
    await line.everyReactionAgain()
    expect(await released()).toHaveLength(3)
  })

  test('is written down: who, on what, when and why, and the reason in words where it can be erased', async () => {
    const { id } = await openCampaign(line.context)
    const act = await demand.stop(mei, { id, ...said })
    const on = { actor: 'user:u-mei', subject: `campaign:${id}`, details: { act: act.id, why: 'rights' } }
    expect(await log()).toEqual([{ act: 'campaign.stopped', ...on }])
    expect(await demand.acts(mei, { campaignId: id, limit: 10 })).toMatchObject([{ id: act.id, reason: '版权方来函' }])
  })

  test('goes on as if nothing had been when it is taken back in time, and not afterwards', async () => {
    const { id } = await openCampaign(line.context)
    const wei = await order(id, 'wei')
    const { id: unsure } = await place(id, 'unsure')
    const act = await demand.stop(mei, { id, ...said })
    await line.settle()
    expect(await demand.undoAct(lin, { campaignId: id, actId: act.id })).toMatchObject({ state: 'undone', undoneBy: 'user:u-lin' }) // prettier-ignore
    await later()
    expect(await row(id)).toMatchObject({ state: 'open', stoppedAt: null, lotUnits: 2, pendingUnits: 2 })
    expect(await stateOf(wei)).toBe('confirmed')
    await confirm(unsure)
    await order(id, 'more')
    expect((await row(id)).lotUnits).toBe(6)
    await isRight()
    const again = await demand.stop(mei, { id, ...said })
    await later()
    await expect(demand.undoAct(mei, { campaignId: id, actId: again.id })).rejects.toMatchObject({ code: 'hand.left' })
    await expect(demand.stop(mei, { id, ...said })).rejects.toMatchObject({ code: 'hand.over' })
    await isRight()
  })

  test('is over in time also where another campaign cannot be closed because its counters are wrong', async () => {
    const wrong = await openCampaign(line.context, { thresholdUnits: 4, days: 1 })
    await order(wrong.id, 'zhao', 3)
    await line.db.write((tx) =>
      tx.update(campaigns).set({ lotUnits: 30 }).where(eq(campaigns.id, wrong.id)).returning({ id: campaigns.id }),
    )
    const { id } = await openCampaign(line.context, { days: 2 })
    await order(id, 'wei')
    line.clock.advance(DAY)
    await demand.stop(mei, { id, ...said })
    line.clock.advance(6 * MINUTE)
    await expect(demand.reactions['demand.sweep-due']()).rejects.toThrow(/counts 30 units and its pre-orders 3/)
    expect(await row(id)).toMatchObject({ state: 'released', lotUnits: 0 })
    expect(await row(wrong.id)).toMatchObject({ state: 'open', lot: 1 })
  })

  test('lets a buyer leave meanwhile, and who left gets no second letter', async () => {
    const { id } = await openCampaign(line.context)
    const wei = await order(id, 'wei')
    await demand.stop(mei, { id, ...said })
    expect(await cancel(wei)).toMatchObject({ state: 'cancelled' })
    await later()
    expect(await released()).toEqual([])
    await isRight()
  })

  test('where the house leaves no time to take it back, is over at once', async () => {
    await changeHouse(line.context, system('test'), { undoMinutes: 0 })
    const { id } = await openCampaign(line.context)
    await order(id, 'wei')
    expect(await demand.stop(mei, { id, ...said })).toMatchObject({ state: 'done' })
    await line.settle()
    expect(await released()).toHaveLength(1)
  })

  test('keeps the lot that went out before; only what gathered since is let go', async () => {
    const { id } = await openCampaign(line.context, { thresholdUnits: 4 })
    const first = await order(id, 'wei', 4)
    const second = await order(id, 'zhao', 2)
    await demand.stop(mei, { id, ...said })
    await later()
    expect(await row(id)).toMatchObject({ state: 'closed', lot: 2, totalUnits: 4, lotUnits: 0 })
    expect(await Promise.all([first, second].map(stateOf))).toEqual(['in-lot', 'released'])
    expect((await released()).map(({ to }) => to)).toEqual(['zhao@example.com'])
    await isRight()
  })

  test('while orders come in: whatever was acknowledged is let go with a letter, and nothing else is there', async () => {
    const { id } = await openCampaign(line.context)
    const placed = Array.from({ length: 12 }, (_, n) => place(id, `buyer${n}`))
    const [stopped, ...answers] = await Promise.all([demand.stop(mei, { id, ...said }), ...placed])
    expect(stopped.state).toBe('waiting')
    // Stored beside the transaction that stopped it, and seen by nobody yet.
    const late = { id: newId(), campaignId: id, buyerKey: 'late', email: 'late@example.com', name: 'late', lang: 'en' as const, lines: [{ size: 'L', colourway: 'olive', quantity: 1 }], units: 1, shownPrice: 54_000, placedAt: new Date(line.clock.now().getTime() - 1), requestKey: newId(), origin: null, partnerId: null, contact: null, pledged: null, terms: null } // prettier-ignore
    await line.db.write((tx) => tx.insert(preorders).values({ ...late, state: 'pending', letterDue: true }).returning({ id: preorders.id })) // prettier-ignore
    await line.settle()
    await later()
    await line.settle()
    const taken = answers.filter(({ status }) => status === 201)
    const rows = await line.db.read.select().from(preorders)
    expect(rows.map((each) => each.state)).toEqual(rows.map(() => 'released'))
    expect(rows).toHaveLength(taken.length + 1)
    expect(new Set((await released()).map(({ to }) => to)).size).toBe(taken.length + 1)
    expect(await line.db.write((tx) => acceptPreorders(tx, [{ ...late, id: newId(), requestKey: newId() }]))).toEqual(
      [],
    )
    await isRight()
  })

  test('in the moment in which it reaches its goal: one lot or none, and everybody knows which', async () => {
    for (let round = 0; round < 6; round++) {
      const { id } = await openCampaign(line.context, { thresholdUnits: 6 })
      const waits = [await order(id, 'wei', 3), (await place(id, 'zhao', 3)).id]
      await Promise.allSettled([
        demand.stop(mei, { id, ...said }),
        confirm(waits[1]!),
        place(id, 'vouched', 2, shop),
        demand.stop(lin, { id, ...said }),
      ])
      await later()
      const made = await line.db.read.select().from(lots).where(eq(lots.campaignId, id))
      expect(made.length).toBeLessThanOrEqual(1)
      const states = await Promise.all(waits.map(stateOf))
      expect(states).toEqual(made.length ? ['in-lot', 'in-lot'] : ['released', 'released'])
      expect((await row(id)).state).toBe(made.length ? 'closed' : 'released')
    }
    await isRight()
  })
})

describe('a campaign that is taken down', () => {
  const picture = 'a'.repeat(64)
  async function withPicture() {
    const made = await openCampaign(line.context)
    const pictures = [{ colourway: 'olive', view: 'front', width: 640, height: 800, files: { webp: picture }, digitalSourceType: 'x' }] // prettier-ignore
    await line.db.write(
      (tx) =>
      tx.update(styleVersions).set({ pictures }).where(eq(styleVersions.styleId, made.styleId)).returning({ id: styleVersions.id }), // prettier-ignore
    )
    return made
  }

  test('is shown to nobody outside at once, with its pictures; the house keeps its record', async () => {
    const { id } = await withPicture()
    const { storefront } = line.stages
    await order(id, 'wei')
    expect(await storefront.onSale(anonymous, { limit: 10 })).toHaveLength(1)
    expect(await storefront.picture(anonymous, { file: picture })).toEqual({ everybody: true })
    await demand.takeDown(mei, { id, ...said })
    expect(await storefront.onSale(anonymous, { limit: 10 })).toEqual([])
    const gone = { code: 'campaigns.taken-down', status: 410 }
    await expect(storefront.card(anonymous, { id })).rejects.toMatchObject(gone)
    await expect(storefront.page(anonymous, { id })).rejects.toMatchObject(gone)
    await expect(storefront.look(mei, { id }), 'as a buyer sees it').rejects.toMatchObject(gone)
    await expect(storefront.picture(anonymous, { file: picture })).rejects.toMatchObject(gone)
    const question = { id, email: 'a@example.com', question: '还有吗？', lang: 'zh' as const }
    await expect(storefront.ask(anonymous, question)).rejects.toMatchObject(gone)
    await expect(demand.pool(anonymous, { id }), 'who joined').rejects.toMatchObject(gone)
    await expect(demand.pledges(anonymous, { id })).rejects.toMatchObject(gone)
    expect(await storefront.card(mei, { id })).toMatchObject({ campaign: { id } })
    expect(await storefront.picture(mei, { file: picture })).toEqual({ everybody: false })
    await later()
    expect((await released()).map(({ text }) => text)).toEqual([expect.stringContaining('withdrawn')])
    expect(await row(id)).toMatchObject({ state: 'released', totalUnits: 0 })
    await isRight()
  })

  test('comes back whole when that is taken back in time', async () => {
    const { id } = await withPicture()
    await order(id, 'wei')
    const act = await demand.takeDown(mei, { id, ...said })
    await demand.undoAct(mei, { campaignId: id, actId: act.id })
    await later()
    expect(await line.stages.storefront.onSale(anonymous, { limit: 10 })).toHaveLength(1)
    expect(await line.stages.storefront.picture(anonymous, { file: picture })).toEqual({ everybody: true })
    expect(await row(id)).toMatchObject({ state: 'open', takenDownAt: null, stoppedAt: null, lotUnits: 2 })
    await isRight()
  })

  test('also where it is over; and a stop before it cannot bring it back', async () => {
    const { id } = await withPicture()
    const stop = await demand.stop(mei, { id, ...said })
    const down = await demand.takeDown(mei, { id, ...said })
    await expect(demand.undoAct(mei, { campaignId: id, actId: stop.id })).rejects.toMatchObject({ code: 'hand.taken-down' }) // prettier-ignore
    await later()
    expect(await row(id)).toMatchObject({ state: 'released' })
    await expect(demand.undoAct(mei, { campaignId: id, actId: down.id })).rejects.toMatchObject({ code: 'hand.left' })
    const other = await withPicture()
    await demand.stop(mei, { id: other.id, ...said })
    await later()
    await demand.takeDown(mei, { id: other.id, ...said })
    await expect(line.stages.storefront.card(anonymous, { id: other.id })).rejects.toMatchObject({ status: 410 })
    await expect(demand.takeDown(mei, { id: other.id, ...said })).rejects.toMatchObject({ code: 'hand.taken-down-before' }) // prettier-ignore
  })
})

describe('a campaign that is paused', () => {
  test('takes no new pre-order, also none that is vouched for; what it has is confirmed, cancelled and made', async () => {
    const { id } = await openCampaign(line.context, { thresholdUnits: 4 })
    await changeHouse(line.context, system('test'), { verification: 'trusted' })
    const { id: wei } = await place(id, 'wei', 4)
    await demand.pause(mei, { id, ...said })
    expect(await place(id, 'late')).toMatchObject({ status: 409, id: 'campaigns.paused' })
    expect(await place(id, 'late', 1, shop)).toMatchObject({ status: 409, id: 'campaigns.paused' })
    await confirm(wei)
    expect(await row(id)).toMatchObject({ state: 'dispatching', lot: 2 })
    await demand.resume(lin, { id, ...said })
    expect(await place(id, 'late')).toMatchObject({ status: 201 })
    expect((await log()).slice(-2).map(({ act }) => act)).toEqual(['campaign.paused', 'campaign.resumed'])
    await expect(demand.resume(mei, { id, ...said })).rejects.toMatchObject({ code: 'hand.not-paused' })
    await isRight()
  })

  test('once, however many press; and that is taken back as well', async () => {
    const { id } = await openCampaign(line.context)
    const pressed = await Promise.allSettled([1, 2, 3].map(() => demand.pause(mei, { id, ...said })))
    expect(pressed.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const [act] = await demand.acts(mei, { campaignId: id, limit: 5 })
    await demand.undoAct(mei, { campaignId: id, actId: act!.id })
    expect(await row(id)).toMatchObject({ pausedAt: null })
    await expect(demand.undoAct(mei, { campaignId: id, actId: act!.id })).rejects.toMatchObject({ code: 'hand.moved-on' }) // prettier-ignore
  })
})

describe('where more is at stake than one person may decide', () => {
  test('a second one agrees before anything is done, and never the same', async () => {
    await changeHouse(line.context, system('test'), { secondApproverAbove: 100_000 })
    const { id } = await openCampaign(line.context)
    await order(id, 'wei', 1)
    expect((await demand.stop(mei, { id, ...said })).state, 'below the sum').toBe('waiting')
    const [first] = await demand.acts(mei, { campaignId: id, limit: 1 })
    await demand.undoAct(mei, { campaignId: id, actId: first!.id })
    await order(id, 'zhao', 4)
    const asked = await demand.stop(mei, { id, ...said })
    expect(asked).toMatchObject({ state: 'asked', sum: 5 * 54_000 })
    expect(await row(id)).toMatchObject({ stoppedAt: null })
    const which = { campaignId: id, actId: asked.id }
    await expect(demand.decideAct(mei, { ...which, agree: true })).rejects.toMatchObject({ code: 'hand.same-person' })
    expect(await demand.decideAct(lin, { ...which, agree: true })).toMatchObject({ state: 'waiting', decidedBy: 'user:u-lin' }) // prettier-ignore
    await expect(demand.decideAct(lin, { ...which, agree: true })).rejects.toMatchObject({ code: 'hand.over' })
    await later()
    expect(await row(id)).toMatchObject({ state: 'released' })
    expect((await log()).slice(-2).map(({ act, actor }) => [act, actor])).toEqual([
      ['campaign.asked', 'user:u-mei'],
      ['campaign.stopped', 'user:u-lin'],
    ])
  })

  test('refused it was never done', async () => {
    await changeHouse(line.context, system('test'), { secondApproverAbove: 1 })
    const { id } = await openCampaign(line.context)
    await order(id, 'wei', 4)
    const { id: actId } = await demand.stop(mei, { id, ...said })
    expect(await demand.decideAct(lin, { campaignId: id, actId, agree: false })).toMatchObject({ state: 'refused' })
    await later()
    expect(await row(id)).toMatchObject({ state: 'open', stoppedAt: null })
    expect((await log()).at(-1)?.act).toBe('campaign.refused')
  })
})

describe('what a campaign says', () => {
  const day = (days: number) => new Date(line.clock.now().getTime() + days * DAY).toISOString().slice(0, 10)
  const written = async (words: RegExp) => (await line.letters()).filter(({ subject }) => words.test(subject))

  test('its end moves to the end of another day, in the house’s zone; whoever ordered is told both, once, in their language', async () => {
    const { id } = await openCampaign(line.context)
    const before = (await row(id)).closesAt
    await order(id, 'wei')
    await order(id, 'wei')
    await order(id, 'zhao')
    await place(id, 'unsure')
    await line.settle()
    await demand.changeDates(mei, { id, ...said, closesAt: day(40) })
    const { closesAt } = await row(id)
    expect(closesAt).toEqual(endOfDay(day(40), 'Asia/Shanghai'))
    expect(await written(/截止日期变更|closing date/)).toEqual([])
    await later()
    const letters = await written(/截止日期变更|closing date/)
    expect(letters.map(({ to }) => to).sort()).toEqual(['wei@example.com', 'zhao@example.com'])
    for (const [to, lang] of [
      ['wei', 'en'],
      ['zhao', 'zh'],
    ] as const) {
      const { text } = letters.find((each) => each.to === `${to}@example.com`)!
      expect(text).toContain(spokenEnd(closesAt, lang, 'Asia/Shanghai'))
      expect(text).toContain(spokenEnd(before, lang, 'Asia/Shanghai'))
    }
    await line.everyReactionAgain()
    expect(await written(/截止日期变更|closing date/)).toHaveLength(2)
  })

  test('an end that is past, the same or before its beginning is refused beside its field; a mistake is taken back unsaid', async () => {
    const { id } = await openCampaign(line.context)
    const before = (await row(id)).closesAt
    await order(id, 'wei')
    const wish = { id, ...said }
    await expect(demand.changeDates(mei, { ...wish, closesAt: day(-2) })).rejects.toMatchObject({ code: 'hand.dates', extra: { field: 'closesAt' } }) // prettier-ignore
    await expect(demand.changeDates(mei, wish)).rejects.toMatchObject({ code: 'hand.no-change' })
    await expect(demand.changeDates(mei, { ...wish, opensAt: new Date(Date.parse(day(3))).toISOString() })).rejects.toMatchObject({ code: 'hand.opened' }) // prettier-ignore
    const act = await demand.changeDates(mei, { ...wish, closesAt: day(30) })
    await demand.undoAct(mei, { campaignId: id, actId: act.id })
    await later()
    expect((await row(id)).closesAt).toEqual(before)
    expect(await written(/截止日期变更|closing date/)).toEqual([])
  })

  test('one that is not open yet opens later, and not before', async () => {
    const { id } = await openCampaign(line.context, { opensInDays: 1 })
    const opensAt = new Date(line.clock.now().getTime() + 3 * DAY)
    await demand.changeDates(mei, { id, ...said, opensAt: opensAt.toISOString() })
    await later(25 * 60)
    expect(await row(id)).toMatchObject({ state: 'scheduled', opensAt })
    await later(48 * 60)
    expect(await row(id)).toMatchObject({ state: 'open' })
  })

  test('its words are corrected in both languages for whoever reads it, and what was approved stays', async () => {
    const { id, styleId } = await openCampaign(line.context)
    const { storefront } = line.stages
    await storefront.onSale(anonymous, { limit: 5 })
    await expect(demand.changeWords(mei, { id, ...said, nameZh: '军大衣' })).rejects.toMatchObject({ code: 'hand.both-languages' }) // prettier-ignore
    const act = await demand.changeWords(mei, { id, ...said, nameZh: '军大衣', nameEn: 'Greatcoat' })
    const names = { zh: '军大衣', en: 'Greatcoat' }
    expect(await storefront.onSale(anonymous, { limit: 5 })).toMatchObject([{ card: { names } }])
    expect((await storefront.page(anonymous, { id })).version.spec.names).toEqual(names)
    const [stored] = await line.db.read.select().from(styleVersions).where(eq(styleVersions.styleId, styleId))
    expect(stored!.spec.names.zh).toBe('双排扣军大衣')
    await demand.undoAct(mei, { campaignId: id, actId: act.id })
    expect((await storefront.card(anonymous, { id })).card.names.zh).toBe('双排扣军大衣')
  })

  test('a message reaches everybody whose order stands, each once and in their language, and nobody else', async () => {
    const { id } = await openCampaign(line.context)
    await expect(demand.tellBuyers(mei, { id, ...said, zh: '面料晚到', en: 'Cloth is late' })).rejects.toMatchObject({ code: 'hand.nobody' }) // prettier-ignore
    await order(id, 'wei')
    await order(id, 'zhao')
    await cancel(await order(id, 'gone'))
    await place(id, 'unsure')
    const act = await demand.tellBuyers(mei, { id, ...said, zh: '面料晚到', en: 'Cloth is late' })
    await later()
    const letters = await written(/关于您的预订|About your/)
    expect(letters.map(({ to, text }) => [to, /面料晚到/.test(text), /Cloth is late/.test(text)]).sort()).toEqual([
      ['wei@example.com', false, true],
      ['zhao@example.com', true, false],
    ])
    // Tried again much later, it is said to nobody who has joined since.
    await order(id, 'late')
    await demand.reactions['demand.said']({ payload: { actId: act.id } } as never)
    expect(await written(/关于您的预订|About your/)).toHaveLength(2)
  })
})

describe('going ahead', () => {
  test('below its goal a lot is made once its time to be taken back is over; exactly one, also where the goal is reached meanwhile', async () => {
    const { id } = await openCampaign(line.context, { thresholdUnits: 10, minBuyers: 3 })
    await expect(demand.dispatchNow(mei, { id, ...said })).rejects.toMatchObject({ code: 'hand.nothing' })
    const wei = await order(id, 'wei', 4)
    const act = await demand.dispatchNow(mei, { id, ...said })
    expect(await line.db.read.select().from(lots)).toEqual([])
    await order(id, 'zhao', 1)
    await later()
    const [lot] = await line.db.read.select().from(lots)
    expect(lot).toMatchObject({ campaignId: id, number: 1, units: 5, buyers: 2, actId: act.id })
    expect(await demand.lot(mei, { id: lot!.id })).toMatchObject({ reason: 'hand' })
    expect(await stateOf(wei)).toBe('in-lot')
    const other = await openCampaign(line.context, { thresholdUnits: 4 })
    await order(other.id, 'wei', 3)
    await demand.dispatchNow(mei, { id: other.id, ...said })
    await order(other.id, 'zhao', 1)
    await order(other.id, 'after', 1)
    await later()
    const made = await line.db.read.select().from(lots).where(eq(lots.campaignId, other.id))
    expect(made).toMatchObject([{ number: 1, units: 4, actId: null }])
    await isRight()
  })

  test('its end does not overtake it: a lot that is sent in the last minute is made, and one taken back is let go', async () => {
    const MINUTES = 2
    const ids: string[] = []
    for (let n = 0; n < 2; n++) {
      const { id } = await openCampaign(line.context, { thresholdUnits: 10, days: 7 })
      await order(id, 'wei', 4)
      ids.push(id)
    }
    const [made = '', taken = ''] = ids
    line.clock.advance((await row(made)).closesAt.getTime() - line.clock.now().getTime() - MINUTES * MINUTE)
    await demand.dispatchNow(mei, { id: made, ...said })
    const act = await demand.dispatchNow(mei, { id: taken, ...said })
    await later(MINUTES + 1)
    expect(await row(made)).toMatchObject({ state: 'open', lotUnits: 4 })
    await demand.undoAct(mei, { campaignId: taken, actId: act.id })
    await later()
    await later(1)
    expect(await line.db.read.select().from(lots)).toMatchObject([{ campaignId: made, units: 4 }])
    expect(await row(made)).toMatchObject({ state: 'closed' })
    expect(await row(taken)).toMatchObject({ state: 'released' })
    await isRight()
  })

  test('taken back in time it is not made, and stopped meanwhile neither', async () => {
    const { id } = await openCampaign(line.context, { thresholdUnits: 10 })
    await order(id, 'wei', 4)
    const act = await demand.dispatchNow(mei, { id, ...said })
    await demand.undoAct(mei, { campaignId: id, actId: act.id })
    await later()
    await demand.dispatchNow(mei, { id, ...said })
    await demand.stop(lin, { id, ...said })
    await later()
    expect(await line.db.read.select().from(lots)).toEqual([])
    expect(await row(id)).toMatchObject({ state: 'released', lotUnits: 0 })
    await isRight()
  })

  test('whoever asked for more than the cap may order so much after the answer, nobody else may, and it counts', async () => {
    const { id } = await openCampaign(line.context, { perBuyerCap: 50, thresholdUnits: 100 })
    const question = { id, email: 'wei@example.com', question: 'May I have 60?', lang: 'en' as const }
    const { id: inquiryId } = await line.stages.storefront.ask(anonymous, question)
    expect(await place(id, 'wei', 60)).toMatchObject({ status: 422, id: 'preorders.cap' })
    await expect(demand.quoteOrder(mei, { id, ...said, inquiryId, units: 50 })).rejects.toMatchObject({ code: 'hand.below-cap' }) // prettier-ignore
    await expect(demand.quoteOrder(mei, { id, ...said, inquiryId: 'x', units: 60 })).rejects.toMatchObject({ code: 'hand.no-question' }) // prettier-ignore
    await demand.quoteOrder(mei, { id, ...said, inquiryId, units: 60 })
    await later()
    const letter = (await line.letters()).find(({ subject }) => subject.startsWith('Your larger order'))
    expect(letter?.to).toBe('wei@example.com')
    expect(letter?.text).toContain('60 pieces')
    await order(id, 'wei', 60)
    expect(await row(id)).toMatchObject({ lotUnits: 60, lotBuyers: 1 })
    expect(await place(id, 'wei', 1)).toMatchObject({ status: 422, id: 'preorders.cap' })
    expect(await place(id, 'zhao', 60)).toMatchObject({ status: 422, id: 'preorders.cap' })
    await isRight()
  })

  test('what one buyer was allowed is forgotten with that buyer, and nobody else’s', async () => {
    const { id } = await openCampaign(line.context, { perBuyerCap: 5, thresholdUnits: 100 })
    const mine: string[] = []
    for (const name of ['wei', 'zhao']) {
      const question = { id, email: `${name}@example.com`, question: 'May I have 6?', lang: 'en' as const }
      const { id: inquiryId } = await line.stages.storefront.ask(anonymous, question)
      await demand.quoteOrder(mei, { id, ...said, inquiryId, units: 6 })
      await later()
      mine.push(await order(id, name, 6))
    }
    await cancel(mine[0]!)
    const people = openPeople(line.context, { retentionDays: 30, upkeep: UPKEEP })
    await people.erase(system('test'), { email: 'wei@example.com' })
    expect(await line.db.read.select({ units: allowances.units }).from(allowances)).toEqual([{ units: 6 }])
    await isRight()
  })

  test('a cap is raised for everybody, never lowered, and is what it was when that is taken back', async () => {
    const { id } = await openCampaign(line.context, { perBuyerCap: 5 })
    expect(await place(id, 'wei', 6)).toMatchObject({ status: 422 })
    await expect(demand.raiseCap(mei, { id, ...said, perBuyerCap: 5 })).rejects.toMatchObject({ code: 'hand.cap' })
    const act = await demand.raiseCap(mei, { id, ...said, perBuyerCap: 9 })
    await order(id, 'wei', 6)
    await demand.undoAct(mei, { campaignId: id, actId: act.id })
    expect(await place(id, 'zhao', 6)).toMatchObject({ status: 422 })
    expect(await row(id)).toMatchObject({ perBuyerCap: 5, lotUnits: 6 })
    await isRight()
  })
})
