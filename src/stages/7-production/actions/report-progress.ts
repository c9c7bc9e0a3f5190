import { z } from 'zod'
import { byId } from '../../../core/parse.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { reportSchema } from '../model.ts'
import { applyReport } from '../reporting.ts'

/**
 * How far an order is. Reports may come late, twice or in any order: the highest sequence number that does not
 * lead backwards decides, and a repeated report gets its first answer.
 * @throws Problem 404, 409 when the order is not being made, 422 naming the field
 */
export const reportProgress = action({
  name: 'production.report',
  refusal: 'production.report',
  // A factory reports on what it makes; a merchandiser for one that telephoned.
  scope: 'anyone',
  input: byId.extend(reportSchema.shape),
  output: z.looseObject({ orderId: z.string(), reportId: z.string(), outcome: z.enum(['applied', 'stale']) }),
  run: (context: Context, actor, { id, ...report }) =>
    context.db.write((tx) => applyReport(tx, context, actor, id, report)),
})
