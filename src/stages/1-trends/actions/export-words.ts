import { z } from 'zod'
import { action } from '../../action.ts'
import type { TrendsContext } from '../context.ts'
import { decidedWords } from '../store/words.ts'
import { vocabularyFile } from '../word-file.ts'

/** The house's own words as a vocabulary file. */
export const exportWords = action({
  name: 'trends.export-words',
  scope: 'trends:read',
  input: z.object({}),
  output: z.object({ file: z.string().describe('One JSON object a line: a word, a wording, or what is none.') }),
  run: async ({ db }: TrendsContext) => ({ file: vocabularyFile(await decidedWords(db.read)) }),
})
