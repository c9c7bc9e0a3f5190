import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net'
import { once } from 'node:events'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Problem } from '../../src/core/errors.ts'
import type { Address } from '../../src/engines/names.ts'
import { isPublic, openOutbound } from '../../src/engines/outbound.ts'
import type { OutboundRequest } from '../../src/engines/ports.ts'

/** One loopback listener stands for everything private. A connection to it is what must never happen. */
let listener: Server
let port = 0
let connections = 0
beforeAll(async () => {
  listener = createServer((_, response) => response.end('SECRET')).on('connection', () => connections++)
  listener.listen(0, '::')
  await once(listener, 'listening')
  port = (listener.address() as AddressInfo).port
})
afterAll(() => listener.close())

const names: Record<string, string[]> = {
  localhost: ['127.0.0.1', '::1'],
  'localhost.': ['127.0.0.1'],
  'sub.localhost': ['127.0.0.1'],
  'internal.example': ['10.0.0.7'],
  'mixed.example': ['93.184.216.34', '127.0.0.1'],
  'mapped.example': ['::ffff:127.0.0.1'],
  'metadata.example': ['169.254.169.254'],
  'six.example': ['fd00::7'],
  'nat64.example': ['64:ff9b::7f00:1'],
  'cgnat.example': ['100.64.1.1'],
  'odd.example': ['not an address'],
}
const resolver = async (host: string): Promise<Address[]> =>
  (names[host] ?? []).map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))

const ask = (url: string, change: Partial<OutboundRequest> = {}): OutboundRequest => ({
  url,
  deadlineMs: 2000,
  maxBytes: 65_536,
  maxRedirects: 0,
  ...change,
})
const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'answered',
    (error: unknown) => {
      if (error instanceof Problem) return error.code
      throw error
    },
  )

const LITERALS = [
  '127.0.0.1', '127.0.0.2', '127.1', '127.0.1', '2130706433', '0x7f000001', '0x7f.0.0.1', '0x7f.1', '0177.0.0.1',
  '017700000001', '0177.1', '127.0.0.1.', '①②⑦.⓪.⓪.①', '１２７．０．０．１', '127。0。0。1', '%31%32%37.0.0.1', '0', '0.0.0.0',
  '0.0.0.1', '10.0.0.1', '10.255.255.255', '172.16.0.1', '172.31.255.255', '192.168.0.1', '192.168.1.1', '3232235777',
  '169.254.169.254', '0xa9fea9fe', '2852039166', '169.254.170.2', '100.64.0.1', '100.100.100.200', '192.0.0.192',
  '192.0.2.1', '192.88.99.1', '198.18.0.1', '198.51.100.1', '203.0.113.1', '224.0.0.1', '239.255.255.255', '240.0.0.1',
  '255.255.255.255', '[::1]', '[0:0:0:0:0:0:0:1]', '[0000::0001]', '[::]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]',
  '[0:0:0:0:0:ffff:127.0.0.1]', '[::ffff:a9fe:a9fe]', '[::ffff:0:127.0.0.1]', '[::127.0.0.1]', '[::7f00:1]',
  '[64:ff9b::7f00:1]', '[64:ff9b:1::1]', '[2002:7f00:1::]', '[2001::1]', '[2001:db8::1]', '[fe80::1]', '[febf::1]',
  '[fc00::1]', '[fd00:ec2::254]', '[fec0::1]', '[ff02::1]', '[100::1]', '[5f00::1]', '[3fff::1]', '[2001:20::1]', '[4000::1]',
] // prettier-ignore
const URLS = [
  ...LITERALS.map((host) => `http://${host}/`),
  ...Object.keys(names).map((host) => `http://${host}/`),
  'https://127.0.0.1/',
  'http:127.0.0.1',
  'http:\\\\127.0.0.1\\x',
]

describe('private addresses', () => {
  test('there are more than sixty spellings in the list', () => expect(URLS.length).toBeGreaterThan(60))

  test.each(URLS)('%s is refused', async (url) => {
    const outbound = openOutbound({ allowHosts: [], resolver })
    expect(await codeOf(outbound.request(ask(url)))).toBe('outbound.refused')
  })

  test('they are refused for what they are, also where the port itself is allowed', async () => {
    const before = connections
    for (const host of LITERALS) {
      const outbound = openOutbound({ allowHosts: [`other.example:${port}`], resolver })
      expect(await codeOf(outbound.request(ask(`http://${host}:${port}/`))), host).toBe('outbound.refused')
    }
    expect(connections).toBe(before)
  })

  test('public addresses are told from private ones', () => {
    for (const address of ['93.184.216.34', '8.8.8.8', '2606:4700::1111', '::ffff:8.8.8.8'])
      expect(isPublic(address), address).toBe(true)
    for (const address of ['::7f00:1', '4000::1', 'x', '']) expect(isPublic(address), address).toBe(false)
  })
})

describe('addresses that are not for us', () => {
  test.each([
    'ftp://example.com/', 'file:///etc/passwd', 'gopher://example.com/', 'data:text/plain,x', 'javascript:1', '//example.com/',
    'example.com', '', 'http://', 'http://[::1', 'http://user:pw@example.com/', 'http://user@example.com/',
    'http://example.com:22/', 'http://example.com:6379/', 'https://example.com:8443/', 'http://[fe80::1%25eth0]/',
  ])('%s is refused', async (url) => {
    expect(await codeOf(openOutbound({ allowHosts: [], resolver }).request(ask(url)))).toBe('outbound.refused')
  }) // prettier-ignore
})

/** A server that misbehaves, and an outbound that was told it may ask it. */
async function serve(answer: RequestListener, seen: string[] = []) {
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`)
    answer(request, response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const at = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url: `http://${at}`,
    at,
    seen,
    outbound: openOutbound({ allowHosts: [at], resolver }),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

test('an allowed host is asked, with method, headers and body, and its answer comes back', async () => {
  await using server = await serve((request, response) => {
    let body = ''
    request
      .on('data', (chunk) => (body += chunk))
      .on('end', () => {
        response.setHeader('set-cookie', ['a=1', 'b=2'])
        response.writeHead(202).end(`${request.headers['x-a']}:${request.headers['accept-encoding']}:${body}`)
      })
  })
  const answer = await server.outbound.request(
    ask(`${server.url}/hook?x=1`, { method: 'POST', headers: { 'x-a': 'y' }, body: '你好' }),
  )
  expect(answer).toMatchObject({ status: 202, truncated: false, url: `${server.url}/hook?x=1` })
  expect(answer.bytes.toString()).toBe('y:identity:你好')
  expect(answer.headers['set-cookie']).toBe('a=1, b=2')
  expect(server.seen).toEqual(['POST /hook?x=1'])
})

test('an allowed port of a host does not open its other ports', async () => {
  await using server = await serve((_, response) => response.end('ok'))
  const before = connections
  expect(await codeOf(server.outbound.request(ask(`http://127.0.0.1:${port}/`)))).toBe('outbound.refused')
  expect(connections).toBe(before)
})

test('a name that changes its address after the check is connected to the address that was checked', async () => {
  await using server = await serve((request, response) => response.end(request.headers.host))
  let asked = 0
  const turning = async (): Promise<Address[]> => [{ address: asked++ ? '10.0.0.1' : '127.0.0.1', family: 4 }]
  const { port: open } = new URL(server.url)
  const outbound = openOutbound({ allowHosts: [`rebind.example:${open}`], resolver: turning })
  const answer = await outbound.request(ask(`http://rebind.example:${open}/`))
  expect(answer.bytes.toString()).toBe(`rebind.example:${open}`)
  expect(asked).toBe(1)
})

test('a name that turns private between two requests is refused at the second', async () => {
  const flips: Address[][] = [[], [{ address: '127.0.0.1', family: 4 }]]
  const outbound = openOutbound({ allowHosts: [], resolver: async () => flips.shift() ?? [] })
  expect(await codeOf(outbound.request(ask('http://flip.example/')))).toBe('outbound.failed')
  expect(await codeOf(outbound.request(ask('http://flip.example/')))).toBe('outbound.refused')
})

describe('redirects', () => {
  test('are not followed for webhooks: the answer is the redirect itself', async () => {
    await using server = await serve((_, response) => response.writeHead(302, { location: '/elsewhere' }).end())
    expect((await server.outbound.request(ask(server.url))).status).toBe(302)
    expect(server.seen).toHaveLength(1)
  })
  test.each([
    'http://127.0.0.1',
    'http://[::ffff:7f00:1]',
    'http://internal.example',
    'file:///etc/passwd',
    'http://a:b@example.com',
  ])('to %s are refused', async (target) => {
    const location = target.startsWith('http://127') ? `${target}:${port}/` : target
    await using server = await serve((_, response) => response.writeHead(302, { location }).end())
    const before = connections
    expect(await codeOf(server.outbound.request(ask(server.url, { maxRedirects: 3 })))).toBe('outbound.refused')
    expect(connections).toBe(before)
  })
  test('are followed as far as allowed, and the last address is named', async () => {
    await using server = await serve((request, response) => {
      const n = Number(request.url?.slice(1))
      if (n < 3) response.writeHead(301, { location: `/${n + 1}` }).end()
      else response.end('there')
    })
    const answer = await server.outbound.request(ask(`${server.url}/0`, { maxRedirects: 3 }))
    expect([answer.bytes.toString(), answer.url]).toEqual(['there', `${server.url}/3`])
    expect(await codeOf(server.outbound.request(ask(`${server.url}/0`, { maxRedirects: 2 })))).toBe('outbound.failed')
  })
  test('to another origin lose the credentials, and a 303 loses the body', async () => {
    await using target = await serve((request, response) =>
      response.end(JSON.stringify([request.method, request.headers.authorization, request.headers['if-none-match']])),
    )
    await using server = await serve((_, response) => response.writeHead(303, { location: target.url }).end())
    const outbound = openOutbound({ allowHosts: [server.at, target.at] })
    const headers = { authorization: 'Bearer x', 'if-none-match': '"e"', 'content-type': 'text/plain' }
    const answer = await outbound.request(ask(server.url, { method: 'POST', body: 'b', headers, maxRedirects: 1 }))
    expect(answer.bytes.toString()).toBe('["GET",null,"\\"e\\""]')
  })
})

describe('hostile servers', () => {
  const timed = async (work: Promise<unknown>) => {
    const start = performance.now()
    return { code: await codeOf(work), ms: performance.now() - start }
  }

  test('one byte at a time ends at the deadline of the whole exchange', async () => {
    await using server = await serve((_, response) => {
      const drip = setInterval(() => response.write('x'), 20)
      response.on('close', () => clearInterval(drip))
    })
    const { code, ms } = await timed(server.outbound.request(ask(server.url, { deadlineMs: 400 })))
    expect(code).toBe('outbound.failed')
    expect(ms).toBeLessThan(1500)
  })
  test('an endless body is cut at the limit and its connection closed', async () => {
    let closed = (): void => {}
    const gone = new Promise<void>((resolve) => (closed = resolve))
    await using server = await serve((_, response) => {
      const more = () => {
        while (response.write(Buffer.alloc(16_384, 'x'))) if (response.destroyed) return
        response.once('drain', more)
      }
      response.on('close', closed)
      more()
    })
    const answer = await server.outbound.request(ask(server.url, { maxBytes: 65_536 }))
    expect([answer.bytes.length, answer.truncated]).toEqual([65_536, true])
    await gone
  })
  test('a body of exactly the limit is whole', async () => {
    await using server = await serve((_, response) => response.end(Buffer.alloc(1000)))
    const answer = await server.outbound.request(ask(server.url, { maxBytes: 1000 }))
    expect([answer.bytes.length, answer.truncated]).toEqual([1000, false])
  })
  test('a compressed body is handed over as it came: no bomb is unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(1_000_000))
    await using server = await serve((_, response) => response.setHeader('content-encoding', 'gzip').end(bomb))
    expect((await server.outbound.request(ask(server.url))).bytes.equals(bomb)).toBe(true)
  })

  /** Below HTTP: what a broken or malicious peer does with the bare socket. */
  async function tcp(behave: (socket: Socket) => void) {
    const sockets = new Set<Socket>()
    const server = createTcpServer((socket) => {
      sockets.add(socket.on('error', () => {}))
      behave(socket)
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const at = `127.0.0.1:${(server.address() as AddressInfo).port}`
    return {
      url: `http://${at}/`,
      at,
      outbound: openOutbound({ allowHosts: [at] }),
      [Symbol.asyncDispose]: async () => {
        for (const socket of sockets) socket.destroy()
        server.close()
      },
    }
  }
  test.each<[string, (socket: Socket) => void]>([
    ['resets the connection', (socket) => socket.once('data', () => socket.resetAndDestroy())],
    ['closes without a word', (socket) => socket.once('data', () => socket.end())],
    ['answers rubbish', (socket) => socket.once('data', () => socket.end('SSH-2.0-OpenSSH\r\n'))],
    [
      'breaks off in the body',
      (socket) => socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\nx')),
    ],
    [
      'sends a header without end',
      (socket) => socket.once('data', () => socket.write(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(100_000)}`)),
    ],
    ['never answers', () => {}],
    [
      'sends 1xx answers for ever',
      (socket) => {
        const drip = setInterval(() => socket.write('HTTP/1.1 103 Early Hints\r\n\r\n'), 5)
        socket.on('close', () => clearInterval(drip))
      },
    ],
  ])('one that %s is a failure within the deadline, not a crash', async (_, behave) => {
    await using server = await tcp(behave)
    const { code, ms } = await timed(server.outbound.request(ask(server.url, { deadlineMs: 500 })))
    expect(code).toBe('outbound.failed')
    expect(ms).toBeLessThan(1500)
  })
  test('bad TLS is a failure that says so', async () => {
    await using server = await tcp((socket) =>
      socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')),
    )
    await expect(server.outbound.request(ask(`https://${server.at}/`))).rejects.toThrow(
      /could not be reached: .*(SSL|TLS|EPROTO)/,
    )
  })
  test('a name that never resolves ends at the deadline', async () => {
    const outbound = openOutbound({ allowHosts: [], resolver: () => new Promise(() => {}) })
    const { code, ms } = await timed(outbound.request(ask('http://slow.example/', { deadlineMs: 200 })))
    expect(code).toBe('outbound.failed')
    expect(ms).toBeLessThan(1000)
  })
})

test('a proxy of the environment is not used', async () => {
  await using server = await serve((_, response) => response.end('direct'))
  const before = connections
  const kept = { ...process.env }
  for (const name of ['HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'NODE_USE_ENV_PROXY'])
    process.env[name] = name === 'NODE_USE_ENV_PROXY' ? '1' : `http://127.0.0.1:${port}`
  try {
    expect((await server.outbound.request(ask(server.url))).bytes.toString()).toBe('direct')
  } finally {
    process.env = kept
  }
  expect(connections).toBe(before)
})

describe('a connection that is kept', () => {
  test('carries request after request, and its name is looked up and checked once: when it is opened', async () => {
    const sockets = new Set<unknown>()
    await using server = await serve((request, response) => {
      sockets.add(request.socket)
      request.resume().on('end', () => response.end('ok'))
    })
    const port = Number(server.at.split(':')[1])
    let looked = 0
    const outbound = openOutbound({
      allowHosts: [`kept.example:${port}`],
      resolver: async () => (looked++, [{ address: '127.0.0.1', family: 4 }]),
    })
    const hook = ask(`http://kept.example:${port}/`, { method: 'POST', body: 'x', keepAlive: true })
    for (let n = 0; n < 5; n++) expect((await outbound.request(hook)).status).toBe(200)
    expect(sockets.size).toBe(1)
    expect(looked).toBe(1)
    await outbound.close?.()
  })

  test('that was closed meanwhile is opened anew, and its name checked anew: what is private by now is refused', async () => {
    const sockets = new Set<Socket>()
    await using server = await serve((request, response) => {
      sockets.add(request.socket)
      request.resume().on('end', () => response.end('ok'))
    })
    const port = Number(server.at.split(':')[1])
    let name = 'allowed'
    const outbound = openOutbound({
      allowHosts: [],
      // Port 80 is what a public host may be asked at; here it stands for the listener.
      resolver: async () => [{ address: name === 'allowed' ? '127.0.0.1' : '10.0.0.7', family: 4 }],
    })
    const trusting = openOutbound({
      allowHosts: [`kept.example:${port}`],
      resolver: async () => [{ address: '127.0.0.1', family: 4 }],
    })
    const hook = ask(`http://kept.example:${port}/`, { method: 'POST', body: 'x', keepAlive: true })
    expect((await trusting.request(hook)).status).toBe(200)
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect((await trusting.request(hook)).status).toBe(200)
    expect(sockets.size).toBe(2)
    // The check comes with the look-up that the socket uses.
    name = 'private'
    expect(await codeOf(outbound.request(ask('http://kept.example/', { keepAlive: true })))).toBe('outbound.refused')
    expect(await codeOf(outbound.request(ask('http://127.0.0.1/', { keepAlive: true })))).toBe('outbound.refused')
    await trusting.close?.()
  })

  test('closed by the other side in the moment of asking costs no answer; one that never answers is not asked twice', async () => {
    let asked = 0
    await using server = await serve((request, response) => {
      request.resume()
      // Every second request on a connection finds it closed under it.
      if (++asked === 2) request.socket.destroy()
      else request.on('end', () => response.end('ok'))
    })
    const hook = ask(`${server.url}/`, { method: 'POST', body: 'x', keepAlive: true })
    expect((await server.outbound.request(hook)).status).toBe(200)
    expect((await server.outbound.request(hook)).status).toBe(200)
    expect(asked).toBe(3)
    await using rude = await serve((request) => void request.socket.destroy())
    expect(await codeOf(rude.outbound.request({ ...hook, url: `${rude.url}/` }))).toBe('outbound.failed')
    expect(rude.seen).toHaveLength(1)
    await server.outbound.close?.()
  })
})
