/** Webhooks of five endpoints beside a sixth that is slow, hangs or is gone, and without it, in turns within one run. */
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Bench } from './bench.ts'
import { startSide } from './side.ts'
import { compare } from './turns.ts'

const QUICK = 5
const ROUNDS = 5
/** Messages to each endpoint in a turn. */
const COUNT = 60

/** What the sixth does with a request, if it is there at all. */
const SIXTH: Record<string, ((response: ServerResponse) => void) | undefined> = {
  'slow-neighbour': (response) => void setTimeout(() => response.writeHead(204).end(), 950),
  'hanging-neighbour': () => {},
  'dead-neighbour': undefined,
}
const SAID: Record<string, string> = {
  'slow-neighbour': 'answers after .95 s',
  'hanging-neighbour': 'hangs',
  'dead-neighbour': 'refuses connections',
}

async function listen(answer: (response: ServerResponse) => void) {
  const server = createServer((request, response) => {
    request.resume()
    request.on('end', () => answer(response))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return { server, port, url: `http://127.0.0.1:${port}/` }
}

/** Endpoints that answer at once, and when each of their messages had come. */
function openQuick() {
  let taken = 0
  let first = 0
  let enough = (): void => {}
  const answer = (response: ServerResponse): void => {
    response.writeHead(204).end()
    if (taken++ === 0) first = performance.now()
    if (taken === QUICK * COUNT) enough()
  }
  return {
    listen: () => Promise.all(Array.from({ length: QUICK }, () => listen(answer))),
    /** @returns messages a second */
    async taken(send: () => Promise<unknown>): Promise<number> {
      taken = 0
      const all = new Promise<void>((resolve) => (enough = resolve))
      await send()
      await all
      return (QUICK * COUNT) / ((performance.now() - first) / 1000)
    },
  }
}

export const neighbour: Bench = {
  name: 'neighbour',
  rows: Object.keys(SIXTH),
  built: true,
  async *run(wanted, say) {
    const counter = openQuick()
    const quick = await counter.listen()
    // At first all are well: each must answer its test message.
    let behave = (response: ServerResponse): void => void response.writeHead(204).end()
    const sixth = await listen((response) => behave(response))
    const worker = await startSide(
      'scripts/bench/deliveries.ts',
      [...quick, sixth].map(({ url }) => url),
      process.env['BENCH_DATABASE_URL'] ? { DATABASE_URL: process.env['BENCH_DATABASE_URL'] } : {},
    )
    const turn = async (beside: boolean) => {
      const value = await counter.taken(() => worker.ask({ count: COUNT, beside }))
      sixth.server.closeAllConnections()
      await worker.ask({ drop: true })
      return { value }
    }
    try {
      for (const [id, answer] of Object.entries(SIXTH)) {
        if (answer) behave = answer
        else sixth.server.close()
        if (wanted(id))
          yield await compare(
            {
              id,
              what: `webhooks to five endpoints beside a sixth that ${SAID[id]}, and without it`,
              unit: '/s',
              rounds: ROUNDS,
              goal: { ratio: 0.95 },
              ours: () => turn(true),
              bare: () => turn(false),
            },
            say,
          )
      }
    } finally {
      await worker.leave()
      for (const { server } of [...quick, sixth]) {
        server.closeAllConnections()
        server.close()
      }
    }
  },
}
