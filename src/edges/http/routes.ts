import type { FastifyInstance } from 'fastify'
import { briefJsonSchemaFile } from '../../garments/index.ts'
import type { Line } from '../line.ts'
import { registerAccount } from './account.tsx'
import { apiEndpoints } from './api/index.ts'
import { registerAssets } from './assets.tsx'
import { registerConsole } from './console.tsx'
import { registerDocs } from './docs.tsx'
import { openApi, registerEndpoints } from './endpoints.ts'
import { registerFactoryLine } from './factory-line.ts'
import { registerFactoryPortal } from './factory-portal.tsx'
import { registerFiles } from './files.ts'
import { registerHealth } from './health.ts'
import type { RouteOptions } from './route-options.ts'
import { registerShop } from './shop.tsx'
import { registerOwnOrders } from './shop-orders.tsx'
import { registerUnsubscribe } from './shop-unsubscribe.tsx'
import { registerTerms } from './shop-terms.tsx'

export const API_VERSION = '0.1.0'

/** Every route of the product: the JSON API, the three faces, and what machines ask. */
export function registerRoutes(server: FastifyInstance, line: Line, options: RouteOptions): void {
  const endpoints = apiEndpoints(line)
  const document = openApi(endpoints, API_VERSION)
  const json = 'application/json; charset=utf-8'
  registerEndpoints(server, endpoints)
  server.get('/openapi.json', { config: { access: 'public' } }, async (_request, reply) =>
    reply.type(json).send(JSON.stringify(document)),
  )
  server.get('/schemas/brief.json', { config: { access: 'public' } }, async (_request, reply) =>
    reply.type(json).send(briefJsonSchemaFile()),
  )
  server.get('/schemas/brief-1.json', { config: { access: 'public' } }, async (_request, reply) =>
    reply.type(json).send(briefJsonSchemaFile(1)),
  )
  registerFactoryLine(server, line)
  registerFiles(server, line)
  registerHealth(server, line)

  registerAssets(server)
  registerAccount(server, line, options)
  registerShop(server, line)
  registerOwnOrders(server, line)
  registerUnsubscribe(server, line)
  registerTerms(server, line)
  registerConsole(server, line)
  registerFactoryPortal(server, line, options)
  registerDocs(server, line, document)
}
