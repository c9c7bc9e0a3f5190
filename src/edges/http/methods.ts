/** Which methods an address takes: for an answer that says so (RFC 9110 15.5.6) instead of "nothing here". */
import type { FastifyInstance } from 'fastify'
import type { Problem } from '../../core/errors.ts'
import { refused } from './messages.ts'

const ORDER = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/** Has to be there before the routes are. @returns the methods of whatever stands at a path; none where nothing does */
export function knownMethods(server: FastifyInstance): (url: string) => string[] {
  const routes: { path: RegExp; method: string }[] = []
  server.addHook('onRoute', ({ url, method }) => {
    const path = new RegExp(
      `^${url
        .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
        .replaceAll(/:\w+/g, '[^/]+')
        .replaceAll('*', '.*')}/?$`,
    )
    for (const each of [method].flat()) routes.push({ path, method: each })
  })
  return (url) => {
    const [path = ''] = url.split(/[?#]/)
    const found = new Set(routes.flatMap((route) => (route.path.test(path) ? [route.method] : [])))
    if (found.size) found.add('OPTIONS')
    return ORDER.filter((method) => found.has(method))
  }
}

export const wrongMethod = (method: string, allowed: readonly string[]): Problem => {
  const offered = allowed.filter((each) => each !== 'OPTIONS' && each !== 'HEAD').join(', ')
  const said = { en: offered, zh: offered.replaceAll(', ', '、') }
  return refused('input.method', { method, offered: said }, { details: { allow: allowed } })
}
