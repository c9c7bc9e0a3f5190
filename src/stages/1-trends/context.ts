import type { Context } from '../context.ts'
import type { Lexicon } from './lexicon.ts'

/** What this stage is opened with, and the vocabulary it reads titles by, as it is just now. */
export interface TrendsContext extends Context {
  lexicon: () => Promise<Lexicon>
}
