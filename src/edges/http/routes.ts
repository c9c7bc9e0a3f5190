import type { FastifyInstance } from 'fastify'
import type { Line } from '../line.ts'
import { apiEndpoints } from './api/index.ts'
import { registerEndpoints } from './endpoints.ts'

export interface RouteOptions {
  /** Cookies over https only. */
  secure: boolean
}

/** Every route of the product: the JSON API, the three faces, and what machines ask. */
export function registerRoutes(server: FastifyInstance, line: Line, _options: RouteOptions): void {
  registerEndpoints(server, apiEndpoints(line))
}
