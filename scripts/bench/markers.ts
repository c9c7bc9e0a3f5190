/** The length of a marker after a search, beside the estimate that a price is made from. Equal on every machine but for how far the search comes. */
import type { Bench } from './bench.ts'
import { benchMarkers, CASES } from './marker.ts'
import { benchPlans, PLANS } from './marker-plan.ts'
import type { Figure } from './row.ts'
import { rounded } from './turns.ts'

const SEARCH_MS = 4000
/** As long as the markers of a brief are searched when nothing else is said, in all rounds together. */
const PLAN_SECONDS = Number(process.env['BENCH_MARKER_SECONDS'] ?? 120)

export const markers: Bench = {
  name: 'markers',
  rows: [...CASES, ...PLANS].map(({ id }) => id),
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
    for await (const { id, what, aim, widthMm, quick, searched, searchMs, lays } of benchPlans(
      PLAN_SECONDS * 1000,
      wanted,
    )) {
      const seconds = Math.round(searchMs / 1000)
      say(`${id}: ${searched.toFixed(1)} % after ${seconds} s, ${quick.toFixed(1)} % before`)
      for (const { ratio, plies, marker } of lays)
        say(
          `  ${Object.values(ratio).join('+')} × ${plies}: ${(marker.utilisation * 100).toFixed(1)} %, ${(marker.lengthMm / 1000).toFixed(2)} m; ${marker.method}`,
        )
      const ratio = rounded(searched / aim)
      yield {
        id,
        what: `yield of the markers of 100 ${what}, in five sizes on ${widthMm} mm of cloth, after ${seconds} s of search`,
        unit: '%',
        ours: rounded(searched),
        bare: null,
        ratio,
        ratioRange: [ratio, ratio],
        p50Ms: null,
        p99Ms: null,
        maxMs: null,
        rounds: 1,
        goal: { ours: aim },
      } satisfies Figure
    }
  },
}
