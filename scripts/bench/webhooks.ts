/** Messages to factories: how many a second to one endpoint and to many, and how soon the first attempt is made. */
import type { Bench } from './bench.ts'
import { moment, openEndpoints } from './endpoints.ts'
import { benchDatabase, startSide } from './side.ts'
import { aimed, compare, spread, type Turn } from './turns.ts'

const ROUNDS = 5
/** Messages to each endpoint in a turn. */
const COUNT: Readonly<Record<number, number>> = { 1: 1000, 25: 200 }
const GOAL: Readonly<Record<number, number>> = { 1: 0.2, 25: 0.4 }
const ATTEMPTS = 100

async function* deliveries(endpoints: number, say: (progress: string) => void) {
  const count = COUNT[endpoints] ?? 0
  const many = endpoints * count
  const quick = await openEndpoints(endpoints)
  const ours = await startSide('scripts/bench/deliveries.ts', quick.urls, benchDatabase)
  const bare = await startSide('scripts/bench/poster.ts', quick.urls)
  const turn = async (send: () => Promise<unknown>): Promise<Turn> => ({ value: await quick.rate(many, send) })
  try {
    yield await compare(
      {
        id: `deliveries-${endpoints}`,
        what: `webhooks, signed and recorded, to ${endpoints === 1 ? 'one endpoint' : `${endpoints} endpoints`}, beside a loop that posts to each`,
        unit: '/s',
        rounds: ROUNDS,
        goal: { ratio: GOAL[endpoints] ?? 0 },
        ours: () => turn(() => ours.ask({ count, beside: true })),
        bare: () => turn(() => bare.ask({ count })),
      },
      say,
    )
  } finally {
    await Promise.all([ours.leave(), bare.leave()])
    quick.close()
  }
}

/** From before the transaction that stores a message to its arrival at the endpoint. */
async function* firstAttempt() {
  const quick = await openEndpoints(1)
  const ours = await startSide('scripts/bench/deliveries.ts', quick.urls, benchDatabase)
  try {
    const turns: Turn[] = []
    for (let round = -1; round < ROUNDS; round++) {
      const waits: number[] = []
      for (let n = 0; n < ATTEMPTS; n++) {
        let asked = 0
        const { first } = await quick.arrivals(1, () => {
          asked = moment()
          return ours.ask({ said: true })
        })
        waits.push(first - asked)
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
      const waited = spread(waits)
      if (round >= 0) turns.push({ value: waited.p99Ms, ...waited })
    }
    yield aimed({
      id: 'first-attempt',
      what: 'a message is stored until its endpoint has it: 99 of 100',
      unit: 'ms',
      rounds: ROUNDS,
      aim: 100,
      ours: turns,
    })
  } finally {
    await ours.leave()
    quick.close()
  }
}

export const webhooks: Bench = {
  name: 'webhooks',
  rows: ['deliveries-1', 'deliveries-25', 'first-attempt'],
  built: true,
  async *run(wanted, say) {
    for (const endpoints of [1, 25]) if (wanted(`deliveries-${endpoints}`)) yield* deliveries(endpoints, say)
    if (wanted('first-attempt')) yield* firstAttempt()
  },
}
