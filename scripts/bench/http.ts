/** Requests per second of the product beside a bare Fastify route, in turns within one run, from a process apart. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { newId } from '../../src/core/values.ts'
import { load, prepared, type Measured, type Wish } from './load.ts'
import { median, type Row } from './table.ts'

const CONNECTIONS = 50

interface Side {
  url: string
  campaign?: string
  child: ChildProcess
}

/** The next line of JSON that a server prints. */
async function told<T>(child: ChildProcess & { stdout: NodeJS.ReadableStream }): Promise<T> {
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  return JSON.parse(line.toString()) as T
}

async function start(side: 'real' | 'bare') {
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/bench/server.ts', side], {
    stdio: ['ignore', 'pipe', 'inherit'],
    // Never the operator's own database: BENCH_DATABASE_URL names one for this, an empty one.
    env: { ...process.env, DATABASE_URL: process.env['BENCH_DATABASE_URL'] ?? '' },
  })
  return { ...(await told<{ url: string; campaign?: string }>(child)), child }
}

let made = 0
const preorder = (path: string): Wish => {
  const n = ++made
  return {
    method: 'POST',
    path,
    body: JSON.stringify({
      email: `buyer${n}@example.com`,
      name: `Buyer ${n}`,
      lang: 'zh',
      lines: [{ size: 'L', colourway: 'olive', quantity: 1 + (n % 3) }],
    }),
    headers: { 'content-type': 'application/json', 'idempotency-key': newId() }, // as the shop makes them
  }
}

/** One side under load, while the other stands still: the product would still be writing letters. */
function alone(side: Side, other: Side, wishes: readonly Wish[]): Promise<Measured> {
  const requests = wishes.map((wish) => prepared(side.url, wish))
  other.child.kill('SIGSTOP')
  side.child.kill('SIGCONT')
  return load(side.url, requests, CONNECTIONS)
}

/**
 * @param rounds how often the two take turns
 * @param count requests in each turn
 * @throws where a request is refused, or an acknowledged pre-order is not in the database
 */
export async function benchHttp(rounds: number, count: number): Promise<Row[]> {
  const [real, bare] = [await start('real'), await start('bare')]
  const stop = () => {
    for (const { child } of [real, bare]) {
      child.kill('SIGCONT')
      child.kill('SIGTERM')
    }
  }
  try {
    const list = await (await fetch(`${real.url}/api/v1/campaigns?limit=20`)).json()
    await fetch(`${bare.url}/list`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(list),
    })
    const compare = async (what: string, ours: () => Wish, theirs: () => Wish): Promise<Row> => {
      const many = (make: () => Wish) => Array.from({ length: count }, make)
      const turn = async () => ({
        theirs: await alone(bare, real, many(theirs)),
        ours: await alone(real, bare, many(ours)),
      })
      await turn() // until both are compiled
      const turns: Awaited<ReturnType<typeof turn>>[] = []
      for (let round = 0; round < rounds; round++) turns.push(await turn())
      const said = (side: 'ours' | 'theirs') =>
        `${Math.round(median(turns.map((each) => each[side].perSecond))).toLocaleString('en')}/s, p99 ${median(turns.map((each) => each[side].p99)).toFixed(0)} ms`
      return {
        what,
        ours: said('ours'),
        baseline: said('theirs'),
        ratio: median(turns.map((each) => each.ours.perSecond / each.theirs.perSecond)).toFixed(2),
      }
    }
    const path = `/campaigns/${real.campaign}/preorders`
    let acknowledged = 0
    const rows = [
      await compare(
        `pre-orders, durable, ${CONNECTIONS} connections`,
        () => {
          acknowledged++ // a turn ends only when each has its 201
          return preorder(`/api/v1${path}`)
        },
        () => preorder(path),
      ),
      await compare(
        'list of 20 campaigns with ladders',
        () => ({ method: 'GET', path: '/api/v1/campaigns?limit=20' }),
        () => ({ method: 'GET', path: '/list' }),
      ),
    ]
    stop()
    const { stored } = await told<{ stored: number }>(real.child)
    if (stored !== acknowledged) throw new Error(`${acknowledged} pre-orders acknowledged, ${stored} stored`)
    return rows
  } finally {
    stop()
  }
}
