import { Readable } from 'node:stream'
import { z } from 'zod'
import { logRows } from '../../../db/security-log.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { headerOf, LOG_FORMATS, logFilter, written } from '../security.ts'

/** The whole log or what the filter leaves of it, oldest first, as a stream of lines. */
export const exportLog = action({
  name: 'security.export',
  scope: 'security',
  input: logFilter.extend({ format: z.enum(LOG_FORMATS).default('ndjson') }),
  output: z.string(),
  async run({ db }: Context, _actor, { format, ...filter }): Promise<Readable> {
    async function* lines() {
      yield* headerOf[format]
      for await (const row of logRows(db.read, filter)) yield written[format](row)
    }
    return Readable.from(lines())
  },
})
