/** Messages to factories: how many a second to one endpoint and to many, and how soon the first attempt is made. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Bench } from './bench.ts'
import { startSide } from './side.ts'
import { aimed, compare, type Turn } from './turns.ts'

const ROUNDS = 5
const DATABASE = process.env['BENCH_DATABASE_URL'] ? { DATABASE_URL: process.env['BENCH_DATABASE_URL'] } : {}
/** Messages to each endpoint in a turn. */
const COUNT: Readonly<Record<number, number>> = { 1: 400, 25: 60 }
const GOAL: Readonly<Record<number, number>> = { 1: 0.2, 25: 0.4 }
const ATTEMPTS = 100

/** Comparable between processes of one machine, ms. */
const moment = (): number => performance.timeOrigin + performance.now()

/** Endpoints that answer at once. */
async function openEndpoints(count: number) {
  let taken = 0
  let wanted = Infinity
  let first = 0
  let enough = (at: number): void => void at
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer((request, response) => {
        request.resume()
        request.on('end', () => {
          const at = moment()
          response.writeHead(204).end()
          if (taken++ === 0) first = at
          if (taken === wanted) enough(at)
        })
      })
      server.listen(0, '127.0.0.1')
      await once(server, 'listening')
      return server
    }),
  )
  return {
    urls: servers.map((server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`),
    /** @returns when the first and the last of so many came */
    async taken(many: number, send: () => Promise<unknown>): Promise<{ first: number; last: number }> {
      ;[taken, wanted] = [0, many]
      const all = new Promise<number>((resolve) => (enough = resolve))
      await send()
      return { last: await all, first }
    },
    close() {
      for (const server of servers) {
        server.closeAllConnections()
        server.close()
      }
    },
  }
}

async function* deliveries(endpoints: number, say: (progress: string) => void) {
  const count = COUNT[endpoints] ?? 0
  const many = endpoints * count
  const quick = await openEndpoints(endpoints)
  const ours = await startSide('scripts/bench/deliveries.ts', quick.urls, DATABASE)
  const bare = await startSide('scripts/bench/poster.ts', quick.urls)
  const turn = async (send: () => Promise<unknown>): Promise<Turn> => {
    const { first, last } = await quick.taken(many, send)
    return { value: (many - 1) / ((last - first) / 1000) }
  }
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
  const ours = await startSide('scripts/bench/deliveries.ts', quick.urls, DATABASE)
  try {
    const turns: Turn[] = []
    for (let round = -1; round < ROUNDS; round++) {
      const waits: number[] = []
      for (let n = 0; n < ATTEMPTS; n++) {
        let asked = 0
        const { first } = await quick.taken(1, () => {
          asked = moment()
          return ours.ask({ said: true })
        })
        waits.push(first - asked)
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
      waits.sort((a, b) => a - b)
      const at = (share: number) => waits[Math.min(waits.length - 1, Math.floor(share * waits.length))] ?? 0
      if (round >= 0) turns.push({ value: at(0.99), p50Ms: at(0.5), p99Ms: at(0.99), maxMs: waits.at(-1) ?? 0 })
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
