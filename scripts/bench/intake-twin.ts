/** The minimal twin of intake beside the bare route, without a goal: how far there is to go. */
import type { Bench } from './bench.ts'
import { CONNECTIONS, preorders } from './intake-turns.ts'
import { loaded, startSide } from './side.ts'
import { compare } from './turns.ts'

const ROUNDS = 5
const COUNT = 25_000

export const twin: Bench = {
  name: 'twin',
  rows: ['intake-twin'],
  async *run(_wanted, say) {
    const ours = await startSide<{ url: string }>('scripts/bench/twin.ts')
    const bare = await startSide<{ url: string }>('scripts/bench/bare.ts')
    const turn = (side: typeof ours, other: typeof ours) =>
      loaded(side, [other], { url: side.said.url, wishes: preorders(COUNT, ['twin']) })
    try {
      yield await compare(
        {
          id: 'intake-twin',
          what: `the least that stores a pre-order durably (no checks, counters, letters), ${CONNECTIONS} connections`,
          unit: '/s',
          rounds: ROUNDS,
          ours: () => turn(ours, bare),
          bare: () => turn(bare, ours),
        },
        say,
      )
    } finally {
      await Promise.all([ours.leave(), bare.leave()])
    }
  },
}
