import type { Figure, File } from './row.ts'
import type { Say } from './turns.ts'

/** Rows that are measured together, in a file of their own. */
export interface Bench {
  /** `npm run bench -- NAME` measures all of its rows; the id of a row measures that one. */
  name: string
  rows: readonly string[]
  /** Where its figures go: bench/results.json, or bench/growth.json, which only `npm run bench -- growth` fills. */
  file?: File
  /** Wants `npm run build` first: what is deployed is what is measured. */
  built?: boolean
  /** Wants BENCH_DATABASE_URL, an empty PostgreSQL database; left out, with a sentence, where it is not set. */
  postgres?: boolean
  /** Each figure as soon as it is there. @param wanted whether a row was asked for */
  run(wanted: (id: string) => boolean, say: Say): AsyncIterable<Figure>
}
