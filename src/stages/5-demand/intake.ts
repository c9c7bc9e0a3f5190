import { and, eq, getTableColumns, sql } from 'drizzle-orm'
import { notFound, problem, type Problem } from '../../core/errors.ts'
import type { Lang } from '../../core/values.ts'
import { given, insertMany, typed, type Tx } from '../../db/database.ts'
import { campaigns, campaignById, type Campaign } from '../4-storefront/door.ts'
import { campaignBuyers, preorders, type PreorderLine } from './tables.ts'
import { refusals } from '../../db/tables.ts'
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

/** What is given of a new pre-order, each in the type of its column. */
const GIVEN = {
  id: preorders.id,
  campaignId: preorders.campaignId,
  buyerKey: preorders.buyerKey,
  email: preorders.email,
  name: preorders.name,
  lang: preorders.lang,
  lines: preorders.lines,
  units: preorders.units,
  shownPrice: preorders.shownPrice,
  placedAt: preorders.placedAt,
  requestKey: preorders.requestKey,
} as const satisfies Record<keyof NewPreorder, unknown>

/** The same for all. */
const ALIKE: Record<string, unknown> = { state: 'pending', letterDue: true }

/**
 * Stores those of many pre-orders whose campaign takes them at their moment, whose buyer stays within the cap and whose
 * request is new. One statement, so that it needs no decision in between and can run where nobody waits for it. The
 * campaign's row is only read, so that intake never waits for a hot row; a campaign that closes in a transaction beside
 * this one lets go of what it did not see (`releaseUnasked`). What is pending is held against the cap when confirmed.
 */
export const acceptPreorders = insertMany<NewPreorder>(
  preorders.id,
  Object.keys(GIVEN) as (keyof NewPreorder)[],
  (tx, rows) => {
    const g = (name: keyof NewPreorder) => sql`given.${sql.identifier(name)}`
    const values = Object.entries(getTableColumns(preorders)).map(([name, column]) =>
      name in GIVEN ? g(name as keyof NewPreorder) : typed(ALIKE[name] ?? null, column),
    )
    const held = tx
      .select({ units: campaignBuyers.units })
      .from(campaignBuyers)
      .where(and(eq(campaignBuyers.campaignId, g('campaignId')), eq(campaignBuyers.buyerKey, g('buyerKey'))))
    const refused = tx
      .select({ requestKey: refusals.requestKey })
      .from(refusals)
      .where(eq(refusals.requestKey, g('requestKey')))
    return tx
      .insert(preorders)
      .select(
        sql`with ${given(GIVEN, rows)} select ${sql.join(values, sql`, `)} from given
          join ${campaigns} on ${campaigns.id} = ${g('campaignId')}
          where ${campaigns.state} in ('open', 'dispatching')
            and ${campaigns.opensAt} <= ${g('placedAt')} and ${g('placedAt')} < ${campaigns.closesAt}
            and coalesce(${held}, 0) + ${g('units')} <= ${campaigns.perBuyerCap}
            and not exists ${refused}`,
      )
      .onConflictDoNothing({ target: preorders.requestKey })
  },
)

/** Why a campaign takes no pre-order at that moment, in words; nothing when it does. */
export function whyNot(
  campaign: Pick<Campaign, 'state' | 'opensAt' | 'closesAt'> | undefined,
  id: string,
  now: Date,
): Problem | undefined {
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

/**
 * Store one pre-order, or say why not: the reasons `acceptPreorders` has, looked up where it stored nothing.
 * @returns whether it was stored; false when its request was granted or refused before
 * @throws Problem campaign unknown, not open, closed; over the buyer's cap
 */
export async function acceptPreorder(tx: Tx, order: NewPreorder): Promise<boolean> {
  const [stored] = await acceptPreorders(tx, [order])
  if (stored) return true
  const { campaignId, buyerKey, placedAt, units } = order
  const campaign = await campaignById(tx, campaignId)
  const closed = whyNot(campaign, campaignId, placedAt)
  if (closed || !campaign) throw closed
  const [held] = await tx
    .select({ units: campaignBuyers.units })
    .from(campaignBuyers)
    .where(and(eq(campaignBuyers.campaignId, campaignId), eq(campaignBuyers.buyerKey, buyerKey)))
  if ((held?.units ?? 0) + units > campaign.perBuyerCap) throw overCap(campaign.perBuyerCap)
  return false
}
