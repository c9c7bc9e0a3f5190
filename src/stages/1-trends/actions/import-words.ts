import { z } from 'zod'
import { canonicalJson } from '../../../core/canonical.ts'
import { action } from '../../action.ts'
import type { TrendsContext } from '../context.ts'
import { decide, sayLines } from '../deciding.ts'
import { reason } from '../inputs.ts'
import { refused } from '../messages.ts'
import { insertWord, wordNamed } from '../store/words.ts'
import { readVocabularyFile, type Brought } from '../word-file.ts'
import { NO_EVIDENCE, type Word } from '../words.ts'

/** Faults whose sentences are said; machines get all. */
const SAID = 5

const isSo = ({ state, meaning, into }: Word, brought: Brought): boolean => {
  if (state !== brought.state) return false
  if (brought.state === 'accepted') return canonicalJson(meaning) === canonicalJson(brought.meaning)
  return brought.state === 'dismissed' || into === brought.into
}

/**
 * Take over a vocabulary file, whole or not at all. The same file again changes nothing.
 * @throws Problem `trends.vocabulary` with the lines that are wrong
 */
export const importWords = action({
  name: 'trends.import-words',
  scope: 'trends',
  input: z.object({ file: z.string().min(1).max(2_000_000), reason }),
  output: z.object({ words: z.int(), changed: z.int() }),
  async run(context: TrendsContext, actor, { file, reason: why }) {
    const { db, lexicon, clock } = context
    const { terms } = await lexicon()
    const { brought, faults } = readVocabularyFile(file, terms)
    if (faults.length)
      throw refused(
        'trends.vocabulary',
        { n: faults.length, lines: sayLines(faults.slice(0, SAID)) },
        { field: 'file', details: { faults } },
      )
    const changed = await db.write(async (tx) => {
      let n = 0
      for (const one of brought) {
        const known =
          (await wordNamed(tx, one.word)) ??
          (await insertWord(tx, {
            word: one.word,
            origin: 'file',
            state: 'new',
            meaning: null,
            into: null,
            burst: null,
            confidence: null,
            lift: null,
            rise: null,
            week: null,
            firstWeek: null,
            evidence: NO_EVIDENCE,
            version: 0,
            updatedAt: clock.now(),
          }))
        if (isSo(known, one)) continue
        await decide(tx, context, actor, known, {
          act: 'imported',
          state: one.state,
          meaning: one.state === 'accepted' ? one.meaning : null,
          into: one.state === 'merged' ? one.into : null,
          reason: one.state === 'dismissed' ? (one.reason ?? why) : why,
        })
        n++
      }
      return n
    })
    return { words: brought.length, changed }
  },
})
