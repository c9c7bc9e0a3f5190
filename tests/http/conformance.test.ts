/**
 * The API against its own document: every operation, with what fits its schemas and with what nearly does, over HTTP.
 * Nothing it is sent may break it, every answer is one the document declares, and a refusal writes nothing.
 */
import { getTableName, is, sql, Table, type SQL } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { system } from '../../src/core/actor.ts'
import * as schema from '../../src/db/schema.ts'
import type { OpenApi, OpenApiOperation } from '../../src/edges/http/endpoints.ts'
import { register, SHIP_TO } from '../support/factories.ts'
import { fitting, nearlyFitting, ODD, type Schema } from '../support/from-schema.ts'
import { frozenLot } from '../support/lots.ts'
import { testServer, type TestServer } from '../support/server.ts'
import { newId } from '../../src/core/values.ts'

const house = system('test')
/** Requests for each operation, half fitting, half nearly. */
const RUNS = 24
/** Answers of a refusal that are kept on purpose: the same key hears the same refusal again. */
const KEPT = new Set(['refusals'])
/** Tries that failed are on record: whoever mends the other side wants to see them. */
const TRIES = /\/(?:ping|fetch)$/

let server: TestServer
let document: OpenApi & { components: { schemas: { Problem: Schema } } }
const ids: string[] = []
let counts: Record<string, SQL<number>>

interface Asked {
  params: Record<string, unknown>
  query: Record<string, unknown>
  body: unknown
  lang: 'en' | 'zh'
}
interface Told {
  status: number
  type: string
  text: string
}

beforeAll(async () => {
  server = await testServer({ role: 'web' })
  const { line } = server.app
  await line.dispatch.changeTerms(house, SHIP_TO)
  const { actor, factory } = await register(line.dispatch, { rates: { tee: 700 } })
  const { lot, campaignId } = await frozenLot(line.context)
  await line.dispatch.reactions['demand.lot-frozen']!({
    id: 'e',
    name: 'demand.lot-frozen',
    payload: { lotId: lot.id },
    at: line.context.clock.now(),
  })
  const [open] = await line.dispatch.openOffers(actor)
  const { id: sourceId } = await line.trends.addSource(house, { name: 'Feed', url: 'http://127.0.0.1:9/feed.xml' })
  ids.push(lot.id, lot.styleId, campaignId, factory.id, open!.order.id, open!.offer.id, sourceId)
  document = (await (await fetch(`${server.url}/openapi.json`)).json()) as typeof document
  counts = Object.fromEntries(
    Object.values(schema as Record<string, unknown>)
      .filter((each): each is Table => is(each, Table))
      .filter((table) => !KEPT.has(getTableName(table)))
      .map((table) => [getTableName(table), sql<number>`(select count(*) from ${table})`]),
  )
}, 120_000)
afterAll(() => server.close())

async function rows(): Promise<Record<string, number>> {
  const [found] = await server.app.line.context.db.read.select(counts).from(sql`(select 1) as one`)
  return Object.fromEntries(Object.entries(found ?? {}).map(([name, n]) => [name, Number(n)]))
}

const hasHan = (text: string): boolean => /\p{Script=Han}/u.test(text)
/** As a client sends it: half a surrogate pair has no UTF-8. */
const textOf = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).toString()
const inPath = (value: unknown): string => encodeURIComponent(textOf(value))

async function send(method: string, path: string, { params, query, body, lang }: Asked): Promise<Told> {
  const url = new URL(`${server.url}${path.replaceAll(/\{(\w+)\}/g, (_, name: string) => inPath(params[name]) || '-')}`)
  for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, textOf(value))
  const answer = await fetch(url, {
    method,
    headers: {
      authorization: `Bearer ${server.key}`,
      'accept-language': lang,
      'idempotency-key': newId(),
      ...(body instanceof FormData || body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
  })
  return { status: answer.status, type: answer.headers.get('content-type') ?? '', text: await answer.text() }
}

/** Everything that an answer has to be, whatever was asked. */
function assertDeclared(operation: OpenApiOperation, asked: Asked, { status, type, text }: Told): void {
  expect(status, text).toBeLessThan(500)
  if (status < 400) {
    const declared = operation.responses[status] as { content: Record<string, { schema: Schema }> } | undefined
    expect(Object.keys(operation.responses)).toContain(String(status))
    const [media = ''] = type.split(';')
    expect(Object.keys(declared!.content)).toContain(media)
    const value: unknown = media === 'application/json' ? JSON.parse(text) : text
    const answer = z.fromJSONSchema(declared!.content[media]!.schema as never).safeParse(value)
    expect(answer.success, `${answer.error?.message} in ${text.slice(0, 500)}`).toBe(true)
    return
  }
  expect(type).toMatch(/^application\/problem\+json/)
  const told = JSON.parse(text) as { status: number; title: string; detail: string }
  expect(z.fromJSONSchema(document.components.schemas.Problem as never).safeParse(told).error).toBeUndefined()
  expect(told.status).toBe(status)
  // What was typed may be quoted; the rest is in the reader's language.
  if (asked.lang === 'zh') expect(hasHan(told.title) && hasHan(told.detail), text).toBe(true)
  else if (!hasHan(JSON.stringify(asked))) expect(hasHan(told.title + told.detail), text).toBe(false)
}

const parametersOf = (operation: OpenApiOperation, place: string, of: (schema: Schema) => fc.Arbitrary<unknown>) =>
  fc.record(
    Object.fromEntries(
      operation.parameters
        .filter((each) => each.in === place)
        .map(({ name, schema: own }) => [name, of(own as Schema)]),
    ),
    ...(place === 'query' ? [{ requiredKeys: [] }] : []),
  )

const file = (bytes: string): FormData => {
  const form = new FormData()
  form.set('file', new Blob([bytes]), 'x.csv')
  return form
}
const lang = fc.constantFrom('en' as const, 'zh' as const)
const anyId = () => fc.constantFrom(...ids, '01938f00-0000-7000-8000-000000000001')

function fittingRequest(operation: OpenApiOperation): fc.Arbitrary<Asked> {
  const content = operation.requestBody?.content
  const body = content?.['application/json']?.schema as Schema | undefined
  return fc.record({
    lang,
    params: parametersOf(operation, 'path', anyId),
    query: parametersOf(operation, 'query', (own) => fitting(own, ids)),
    body: content && !body ? fc.constantFrom('a,b\n1,2', '').map(file) : fitting(body, ids),
  })
}

function nearlyFittingRequest(operation: OpenApiOperation, reads: boolean): fc.Arbitrary<Asked> {
  const content = operation.requestBody?.content
  const body = content?.['application/json']?.schema as Schema | undefined
  const odd = fc.constantFrom(...ODD)
  return fc.record({
    lang,
    params: parametersOf(operation, 'path', () => fc.oneof({ weight: 3, arbitrary: anyId() }, odd)),
    query: parametersOf(operation, 'query', (own) => fc.oneof(fitting(own, ids), odd)),
    body: body
      ? fc.oneof({ weight: 5, arbitrary: nearlyFitting(body, ids) }, odd)
      : content
        ? fc.oneof(odd, fc.string().map(file))
        : reads
          ? fc.constant(undefined)
          : fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, odd),
  })
}

/** Operations in the document's order, which is the line's: what the first make, the later ones may find. */
const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  )

test('every operation answers as its document says, whatever it is sent, and what it refuses leaves nothing behind', async () => {
  expect(operations().length).toBeGreaterThan(60)
  const broken: string[] = []
  const done = new Set<string>()
  for (const { method, path, operation } of operations()) {
    // The key that asks would take itself away.
    if (path.endsWith('/keys/{id}')) continue
    await fc
      .assert(
        fc.asyncProperty(
          fc.oneof(fittingRequest(operation), nearlyFittingRequest(operation, method === 'GET')),
          async (asked) => {
            const before = method === 'GET' || TRIES.test(path) ? undefined : await rows()
            const told = await send(method, path, asked)
            assertDeclared(operation, asked, told)
            if (told.status < 300) done.add(`${method} ${path}`)
            if (before && told.status >= 400) expect(await rows(), `${told.status} ${told.text}`).toEqual(before)
          },
        ),
        { numRuns: Number(process.env['PROPERTY_RUNS'] ?? RUNS) },
      )
      .catch((error: unknown) => {
        broken.push(`${method} ${path}: ${(error as Error).message}\n${String((error as Error).cause)}`)
      })
  }
  expect(broken.join('\n\n')).toBe('')
  // It is no test of answers where hardly anything was done.
  expect(done.size).toBeGreaterThan(35)
}, 240_000)
