import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Received {
  headers: Record<string, string>
  body: string
  json: { type: string; timestamp: string; data: Record<string, unknown> }
}

/** How an endpoint behaves: a status, or anything else one can do with a request. */
export type Behaviour = number | ((request: IncomingMessage, response: ServerResponse) => void)

/** A real HTTP endpoint on loopback that keeps what it was sent. */
export async function receiver(behaviour: Behaviour = 204) {
  const received: Received[] = []
  let now = behaviour
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8')
      received.push({
        headers: request.headers as Record<string, string>,
        body,
        json: JSON.parse(body) as Received['json'],
      })
      if (typeof now === 'number') response.writeHead(now).end()
      else now(request, response)
    })
  })
  let connections = 0
  server.on('connection', () => connections++)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const close = async () => {
    server.closeAllConnections()
    server.close()
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`,
    received,
    behave: (next: Behaviour) => void (now = next),
    /** Opened so far. */
    connections: () => connections,
    types: () => received.map(({ json }) => json.type),
    close,
    [Symbol.asyncDispose]: close,
  }
}
export type Receiver = Awaited<ReturnType<typeof receiver>>
