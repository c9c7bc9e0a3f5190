import { byId } from '../../../core/parse.ts'
import { action } from '../../action.ts'
import type { TrendsContext } from '../context.ts'
import { decide, mustHaveWord } from '../deciding.ts'
import { reason } from '../inputs.ts'
import { refused } from '../messages.ts'
import { beforeLast } from '../store/words.ts'
import { wordView } from '../views.ts'

/** Take back what was decided of a word last. @throws Problem `trends.nothing-decided`, `trends.word-in-use` */
export const undoWord = action({
  name: 'trends.undo-word',
  scope: 'trends',
  input: byId.extend({ reason }),
  output: wordView,
  async run(context: TrendsContext, actor, { id, reason: why }) {
    const { own } = await context.lexicon()
    return context.db.write(async (tx) => {
      const word = await mustHaveWord(tx, id)
      const last = await beforeLast(tx, id)
      if (!last || last.act === 'undone') throw refused('trends.nothing-decided', { word: word.word })
      const user = own.find(({ parts }) => word.meaning && parts.includes(word.meaning.id))
      if (user) throw refused('trends.word-in-use', { word: word.word, other: user.label })
      await decide(tx, context, actor, word, { act: 'undone', ...last.before, reason: why })
      return mustHaveWord(tx, id)
    })
  },
})
