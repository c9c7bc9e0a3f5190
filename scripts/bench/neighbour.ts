/** Webhooks of five endpoints beside a sixth that is slow, hangs or is gone, and without it, in turns within one run. */
import type { ServerResponse } from 'node:http'
import type { Bench } from './bench.ts'
import { listen, openEndpoints } from './endpoints.ts'
import { benchDatabase, startSide } from './side.ts'
import { compare } from './turns.ts'

const QUICK = 5
const ROUNDS = 5
/** Messages to each endpoint in a turn: it is to last longer than the sixth takes over one. */
const COUNT = 600

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

export const neighbour: Bench = {
  name: 'neighbour',
  rows: Object.keys(SIXTH),
  built: true,
  async *run(wanted, say) {
    const quick = await openEndpoints(QUICK)
    // At first all are well: each must answer its test message.
    let behave = (response: ServerResponse): void => void response.writeHead(204).end()
    const sixth = await listen((response) => behave(response))
    const worker = await startSide('scripts/bench/deliveries.ts', [...quick.urls, sixth.url], benchDatabase)
    const turn = async (beside: boolean) => {
      const value = await quick.rate(QUICK * COUNT, () => worker.ask({ count: COUNT, beside }))
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
      quick.close()
      sixth.close()
    }
  },
}
