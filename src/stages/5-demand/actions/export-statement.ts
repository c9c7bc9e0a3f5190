import { z } from 'zod'
import { byId } from '../../../core/parse.ts'
import { LANGS } from '../../../core/values.ts'
import { action } from '../../action.ts'
import type { DemandContext } from '../options.ts'
import { partnerFor } from '../partners/finding.ts'
import { statementCsv, statementOf } from '../partners/statement.ts'

/** The statement as CSV. @throws Problem 403, 404 */
export const exportStatement = action({
  name: 'partners.export-statement',
  scope: 'anyone',
  input: byId.extend({ lang: z.enum(LANGS).default('zh') }),
  output: z.string(),
  async run({ db }: DemandContext, actor, { id, lang }) {
    const forHouse = actor.kind !== 'partner'
    return statementCsv(await statementOf(db.read, await partnerFor(db.read, actor, id), forHouse), lang, forHouse)
  },
})
