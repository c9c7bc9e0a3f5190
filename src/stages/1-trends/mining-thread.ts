/** What runs in the mining thread, over a connection of its own: what was said in weeks, and the new words of one. */
import { answerTasks } from '../../core/pool-thread.ts'
import { openReader } from '../../db/reader.ts'
import { countWeek, newWordsOf, type Known } from './word-reading.ts'
import type { SourceWeek } from './store/words.ts'
import type { FoundWord, Said } from './words.ts'

/** What the mining thread can be asked. */
export interface Minings {
  count: { input: { address: string; known: Known; week: SourceWeek }; output: Said }
  find: { input: { address: string; known: Known; week: string }; output: FoundWord[] }
}

answerTasks<Minings>({
  async count({ address, known, week }) {
    await using db = openReader(address)
    return await countWeek(db.read, known, week)
  },
  async find({ address, known, week }) {
    await using db = openReader(address)
    return await newWordsOf(db.read, known, week)
  },
})
