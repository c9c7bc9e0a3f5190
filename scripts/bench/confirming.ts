/**
 * The product as it is deployed, with open campaigns whose pre-orders wait to be confirmed. Asked `{place, campaigns}` it
 * stores so many, waits until each buyer has been asked by letter, and says where their links lead; at the end it says
 * how many are confirmed and whether every counter is what its rows say.
 */
import { and, eq, inArray } from 'drizzle-orm'
import { newId } from '../../src/core/values.ts'
import { preorders } from '../../src/db/schema.ts'
import { openCampaign } from '../../tests/support/campaigns.ts'
import { startFresh } from './built.ts'
import { answering } from './side.ts'

export interface Confirming {
  url: string
  campaigns: string[]
}
export interface Confirmed {
  confirmed: number
  /** Counters that differ. */
  wrong: number
}

const { running, leave } = await startFresh({
  REQUESTS_PER_MINUTE: '100000000',
  LETTERS_PER_HOUR: '100000000',
})
const { context, demand } = running.app.line
const campaigns: string[] = []
while (campaigns.length < 20)
  campaigns.push((await openCampaign(context, { thresholdUnits: 1_000_000_000, perBuyerCap: 1_000_000 })).id)

let made = 0
async function place(campaignId: string): Promise<string> {
  const buyer = {
    email: `buyer${++made}@example.com`,
    name: 'Buyer',
    lang: 'zh' as const,
    lines: [{ size: 'L', colourway: 'olive', quantity: 1 + (made % 3) }],
  }
  const { text } = await demand.place({ kind: 'anonymous' }, campaignId, buyer, { key: newId(), describe: String })
  return (JSON.parse(text) as { id: string }).id
}

/** Pre-orders that are placed at a time: as many share a commit. */
const TOGETHER = 200

async function ready(count: number, among: readonly string[]): Promise<string[]> {
  const paths: string[] = []
  while (paths.length < count) {
    const some = Array.from({ length: Math.min(TOGETHER, count - paths.length) }, (_, n) =>
      place(among[n % among.length] ?? ''),
    )
    for (const id of await Promise.all(some))
      paths.push(`/api/v1/preorders/${id}/confirm?token=${new URL(demand.linkFor(id)).searchParams.get('token')}`)
  }
  while (await demand.queueConfirmations());
  return paths
}

answering({ url: running.url ?? '', campaigns } satisfies Confirming, {
  ask: ({ place, campaigns }: { place: number; campaigns: string[] }) => ready(place, campaigns),
  async leave(): Promise<Confirmed> {
    const own = and(inArray(preorders.campaignId, campaigns), eq(preorders.state, 'confirmed'))
    const confirmed = await context.db.read.$count(preorders, own)
    const wrong = (await demand.audit({ kind: 'system', name: 'bench' }, { repair: false })).length
    await leave()
    return { confirmed, wrong }
  },
})
