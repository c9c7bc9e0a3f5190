import { z } from 'zod'
import { action } from '../../action.ts'
import type { TrendsContext } from '../context.ts'
import { allSources } from '../store.ts'
import { sourceView } from '../views.ts'

export const listSources = action({
  name: 'trends.list-sources',
  scope: 'trends:read',
  input: z.object({}),
  output: z.array(sourceView),
  run: ({ db }: TrendsContext) => allSources(db.read),
})
