import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PUBLIC_ROUTES } from '../../src/edges/http/access.ts'
import { testServer, type TestServer } from '../support/server.ts'

let server: TestServer
const routes: { method: string; url: string; access: string | undefined }[] = []

beforeAll(async () => {
  server = await testServer({ role: 'web' })
  // printRoutes shows a tree for people; the router itself is asked for every method and path it would answer.
  for (const line of (server.server?.printRoutes({ commonPrefix: false, includeMeta: false }) ?? '').split('\n')) {
    const found = /(?:├──|└──)\s(\S+)\s\(([A-Z, ]+)\)/.exec(line)
    if (!found) continue
    const depth = line.search(/[├└]/) / 4
    parents.length = depth
    parents[depth] = found[1] ?? ''
    for (const method of (found[2] ?? '').split(', '))
      if (method !== 'HEAD' && method !== 'OPTIONS')
        routes.push({ method, url: parents.slice(0, depth + 1).join(''), access: undefined })
  }
})
const parents: string[] = []
afterAll(() => server.close())

const concrete = (url: string) => url.replaceAll(/:(\w+)/g, 'x')

describe('every route is closed unless it stands on the short public list', () => {
  test('the walk sees the routes', () => {
    expect(routes.length).toBeGreaterThan(60)
    expect(routes.map((route) => `${route.method} ${route.url}`)).toEqual(
      expect.arrayContaining(['POST /api/v1/styles/:id/approve', 'GET /shop']),
    )
  })

  test('the public list names only routes that exist', () => {
    const known = new Set(routes.map((route) => `${route.method} ${route.url.replace(/(.)\/$/, '$1')}`))
    expect([...PUBLIC_ROUTES].filter((name) => !known.has(name))).toEqual([])
  })

  test('a stranger gets 401, or the sign-in page, or is told the link or signature is wrong', async () => {
    const open: string[] = []
    for (const { method, url } of routes) {
      if (PUBLIC_ROUTES.has(`${method} ${url.replace(/(.)\/$/, '$1')}`)) continue
      const answer = await server.server!.inject({
        method: method as 'GET',
        url: concrete(url),
        headers: { accept: 'text/html' },
      })
      const signIn = answer.statusCode === 303 && String(answer.headers.location).startsWith('/sign-in')
      if (!signIn && ![400, 401, 403, 404].includes(answer.statusCode))
        open.push(`${method} ${url}: ${answer.statusCode}`)
    }
    expect(open).toEqual([])
  })

  test('a machine gets a problem it can read, in the language it asks for', async () => {
    const answer = await server.server!.inject({
      method: 'POST',
      url: '/api/v1/styles/x/approve',
      payload: {},
      headers: { 'accept-language': 'zh-CN' },
    })
    expect(answer.statusCode).toBe(401)
    expect(answer.headers['content-type']).toContain('application/problem+json')
    expect(answer.json()).toMatchObject({
      code: 'identity.required',
      status: 401,
      detail: expect.stringContaining('请先登录'),
    })
  })

  test('a key with one permission cannot do what needs another', async () => {
    const { key } = await server.app.line.identity.createKey(
      { kind: 'system', name: 'test' },
      { name: 'reader', scopes: ['read'] },
    )
    const headers = { authorization: `Bearer ${key}` }
    expect((await server.server!.inject({ url: '/api/v1/styles', headers })).statusCode).toBe(200)
    expect(
      (
        await server.server!.inject({
          method: 'POST',
          url: '/api/v1/keys',
          payload: { name: 'x', scopes: ['operate'] },
          headers,
        })
      ).statusCode,
    ).toBe(403)
    const wrong = await server.server!.inject({
      url: '/api/v1/styles',
      headers: { authorization: 'Bearer fck_nothing' },
    })
    expect(wrong.json()).toMatchObject({ code: 'identity.key' })
  })
})
