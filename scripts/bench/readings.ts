/** Feeds and tables from their bytes to the store, beside the bare parser; and a long history scored. */
import type { Bench } from './bench.ts'
import type { History, Reading } from './readings-side.ts'
import { alone, startSide, type Side } from './side.ts'
import { aimed, compare, type Turn } from './turns.ts'

const ROUNDS = 5
/** As many weekly values as a house has that reads twenty sources for four years. */
const LONG: History = { sources: 20, weeks: 208 }
const ROUNDS_SCORED = 3

const ROWS: Readonly<Record<Reading['kind'], { rows: number; what: string; goal: { ratio: number; p99Ms?: number } }>> =
  {
    feed: {
      rows: 5000,
      what: 'a feed of 5,000 entries (1 MB) read and stored, beside its parser alone',
      goal: { ratio: 0.2, p99Ms: 500 },
    },
    csv: {
      rows: 20_000,
      what: 'a table of sales of 20,000 rows (.7 MB) read and stored, beside its parser alone',
      goal: { ratio: 0.2 },
    },
    'csv-titles': {
      rows: 5000,
      what: 'a table of 5,000 titles read and stored, beside its parser and a bare insert of them',
      goal: { ratio: 0.2 },
    },
  }

interface Took {
  ms: number
}

export const readings: Bench = {
  name: 'readings',
  rows: [...Object.keys(ROWS), 'scoring'],
  built: true,
  async *run(wanted, say) {
    const side = await startSide('scripts/bench/readings-side.ts')
    try {
      for (const [kind, { rows, what, goal }] of Object.entries(ROWS) as [Reading['kind'], (typeof ROWS)['feed']][]) {
        if (!wanted(kind)) continue
        let made = 0
        const turn = (bare: boolean) => turnOf(side, { kind, rows, bare, number: made++ }, rows)
        const [ours, bare] = [() => turn(false), () => turn(true)]
        yield await compare({ id: kind, what, unit: '/s', rounds: ROUNDS, goal, warm: 2, ours, bare }, say)
      }
      if (!wanted('scoring')) return
      const cells = await side.ask<number>({ history: LONG })
      const turns: Turn[] = []
      for (let round = 0; round < ROUNDS_SCORED; round++) {
        const turn = await turnOf(side, { score: round }, 1)
        turns.push({ ...turn, value: turn.maxMs / 1000 })
        say(`scoring ${round + 1}/${ROUNDS_SCORED}: ${(turn.maxMs / 1000).toFixed(1)} s, longest stall ${Math.round(turn.stallMs)} ms, ${Math.round(turn.peakMb)} MB`) // prettier-ignore
      }
      yield aimed({
        id: 'scoring',
        what: `a week scored from ${(cells / 1e6).toFixed(1)} million weekly values, in a thread; nobody waits meanwhile`,
        unit: 's',
        rounds: ROUNDS_SCORED,
        aim: 30,
        ours: turns,
      })
    } finally {
      await side.leave()
    }
  },
}

/** @param rows what `value` counts in a second */
async function turnOf(side: Side, word: unknown, rows: number) {
  const { result, used } = await alone(side, [], () => side.metered(() => side.ask<Took>(word)))
  const { ms } = result
  return { value: rows / (ms / 1000), p50Ms: ms, p99Ms: ms, maxMs: ms, ...used, cpuUs: used.cpuUs / rows }
}
