import { eq, sql } from 'drizzle-orm'
import { setTimeout as sleep } from 'node:timers/promises'
import { notFound, Problem, problem } from '../../core/errors.ts'
import type { Lang } from '../../core/values.ts'
import { among, placeholders, prepared, preparedMany, type Database, type Tx } from '../../db/database.ts'
import { gather } from '../../db/gather.ts'
import { refusedBefore, type RequestName } from '../../db/idempotency.ts'
import { campaignBuyers, campaigns, preorders, type PreorderLine } from '../../db/schema.ts'
import type { Campaign } from '../4-storefront/store.ts'
import { overCap } from './model.ts'

/** A pre-order that is to be stored, with everything its row holds. */
export interface NewPreorder {
  id: string
  campaignId: string
  buyerKey: string
  email: string
  name: string
  lang: Lang
  lines: PreorderLine[]
  units: number
  shownPrice: number
  placedAt: Date
  requestKey: string
}

export interface Placing {
  order: NewPreorder
  request: RequestName
}

/** `used`: its request was granted or refused before, and nothing was stored. */
export type Placed = 'stored' | 'used' | Problem

/** The most pre-orders in one transaction of intake; bounds what one failing statement takes with it. */
const LARGEST_BATCH = 256

/** While at least so many come at a time … */
const BUSY = 4
/** … a batch begins this much after the one before (milliseconds), so that few statements serve many. */
const PACE_MS = 6

type Door = Pick<Campaign, 'id' | 'state' | 'opensAt' | 'closesAt' | 'perBuyerCap'>

const door = prepared<{ id: string }, Door>((tx) =>
  tx
    .select({
      id: campaigns.id,
      state: campaigns.state,
      opensAt: campaigns.opensAt,
      closesAt: campaigns.closesAt,
      perBuyerCap: campaigns.perBuyerCap,
    })
    .from(campaigns)
    .where(eq(campaigns.id, sql.placeholder('id'))),
)

/** What these buyers hold already, verified. What is pending is held against the cap when it is confirmed. */
const holdings = preparedMany<
  { campaignId: string; buyerKey: string },
  { campaignId: string; buyerKey: string; units: number }
>(['campaignId', 'buyerKey'], (tx, rows) =>
  tx
    .select({ campaignId: campaignBuyers.campaignId, buyerKey: campaignBuyers.buyerKey, units: campaignBuyers.units })
    .from(campaignBuyers)
    .where(among([campaignBuyers.campaignId, campaignBuyers.buyerKey], rows, ['campaignId', 'buyerKey'])),
)

/** What a request says of its row; the rest is the same for all. */
const GIVEN = [
  'id',
  'campaignId',
  'buyerKey',
  'email',
  'name',
  'lang',
  'lines',
  'units',
  'shownPrice',
  'placedAt',
  'requestKey',
] as const satisfies (keyof NewPreorder)[]

const insert = preparedMany<NewPreorder, { id: string }>(GIVEN, (tx, rows) =>
  tx
    .insert(preorders)
    .values(rows.map((row) => ({ ...placeholders(row, GIVEN), state: 'pending', letterDue: true })) as never)
    .onConflictDoNothing({ target: preorders.requestKey })
    .returning({ id: preorders.id }),
)

/** Why a campaign takes no pre-order at that moment, in words; nothing when it does. */
export function whyNot(campaign: Door | undefined, id: string, now: Date): Problem | undefined {
  if (!campaign) return notFound({ en: 'campaign', zh: '预售' }, id)
  const { state, opensAt, closesAt } = campaign
  if ((state === 'open' || state === 'dispatching') && opensAt <= now && now < closesAt) return undefined
  if (state === 'scheduled' || opensAt > now)
    return problem('campaigns.not-open', 409, {
      en: `Pre-orders open on ${opensAt.toISOString()}. Come back then.`,
      zh: `预售将于 ${opensAt.toISOString()} 开始，届时欢迎再来。`,
    })
  return problem('campaigns.closed', 409, {
    en: 'This campaign is closed and takes no more pre-orders. Have a look at the open ones.',
    zh: '本款预售已结束，不再接受预订。欢迎看看其他正在预售的款式。',
  })
}

const pair = ({ campaignId, buyerKey }: { campaignId: string; buyerKey: string }) => `${campaignId} ${buyerKey}`
const naming = ({ actor, route, key }: RequestName) => `${actor}\n${route}\n${key}`

/**
 * Store those of many pre-orders whose campaign takes them at their moment, whose buyer stays within the cap and whose
 * request is new. Campaigns' rows are only read, so that intake never waits for a hot row; a campaign that closes in a
 * transaction beside this one lets go of what it did not see (`releaseUnasked`).
 * @returns what became of each, in the order given
 */
export async function storePreorders(tx: Tx, placing: readonly Placing[]): Promise<Placed[]> {
  const doors = new Map<string, Door | undefined>()
  for (const {
    order: { campaignId },
  } of placing)
    if (!doors.has(campaignId)) doors.set(campaignId, (await door(tx, { id: campaignId }))[0])
  const held = new Map(
    (
      await holdings(
        tx,
        placing.map(({ order: { campaignId, buyerKey } }) => ({ campaignId, buyerKey })),
      )
    ).map((row) => [pair(row), row.units]),
  )
  const refused = new Set(
    (
      await refusedBefore(
        tx,
        placing.map(({ request }) => request),
      )
    ).map(naming),
  )
  const judged = placing.map(({ order, request }): Problem | 'used' | undefined => {
    if (refused.has(naming(request))) return 'used'
    const campaign = doors.get(order.campaignId)
    const closed = whyNot(campaign, order.campaignId, order.placedAt)
    if (closed || !campaign) return closed
    return (held.get(pair(order)) ?? 0) + order.units > campaign.perBuyerCap ? overCap(campaign.perBuyerCap) : undefined
  })
  const rows = await insert(
    tx,
    placing.filter((_, n) => !judged[n]).map(({ order }) => order),
  )
  const stored = new Set(rows.map(({ id }) => id))
  return placing.map(({ order }, n) => judged[n] ?? (stored.has(order.id) ? 'stored' : 'used'))
}

interface Waiting extends Placing {
  resolve: (placed: Placed) => void
  reject: (error: unknown) => void
}

/**
 * Pre-orders that come at the same time are stored by the same few statements, in one transaction: the next one takes
 * all that wait when it begins, however long it had to wait for the one before.
 * @returns stores one pre-order and resolves when it is durable
 */
export function openIntake(db: Database): (placing: Placing) => Promise<Placed> {
  const waiting: Waiting[] = []
  let asked = false
  let last = { began: 0, size: 0 }

  const alone = ({ resolve, reject, ...placing }: Waiting): Promise<void> =>
    db
      .write((tx) => storePreorders(tx, [placing]), { atomic: true })
      .then(([placed]) => resolve(placed as Placed), reject)

  async function run(): Promise<void> {
    const early = PACE_MS - (performance.now() - last.began)
    if (last.size >= BUSY && early > 0) await sleep(early)
    else await gather(() => waiting.length, LARGEST_BATCH)
    let batch: readonly Waiting[] | undefined
    const take = () => {
      batch = waiting.splice(0, LARGEST_BATCH)
      last = { began: performance.now(), size: batch.length }
      asked = false
      if (waiting.length) ask()
      return batch
    }
    try {
      const placed = await db.write((tx) => storePreorders(tx, batch ?? take()), { atomic: true })
      batch?.forEach(({ resolve }, n) => resolve(placed[n] as Placed))
    } catch (error) {
      const failed = batch ?? take()
      // One that the database cannot take does not take the others with it.
      if (failed.length > 1 && !(error instanceof Problem)) await Promise.all(failed.map(alone))
      else for (const { reject } of failed) reject(error)
    }
  }
  const ask = (): void => {
    asked = true
    void run()
  }

  return (placing) =>
    new Promise((resolve, reject) => {
      waiting.push({ ...placing, resolve, reject })
      if (!asked) ask()
    })
}
