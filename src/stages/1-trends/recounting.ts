/** Titles that are kept are read again where the words they hold mean something else now. */
import { setImmediate } from 'node:timers/promises'
import type { TrendsContext } from './context.ts'
import { normalise } from './matching.ts'
import { newestReadWeek } from './reckoning.ts'
import { markParts } from './store/items.ts'
import { KEPT_WEEKS, putTerms, termsOfTitles, titlesOfWeek } from './store/words.ts'
import { countRest } from './storing.ts'
import { addWeeks, weeksFrom } from './weeks.ts'

/** Find the terms of the last year's titles anew, as far as they hold one of these words. @returns how many changed */
export async function readAgain(context: TrendsContext, changed: readonly string[]): Promise<number> {
  const { db, lexicon } = context
  const newest = await newestReadWeek(context)
  if (!newest) return 0
  const { matcher } = await lexicon()
  const spelled = changed.map(normalise)
  let reread = 0
  for (const week of weeksFrom(addWeeks(newest, 1 - KEPT_WEEKS), newest).toReversed())
    for await (const titles of titlesOfWeek(db.read, week)) {
      const touched = titles.filter(({ title }) => {
        const text = normalise(title).replaceAll('-', ' ')
        return spelled.some((word) => text.includes(word.replaceAll('-', ' ')))
      })
      if (touched.length) {
        const known = await termsOfTitles(
          db.read,
          touched.map(({ id }) => id),
        )
        const fresh = touched
          .map(({ id, sourceId, title }) => ({ id, sourceId, terms: matcher.terms(title) }))
          .filter(({ id, terms }) => known.get(id)?.join() !== terms.join())
        reread += fresh.length
        await db.write(async (tx) => {
          await putTerms(tx, fresh)
          for (const sourceId of new Set(fresh.map((one) => one.sourceId))) await markParts(tx, sourceId, [week])
        })
      }
      await setImmediate()
    }
  if (reread) await countRest(db)
  return reread
}
