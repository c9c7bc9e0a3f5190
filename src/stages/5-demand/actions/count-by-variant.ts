import { z } from 'zod'
import { byId } from '../../../core/parse.ts'
import { action } from '../../action.ts'
import type { DemandContext } from '../options.ts'
import { linesOfCampaign } from '../store.ts'

const NOTHING = { pending: 0, confirmed: 0, inLots: 0, released: 0 }

/** Units per size and colourway: verified in the gathering lot, in lots already, still unverified, verified and released. */
export const countByVariant = action({
  name: 'demand.by-variant',
  scope: 'campaigns:read',
  input: byId,
  output: z.array(
    z.object({
      size: z.string(),
      colourway: z.string(),
      pending: z.int(),
      confirmed: z.int(),
      inLots: z.int(),
      released: z.int(),
    }),
  ),
  async run({ db }: DemandContext, _actor, { id }) {
    const cells = new Map<string, { size: string; colourway: string } & typeof NOTHING>()
    for (const { state, confirmedAt, lines } of await linesOfCampaign(db.read, id)) {
      if (state === 'cancelled' || (state === 'released' && !confirmedAt)) continue
      for (const { size, colourway, quantity } of lines) {
        const key = `${colourway}\n${size}`
        const cell = cells.get(key) ?? { size, colourway, ...NOTHING }
        cell[state === 'in-lot' || state === 'fulfilled' ? 'inLots' : state] += quantity
        cells.set(key, cell)
      }
    }
    return [...cells.values()]
  },
})
