import { z } from 'zod'
import { may } from '../../../core/actor.ts'
import { notFound } from '../../../core/errors.ts'
import { byId } from '../../../core/parse.ts'
import { believed, chanceOfGoal } from '../../../core/reach.ts'
import { campaignById, type Campaign } from '../../4-storefront/door.ts'
import { lookFor, MOST_LOOKED_AT, NOTHING_SEEN, PATTERNS, type LookedAt } from '../../5-demand/door.ts'
import { action } from '../../action.ts'
import type { Learning } from '../learning.ts'

const counts = z.object({
  units: z.int(),
  buyers: z.int(),
  goalReached: z.boolean(),
  chance: z
    .number()
    .nullable()
    .describe('Of reaching the goal; null where it is too early to say, or nothing is left to be guessed.'),
})

/** Orders of a pattern that are listed: the merchandiser looks at some and has the count of all. */
const LISTED = 100

type Counts = z.infer<typeof counts>

/** What the counts are, or would be. */
function tell(
  { state, collecting, undecidedAt, opensAt, closesAt, thresholdUnits, minBuyers }: Campaign,
  count: { units: number; buyers: number },
  belief: Parameters<typeof believed>[0],
  now: Date,
): Counts {
  const goalReached = count.units >= thresholdUnits && count.buyers >= minBuyers
  if (goalReached || state !== 'open' || (collecting && goalReached) || undecidedAt)
    return { ...count, goalReached, chance: null }
  const elapsed = (now.getTime() - opensAt.getTime()) / (closesAt.getTime() - opensAt.getTime())
  const sought = { units: thresholdUnits, buyers: minBuyers }
  const { probability, enough } = chanceOfGoal(believed(belief, sought), count, elapsed, sought)
  return { ...count, goalReached, chance: enough ? probability : null }
}

/** As they are listed: who they are only for whoever may know it. */
const listed = (orders: LookedAt['seen'], people: LookedAt['people'] | undefined) =>
  orders.slice(0, LISTED).map(({ id, placedAt, units, confirmed, partnerId }) => ({
    id,
    placedAt,
    units,
    state: confirmed ? ('confirmed' as const) : ('pending' as const),
    partnerId,
    ...people?.get(id),
  }))

/**
 * What in the demand of the lot that gathers is worth a second look, with the orders it is about and what the counts, the
 * goal and the chance would be without them. Nothing is removed by it.
 * @throws Problem 404
 */
export const tellPatterns = action({
  name: 'reorders.patterns',
  scope: 'campaigns:read',
  input: byId,
  output: z.object({
    lookedAt: z.int().describe(`Orders that were looked through, the newest ${MOST_LOOKED_AT} at most.`),
    now: counts,
    patterns: z.array(
      z.object({
        kind: z.enum(PATTERNS),
        orders: z.array(
          z.object({
            id: z.string(),
            placedAt: z.date(),
            units: z.int(),
            state: z.enum(['pending', 'confirmed']),
            partnerId: z.string().nullable(),
            name: z.string().optional().describe('Only for whoever has the permission `people`.'),
            email: z.string().optional().describe('Only for whoever has the permission `people`.'),
          }),
        ),
        count: z.int().describe('All of its orders, listed or not.'),
        buyers: z.int(),
        units: z.int().describe('Verified and not.'),
        without: counts.describe('Without these orders.'),
      }),
    ),
    without: counts.describe('Without any of them.'),
  }),
  async run({ db, clock, learned }: Learning, actor, { id }) {
    const campaign = await campaignById(db.read, id)
    if (!campaign) throw notFound({ en: 'campaign', zh: '预售' }, id)
    const { belief } = await learned(db.read)
    const over = campaign.state === 'closed' || campaign.state === 'released'
    const { seen, patterns, people, countWithout } = over ? NOTHING_SEEN : await lookFor(db.read, campaign)
    const whole = { units: campaign.lotUnits, buyers: campaign.lotBuyers }
    const told = (gone: ReadonlySet<string>) =>
      tell(campaign, gone.size ? countWithout(gone) : whole, belief, clock.now())
    const shown = may(actor, 'people') ? people : undefined
    return {
      lookedAt: seen.length,
      now: told(new Set()),
      patterns: patterns.map(({ kind, orders }) => ({
        kind,
        orders: listed([...orders], shown),
        count: orders.length,
        buyers: new Set(orders.map(({ buyerKey }) => buyerKey)).size,
        units: orders.reduce((sum, { units }) => sum + units, 0),
        without: told(new Set(orders.map((order) => order.id))),
      })),
      without: told(new Set(patterns.flatMap(({ orders }) => orders.map((order) => order.id)))),
    }
  },
})
