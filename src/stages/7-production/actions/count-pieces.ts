import { z } from 'zod'
import { byId } from '../../../core/parse.ts'
import { paragraphs } from '../../../core/typed.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { tellPieces } from '../counting.ts'
import { piecesSchema } from '../model.ts'
import { orderInMaking } from '../reporting.ts'
import { piecesOf } from '../store/pieces.ts'

/**
 * How many good pieces of each variant there are, where that is not what was ordered: made short, or spoiled at the
 * inspection. It is settled at once who gets them, or when the lot is where it is packed. Said again, the last count stands.
 * @throws Problem 404, 409 when the order is not being made, 422 beside the line
 */
export const countPieces = action({
  name: 'production.count-pieces',
  // A factory counts what it makes; the warehouse, or a merchandiser for it, what came.
  scope: 'anyone',
  input: byId.extend({ pieces: piecesSchema, note: paragraphs(0, 1000).optional() }),
  output: z.object({
    settled: z.boolean().describe('Who gets them is decided; otherwise when each buyer has a shipment.'),
    pieces: z.array(z.looseObject({ size: z.string(), colourway: z.string(), ordered: z.int(), came: z.int(), spare: z.int() })), // prettier-ignore
  }),
  run: (context: Context, actor, { id, ...told }) =>
    context.db.write(async (tx) => {
      const order = await orderInMaking(tx, actor, id)
      const { step } = await tellPieces(tx, context, actor, order, told)
      return { settled: step === 'done', pieces: await piecesOf(tx, id) }
    }),
})
