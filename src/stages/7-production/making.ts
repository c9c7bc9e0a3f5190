import { parseAs } from '../../core/parse.ts'
import type { Making } from '../6-dispatch/door.ts'
import type { Context } from '../context.ts'
import { reportSchema } from './model.ts'
import { applyReport } from './reporting.ts'
import { reportsOn } from './store.ts'

/** What dispatch is handed of this stage where the line is put together: it decides by reports, and takes callbacks. */
export const makingOf = (context: Context): Making => ({
  reportsOn,
  progressed: async (tx, actor, orderId, report) => ({
    ...(await applyReport(tx, context, actor, orderId, parseAs('production.report', reportSchema, report))),
  }),
})
