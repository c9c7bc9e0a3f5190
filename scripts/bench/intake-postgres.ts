/** The same on PostgreSQL, `synchronous_commit` on; and two web nodes beside one, on the same cores. */
import type { Bench } from './bench.ts'
import { assertStored, CONNECTIONS, preorders } from './intake-turns.ts'
import type { Real } from './real.ts'
import { loaded, startSide } from './side.ts'
import { compare } from './turns.ts'

const ROUNDS = 5
const COUNT = 10_000
const GOAL = { ratio: 0.5 }

export const intakePostgres: Bench = {
  name: 'intake-postgres',
  rows: ['intake-viral-postgres', 'intake-many-postgres'],
  built: true,
  postgres: true,
  async *run(wanted, say) {
    const env = { DATABASE_URL: process.env['BENCH_DATABASE_URL'] ?? '' }
    const real = await startSide<Real>('scripts/bench/real.ts', [], env)
    const bare = await startSide<{ url: string }>('scripts/bench/bare.ts')
    let acknowledged = 0
    const row = (id: string, whose: string, campaigns: readonly string[]) =>
      compare(
        {
          id,
          what: `the same on PostgreSQL for ${whose}, durable, ${CONNECTIONS} connections`,
          unit: '/s',
          rounds: ROUNDS,
          goal: GOAL,
          ours: async () => {
            const wishes = preorders(COUNT, campaigns, '/api/v1')
            const turn = await loaded(real, [bare], { url: real.said.url, wishes })
            acknowledged += COUNT
            return turn
          },
          bare: () => loaded(bare, [real], { url: bare.said.url, wishes: preorders(COUNT, campaigns) }),
        },
        say,
      )
    try {
      const { campaigns } = real.said
      if (wanted('intake-viral-postgres'))
        yield await row('intake-viral-postgres', 'one campaign', campaigns.slice(0, 1))
      if (wanted('intake-many-postgres'))
        yield await row('intake-many-postgres', `${campaigns.length} campaigns`, campaigns)
    } finally {
      await bare.leave()
      assertStored(acknowledged, await real.leave())
    }
  },
}
