import type { FastifyInstance, FastifyRequest } from 'fastify'
import { authorize, type Scope } from '../../core/actor.ts'
import { refused } from './messages.ts'

/**
 * Who may call a route. `public`: on the short list below. `signature` and `link`: the handler itself proves the
 * caller, by a signed body or a signed address. `session`: any signed-in person. `partner`: a partner of ours, by its own
 * key. A scope: whoever has it.
 */
export type Access = 'public' | 'signature' | 'link' | 'session' | 'partner' | Scope

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access
  }
  interface FastifyInstance {
    /** What each route needs, by `METHOD /url`. */
    readonly routeAccess: ReadonlyMap<string, Access>
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
  'POST /sign-in/code',
  'GET /forgot-password',
  'POST /forgot-password',
  'GET /reset-password',
  'POST /reset-password',
  'POST /language',
  'GET /factory',
  'POST /factory/leave',
  'POST /factory/link',
  'POST /preorders/:id/link',
  'GET /preorders/:id/code',
  'POST /preorders/:id/code',
  'POST /preorders/:id/code/again',
  'GET /terms',
  'GET /terms/:version',
  'GET /orders',
  'POST /orders/link',
  'POST /orders/code',
  'GET /privacy',
  'GET /divisions',
  'GET /shop',
  'GET /shop/:slug',
  'GET /shop/:slug/pool',
  'POST /shop/:slug/preorders',
  'POST /shop/:slug/inquiries',
  'GET /api/v1/terms',
  'GET /api/v1/campaigns',
  'GET /api/v1/campaigns/:id',
  'GET /api/v1/campaigns/:id/pledges',
  'GET /api/v1/campaigns/:id/pool',
  'POST /api/v1/campaigns/:id/preorders',
  'POST /api/v1/campaigns/:id/inquiries',
])

/**
 * What a person may do only shortly after having proved who it is: an unattended browser, or one that somebody has taken
 * over, must not make keys, move endpoints or give out roles. Switching off and revoking are not here: they take away.
 */
export const CONFIRMED_ROUTES: ReadonlySet<string> = new Set([
  'GET /account/second-factor',
  'POST /account/second-factor',
  'POST /account/second-factor/codes',
  'POST /account/second-factor/off',
  'POST /console/keys',
  'POST /console/accounts',
  'POST /console/accounts/password',
  'POST /console/accounts/:id/role',
  'POST /console/accounts/:id/on',
  'POST /console/accounts/:id/second-factor-off',
  'POST /console/factories',
  'POST /console/factories/:id/rotate-secret',
  'POST /console/factories/:id/rotate-portal',
  'POST /api/v1/keys',
  'POST /api/v1/users',
  'PATCH /api/v1/users/:id',
  'POST /api/v1/factories',
  'PATCH /api/v1/factories/:id',
  'POST /api/v1/factories/:id/rotate-secret',
  'POST /api/v1/factories/:id/rotate-portal',
  'POST /console/partners',
  'POST /console/partners/:id/key',
  'POST /api/v1/partners',
  'POST /api/v1/partners/:id/key',
])

/** Closed by default: a route without a declared access, or a public one that is not on the list, stops the start. */
export function guardRoutes(server: FastifyInstance): void {
  const known = new Map<string, Access>()
  server.decorate('routeAccess', known)
  server.addHook('onRoute', (route) => {
    const methods = [route.method].flat().filter((method) => method !== 'HEAD' && method !== 'OPTIONS')
    for (const method of methods) {
      const name = `${method} ${route.url}`
      const access = route.config?.access
      if (!access) throw new Error(`${name} does not say who may call it`)
      if ((access === 'public') !== PUBLIC_ROUTES.has(name))
        throw new Error(`${name} is ${access}, and the public list says otherwise`)
      known.set(name, access)
    }
  })
}

/** @throws Problem 401 or 403 */
export function checkAccess(request: FastifyRequest): void {
  mayCall(request)
  const { method, url } = request.routeOptions
  if (request.actor.kind !== 'user' || request.confirmed || !CONFIRMED_ROUTES.has(`${String(method)} ${url}`)) return
  throw refused('identity.confirm')
}

function mayCall(request: FastifyRequest): void {
  const access = request.routeOptions.config.access
  if (!access || access === 'public' || access === 'signature' || access === 'link') return
  if (access === 'session') {
    if (request.actor.kind !== 'user') authorize({ kind: 'anonymous' }, 'read')
    return
  }
  if (access !== 'partner') return authorize(request.actor, access)
  if (request.actor.kind === 'anonymous') authorize(request.actor, 'read')
  if (request.actor.kind !== 'partner') throw refused('partners.own-key')
}
