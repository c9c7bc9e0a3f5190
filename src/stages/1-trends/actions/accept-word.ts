import { byId } from '../../../core/parse.ts'
import { action } from '../../action.ts'
import type { TrendsContext } from '../context.ts'
import { decide, meaningOf, mustHaveWord } from '../deciding.ts'
import { reason } from '../inputs.ts'
import { wordView } from '../views.ts'
import { meaningGiven } from '../word-meaning.ts'

/**
 * A word becomes part of the vocabulary, with what it means: titles are read by it from now on, and those of the last
 * year again. @throws Problem `trends.word` with everything that is wrong
 */
export const acceptWord = action({
  name: 'trends.accept-word',
  scope: 'trends',
  input: byId.extend({ ...meaningGiven.shape, reason }),
  output: wordView,
  async run(context: TrendsContext, actor, { id, reason: why, ...given }) {
    const { db, lexicon } = context
    const now = await lexicon()
    return db.write(async (tx) => {
      const word = await mustHaveWord(tx, id)
      const meaning = meaningOf(now, word, given)
      await decide(tx, context, actor, word, { act: 'accepted', state: 'accepted', meaning, into: null, reason: why })
      return mustHaveWord(tx, id)
    })
  },
})
