/**
 * Pre-orders, durable before they are acknowledged, with their counters and their letters, beside a bare route that
 * answers the same and stores nothing.
 */
import type { Bench } from './bench.ts'
import { assertStored, CONNECTIONS, preorders } from './intake-turns.ts'
import type { Real } from './real.ts'
import { loaded, startSide } from './side.ts'
import { compare } from './turns.ts'

const ROUNDS = 5
const COUNT = 25_000
const GOAL = { ratio: 0.85, p99Ms: 25 }

export const intake: Bench = {
  name: 'intake',
  rows: ['intake-viral', 'intake-many'],
  built: true,
  async *run(wanted, say) {
    const real = await startSide<Real>('scripts/bench/real.ts')
    const bare = await startSide<{ url: string }>('scripts/bench/bare.ts')
    let acknowledged = 0
    const row = (id: string, whose: string, campaigns: readonly string[]) =>
      compare(
        {
          id,
          what: `pre-orders for ${whose}, durable, ${CONNECTIONS} connections, letters written beside`,
          unit: '/s',
          rounds: ROUNDS,
          goal: GOAL,
          ours: async () => {
            const turn = await loaded(real, [bare], {
              url: real.said.url,
              wishes: preorders(COUNT, campaigns, '/api/v1'),
            })
            acknowledged += COUNT // a turn ends only when each has its 201
            return turn
          },
          bare: () => loaded(bare, [real], { url: bare.said.url, wishes: preorders(COUNT, campaigns) }),
        },
        say,
      )
    try {
      const { campaigns } = real.said
      if (wanted('intake-viral')) yield await row('intake-viral', 'one campaign', campaigns.slice(0, 1))
      if (wanted('intake-many')) yield await row('intake-many', `${campaigns.length} campaigns`, campaigns)
    } finally {
      await bare.leave()
      assertStored(acknowledged, await real.leave())
    }
  },
}
