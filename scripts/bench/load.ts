/** A load generator that leaves the processor to those it measures (docs/decisions/011-load-generator.md). */
import { connect } from 'node:net'
import { spread, type Spread } from './turns.ts'

/** From sending a request to the last byte of its answer. */
export interface Measured extends Spread {
  /** Answers a second. */
  perSecond: number
}

export interface Wish {
  method: 'GET' | 'POST' | 'PUT'
  path: string
  headers?: Record<string, string>
  body?: string
}

/** A request as it goes over the wire, made before the clock starts. */
export function prepared(url: string, { method, path, headers = {}, body = '' }: Wish): Buffer {
  const all = { host: new URL(url).host, ...headers, ...(body && { 'content-length': Buffer.byteLength(body) }) }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`)
}

const END_OF_HEAD = '\r\n\r\n'

/** @returns the length of the body that follows @throws where it is not a 2xx with a Content-Length */
function bodyLength(head: string): number {
  const [, length] = /^HTTP\/1\.1 2\d\d [^]*\r\ncontent-length: (\d+)/i.exec(head) ?? []
  if (length) return Number(length)
  throw new Error(`expected a 2xx with a Content-Length, and was answered:\n${head}`)
}

/**
 * Send each of these requests once, over connections that stay open, each with one request under way at a time.
 * @throws where an answer is not 2xx or a connection is closed
 */
export async function load(url: string, requests: readonly Buffer[], connections: number): Promise<Measured> {
  const { hostname, port } = new URL(url)
  const took: number[] = []
  const rest = requests.values()
  const sendAll = () =>
    new Promise<void>((resolve, reject) => {
      const socket = connect({ host: hostname, port: Number(port), noDelay: true })
      let sentAt = 0
      let head = ''
      /** Bytes of the answer still to come; unknown until its head is complete. */
      let missing: number | undefined
      const next = () => {
        const { value, done } = rest.next()
        if (done) {
          resolve()
          return socket.destroy()
        }
        sentAt = performance.now()
        return socket.write(value)
      }
      socket.on('connect', next)
      socket.on('data', (bytes) => {
        if (missing === undefined) {
          head += bytes.toString('latin1')
          const end = head.indexOf(END_OF_HEAD)
          if (end < 0) return
          try {
            missing = bodyLength(head.slice(0, end)) - (head.length - end - END_OF_HEAD.length)
          } catch (error) {
            socket.destroy(error as Error)
            return
          }
          head = ''
        } else missing -= bytes.length
        if (missing > 0) return
        missing = undefined
        took.push(performance.now() - sentAt)
        next()
      })
      socket.on('error', reject)
      socket.on('close', () => reject(new Error(`${url} closed the connection`))) // nothing, once resolved
    })
  const start = performance.now()
  await Promise.all(Array.from({ length: connections }, sendAll))
  const seconds = (performance.now() - start) / 1000
  return { perSecond: took.length / seconds, ...spread(took) }
}
