/**
 * The product as `node dist/main.js` starts it, with open campaigns. DATABASE_URL, where it is set, names an empty
 * PostgreSQL database for this. Says its address and its campaigns, and at the end how many pre-orders those have.
 */
import { inArray } from 'drizzle-orm'
import { preorders } from '../../src/db/schema.ts'
import { openCampaign } from '../../tests/support/campaigns.ts'
import { startFresh } from './built.ts'
import { answering } from './side.ts'

export interface Real {
  url: string
  campaigns: string[]
}

const [campaigns = '20'] = process.argv.slice(2)
// The limit of requests a minute guards a public address against one sender; here there is only one sender.
const { running, leave } = await startFresh({
  REQUESTS_PER_MINUTE: '100000000',
  LETTERS_PER_HOUR: '100000000',
  ...(process.env['ROLE'] ? { ROLE: process.env['ROLE'] } : {}),
  ...(process.env['DATABASE_URL'] ? { DATABASE_URL: process.env['DATABASE_URL'], SECRET: '5'.repeat(64) } : {}),
})
const { context } = running.app.line
const ids: string[] = []
while (ids.length < Number(campaigns))
  ids.push((await openCampaign(context, { thresholdUnits: 1_000_000_000, perBuyerCap: 1_000_000 })).id)

answering({ url: running.url, campaigns: ids } as Real, {
  async leave() {
    const stored = ids.length ? await context.db.read.$count(preorders, inArray(preorders.campaignId, ids)) : 0
    await leave()
    return { stored }
  },
})
