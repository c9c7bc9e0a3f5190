import type { FastifyInstance } from 'fastify'
import type { Line } from '../line.ts'
import { apiEndpoints } from './api/index.ts'
import { openApi, registerEndpoints } from './endpoints.ts'
import { registerFactoryLine } from './factory-line.ts'
import { registerFiles } from './files.ts'
import { registerHealth } from './health.ts'

export interface RouteOptions {
  /** Cookies over https only. */
  secure: boolean
}

export const API_VERSION = '0.1.0'

/** Every route of the product: the JSON API, the three faces, and what machines ask. */
export function registerRoutes(server: FastifyInstance, line: Line, _options: RouteOptions): void {
  const endpoints = apiEndpoints(line)
  const document = openApi(endpoints, API_VERSION)
  registerEndpoints(server, endpoints)
  server.get('/openapi.json', { config: { access: 'public' } }, async (_request, reply) =>
    reply.type('application/json; charset=utf-8').send(JSON.stringify(document)),
  )
  registerFactoryLine(server, line)
  registerFiles(server, line)
  registerHealth(server, line)
}
