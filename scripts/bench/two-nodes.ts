/**
 * Two web nodes beside one, on the same cores and the same PostgreSQL: what a second node costs where it brings no core of
 * its own. For the rest of the ratio it says why: processor time of the nodes, rows that share a commit, and the time that
 * the server's own processes took, where they are this machine's.
 */
import { readdirSync, readFileSync } from 'node:fs'
import pg from 'pg'
import type { Bench } from './bench.ts'
import { CONNECTIONS, preorders } from './intake-turns.ts'
import { load, prepared, type Wish } from './load.ts'
import type { Real } from './real.ts'
import { benchDatabase, startSide, type Side } from './side.ts'
import { compare, median, type Turn } from './turns.ts'

const ROUNDS = 5
const COUNT = 10_000

/** Clock ticks in a second, as Linux counts the time of processes. */
const TICKS = 100

/** What PostgreSQL's processes on this machine have taken so far, seconds; 0 where there are none to be seen. */
function serverSeconds(): number {
  let ticks = 0
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name)))
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      if (!stat.includes('(postgres)')) continue
      const [, , , , , , , , , , , user, system] = stat.slice(stat.lastIndexOf(')')).split(' ')
      ticks += Number(user) + Number(system)
    } catch {
      // it ended meanwhile
    }
  return ticks / TICKS
}

/** What one turn took beside its time, for each pre-order. */
interface Why {
  nodesUs: number
  serverUs: number
  /** Pre-orders that share a commit. */
  together: number
}

const shown = ({ nodesUs, serverUs, together }: Why): string =>
  `${Math.round(nodesUs)} µs of the nodes, ${Math.round(serverUs)} µs of the server, ${together.toFixed(1)} pre-orders a commit`

export const twoNodes: Bench = {
  name: 'two-nodes',
  rows: ['two-nodes-postgres'],
  built: true,
  postgres: true,
  async *run(_wanted, say) {
    const env = { ...benchDatabase, ROLE: 'web' }
    const one = await startSide<Real>('scripts/bench/real.ts', ['20'], env)
    const two = await startSide<Real>('scripts/bench/real.ts', ['0'], env)
    const asking = new pg.Client({ connectionString: benchDatabase['DATABASE_URL'] ?? '' })
    await asking.connect()
    const { campaigns } = one.said
    const why: Record<'one' | 'two', Why[]> = { one: [], two: [] }
    let acknowledged = 0

    const commits = async (): Promise<number> => {
      const { rows } = await asking.query<{ n: string }>(
        'select xact_commit as n from pg_stat_database where datname = current_database()',
      )
      return Number(rows[0]?.n)
    }

    /** Everything once, spread over the nodes, whose connections are as many together. */
    async function turn(sides: readonly Side<Real>[], as: 'one' | 'two'): Promise<Turn> {
      for (const side of [one, two]) side.child.kill(sides.includes(side) ? 'SIGCONT' : 'SIGSTOP')
      const wishes = preorders(COUNT, campaigns, '/api/v1')
      const part = (n: number): Wish[] => wishes.filter((_, at) => at % sides.length === n)
      const [seconds, committed] = [serverSeconds(), await commits()]
      const began = performance.now()
      const done = await Promise.all(
        sides.map(async (side, n) => {
          const requests = part(n).map((wish) => prepared(side.said.url, wish))
          return side.metered(async () => {
            const from = performance.now()
            const took = await load(side.said.url, requests, CONNECTIONS / sides.length)
            return { took, from, to: performance.now() }
          })
        }),
      )
      acknowledged += COUNT // a turn ends only when each has its 201
      const from = Math.min(...done.map(({ result }) => result.from))
      const to = Math.max(began, ...done.map(({ result }) => result.to))
      // What a backend counted is told to the statistics when it rests.
      await new Promise((resolve) => setTimeout(resolve, 1500))
      const cpuUs = done.reduce((sum, { used }) => sum + used.cpuUs, 0) / COUNT
      why[as].push({
        nodesUs: cpuUs,
        serverUs: ((serverSeconds() - seconds) * 1e6) / COUNT,
        together: COUNT / Math.max(1, (await commits()) - committed),
      })
      return {
        value: COUNT / ((to - from) / 1000),
        p50Ms: Math.max(...done.map(({ result }) => result.took.p50Ms)),
        p99Ms: Math.max(...done.map(({ result }) => result.took.p99Ms)),
        maxMs: Math.max(...done.map(({ result }) => result.took.maxMs)),
        cpuUs,
        stallMs: Math.max(...done.map(({ used }) => used.stallMs)),
        peakMb: done.reduce((sum, { used }) => sum + used.peakMb, 0),
      }
    }

    let stored: number | undefined
    try {
      const figure = await compare(
        {
          id: 'two-nodes-postgres',
          what: `pre-orders to two web nodes beside one, on the same cores, PostgreSQL, ${CONNECTIONS} connections`,
          unit: '/s',
          rounds: ROUNDS,
          goal: { ratio: 0.9 },
          ours: () => turn([one, two], 'two'),
          bare: () => turn([one], 'one'),
        },
        say,
      )
      const middle = (as: 'one' | 'two'): Why => {
        const of = (key: keyof Why) => median(why[as].slice(-ROUNDS).map((each) => each[key]))
        return { nodesUs: of('nodesUs'), serverUs: of('serverUs'), together: of('together') }
      }
      const reason = `two: ${shown(middle('two'))}; one: ${shown(middle('one'))}`
      say(`two-nodes-postgres: ${reason}`)
      yield { ...figure, what: `${figure.what} (${reason})` }
    } finally {
      await asking.end()
      await two.leave()
      stored = (await one.leave<{ stored: number }>())?.stored
    }
    if (stored !== acknowledged) throw new Error(`${acknowledged} pre-orders acknowledged, ${stored} stored`)
  },
}
