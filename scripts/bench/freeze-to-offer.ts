/** From the confirmation that freezes a lot to the signed offer at the factory, its brief with every file behind it. */
import type { Bench } from './bench.ts'
import { openEndpoints } from './endpoints.ts'
import { startSide } from './side.ts'
import { aimed, spread, type Turn } from './turns.ts'

const ROUNDS = 3
/** Lots in a round: one after the other, each of a style of its own. */
const LOTS = 2

export const freezeToOffer: Bench = {
  name: 'freeze-to-offer',
  rows: ['freeze-to-offer'],
  built: true,
  async *run(_wanted, say) {
    const factory = await openEndpoints(1)
    const ours = await startSide('scripts/bench/freezing.ts', factory.urls)
    const turns: Turn[] = []
    try {
      for (let round = 0; round < ROUNDS; round++) {
        const took: number[] = []
        for (let n = 0; n < LOTS; n++) {
          const { id } = await ours.ask<{ id: string }>({ make: true })
          let from = 0
          const { first } = await factory.arrivals(1, async () => {
            from = (await ours.ask<{ at: number }>({ freeze: id })).at
          })
          took.push(first - from)
          say(`freeze-to-offer ${round + 1}/${ROUNDS}, lot ${n + 1}/${LOTS}: ${((first - from) / 1000).toFixed(1)} s`)
        }
        const { p50Ms, p99Ms, maxMs } = spread(took)
        turns.push({ value: maxMs / 1000, p50Ms, p99Ms, maxMs })
        say(
          `freeze-to-offer ${round + 1}/${ROUNDS}: ${took.map((ms) => (ms / 1000).toFixed(1)).join(', ')} s, aim 10 s`,
        )
      }
      yield aimed({
        id: 'freeze-to-offer',
        what: `a lot is frozen until its factory has the signed offer: the slowest of ${LOTS}, what can be made ahead being made`,
        unit: 's',
        rounds: ROUNDS,
        aim: 10,
        ours: turns,
      })
    } finally {
      await ours.leave()
      factory.close()
    }
  },
}
