import { parseCookie, stringifySetCookie, type SerializeOptions } from 'cookie'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

declare module 'fastify' {
  interface FastifyRequest {
    /** What the browser sent, by name. */
    readonly cookies: Readonly<Record<string, string | undefined>>
  }
  interface FastifyReply {
    /** `path` is / and `sameSite` lax unless said otherwise. */
    setCookie(name: string, value: string, options: SerializeOptions): FastifyReply
    /** Under the path it was set with. */
    clearCookie(name: string, options: SerializeOptions): FastifyReply
  }
}

const NONE: FastifyRequest['cookies'] = {}

/** Cookies without hooks: parsed when somebody looks, written when they are set. Most requests have none and pay nothing. */
export function registerCookies(server: FastifyInstance): void {
  server.decorateRequest('cookies', {
    getter(this: FastifyRequest) {
      return this.headers.cookie ? parseCookie(this.headers.cookie) : NONE
    },
  })
  server.decorateReply('setCookie', function setCookie(this: FastifyReply, name, value, options) {
    return this.header('set-cookie', stringifySetCookie(name, value, { path: '/', sameSite: 'lax', ...options }))
  })
  server.decorateReply('clearCookie', function clearCookie(this: FastifyReply, name, options) {
    return this.setCookie(name, '', { ...options, expires: new Date(0), maxAge: 0 })
  })
}
