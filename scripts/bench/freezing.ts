/**
 * The product as it is deployed, with one factory at the address that is given. Asked `{make}` it makes a campaign of a
 * style of its own whose lot comes near its goal, and waits until what its brief needs lies ready; asked `{freeze}` it
 * confirms what that lacks and says when it began to.
 */
import { eq } from 'drizzle-orm'
import { newId } from '../../src/core/values.ts'
import { campaigns, readyStyles } from '../../src/db/schema.ts'
import { gatheredCampaign } from '../../tests/support/lots.ts'
import { SHIP_TO } from '../../tests/support/factories.ts'
import { startFresh } from './built.ts'
import { moment } from './endpoints.ts'
import { answering } from './side.ts'

const [endpoint = ''] = process.argv.slice(2)
const bench = { kind: 'system', name: 'bench' } as const
const { running, leave } = await startFresh({
  OUTBOUND_ALLOW: '127.0.0.1',
  REQUESTS_PER_MINUTE: '100000000',
  LETTERS_PER_HOUR: '100000000',
  SECRET: '5'.repeat(64),
})
const { line, db } = running.app
await line.dispatch.changeTerms(bench, SHIP_TO)
const { factory } = await line.dispatch.createFactory(bench, {
  name: 'Tailor',
  country: 'China',
  contactEmail: 'tailor@factory.example',
  categories: ['tee'],
  moq: 1,
  weeklyCapacity: 100_000,
  leadDays: 14,
  rates: { tee: 800 },
  complianceClass: 'A',
  endpoint,
})
await line.dispatch.pingFactory(bench, { id: factory.id })

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** 40 units are there; one more is 60 of 100, from where a lot is made ready, and then these make it. */
const GOAL = 67
const LAST = GOAL - 41

async function make(): Promise<{ id: string }> {
  const { campaignId: id, styleId } = await gatheredCampaign(line.context)
  await db.write((tx) =>
    tx.update(campaigns).set({ thresholdUnits: GOAL }).where(eq(campaigns.id, id)).returning({ id: campaigns.id }),
  )
  await order(id, 1)
  for (;;) {
    const [ready] = await db.read.select().from(readyStyles).where(eq(readyStyles.styleId, styleId))
    if (ready) return { id }
    await pause(50)
  }
}

let made = 0
/** Placed and confirmed. @returns when the confirmation was asked for, and whether it made the lot */
async function order(campaignId: string, quantity: number): Promise<{ at: number; frozen: boolean }> {
  const [campaign] = await db.read.select().from(campaigns).where(eq(campaigns.id, campaignId))
  const lines = [{ size: campaign?.sizes[0] ?? '', colourway: campaign?.colourways[0] ?? '', quantity }]
  const buyer = { email: `buyer${++made}@example.com`, name: 'Buyer', lang: 'zh' as const, lines }
  const answer = await line.demand.place({ kind: 'anonymous' }, campaignId, buyer, { key: newId(), describe: String })
  const { id } = JSON.parse(answer.text) as { id: string }
  const token = new URL(line.demand.linkFor(id)).searchParams.get('token') ?? ''
  const at = moment()
  const { lot } = await line.demand.confirm({ kind: 'anonymous' }, { id, token })
  return { at, frozen: lot !== undefined }
}

answering(
  {},
  {
    async ask(word: { make: true } | { freeze: string }) {
      if ('make' in word) return make()
      const { at, frozen } = await order(word.freeze, LAST)
      if (!frozen) throw new Error('the last units made no lot')
      return { at }
    },
    leave,
  },
)
