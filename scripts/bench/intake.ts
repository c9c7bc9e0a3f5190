/**
 * Pre-orders, durable before they are acknowledged, with their counters and their letters, beside a bare route that
 * answers the same and stores nothing; on SQLite, and on PostgreSQL with `synchronous_commit` on.
 */
import type { Bench } from './bench.ts'
import { CONNECTIONS, openIntake } from './intake-turns.ts'
import type { Real } from './real.ts'
import type { Figure } from './row.ts'
import { benchDatabase, startSide } from './side.ts'
import type { Say } from './turns.ts'

const ROUNDS = 5

interface Where {
  /** What the ids of its rows end with. */
  ending: '' | '-postgres'
  /** What stands before and behind who the pre-orders are for. */
  what: (whose: string) => string
  env: Readonly<Record<string, string>>
  count: number
  goal: NonNullable<Figure['goal']>
}

const rowsOf = (ending: Where['ending']) => [`intake-viral${ending}`, `intake-many${ending}`] as const

async function* measured({ ending, what, env, count, goal }: Where, wanted: (id: string) => boolean, say: Say) {
  const real = await startSide<Real>('scripts/bench/real.ts', [], env)
  const bare = await startSide<{ url: string }>('scripts/bench/bare.ts')
  const intake = openIntake(real, bare, count, say)
  const { campaigns } = real.said
  const [viral, many] = rowsOf(ending)
  let left: { stored: number } | undefined
  try {
    if (wanted(viral))
      yield await intake.row({ id: viral, what: what('one campaign'), rounds: ROUNDS, goal }, campaigns.slice(0, 1))
    if (wanted(many))
      yield await intake.row({ id: many, what: what(`${campaigns.length} campaigns`), rounds: ROUNDS, goal }, campaigns)
  } finally {
    await bare.leave()
    left = await real.leave()
  }
  intake.assertStored(left?.stored) // where a turn broke off, its own error says why
}

export const intake: Bench = {
  name: 'intake',
  rows: rowsOf(''),
  built: true,
  run: (wanted, say) =>
    measured(
      {
        ending: '',
        what: (whose) => `pre-orders for ${whose}, durable, ${CONNECTIONS} connections, letters written beside`,
        env: {},
        count: 25_000,
        goal: { ratio: 0.85, p99Ms: 25 },
      },
      wanted,
      say,
    ),
}

export const intakePostgres: Bench = {
  name: 'intake-postgres',
  rows: rowsOf('-postgres'),
  built: true,
  postgres: true,
  run: (wanted, say) =>
    measured(
      {
        ending: '-postgres',
        what: (whose) => `the same on PostgreSQL for ${whose}, durable, ${CONNECTIONS} connections`,
        env: benchDatabase,
        count: 10_000,
        goal: { ratio: 0.5 },
      },
      wanted,
      say,
    ),
}
