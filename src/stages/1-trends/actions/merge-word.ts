import { z } from 'zod'
import { byId } from '../../../core/parse.ts'
import { action } from '../../action.ts'
import type { TrendsContext } from '../context.ts'
import { decide, mustHaveWord } from '../deciding.ts'
import { reason } from '../inputs.ts'
import { refused } from '../messages.ts'
import { faultOfSpelling } from '../word-meaning.ts'
import { wordView } from '../views.ts'

/** A word is another wording of a term that is known. @throws Problem `trends.no-term`, `trends.word` */
export const mergeWord = action({
  name: 'trends.merge-word',
  scope: 'trends',
  input: byId.extend({ into: z.string().trim().min(1).max(80), reason }),
  output: wordView,
  async run(context: TrendsContext, actor, { id, into: named, reason: why }) {
    const { db, lexicon } = context
    const { byId: terms, matcher } = await lexicon()
    // People name a term as they say it; machines by its id.
    const into = terms.has(named) ? named : matcher.hits(`${named} 穿`).find(({ surface }) => surface)?.term.id
    if (into === undefined) throw refused('trends.no-term', { term: named }, { field: 'into' })
    return db.write(async (tx) => {
      const word = await mustHaveWord(tx, id)
      const fault = faultOfSpelling(word.word)
      if (fault) throw refused('trends.word', { faults: fault })
      await decide(tx, context, actor, word, { act: 'merged', state: 'merged', meaning: null, into, reason: why })
      return mustHaveWord(tx, id)
    })
  },
})
