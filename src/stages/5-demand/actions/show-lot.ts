import { z } from 'zod'
import { notFound } from '../../../core/errors.ts'
import { byId } from '../../../core/parse.ts'
import { action } from '../../action.ts'
import type { DemandContext } from '../options.ts'
import { lotById } from '../store/lots.ts'

export const showLot = action({
  name: 'demand.lot',
  scope: 'campaigns:read',
  input: byId,
  output: z.looseObject({ id: z.string() }),
  async run({ db }: DemandContext, _actor, { id }) {
    const lot = await lotById(db.read, id)
    if (!lot) throw notFound({ en: 'lot', zh: '批次' }, id)
    // Sent by a person before its time, whatever it would have been sent for.
    return { ...lot, reason: lot.actId ? 'hand' : lot.reason }
  },
})
