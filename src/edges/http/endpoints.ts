import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Actor } from '../../core/actor.ts'
import type { Lang, Localized } from '../../core/values.ts'
import { takes } from './accept.ts'
import type { Access } from './access.ts'
import { invalid } from '../../core/parse.ts'
import { refused as refusedOrder } from '../../stages/5-demand/messages.ts'
import { withUploads } from './uploads.ts'
import { refused } from './messages.ts'

type Schema = z.ZodType

/** One call of the JSON API: the route, its validation and its documentation are made from this one value. */
export interface Endpoint<P extends Schema = Schema, Q extends Schema = Schema, B extends Schema = Schema> {
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  /** In Fastify's form, below /api/v1: `/styles/:id`. */
  path: string
  access: Access
  tag: string
  summary: Localized
  params?: P
  query?: Q
  body?: B
  /** The body is a form with a file (multipart/form-data), which `run` reads itself. */
  upload?: boolean
  /** The Idempotency-Key header is required. */
  idempotent?: boolean
  /** Media types of the answer, where it is not JSON. */
  produces?: readonly string[]
  /** The answer's schema by status; the first is the usual one. */
  answers: Record<number, Schema>
  run: (call: Call<z.output<P>, z.output<Q>, z.output<B>>) => unknown
}

export interface Call<P, Q, B> {
  actor: Actor
  lang: Lang
  params: P
  query: Q
  body: B
  request: FastifyRequest
  reply: FastifyReply
}

/** Infers the three schemas, so that `run` sees what they yield. */
export const endpoint = <P extends Schema, Q extends Schema, B extends Schema>(value: Endpoint<P, Q, B>): Endpoint =>
  value as unknown as Endpoint

function read(schema: Schema | undefined, value: unknown, where: string): unknown {
  if (!schema) return undefined
  const parsed = schema.safeParse(value ?? {})
  if (parsed.success) return parsed.data
  throw invalid(parsed.error, where)
}

/** What was asked for, and what there is. @throws Problem 406 */
function checkAccept({ headers: { accept } }: FastifyRequest, produces: readonly string[] = JSON_TYPES): void {
  if (produces.some((type) => takes(accept, type))) return
  throw refused('input.accept', { type: produces[0] ?? '' })
}
/** A person who opens the address in a browser is shown the JSON too. */
const JSON_TYPES = ['application/json', 'text/html', 'text/plain']

/** A change says what is to change: an empty one would be answered as done. @throws Problem 422 */
function checkChange(body: unknown): void {
  if (typeof body === 'object' && body !== null && !Array.isArray(body) && Object.keys(body).length) return
  throw refused('input.nothing', undefined, { field: 'body' })
}

const asksToken = (schema: Schema | undefined): boolean => schema instanceof z.ZodObject && 'token' in schema.shape

/** Whoever comes without their letter's link is told that, before what else is missing. @throws Problem 404 */
function checkLink(sent: unknown): void {
  if (!(sent as { token?: unknown } | null | undefined)?.token) throw refusedOrder('preorders.link')
}

export const API_PREFIX = '/api/v1'

export function registerEndpoints(server: FastifyInstance, endpoints: readonly Endpoint[]): void {
  registerAlike(
    server,
    endpoints.filter(({ upload }) => !upload),
  )
  withUploads(server, (inner) =>
    registerAlike(
      inner,
      endpoints.filter(({ upload }) => upload),
    ),
  )
}

function registerAlike(server: FastifyInstance, endpoints: readonly Endpoint[]): void {
  for (const { method, path, access, params, query, body, produces, answers, run } of endpoints) {
    const [status = '200'] = Object.keys(answers)
    server.route({
      method,
      url: `${API_PREFIX}${path}`,
      config: { access },
      handler: async (request, reply) => {
        checkAccept(request, produces)
        if (method === 'PATCH' && body) checkChange(request.body)
        if (access === 'link' && asksToken(query)) checkLink(request.query)
        if (access === 'link' && asksToken(body)) checkLink(request.body)
        reply.code(Number(status))
        const result = await run({
          actor: request.actor,
          lang: request.lang,
          params: read(params, request.params, 'path'),
          query: read(query, request.query, 'query'),
          body: read(body, request.body, 'body'),
          request,
          reply,
        })
        if (reply.sent || result === reply) return reply
        return reply.type('application/json; charset=utf-8').send(JSON.stringify(result ?? null))
      },
    })
  }
}

/** A page of a list: `next` goes into `cursor` for the following one; absent at the end. */
export const pageOf = <T extends Schema>(item: T) => z.object({ items: z.array(item), next: z.string().optional() })

export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20).describe('How many at most.'),
  cursor: z.string().max(200).optional().describe('The `next` of the page before.'),
})

/** Cut a list that was read with one row too many into a page. */
export function paged<T>(rows: readonly T[], limit: number, idOf: (row: T) => string): { items: T[]; next?: string } {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return rows.length > limit && last ? { items, next: idOf(last) } : { items }
}

const jsonSchema = (schema: Schema, io: 'input' | 'output') => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io,
    unrepresentable: 'any',
  }) as Record<string, unknown>
  return rest
}

const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'code'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { type: 'string' },
    field: { type: 'string' },
  },
}

const UPLOAD = {
  schema: { type: 'object', required: ['file'], properties: { file: { type: 'string', format: 'binary' } } },
}

interface ObjectSchema {
  properties?: Record<string, Record<string, unknown>>
  required?: string[]
}

const parametersIn = (place: 'path' | 'query', schema: Schema | undefined) => {
  if (!schema) return []
  const { properties = {}, required = [] } = jsonSchema(schema, 'input') as ObjectSchema
  return Object.entries(properties).map(([name, of]) => {
    const { description, ...rest } = of as { description?: string }
    return {
      name,
      in: place,
      required: place === 'path' || required.includes(name),
      ...(description ? { description } : {}),
      schema: rest,
    }
  })
}

export interface OpenApi {
  openapi: '3.1.0'
  info: { title: string; version: string; description: string }
  paths: Record<string, Record<string, OpenApiOperation>>
  [member: string]: unknown
}

export interface OpenApiOperation {
  operationId: string
  tags: string[]
  summary: string
  'x-summary-zh': string
  'x-access': Access
  parameters: { name: string; in: string; required: boolean; description?: string; schema: unknown }[]
  requestBody?: { required: true; content: Record<string, { schema: unknown }> }
  responses: Record<string, unknown>
  security: Record<string, string[]>[]
}

/** OpenAPI 3.1 from the same values the routes are made from. */
export function openApi(endpoints: readonly Endpoint[], version: string): OpenApi {
  const paths: OpenApi['paths'] = {}
  for (const each of endpoints) {
    const path = `${API_PREFIX}${each.path.replaceAll(/:(\w+)/g, '{$1}')}`
    const operation: OpenApiOperation = {
      operationId: `${each.method.toLowerCase()}${each.path.replaceAll(/[/:-]+(\w)/g, (_, letter: string) => letter.toUpperCase())}`,
      tags: [each.tag],
      summary: each.summary.en,
      'x-summary-zh': each.summary.zh,
      'x-access': each.access,
      parameters: [
        ...parametersIn('path', each.params),
        ...parametersIn('query', each.query),
        ...(each.idempotent
          ? [
              {
                name: 'Idempotency-Key',
                in: 'header',
                required: true,
                description: 'New for each request, the same when it is repeated.',
                schema: { type: 'string', minLength: 1, maxLength: 255 },
              },
            ]
          : []),
      ],
      ...(each.body
        ? {
            requestBody: {
              required: true as const,
              content: { 'application/json': { schema: jsonSchema(each.body, 'input') } },
            },
          }
        : {}),
      ...(each.upload ? { requestBody: { required: true as const, content: { 'multipart/form-data': UPLOAD } } } : {}),
      responses: {
        ...Object.fromEntries(
          Object.entries(each.answers).map(([status, schema]) => [
            status,
            {
              description: status === '201' ? 'Created' : 'OK',
              content: Object.fromEntries(
                (each.produces ?? ['application/json']).map((type) => [
                  type.split(';')[0],
                  { schema: jsonSchema(schema, 'output') },
                ]),
              ),
            },
          ]),
        ),
        default: {
          description: 'A problem (RFC 9457)',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
      security:
        each.access === 'public' || each.access === 'link' || each.access === 'signature'
          ? []
          : [{ key: [] }, { session: [] }],
    }
    paths[path] = { ...paths[path], [each.method.toLowerCase()]: operation }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Firstcut API',
      version,
      description:
        'Designs that do not exist yet, the demand for them, and the production orders that follow. Money is in minor units; times are UTC.',
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: { Problem: problemSchema },
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: 'session' },
      },
    },
  }
}
