import { z } from 'zod'
import { campaignCards } from '../../4-storefront/door.ts'
import { action } from '../../action.ts'
import { linkToken, linkUntil, ANEW_MS, personBehind } from '../links.ts'
import { ordersOf } from '../mine.ts'
import { byPerson } from '../model.ts'
import type { DemandContext } from '../options.ts'
import { changesOf } from '../store/changing.ts'
import { lotNumbered } from '../store/lots.ts'

/** Orders on one page: each has its whole story. */
const PER_PAGE = 10

/**
 * Everything that one person has ordered, newest first, each with what opens its own page.
 * @throws Problem 404 `orders.link`, 410 `orders.link-expired`
 */
export const listOwnOrders = action({
  name: 'demand.list-own-orders',
  scope: 'anyone',
  input: byPerson.extend({ before: z.string().max(200).optional() }),
  output: z.object({
    reach: z.string(),
    next: z.string().optional(),
    orders: z.array(z.looseObject({ token: z.string() })),
  }),
  async run(context: DemandContext, _actor, { token, before }) {
    const { db, clock, engines } = context
    const reach = personBehind(context, token)
    const found = await ordersOf(db.read, engines.vault, reach, { before, limit: PER_PAGE + 1 })
    const rows = found.slice(0, PER_PAGE)
    const cards = await campaignCards(db.read, [...new Set(rows.map(({ campaignId }) => campaignId))])
    const changes = rows.length
      ? await changesOf(
          db.read,
          rows.map(({ id }) => id),
        )
      : []
    const least = clock.now().getTime() + ANEW_MS
    const orders = []
    for (const preorder of rows) {
      const sold = cards.get(preorder.campaignId)
      if (!sold) continue
      const { campaign, card } = sold
      const lot = preorder.lot === null ? undefined : await lotNumbered(db.read, campaign.id, preorder.lot)
      const until = new Date(Math.max(linkUntil(campaign).getTime(), least))
      orders.push({
        preorder,
        campaign,
        card,
        lot,
        changes: changes.filter(({ preorderId }) => preorderId === preorder.id),
        token: linkToken(engines.vault, preorder.id, until),
      })
    }
    return { reach, next: found.length > PER_PAGE ? rows.at(-1)?.id : undefined, orders }
  },
})
