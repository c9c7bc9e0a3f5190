/** Endpoints of factories on this machine. */
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Comparable between processes of one machine, ms. */
export const moment = (): number => performance.timeOrigin + performance.now()

export async function listen(answer: (response: ServerResponse) => void) {
  const server = createServer((request, response) => {
    request.resume()
    request.on('end', () => answer(response))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    server,
    url: `http://127.0.0.1:${port}/`,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** So many that answer at once, and when each message had come. */
export async function openEndpoints(count: number) {
  let taken = 0
  let wanted = Infinity
  let first = 0
  let enough = (at: number): void => void at
  const answer = (response: ServerResponse): void => {
    const at = moment()
    response.writeHead(204).end()
    if (taken++ === 0) first = at
    if (taken === wanted) enough(at)
  }
  const all = await Promise.all(Array.from({ length: count }, () => listen(answer)))
  /** @returns when the first and the last of so many came */
  async function arrivals(many: number, send: () => Promise<unknown>): Promise<{ first: number; last: number }> {
    ;[taken, wanted] = [0, many]
    const last = new Promise<number>((resolve) => (enough = resolve))
    await send()
    return { last: await last, first }
  }
  return {
    urls: all.map(({ url }) => url),
    arrivals,
    /** @returns messages a second, from the first to the last of so many */
    async rate(many: number, send: () => Promise<unknown>): Promise<number> {
      const { first: from, last } = await arrivals(many, send)
      return (many - 1) / ((last - from) / 1000)
    },
    close: () => all.forEach((each) => each.close()),
  }
}
