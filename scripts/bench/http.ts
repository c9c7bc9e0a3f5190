/** Requests per second of the product beside a bare Fastify route, in turns within one run, from a process apart. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import autocannon from 'autocannon'
import { newId } from '../../src/core/values.ts'
import { median, type Row } from './table.ts'

interface Side {
  url: string
  campaign?: string
  child: ChildProcess
}

async function start(side: 'real' | 'bare'): Promise<Side> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/bench/server.ts', side], {
    stdio: ['ignore', 'pipe', 'inherit'],
    // Never the operator's own database: BENCH_DATABASE_URL names one for this, an empty one.
    env: { ...process.env, DATABASE_URL: process.env['BENCH_DATABASE_URL'] ?? '' },
  })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  return { ...(JSON.parse(line.toString()) as { url: string; campaign?: string }), child }
}

interface Measured {
  perSecond: number
  p99: number
}

let sent = 0
const preorder = () => {
  const n = ++sent
  return {
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
async function load(
  side: Side,
  other: Side,
  path: string,
  { write, seconds }: { write: boolean; seconds: number },
): Promise<Measured> {
  other.child.kill('SIGSTOP')
  side.child.kill('SIGCONT')
  const result = await autocannon({
    url: side.url,
    connections: 50,
    duration: seconds,
    requests: [
      write
        ? { method: 'POST', path, setupRequest: (request) => ({ ...request, ...preorder() }) }
        : { method: 'GET', path },
    ],
  })
  if (result.non2xx || result.errors)
    throw new Error(`${side.url}${path}: ${result.non2xx} refused, ${result.errors} failed`)
  return { perSecond: result.requests.average, p99: result.latency.p99 }
}

export async function benchHttp(rounds: number, seconds: number): Promise<Row[]> {
  const [real, bare] = [await start('real'), await start('bare')]
  try {
    const list = await (await fetch(`${real.url}/api/v1/campaigns?limit=20`)).json()
    await fetch(`${bare.url}/list`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(list),
    })
    const path = `/campaigns/${real.campaign}/preorders`
    const compare = async (what: string, ours: string, theirs: string, write: boolean): Promise<Row> => {
      const pairs: { ours: Measured; theirs: Measured }[] = []
      // Until both are compiled: the product has more to compile.
      await load(bare, real, theirs, { write, seconds: 2 })
      await load(real, bare, ours, { write, seconds: 4 })
      for (let round = 0; round < rounds; round++)
        pairs.push({
          theirs: await load(bare, real, theirs, { write, seconds }),
          ours: await load(real, bare, ours, { write, seconds }),
        })
      return {
        what,
        ours: `${Math.round(median(pairs.map((pair) => pair.ours.perSecond))).toLocaleString('en')}/s, p99 ${median(pairs.map((pair) => pair.ours.p99))} ms`,
        baseline: `${Math.round(median(pairs.map((pair) => pair.theirs.perSecond))).toLocaleString('en')}/s, p99 ${median(pairs.map((pair) => pair.theirs.p99))} ms`,
        ratio: median(pairs.map((pair) => pair.ours.perSecond / pair.theirs.perSecond)).toFixed(2),
      }
    }
    return [
      await compare('pre-orders, durable, 50 connections', `/api/v1${path}`, path, true),
      await compare('list of 20 campaigns with ladders', '/api/v1/campaigns?limit=20', '/list', false),
    ]
  } finally {
    for (const { child } of [real, bare]) {
      child.kill('SIGCONT')
      child.kill('SIGTERM')
    }
  }
}
