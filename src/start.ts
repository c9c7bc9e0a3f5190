import type { FastifyInstance } from 'fastify'
import { openApp, type App, type AppOptions } from './app.ts'
import type { Config } from './config.ts'
import { problem } from './core/errors.ts'
import { SECOND } from './core/values.ts'
import { registerRoutes } from './edges/http/routes.ts'
import { buildServer } from './edges/http/server.ts'

/** How long requests under way may still be answered when the process leaves. */
const ANSWER_MS = 4 * SECOND

export interface Running {
  /** Where the web server listens; undefined in a process that is only a worker. */
  url: string | undefined
  app: App
  server: FastifyInstance | undefined
  /** Take no more, finish what is in hand, close the database. */
  close(): Promise<void>
}

/**
 * Start what the configuration's role asks for.
 * @throws Problem when the port is taken, the database is newer or damaged
 */
export async function startServer(config: Config, options: Partial<AppOptions> = {}): Promise<Running> {
  const { host, port, proxies } = config.http
  // Letters and briefs need the address before the first request, so a free port is chosen before the app is opened.
  const usable = port === 0 ? await freePort(host) : port
  const baseUrl = config.http.baseUrl ?? `http://${host === '0.0.0.0' ? 'localhost' : host}:${usable}`
  const app = await openApp(config, { ...options, baseUrl })
  let server: FastifyInstance | undefined
  try {
    if (config.role !== 'worker') {
      server = await buildServer({
        identity: app.line.identity,
        partnerByKey: app.line.demand.partnerByKey,
        logger: app.log,
        proxies,
        baseUrl,
        secure: baseUrl.startsWith('https:'),
        requestsPerMinute: config.http.requestsPerMinute,
        register: (instance) => registerRoutes(instance, app.line, { secure: baseUrl.startsWith('https:') }),
      })
      await server.listen({ host, port: usable })
    }
    if (config.role !== 'web') {
      await app.line.secrets.sealOpenLetters()
      app.worker.start()
    } else app.worker.startOwn()
  } catch (error) {
    await server?.close()
    await app[Symbol.asyncDispose]()
    throw inWords(error, host, usable)
  }
  app.db.soundness?.begin(({ state, found, ...read }) =>
    state === 'damaged'
      ? app.log.error({ found, ...read }, 'the database is damaged: restore the last backup with "firstcut restore"')
      : app.log.info(read, 'the database was looked over and is whole'),
  )
  return {
    url: server && baseUrl,
    app,
    server,
    async close() {
      // Beside each other: a request may wait for what the worker gives up, and the other way round.
      const cut = setTimeout(() => server?.server.closeAllConnections(), ANSWER_MS)
      await Promise.all([server?.close(), app.worker.stop()])
      clearTimeout(cut)
      await app[Symbol.asyncDispose]()
    },
  }
}

async function freePort(host: string): Promise<number> {
  const { createServer } = await import('node:net')
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, host, () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

function inWords(error: unknown, host: string, port: number): unknown {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE')
    return problem('start.port', 500, {
      en: `Port ${port} on ${host} is in use. Stop the other program or choose another port with PORT=….`,
      zh: `${host} 的端口 ${port} 已被占用。请关闭占用程序，或用 PORT=… 指定其他端口。`,
    })
  if (code === 'EACCES')
    return problem('start.port', 500, {
      en: `Port ${port} needs more rights than this process has. Choose a port above 1023 with PORT=….`,
      zh: `当前进程无权使用端口 ${port}。请用 PORT=… 指定 1023 以上的端口。`,
    })
  return error
}
