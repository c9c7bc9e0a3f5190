import { and, eq, getTableColumns, sql } from 'drizzle-orm'
import type { Lang } from '../../../core/values.ts'
import { given, insertMany, typed, type Reader } from '../../../db/database.ts'
import { refusals } from '../../../db/tables.ts'
import { campaigns } from '../../4-storefront/door.ts'
import { allowances, campaignBuyers, preorders, type PreorderLine } from '../tables.ts'

/** A pre-order that is to be stored, with everything its row holds. */
export interface NewPreorder {
  id: string
  campaignId: string
  buyerKey: string
  email: string
  name: string
  /** Sealed (contact.ts). */
  contact: string | null
  lang: Lang
  lines: PreorderLine[]
  units: number
  /** What it depends on (pledges.ts); null where it counts at every price. */
  pledged: string | null
  shownPrice: number
  placedAt: Date
  requestKey: string
  /** The terms of sale that were accepted. */
  terms: string | null
  /** Whom its letter counts against; null: nobody. Only written down here. */
  origin: string | null
  /** The partner that it came by; null: none. */
  partnerId: string | null
}

/** What is given of a new pre-order, each in the type of its column. */
const GIVEN = {
  id: preorders.id,
  campaignId: preorders.campaignId,
  buyerKey: preorders.buyerKey,
  email: preorders.email,
  name: preorders.name,
  contact: preorders.contact,
  lang: preorders.lang,
  lines: preorders.lines,
  units: preorders.units,
  pledged: preorders.pledged,
  shownPrice: preorders.shownPrice,
  placedAt: preorders.placedAt,
  requestKey: preorders.requestKey,
  terms: preorders.terms,
  origin: preorders.origin,
  partnerId: preorders.partnerId,
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
    // Asked only of whoever is over the cap.
    const allowed = tx
      .select({ units: allowances.units })
      .from(allowances)
      .where(and(eq(allowances.campaignId, g('campaignId')), eq(allowances.buyerKey, g('buyerKey'))))
    const refused = tx
      .select({ requestKey: refusals.requestKey })
      .from(refusals)
      .where(eq(refusals.requestKey, g('requestKey')))
    return tx
      .insert(preorders)
      .select(
        sql`with ${given(GIVEN, rows)} select ${sql.join(values, sql`, `)} from given
          join ${campaigns} on ${campaigns.id} = ${g('campaignId')}
          where ${campaigns.state} in ('open', 'dispatching') and ${campaigns.pausedAt} is null
            and ${campaigns.stoppedAt} is null
            and ${campaigns.opensAt} <= ${g('placedAt')} and ${g('placedAt')} < ${campaigns.closesAt}
            and (coalesce(${held}, 0) + ${g('units')} <= ${campaigns.perBuyerCap}
              or coalesce(${held}, 0) + ${g('units')} <= ${allowed})
            and not exists ${refused}`,
      )
      .onConflictDoNothing({ target: preorders.requestKey })
  },
)

/** Units a buyer holds in a campaign, in lots or not; what is pending is not held. */
export async function heldUnits(db: Reader, campaignId: string, buyerKey: string): Promise<number> {
  const [held] = await db
    .select({ units: campaignBuyers.units })
    .from(campaignBuyers)
    .where(and(eq(campaignBuyers.campaignId, campaignId), eq(campaignBuyers.buyerKey, buyerKey)))
  return held?.units ?? 0
}

/** What a buyer may hold, where a person said more than the cap. */
export async function allowedUnits(db: Reader, campaignId: string, buyerKey: string): Promise<number> {
  const [found] = await db
    .select({ units: allowances.units })
    .from(allowances)
    .where(and(eq(allowances.campaignId, campaignId), eq(allowances.buyerKey, buyerKey)))
  return found?.units ?? 0
}
