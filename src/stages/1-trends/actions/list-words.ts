import { z } from 'zod'
import { action } from '../../action.ts'
import type { TrendsContext } from '../context.ts'
import { wordCounts, wordsInState } from '../store/words.ts'
import { wordView } from '../views.ts'
import { WORD_STATES } from '../words.ts'

/** Words that the vocabulary lacks, those of the newest week first; or those that were decided. */
export const listWords = action({
  name: 'trends.list-words',
  scope: 'trends:read',
  input: z.object({
    state: z.enum(WORD_STATES).default('new'),
    limit: z.int().min(1).max(200).default(50),
    offset: z.int().min(0).max(100_000).default(0),
  }),
  output: z.object({ items: z.array(wordView), counts: z.record(z.enum(WORD_STATES), z.int()) }),
  async run({ db }: TrendsContext, _actor, asked) {
    return { items: await wordsInState(db.read, asked), counts: await wordCounts(db.read) }
  },
})
