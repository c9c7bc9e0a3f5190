import { byId } from '../../../core/parse.ts'
import { action } from '../../action.ts'
import type { TrendsContext } from '../context.ts'
import { mustHaveWord } from '../deciding.ts'
import { decisionsOf } from '../store/words.ts'
import { wordShown } from '../views.ts'

/** One word with its evidence, and who decided what of it. @throws Problem 404 */
export const showWord = action({
  name: 'trends.show-word',
  scope: 'trends:read',
  input: byId,
  output: wordShown,
  async run({ db }: TrendsContext, _actor, { id }) {
    return { word: await mustHaveWord(db.read, id), decisions: await decisionsOf(db.read, id) }
  },
})
