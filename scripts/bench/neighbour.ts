/** Webhooks of five endpoints beside a sixth that is slow, hangs or is gone, and without it, in turns within one run. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createInterface } from 'node:readline'
import { median, type Row } from './table.ts'

const QUICK = 5

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

/**
 * @param rounds how often the two take turns for each kind of sixth
 * @param count messages to each endpoint in a turn
 */
export async function benchNeighbour(rounds: number, count: number): Promise<Row[]> {
  let taken = 0
  let first = 0
  let enough = (): void => {}
  const quick = await Promise.all(
    Array.from({ length: QUICK }, () =>
      listen((response) => {
        response.writeHead(204).end()
        if (taken++ === 0) first = performance.now()
        if (taken === QUICK * count) enough()
      }),
    ),
  )
  // At first all are well: each must answer its test message.
  let behave = (response: ServerResponse): void => void response.writeHead(204).end()
  const sixth = await listen((response) => behave(response))
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'scripts/bench/deliveries.ts', ...[...quick, sixth].map(({ url }) => url)],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, DATABASE_URL: process.env['BENCH_DATABASE_URL'] ?? '' },
    },
  )
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const tell = async (word: object) => {
    child.stdin.write(`${JSON.stringify(word)}\n`)
    await lines.next()
  }
  try {
    await lines.next()
    /** Deliveries a second to the five. */
    const turn = async (beside: boolean): Promise<number> => {
      taken = 0
      const all = new Promise<void>((resolve) => (enough = resolve))
      await tell({ count, beside })
      await all
      const seconds = (performance.now() - first) / 1000
      sixth.server.closeAllConnections()
      await tell({ drop: true })
      return (QUICK * count) / seconds
    }
    await turn(false) // until it is compiled
    const rows: Row[] = []
    for (const [id, answer] of Object.entries(SIXTH)) {
      if (answer) behave = answer
      else sixth.server.close()
      const turns: { without: number; beside: number }[] = []
      for (let round = 0; round < rounds; round++) {
        // Who comes first changes: what the one leaves behind would always fall on the other.
        const order = round % 2 ? [true, false] : [false, true]
        const told = new Map<boolean, number>()
        for (const beside of order) told.set(beside, await turn(beside))
        turns.push({ without: told.get(false) ?? 0, beside: told.get(true) ?? 0 })
      }
      const said = (side: 'without' | 'beside') => `${Math.round(median(turns.map((each) => each[side])))}/s`
      rows.push({
        id,
        what: `webhooks to five endpoints, a sixth ${SAID[id]}`,
        ours: said('beside'),
        baseline: `${said('without')} without the sixth`,
        ratio: median(turns.map(({ without, beside }) => beside / without)).toFixed(2),
      })
    }
    return rows
  } finally {
    child.kill('SIGTERM')
    for (const { server } of [...quick, sixth]) {
      server.closeAllConnections()
      server.close()
    }
  }
}
