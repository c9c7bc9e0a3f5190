import { z } from 'zod'
import { byId } from '../../../core/parse.ts'
import { campaignCard } from '../../4-storefront/door.ts'
import { lotById, totalLines } from '../../5-demand/door.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { packedOrder } from '../packing.ts'
import { packingOf, shipmentCounts, unitsByVariant } from '../store/packing.ts'
import { countOf, piecesOf } from '../store/pieces.ts'

/** A lot at the warehouse: how many of its buyers have theirs, and what is to be picked for the others, by variant. */
export const showPacking = action({
  name: 'production.packing',
  scope: 'factories:read',
  input: byId,
  output: z.looseObject({
    order: z.looseObject({ id: z.string() }),
    counts: z.array(z.object({ state: z.string(), shipments: z.int(), units: z.int() })),
    pick: z.array(z.object({ size: z.string(), colourway: z.string(), quantity: z.int() })),
    direct: z.boolean().describe('Its factory sends to the buyers itself.'),
    count: z.looseObject({ by: z.string() }).optional().describe('That its pieces were counted, and by whom.'),
    pieces: z.array(z.looseObject({ size: z.string(), colourway: z.string(), ordered: z.int(), came: z.int(), spare: z.int() })), // prettier-ignore
    filling: z.boolean().describe('Some of its shipments are still being written.'),
  }),
  async run({ db }: Context, _actor, { id }) {
    const order = await packedOrder(db.read, id)
    const [packing, counts, lines, sold, count, counted, lot] = await Promise.all([
      packingOf(db.read, id),
      shipmentCounts(db.read, id),
      unitsByVariant(db.read, id, ['to-pack']),
      campaignCard(db.read, order.campaignId),
      countOf(db.read, id),
      piecesOf(db.read, id),
      lotById(db.read, order.lotId),
    ])
    const sizes = [...new Set(lines.map(({ size }) => size))]
    const known = sold?.campaign.sizes ?? []
    const inOrder = [...known.filter((size) => sizes.includes(size)), ...sizes.filter((size) => !known.includes(size))]
    const colours = [...new Set(lines.map(({ colourway }) => colourway))].toSorted()
    return {
      order,
      counts,
      count: count && { by: count.by, at: count.at, note: count.note, settled: count.step === 'done' },
      pieces: counted.length
        ? counted
        : (lot?.quantities ?? []).map(({ size, colourway, quantity }) => ({ size, colourway, ordered: quantity, came: quantity, spare: 0 })), // prettier-ignore
      sizes: known,
      pick: totalLines(lines, inOrder, colours),
      filling: packing?.filling ?? false,
      direct: packing?.direct === order.placement,
    }
  },
})
