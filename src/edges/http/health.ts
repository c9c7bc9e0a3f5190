import type { FastifyInstance } from 'fastify'
import { Gauge, Registry, collectDefaultMetrics } from 'prom-client'
import type { Line } from '../line.ts'
import { asProblem } from './failures.ts'

/** `/health`: the process runs. `/ready`: its database answers and writes. `/metrics`: counts for Prometheus, by key. */
export function registerHealth(server: FastifyInstance, { context, operations }: Line): void {
  server.get('/health', { config: { access: 'public' } }, async () => ({ status: 'ok' }))
  server.get('/ready', { config: { access: 'public' } }, async (request, reply) => {
    try {
      await context.db.ping()
      return { status: 'ready' }
    } catch (error) {
      const { code, extra, text } = asProblem(error)
      return reply
        .code(503)
        .header('retry-after', extra.retryAfter ?? 5)
        .send({ status: code === 'internal' ? 'the database does not answer' : text[request.lang] })
    }
  })

  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const gauge = new Gauge({
    name: 'firstcut_rows',
    help: 'Rows by what they are and their state',
    labelNames: ['what', 'state'],
    registers: [registry],
  })
  server.get('/metrics', { config: { access: 'system' } }, async (_request, reply) => {
    gauge.reset()
    for (const [what, value] of Object.entries(await operations.counts()))
      if (typeof value === 'number') gauge.set({ what, state: 'all' }, value)
      else for (const [state, n] of Object.entries(value)) gauge.set({ what, state }, n)
    return reply.type(registry.contentType).send(await registry.metrics())
  })
}
