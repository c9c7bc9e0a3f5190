import { z } from 'zod'
import { action } from '../../action.ts'
import type { DemandContext } from '../options.ts'
import { partnerFor } from '../partners/finding.ts'
import { ordersOfPartner } from '../store/partners.ts'
import { PREORDER_STATES } from '../tables.ts'

/** Pre-orders that came by a partner, oldest first, without anything of their buyers. @throws Problem 403, 404 */
export const listPartnerOrders = action({
  name: 'partners.orders',
  scope: 'anyone',
  input: z.object({
    id: z.string().max(200),
    /** The id of the last one already seen. */
    after: z.string().max(200).optional(),
    limit: z.int().min(1),
  }),
  output: z.object({
    id: z.string(),
    campaignId: z.string(),
    state: z.enum(PREORDER_STATES),
    units: z.int(),
    lot: z.int().nullable(),
    lines: z.array(z.object({ size: z.string(), colourway: z.string(), quantity: z.int() })),
    shownPrice: z.int(),
    placedAt: z.date(),
    confirmedAt: z.date().nullable(),
  }),
  async run({ db }: DemandContext, actor, { id, ...page }) {
    await partnerFor(db.read, actor, id)
    const rows = await ordersOfPartner(db.read, { partnerId: id, ...page })
    return rows.map(({ id: order, campaignId, state, units, lot, lines, shownPrice, placedAt, confirmedAt }) => ({ id: order, campaignId, state, units, lot, lines, shownPrice, placedAt, confirmedAt })) // prettier-ignore
  },
})
