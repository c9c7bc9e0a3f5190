import { z } from 'zod'
import { logPage } from '../../../db/security-log.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { logFilter, logRow } from '../security.ts'

/** The security log, newest first. */
export const listLog = action({
  name: 'security.list',
  scope: 'security',
  input: logFilter.extend({ before: z.int().optional(), limit: z.int().min(1) }),
  output: logRow,
  run: ({ db }: Context, _actor, page) => logPage(db.read, page),
})
