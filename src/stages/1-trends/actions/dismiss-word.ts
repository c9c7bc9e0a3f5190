import { byId } from '../../../core/parse.ts'
import { action } from '../../action.ts'
import type { TrendsContext } from '../context.ts'
import { decide, mustHaveWord } from '../deciding.ts'
import { reason } from '../inputs.ts'
import { wordView } from '../views.ts'

/** A word is none that anybody could make: it is not proposed again. */
export const dismissWord = action({
  name: 'trends.dismiss-word',
  scope: 'trends',
  input: byId.extend({ reason }),
  output: wordView,
  async run(context: TrendsContext, actor, { id, reason: why }) {
    return context.db.write(async (tx) => {
      const word = await mustHaveWord(tx, id)
      await decide(tx, context, actor, word, {
        act: 'dismissed',
        state: 'dismissed',
        meaning: null,
        into: null,
        reason: why,
      })
      return mustHaveWord(tx, id)
    })
  },
})
