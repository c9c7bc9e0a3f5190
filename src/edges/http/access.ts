import type { FastifyInstance, FastifyRequest } from 'fastify'
import { demand, type Scope } from '../../core/actor.ts'

/**
 * Who may call a route. `public`: on the short list below. `signature` and `link`: the handler itself proves the
 * caller, by a signed body or a signed address. `session`: any signed-in person. A scope: whoever has it.
 */
export type Access = 'public' | 'signature' | 'link' | 'session' | Scope

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access
  }
}

/** Every route that anybody may call, in full view. A public route that is not here does not start. */
export const PUBLIC_ROUTES: ReadonlySet<string> = new Set([
  'GET /',
  'GET /health',
  'GET /ready',
  'GET /assets/:name',
  'GET /pictures/:file',
  'GET /docs',
  'GET /docs/problems',
  'GET /openapi.json',
  'GET /schemas/brief.json',
  'GET /schemas/brief-1.json',
  'GET /first-run',
  'POST /first-run',
  'GET /sign-in',
  'POST /sign-in',
  'POST /language',
  'GET /factory',
  'POST /factory/leave',
  'POST /factory/link',
  'GET /shop',
  'GET /shop/:slug',
  'POST /shop/:slug/preorders',
  'POST /shop/:slug/inquiries',
  'GET /api/v1/campaigns',
  'GET /api/v1/campaigns/:id',
  'POST /api/v1/campaigns/:id/preorders',
  'POST /api/v1/campaigns/:id/inquiries',
])

/** Closed by default: a route without a declared access, or a public one that is not on the list, stops the start. */
export function guardRoutes(server: FastifyInstance): void {
  server.addHook('onRoute', (route) => {
    const methods = [route.method].flat().filter((method) => method !== 'HEAD' && method !== 'OPTIONS')
    for (const method of methods) {
      const name = `${method} ${route.url}`
      const access = route.config?.access
      if (!access) throw new Error(`${name} does not say who may call it`)
      if ((access === 'public') !== PUBLIC_ROUTES.has(name))
        throw new Error(`${name} is ${access}, and the public list says otherwise`)
    }
  })
}

/** @throws Problem 401 or 403 */
export function checkAccess(request: FastifyRequest): void {
  const access = request.routeOptions.config.access
  if (!access || access === 'public' || access === 'signature' || access === 'link') return
  if (access === 'session') {
    if (request.actor.kind !== 'user') demand({ kind: 'anonymous' }, 'read')
    return
  }
  demand(request.actor, access)
}
