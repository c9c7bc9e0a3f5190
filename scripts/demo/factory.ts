/**
 * A factory's own system, as an integrator would write it: a separate HTTP server that shares no code with the
 * product. It verifies what it is sent with the reference library, fetches every file, checks hashes and the brief's
 * published schema, answers, and reports its stages with signed callbacks.
 *
 * `tsx scripts/demo/factory.ts --port 4010` listens and prints one JSON line with its address. `PUT /setup` gives it
 * what a factory is told when it registers; `GET /log` says what it has done. Only for loopback.
 */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { setTimeout as sleep } from 'node:timers/promises'
import { Webhook } from 'standardwebhooks'
import { z } from 'zod'

export interface Setup {
  factoryId: string
  /** `whsec_…`, as shown once at registration. */
  secret: string
  /** Where callbacks go: `http://house/factory/callbacks/<factoryId>`. */
  callbackUrl: string
}

export interface Manners {
  answer: 'accept' | 'decline' | 'counter' | 'silent'
  /** Minor units asked for instead, when it counters. */
  counterPrice: number
  /** Pause before each report. */
  pauseMs: number
  /** Send every callback twice. */
  twice: boolean
  /** Send the reports backwards: the last one first. */
  backwards: boolean
  /** The first inspection fails and garments go back to finishing. */
  failFirstCheck: boolean
  /** Answer the webhook itself only after this long. */
  slowMs: number
}

const USUAL: Manners = {
  answer: 'accept',
  counterPrice: 9900,
  pauseMs: 150,
  twice: false,
  backwards: false,
  failFirstCheck: false,
  slowMs: 0,
}

/** What it did, in order: received, checked, answered, reported, refused. */
export interface LogEntry {
  what: string
  [detail: string]: unknown
}

interface BriefFile {
  name: string
  sha256: string
  bytes: number
  url: string
}
interface Brief {
  order: { number: string; totalUnits: number; quantities: { size: string; colourway: string; units: number }[] }
  style: { names: { zh: string; en: string }; hash: { approved: string; sold: string; sent: string } }
  files: BriefFile[]
}
interface Message {
  type: string
  timestamp: string
  data: { orderId: string; offerId: string; styleHash: string; brief: Brief; [key: string]: unknown }
}

const STAGES = ['materials', 'cutting', 'sewing', 'finishing', 'quality-check', 'shipped', 'delivered'] as const
const SCHEMA = new URL('../../docs/brief.schema.json', import.meta.url)

export async function startFactory(options: { port?: number; manners?: Partial<Manners> } = {}) {
  const manners: Manners = { ...USUAL, ...options.manners }
  const log: LogEntry[] = []
  const seen = new Set<string>()
  const work = new Set<Promise<void>>()
  const schema = existsSync(SCHEMA)
    ? z.fromJSONSchema(JSON.parse(readFileSync(SCHEMA, 'utf8')) as Parameters<typeof z.fromJSONSchema>[0])
    : undefined
  let setup: Setup | undefined
  const closing = new AbortController()

  /** Sign and send a callback, again under the same id until it is taken. */
  async function callBack(id: string, type: string, data: Record<string, unknown>): Promise<void> {
    if (!setup) throw new Error('not set up')
    const body = JSON.stringify({ type, timestamp: new Date().toISOString(), data })
    for (let attempt = 1; attempt <= 6 && !closing.signal.aborted; attempt++) {
      const at = new Date()
      const response = await fetch(setup.callbackUrl, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'webhook-id': id,
          'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
          'webhook-signature': new Webhook(setup.secret).sign(id, at, body),
        },
        body,
      }).catch((error: unknown) => error as Error)
      const status = response instanceof Response ? response.status : 0
      const answer = response instanceof Response ? await response.text() : String(response)
      log.push({ what: 'called back', type, id, status, answer: answer.slice(0, 500), data })
      if (status >= 200 && status < 500 && status !== 429) return
      await sleep(200 * attempt)
    }
  }
  const send = async (id: string, type: string, data: Record<string, unknown>): Promise<void> => {
    await callBack(id, type, data)
    if (manners.twice) await callBack(id, type, data)
  }

  /** Everything a careful factory looks at before it says yes. @returns what is wrong, empty = all good */
  async function check({ data }: Message): Promise<string[]> {
    const { brief } = data
    const faults: string[] = []
    const parsed = schema?.safeParse(brief)
    if (parsed && !parsed.success)
      faults.push(
        `not by the published schema: ${parsed.error.issues[0]?.path.join('.')} ${parsed.error.issues[0]?.message}`,
      )
    const { approved, sold, sent } = brief.style.hash
    if (approved !== sold || sold !== sent || sent !== data.styleHash) faults.push('style hashes differ')
    const units = brief.order.quantities.reduce((sum, line) => sum + line.units, 0)
    if (units !== brief.order.totalUnits) faults.push(`quantities add up to ${units}, not ${brief.order.totalUnits}`)
    let bytes = 0
    for (const file of brief.files) {
      const response = await fetch(file.url)
      const content = Buffer.from(await response.arrayBuffer())
      const hash = createHash('sha256').update(content).digest('hex')
      bytes += content.length
      if (!response.ok || hash !== file.sha256 || content.length !== file.bytes)
        faults.push(`${file.name}: status ${response.status}, ${content.length} bytes, hash ${hash.slice(0, 12)}`)
    }
    log.push({
      what: 'checked',
      orderId: data.orderId,
      files: brief.files.length,
      bytes,
      schema: Boolean(schema),
      faults,
    })
    return faults
  }

  async function produce(orderId: string, units: number): Promise<void> {
    const stages: string[] = [...STAGES]
    if (manners.failFirstCheck) stages.splice(5, 0, 'finishing', 'quality-check')
    const reports = stages.map((state, index) => ({
      orderId,
      reportId: `${orderId}/${index + 1}`,
      sequence: index + 1,
      state,
      at: new Date().toISOString(),
      details: detailsOf(state, units, manners.failFirstCheck && index === 4),
    }))
    for (const report of manners.backwards ? reports.toReversed() : reports) {
      if (closing.signal.aborted) return
      await sleep(manners.pauseMs)
      await send(`msg_${report.reportId.replaceAll(/[^\w]/g, '_')}`, 'order.progressed', report)
    }
    log.push({ what: 'made', orderId, units })
  }

  async function consider(message: Message): Promise<void> {
    const { orderId, offerId, brief } = message.data
    const faults = await check(message)
    const answer = faults.length ? 'decline' : manners.answer
    const id = `msg_answer_${offerId}`
    if (answer === 'silent') return
    if (answer === 'decline')
      return send(id, 'order.declined', { orderId, offerId, reason: faults.join('; ') || 'No capacity in these weeks' })
    if (answer === 'counter')
      return send(id, 'order.countered', { orderId, offerId, price: manners.counterPrice, note: 'Night shifts needed' })
    await send(id, 'order.accepted', { orderId, offerId })
    return produce(orderId, brief.order.totalUnits)
  }

  const unitsOf = new Map<string, number>()
  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request)
    if (request.method === 'PUT' && request.url === '/setup') {
      const { manners: next, ...given } = JSON.parse(body) as Setup & { manners?: Partial<Manners> }
      setup = given
      Object.assign(manners, next)
      return void response.writeHead(204).end()
    }
    if (request.method === 'GET' && request.url === '/log')
      return void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(log))
    if (request.method !== 'POST' || !setup) return void response.writeHead(setup ? 404 : 503).end()
    try {
      new Webhook(setup.secret).verify(body, request.headers as Record<string, string>)
    } catch (error) {
      log.push({ what: 'refused', reason: String(error) })
      return void response.writeHead(401).end()
    }
    await sleep(manners.slowMs)
    // Taken before it is worked on: the sender does not wait for our cutting table.
    response.writeHead(204).end()
    const id = String(request.headers['webhook-id'])
    const message = JSON.parse(body) as Message
    log.push({ what: 'received', type: message.type, id, repeated: seen.has(id) })
    if (seen.has(id)) return undefined
    seen.add(id)
    const { orderId, brief } = message.data
    if (message.type === 'production.offered') {
      unitsOf.set(orderId, brief.order.totalUnits)
      start(consider(message))
    }
    if (message.type === 'production.agreed') start(produce(orderId, unitsOf.get(orderId) ?? 0))
    return undefined
  }

  const start = (job: Promise<void>): void => {
    const tracked = job
      .catch((error: unknown) => void log.push({ what: 'failed', reason: String(error) }))
      .finally(() => work.delete(tracked))
    work.add(tracked)
  }

  const server = createServer((request, response) => {
    receive(request, response).catch((error: unknown) => {
      log.push({ what: 'failed', reason: String(error) })
      if (!response.headersSent) response.writeHead(500)
      response.end()
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    endpoint: `${url}/webhooks`,
    log,
    setUp: (given: Setup) => void (setup = given),
    /** Until everything it has taken on is done. */
    async idle(): Promise<void> {
      while (work.size) await Promise.all(work)
    },
    async close(): Promise<void> {
      closing.abort()
      server.closeAllConnections()
      server.close()
      await Promise.all(work)
    },
  }
}
export type DemoFactory = Awaited<ReturnType<typeof startFactory>>

function detailsOf(state: string, units: number, fails: boolean): Record<string, unknown> {
  const inspected = Math.min(units, 32)
  if (state === 'quality-check') return { inspected, defects: fails ? 5 : 1, passed: !fails }
  if (state === 'shipped') return { parcels: [{ carrier: 'SF Express', trackingNumber: 'SF1029384756', units }] }
  return {}
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const at = process.argv.indexOf('--port')
  const factory = await startFactory({ port: at > 0 ? Number(process.argv[at + 1]) : 0 })
  process.stdout.write(`${JSON.stringify({ url: factory.url, endpoint: factory.endpoint })}\n`)
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void factory.close())
}
