/** The length of a marker after a search, beside the estimate that a price is made from. Equal on every machine but for how far the search comes. */
import type { Bench } from './bench.ts'
import { benchMarkers, CASES } from './marker.ts'
import type { Figure } from './row.ts'
import { rounded } from './turns.ts'

const SEARCH_MS = 4000

export const markers: Bench = {
  name: 'markers',
  rows: CASES.map(({ id }) => id),
  async *run(wanted, say) {
    for await (const { id, what, quick, searched } of benchMarkers(SEARCH_MS, wanted)) {
      const ratio = rounded(quick.lengthM / searched.lengthM)
      say(
        `${id}: ${searched.lengthM.toFixed(3)} m, estimated ${quick.lengthM.toFixed(3)} m in ${Math.round(quick.ms)} ms`,
      )
      const figure: Figure = {
        id,
        what: `marker of a ${what}: the estimate’s length beside the one after ${SEARCH_MS / 1000} s of search`,
        unit: 'm',
        ours: rounded(searched.lengthM),
        bare: rounded(quick.lengthM),
        ratio,
        ratioRange: [ratio, ratio],
        p50Ms: rounded(quick.ms),
        p99Ms: null,
        maxMs: null,
        rounds: 1,
      }
      yield figure
    }
  },
}
