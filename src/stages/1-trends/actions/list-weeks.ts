import { z } from 'zod'
import { action } from '../../action.ts'
import type { TrendsContext } from '../context.ts'
import { scoredWeeks } from '../store.ts'

/** Weeks that have trends, newest first. */
export const listWeeks = action({
  name: 'trends.list-weeks',
  scope: 'trends:read',
  input: z.object({ limit: z.int().min(1).default(52) }),
  output: z.array(z.string()),
  run: ({ db }: TrendsContext, _actor, { limit }) => scoredWeeks(db.read, limit),
})
