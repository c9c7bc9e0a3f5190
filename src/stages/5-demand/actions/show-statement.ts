import { byId } from '../../../core/parse.ts'
import { action } from '../../action.ts'
import type { DemandContext } from '../options.ts'
import { partnerFor } from '../partners/finding.ts'
import { statementOf, statementSchema } from '../partners/statement.ts'

/**
 * What a partner sold and what it earns by it, for the house (with its margin) and for the partner itself. Released and
 * cancelled pieces earn nothing, those that are being made are expected, and those with their buyers are earned.
 * @throws Problem 403, 404
 */
export const showStatement = action({
  name: 'partners.statement',
  scope: 'anyone',
  input: byId,
  output: statementSchema,
  run: async ({ db }: DemandContext, actor, { id }) =>
    statementOf(db.read, await partnerFor(db.read, actor, id), actor.kind !== 'partner'),
})
