import type { FastifyInstance } from 'fastify'
import { lazily } from '../../core/lazily.ts'
import type { Line } from '../line.ts'
import { asProblem } from './failures.ts'

/** The process still answers, and what it answers may be wrong: nobody should be sent here before somebody has looked. */
const damaged = {
  en: 'The database is damaged. Restore the last backup with "firstcut restore".',
  zh: '数据库已损坏，请用 “firstcut restore” 恢复最近的备份。',
}

/** `/health`: the process runs. `/ready`: its database answers and writes. `/metrics`: counts for Prometheus, by key. */
export function registerHealth(server: FastifyInstance, { context, operations }: Line): void {
  server.get('/health', { config: { access: 'public' } }, async () => ({ status: 'ok' }))
  server.get('/ready', { config: { access: 'public' } }, async (request, reply) => {
    try {
      await context.db.ping()
      const { state, found } = context.db.soundness?.now() ?? { state: undefined, found: [] }
      if (state === 'damaged')
        return reply.code(503).header('retry-after', 60).send({ status: damaged[request.lang], database: state, found })
      const warning = await context.db.warning()
      return {
        status: 'ready',
        ...(state ? { database: state } : {}),
        ...(warning ? { warning: warning[request.lang] } : {}),
      }
    } catch (error) {
      const { code, extra, text } = asProblem(error)
      return reply
        .code(503)
        .header('retry-after', extra.retryAfter ?? 5)
        .send({ status: code === 'internal' ? 'the database does not answer' : text[request.lang] })
    }
  })

  /** From the first time that somebody looks: whoever is not watched need not count its own garbage. */
  const meters = lazily(async () => {
    const { Gauge, Registry, collectDefaultMetrics } = await import('prom-client')
    const registry = new Registry()
    collectDefaultMetrics({ register: registry })
    const gauge = new Gauge({
      name: 'firstcut_rows',
      help: 'Rows by what they are and their state',
      labelNames: ['what', 'state'],
      registers: [registry],
    })
    return { registry, gauge }
  })
  server.get('/metrics', { config: { access: 'system' } }, async (_request, reply) => {
    const { registry, gauge } = await meters()
    gauge.reset()
    for (const [what, value] of Object.entries(await operations.counts()))
      if (typeof value === 'number') gauge.set({ what, state: 'all' }, value)
      else for (const [state, n] of Object.entries(value)) gauge.set({ what, state }, n)
    return reply.type(registry.contentType).send(await registry.metrics())
  })
}
