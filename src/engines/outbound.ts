import { setMaxListeners } from 'node:events'
import ipaddr from 'ipaddr.js'
import { LRUCache } from 'lru-cache'
import type { Client, Dispatcher } from 'undici'
import { problem, type Problem } from '../core/errors.ts'
import type { Localized } from '../core/values.ts'
import { openConnections } from './connections.ts'
import { openNames, type Address } from './names.ts'
import type { Outbound, OutboundAnswer, OutboundRequest } from './ports.ts'

/** From a host name to all its addresses; whether the operator allowed it by name. */
export type Resolver = (host: string, known: boolean) => Promise<Address[]>

export interface OutboundOptions {
  /**
   * Hosts that may be asked although they are private or speak on an unusual port: `factory.lan` (any port) or
   * `127.0.0.1:4010` (that port only). Written as the address bar shows them; IPv6 in brackets.
   */
  allowHosts: readonly string[]
  resolver?: Resolver
}

const refused = (text: Localized): Problem => problem('outbound.refused', 422, text, { field: 'url' })
const failed = (text: Localized, cause?: unknown): Problem => {
  const failure = problem('outbound.failed', 502, text)
  if (cause !== undefined) failure.cause = cause
  return failure
}

/** Hosts and addresses that are remembered. */
const MOST_KNOWN = 1000

const GLOBAL_V6 = ipaddr.IPv6.parse('2000::')

/**
 * A public address: `unicast` in the IANA registries that ipaddr.js carries and, for IPv6, inside 2000::/3, the only
 * block that is given out. (The deprecated `::7f00:1`, which is 127.0.0.1, counts as unicast without that.)
 */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  let parsed = ipaddr.parse(address)
  if (parsed instanceof ipaddr.IPv6) {
    if (parsed.isIPv4MappedAddress()) parsed = parsed.toIPv4Address()
    else if (!parsed.match(GLOBAL_V6, 3)) return false
  }
  return parsed.range() === 'unicast'
}

/** The URL standard has normalised every spelling of a literal (octal, hex, one number, full-width) by now. */
const literalOf = (hostname: string): Address | undefined => {
  const bare = hostname.replace(/^\[|\]$/g, '')
  if (!ipaddr.isValid(bare)) return undefined
  return { address: bare, family: ipaddr.parse(bare).kind() === 'ipv6' ? 6 : 4 }
}

const portOf = (url: URL): number => Number(url.port) || (url.protocol === 'https:' ? 443 : 80)

/** What an address has to pass before it is asked. */
function openChecks(allowHosts: readonly string[], resolver: Resolver) {
  const allowed = new Set(allowHosts.map((host) => host.toLowerCase()))
  const isAllowed = (url: URL) => allowed.has(url.hostname) || allowed.has(`${url.hostname}:${portOf(url)}`)

  function checkUrl(text: string, base?: URL): URL {
    const url = URL.canParse(text, base?.href) ? new URL(text, base?.href) : undefined
    if (!url?.hostname || !/^https?:$/.test(url.protocol))
      throw refused({
        en: `"${text.slice(0, 200)}" is not an http or https address. Give the whole address, for example https://example.com/hooks.`,
        zh: `“${text.slice(0, 200)}”不是 http 或 https 地址。请填写完整地址，例如 https://example.com/hooks。`,
      })
    if (url.username || url.password)
      throw refused({
        en: 'The address must not carry a user name or password. Take the part before the @ out.',
        zh: '地址中不能带用户名或密码，请去掉 @ 之前的部分。',
      })
    const port = portOf(url)
    if (port !== 80 && port !== 443 && !isAllowed(url))
      throw refused({
        en: `Port ${port} may not be asked. Use 80 or 443, or have the operator allow ${url.hostname}:${port}.`,
        zh: `不允许访问端口 ${port}。请使用 80 或 443 端口，或请运营管理员放行 ${url.hostname}:${port}。`,
      })
    return url
  }

  async function addressesOf(url: URL, deadline: AbortSignal): Promise<Address[]> {
    const literal = literalOf(url.hostname)
    const found = literal ? [literal] : await withDeadline(resolver(url.hostname, isAllowed(url)), deadline)
    if (!found.length)
      throw failed({ en: `${url.hostname} has no address.`, zh: `域名 ${url.hostname} 没有对应的地址。` })
    // One private address among public ones is enough to refuse: which of them answers is not ours to choose.
    if (!isAllowed(url) && !found.every(({ address }) => isPublic(address)))
      throw refused({
        en: `${url.hostname} leads to a private or reserved network address, which is not asked. Use a public address, or have the operator allow this host.`,
        zh: `${url.hostname} 指向内网或保留地址，系统不会访问。请使用公网地址，或请运营管理员放行该主机。`,
      })
    return found
  }

  return { checkUrl, addressesOf }
}

/**
 * HTTP to addresses that people typed in. Each hop is checked before a socket is opened, and the socket goes to the
 * very addresses that were checked: there is no second look-up in which a name could change its mind. No proxy of
 * the environment, no decompression, no cookies, one connection for each hop but where `keepAlive` says otherwise.
 */
export function openOutbound({ allowHosts, resolver = openNames() }: OutboundOptions): Outbound {
  const { checkUrl, addressesOf } = openChecks(allowHosts, resolver)
  const kept = openConnections()
  /** Hosts whose numbers were looked at, where they are numbers. */
  const passed = new LRUCache<string, true>({ max: MOST_KNOWN })
  /** Addresses that are asked message after message are read once. */
  const read = new LRUCache<string, URL>({ max: MOST_KNOWN })

  /** Over a connection that waits from an earlier request, where there is one; it waits again afterwards. */
  async function overKept(url: URL, asked: Asked, request: OutboundRequest, signal: AbortSignal, fresh = false) {
    // A literal is asked without a look-up, so its check does not come with one; what a number is does not change.
    if (!passed.has(url.host)) {
      if (literalOf(url.hostname)) await addressesOf(url, signal)
      passed.set(url.host, true)
    }
    const connection = kept.take(url.origin, (until) => addressesOf(url, until), request.deadlineMs, fresh)
    try {
      const answer = await answered(connection.client, url, asked, request, signal)
      if (answer.truncated) void connection.end()
      else connection.keep()
      return answer
    } catch (error) {
      void connection.end()
      if (connection.used && kept.hadEnded(error) && !signal.aborted) return overKept(url, asked, request, signal, true)
      throw error
    }
  }

  async function hop(url: URL, asked: Asked, request: OutboundRequest, deadline: AbortSignal): Promise<OutboundAnswer> {
    if (request.keepAlive) return overKept(url, asked, request, deadline)
    const addresses = await addressesOf(url, deadline)
    const connection = kept.take(url.origin, async () => addresses, request.deadlineMs, true)
    try {
      return await answered(connection.client, url, asked, request, deadline)
    } finally {
      await connection.end()
    }
  }

  async function exchange(request: OutboundRequest, deadline: AbortSignal): Promise<OutboundAnswer> {
    let url = read.get(request.url) ?? checkUrl(request.url)
    read.set(request.url, url)
    let asked: Asked = {
      method: request.method ?? 'GET',
      headers: request.headers ?? {},
      ...(request.body === undefined ? {} : { body: request.body }),
    }
    for (let hops = 0; ; hops++) {
      const answer = await hop(url, asked, request, deadline)
      const location = answer.headers['location']
      if (request.maxRedirects === 0 || !REDIRECTS.has(answer.status) || !location) return answer
      if (hops >= request.maxRedirects)
        throw failed({
          en: `${request.url} redirects more than ${request.maxRedirects} times.`,
          zh: `${request.url} 重定向超过 ${request.maxRedirects} 次。`,
        })
      const next = checkUrl(location, url)
      asked = askedAfter(answer.status, asked, next.origin === url.origin)
      url = next
    }
  }

  return {
    close: () => kept.close(),
    async request(request) {
      const deadline = openDeadline(request.deadlineMs, request.signal)
      try {
        return await exchange(request, deadline.signal)
      } catch (error) {
        if (error instanceof Error && error.name === 'Problem') throw error
        throw unanswered(request, error, deadline.isOver())
      } finally {
        deadline.end()
      }
    },
  }
}

function unanswered({ url, deadlineMs }: OutboundRequest, error: unknown, late: boolean): Error {
  const host = hostOf(url)
  if (late)
    return failed(
      {
        en: `${host} did not finish answering within ${deadlineMs / 1000} s.`,
        zh: `${host} 未能在 ${deadlineMs / 1000} 秒内完成应答。`,
      },
      error,
    )
  const reason = reasonOf(error)
  return failed({ en: `${host} could not be reached: ${reason}.`, zh: `无法访问 ${host}：${reason}。` }, error)
}

interface Asked {
  method: 'GET' | 'POST'
  headers: Record<string, string>
  body?: string
}

/** `AbortSignal.any([given, AbortSignal.timeout(ms)])`, for a tenth of its processor time. */
function openDeadline(ms: number, given: AbortSignal | undefined) {
  const controller = new AbortController()
  let over = false
  const timer = setTimeout(() => {
    over = true
    controller.abort(new DOMException('The deadline is over', 'TimeoutError'))
  }, ms)
  timer.unref()
  const giveUp = (): void => controller.abort(given?.reason)
  // One listener for each request under way is as many as there should be.
  if (given) setMaxListeners(0, given)
  if (given?.aborted) giveUp()
  else given?.addEventListener('abort', giveUp, { once: true })
  return {
    signal: controller.signal,
    isOver: () => over,
    end(): void {
      clearTimeout(timer)
      given?.removeEventListener('abort', giveUp)
    },
  }
}

const joined = (headers: Record<string, string | string[] | undefined>): Record<string, string> => {
  const texts: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers))
    texts[name] = Array.isArray(value) ? value.join(', ') : (value ?? '')
  return texts
}

/** One exchange over this connection, its answer read up to a number of bytes. No stream is made for them. */
function answered(client: Client, url: URL, asked: Asked, { maxBytes }: OutboundRequest, signal: AbortSignal) {
  return new Promise<OutboundAnswer>((resolve, reject) => {
    let under: Dispatcher.DispatchController | undefined
    let [status, headers] = [0, {} as Record<string, string>]
    const chunks: Buffer[] = []
    let size = 0
    let over = false
    /** @returns false where it was over before */
    const end = (): boolean => {
      if (over) return false
      signal.removeEventListener('abort', giveUp)
      return (over = true)
    }
    const giveUp = (): void => {
      if (!end()) return
      under?.abort(signal.reason as Error)
      reject(signal.reason)
    }
    const answer = (truncated: boolean): void => {
      const bytes = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)
      if (end()) resolve({ status, headers, bytes, truncated, url: url.href })
    }
    if (signal.aborted) return reject(signal.reason)
    signal.addEventListener('abort', giveUp, { once: true })
    client.dispatch(
      {
        path: `${url.pathname}${url.search}`,
        method: asked.method,
        headers: { 'user-agent': 'Firstcut', 'accept-encoding': 'identity', ...asked.headers },
        body: asked.body ?? null,
      },
      {
        onRequestStart(controller) {
          under = controller
          // Given up while the connection was made.
          if (over) controller.abort(signal.reason as Error)
        },
        onResponseStart(_, code, given) {
          if (code >= 200) [status, headers] = [code, joined(given)]
        },
        onResponseData(controller, chunk) {
          if (over) return
          const room = maxBytes - size
          chunks.push(chunk.length > room ? chunk.subarray(0, room) : chunk)
          size += Math.min(chunk.length, room)
          if (chunk.length <= room) return
          answer(true)
          controller.abort(new Error('enough was read'))
        },
        onResponseEnd: () => answer(false),
        onResponseError(_, error) {
          if (end()) reject(error)
        },
      },
    )
  })
}

const REDIRECTS = new Set([301, 302, 303, 307, 308])

/** RFC 9110 15.4: 303, and by custom 301 and 302, turn a POST into a GET; another origin gets no credentials. */
function askedAfter(status: number, asked: Asked, sameOrigin: boolean): Asked {
  const kept = Object.entries(asked.headers).filter(([name]) => sameOrigin || !/^(authorization|cookie)$/i.test(name))
  if (status === 307 || status === 308) return { ...asked, headers: Object.fromEntries(kept) }
  const headers = Object.fromEntries(kept.filter(([name]) => !/^content-/i.test(name)))
  return { method: 'GET', headers }
}

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : url.slice(0, 100))

/** The most telling code in an error's chain: ECONNRESET, ENOTFOUND, CERT_HAS_EXPIRED … */
function reasonOf(error: unknown): string {
  const first = error instanceof AggregateError ? error.errors[0] : error
  const { code, cause, message } = first as { code?: unknown; cause?: { code?: unknown }; message?: unknown }
  return String(cause?.code ?? code ?? message ?? 'unknown')
}

async function withDeadline<T>(work: Promise<T>, deadline: AbortSignal): Promise<T> {
  deadline.throwIfAborted()
  let stop = (): void => {}
  const cut = new Promise<never>((_, reject) => {
    stop = () => reject(deadline.reason instanceof Error ? deadline.reason : new Error('deadline'))
    deadline.addEventListener('abort', stop, { once: true })
  })
  try {
    return await Promise.race([work, cut])
  } finally {
    deadline.removeEventListener('abort', stop)
  }
}
