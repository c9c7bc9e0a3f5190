/**
 * Asking an endpoint that the operator configured, within bounds: an answer is read to its end here, up to a number of
 * bytes, each attempt has its time, and all of them together have one deadline. What may have been charged is not asked
 * again: an attempt that ran out of time, or broke off after the question had gone out, is the last one.
 */
import type { Fetch } from './language/recording.ts'

/** How an exchange ended without an answer. */
export type Cut = 'timeout' | 'too-large' | 'broken'

export interface Bounds {
  /** One attempt, from the look-up of the name to the last byte of the answer. */
  timeoutMs: number
  /** Everything: attempts and the waiting between them. */
  deadlineMs: number
  /** Of one answer, after decompression. */
  maxBytes: number
  /** Whether an answer that is none (429, 5xx) is worth asking again; the waiting it asks for is looked at here. */
  mayAskAgain: (answer: Answered) => boolean
}

export interface Answered {
  status: number
  contentType: string
  text: string
}

export interface Exchange {
  /** For the client of the protocol, which repeats what may be repeated. */
  fetch: Fetch
  /** Aborted once nothing more may be asked. */
  signal: AbortSignal
  leftMs(): number
  readonly attempts: number
  /** Attempts after which the answer never came, though the question had gone out. */
  readonly lost: number
  readonly last: Answered | undefined
  readonly cut: { kind: Cut; why: string } | undefined
  /** Run `work`, which asks through `fetch`, and reject with what stopped it at the deadline, whatever it waits for. */
  within<T>(work: () => Promise<T>): Promise<T>
}

/** Nothing was sent yet when these happened. */
const BEFORE_SENDING = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

/** The code of what went wrong with a connection, wherever the libraries between have wrapped it. */
function errorCode(error: unknown): string | undefined {
  for (let at = error as { code?: unknown; cause?: unknown } | undefined, depth = 0; at && depth < 5; depth++) {
    if (typeof at.code === 'string') return at.code
    at = at.cause as typeof at
  }
  return undefined
}

class Stopped extends Error {}

/** All bytes of an answer, or as many as there may be. */
async function readBytes(response: Response, most: number): Promise<{ bytes: Buffer; whole: boolean }> {
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = response.body?.getReader()
  while (reader) {
    const { done, value } = await reader.read()
    if (done) break
    size += value.byteLength
    if (size > most) {
      reader.cancel().catch(() => {})
      return { bytes: Buffer.concat(chunks), whole: false }
    }
    chunks.push(value)
  }
  return { bytes: Buffer.concat(chunks), whole: true }
}

/** How long an answer asks to wait, or undefined where it does not say. */
function waitMs(headers: Headers): number | undefined {
  const exact = Number(headers.get('retry-after-ms') ?? Number.NaN)
  if (Number.isFinite(exact)) return exact
  const asked = headers.get('retry-after')
  if (asked === null) return undefined
  const seconds = Number(asked)
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(asked) - Date.now()
  return Number.isFinite(ms) ? ms : undefined
}

export function openExchange(real: Fetch, { timeoutMs, deadlineMs, maxBytes, mayAskAgain }: Bounds): Exchange {
  const began = performance.now()
  const leftMs = () => deadlineMs - (performance.now() - began)
  const stop = new AbortController()
  let attempts = 0
  let lost = 0
  let last: Answered | undefined
  let cut: { kind: Cut; why: string } | undefined
  const end = (kind: Cut, why: string): Stopped => {
    cut ??= { kind, why }
    stop.abort()
    return new Stopped(why)
  }

  const fetch: Fetch = async (input, init) => {
    attempts++
    const mine = new AbortController()
    let late = false
    const timer = setTimeout(
      () => {
        late = true
        mine.abort()
      },
      Math.max(1, Math.min(timeoutMs, leftMs())),
    )
    const abort = () => mine.abort()
    stop.signal.addEventListener('abort', abort, { once: true })
    try {
      const response = await real(input, { ...init, signal: mine.signal })
      const { bytes, whole } = await readBytes(response, maxBytes)
      if (!whole) {
        lost += response.ok ? 1 : 0
        throw end('too-large', `more than ${maxBytes} bytes`)
      }
      const status = response.status >= 200 && response.status <= 599 ? response.status : 502
      last = {
        status,
        contentType: response.headers.get('content-type') ?? '',
        text: new TextDecoder('utf-8').decode(bytes),
      }
      const headers = new Headers(response.headers)
      headers.delete('content-encoding')
      headers.delete('content-length')
      const again = !response.ok && mayAskAgain(last) && (waitMs(headers) ?? 0) <= leftMs()
      headers.set('x-should-retry', String(again))
      return new Response([204, 205, 304].includes(status) ? null : new Uint8Array(bytes), { status, headers })
    } catch (error) {
      if (error instanceof Stopped) throw error
      if (late) {
        lost++
        throw end('timeout', `no answer within ${Math.round(Math.min(timeoutMs, deadlineMs) / 1000)} s`)
      }
      const code = errorCode(error)
      // Looking again changes nothing, and costs nothing.
      const looking = (init?.method ?? 'GET') === 'GET'
      if (looking || (code !== undefined && BEFORE_SENDING.has(code))) throw error
      lost++
      throw end('broken', code ?? String(error))
    } finally {
      clearTimeout(timer)
      stop.signal.removeEventListener('abort', abort)
    }
  }

  return {
    fetch,
    signal: stop.signal,
    leftMs,
    get attempts() {
      return attempts
    },
    get lost() {
      return lost
    },
    get last() {
      return last
    },
    get cut() {
      return cut
    },
    // An attempt under way ends by itself and says more; this is for the waiting between two.
    within: (work) =>
      beforeLong(work, leftMs() + 50, () => end('timeout', `no answer within ${Math.round(deadlineMs / 1000)} s`)),
  }
}

/** What the work gives, or what is thrown when it took longer. */
async function beforeLong<T>(work: () => Promise<T>, ms: number, late: () => Error): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late()), Math.max(1, ms))
  })
  try {
    return await Promise.race([work(), deadline])
  } finally {
    clearTimeout(timer)
  }
}
