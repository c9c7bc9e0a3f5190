import rateLimit from '@fastify/rate-limit'
import fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify'
import helmet from 'helmet'
import type { VNode } from 'preact'
import { render } from 'preact-render-to-string'
import { anonymous, type Actor } from '../../core/actor.ts'
import { Problem } from '../../core/errors.ts'
import { LANGS, MINUTE, type Lang } from '../../core/values.ts'
import { refused } from './messages.ts'
import type { Identity } from '../../stages/0-house/actions.ts'
import { pageFor } from '../ui/context.tsx'
import { FailurePage } from '../ui/failure.tsx'
import type { View } from '../ui/view.ts'
import { PUBLIC_BYTES, registerBodies } from './bodies.ts'
import { registerCookies } from './cookies.ts'
import { preferredLanguage } from './accept.ts'
import { checkAccess, guardRoutes } from './access.ts'
import { asProblem, detailsOf } from './failures.ts'
import { knownMethods, wrongMethod } from './methods.ts'

declare module 'fastify' {
  interface FastifyRequest {
    actor: Actor
    lang: Lang
    /** The session's token where the caller signed in by cookie. */
    session: string | undefined
    /** Signed in by cookie, and proved a short while ago. */
    confirmed: boolean
    /** Requests a minute that the caller's key may make; null without a limit. */
    perMinute: number | null
    /** Why the key that was sent is none. Told after the request was counted, or guessing would be free. */
    refused: Problem | undefined
  }
  interface FastifyReply {
    /** An escaped, complete HTML document. */
    page(make: (view: View) => VNode, status?: number): FastifyReply
    /** A whole document that the renderer made, or its bytes. */
    html(document: string | Buffer, status?: number): FastifyReply
  }
}

export interface ServerOptions {
  identity: Identity
  /** Whose a partner's key is; why it is refused where that one was stopped; undefined for any other key. */
  partnerByKey: (key: string) => Promise<{ actor: Actor; perMinute: number } | Problem | undefined>
  logger: FastifyBaseLogger
  /** How many reverse proxies of our own stand in front, each writing down whom it was asked by. */
  proxies: number
  /** The address people know it by, whatever a proxy makes of it. */
  baseUrl: string
  /** Cookies are marked Secure, and named __Host-, where people come over https. */
  secure: boolean
  /** Requests a minute and address, for everything but reading pictures and assets. */
  requestsPerMinute: number
  register: (server: FastifyInstance) => void
}

export const sessionCookie = (secure: boolean) => (secure ? '__Host-session' : 'session')

const isApi = (request: FastifyRequest) =>
  request.url.startsWith('/api/') || request.url.startsWith('/factory/callbacks/')
const wantsJson = (request: FastifyRequest) => isApi(request) || !(request.headers.accept ?? '').includes('text/html')

/** `?lang=`, then the cookie: what a person chose here. */
function chosenLang(request: FastifyRequest): Lang | undefined {
  const asked = [(request.query as { lang?: unknown } | undefined)?.lang, request.cookies?.['lang']]
  return asked.find((each): each is Lang => LANGS.includes(each as Lang))
}
/** What was chosen, then the browser's own list; Chinese when nothing of ours is named. */
const langOf = (request: FastifyRequest): Lang =>
  chosenLang(request) ?? preferredLanguage(request.headers['accept-language']) ?? 'zh'

/**
 * What a browser sends to act must come from our own pages, signed in or not: also the form that signs somebody in, and
 * the one that makes the first account. Programs say nothing of the kind, and carry nobody's cookie.
 */
function checkOrigin(request: FastifyRequest, ownOrigin: string): void {
  if (request.method === 'GET' || request.method === 'HEAD') return
  const site = request.headers['sec-fetch-site']
  const origin = request.headers.origin
  // What the browser itself says of the two counts; older ones, and pages on plain http, say only where it came from.
  const own =
    site === undefined
      ? origin === undefined || origin === ownOrigin || origin === `${request.protocol}://${request.host}`
      : site === 'same-origin' || site === 'none'
  if (own) return
  throw refused('identity.origin')
}

/** No inline script or style, nothing from elsewhere, no frames. Built once: it is the same for every page. */
const securityHeaders = (secure: boolean) =>
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        imgSrc: ["'self'", 'data:'],
        styleSrc: ["'self'"],
        scriptSrc: ["'self'"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: secure,
    // The older way to say what frame-ancestors says.
    xFrameOptions: { action: 'deny' },
    referrerPolicy: { policy: 'same-origin' },
  })

let turn: Promise<void> | undefined
/**
 * The end of this turn of the event loop, the same for all who ask in it: requests that came together are then handled
 * step by step together, the same code for each in a row, and answered together. That saves a fifth of the processor's
 * time for each, most of it in its caches and in waking the other side.
 */
const endOfTurn = (): Promise<void> =>
  (turn ??= new Promise((resolve) =>
    setImmediate(() => {
      turn = undefined
      resolve()
    }),
  ))

const sendHtml = (reply: FastifyReply, document: string | Buffer, status: number): FastifyReply =>
  reply
    .code(status)
    .type('text/html; charset=utf-8')
    .header('content-language', reply.request.lang === 'zh' ? 'zh-CN' : 'en')
    .send(document)

function sendPage(
  { lang, actor, url, confirmed }: FastifyRequest,
  reply: FastifyReply,
  make: (view: View) => VNode,
  status: number,
): FastifyReply {
  const [path = '/'] = url.split('?')
  return sendHtml(reply, `<!doctype html>${render(pageFor({ lang, actor, path, url, confirmed }, make))}`, status)
}

/** The page somebody is on: the address itself, or for a form the page that sent it. */
function pageOf(request: FastifyRequest): string {
  if (request.method === 'GET') return request.url
  const from = request.headers.referer
  return from && URL.canParse(from) ? new URL(from).pathname : '/account'
}

const nothingHere = (): Problem => refused('not-found')
const unreadable = (): Problem => refused('input.address')

/** A failure as whoever asked can read it: as JSON, as a page, or as the page where it can be mended. */
function answer(failure: Problem, request: FastifyRequest, reply: FastifyReply) {
  if (failure.extra.retryAfter) reply.header('retry-after', failure.extra.retryAfter)
  if (failure.status === 401 && !wantsJson(request) && request.actor.kind === 'anonymous')
    return reply.redirect(`/sign-in?next=${encodeURIComponent(request.url)}`, 303)
  if (failure.code === 'identity.confirm' && !wantsJson(request))
    return reply.redirect(`/confirm?next=${encodeURIComponent(pageOf(request))}`, 303)
  if (wantsJson(request))
    return reply
      .code(failure.status)
      .type('application/problem+json; charset=utf-8')
      .send(JSON.stringify(detailsOf(failure, request.lang)))
  return sendPage(request, reply, (view) => FailurePage({ view, failure }), failure.status)
}

function decorate(server: FastifyInstance): void {
  server.decorateRequest('actor')
  server.decorateRequest('lang', 'zh')
  server.decorateRequest('session')
  server.decorateRequest('confirmed', false)
  server.decorateRequest('perMinute', null)
  server.decorateRequest('refused')
  server.decorateReply('page', function page(this: FastifyReply, make: (view: View) => VNode, status = 200) {
    return sendPage(this.request, this, make, status)
  })

  server.decorateReply('html', function html(this: FastifyReply, document: string | Buffer, status = 200) {
    return sendHtml(this, document, status)
  })
}

/** Who comes with a key has an allowance of its own, wherever that is used from. */
const keyed = ({ actor }: FastifyRequest): string | undefined =>
  actor.kind === 'key' || actor.kind === 'partner' ? `${actor.kind} ${actor.id}` : undefined

/** How often one may ask. */
const allowances = (requestsPerMinute: number) => ({
  max: (request: FastifyRequest) => (keyed(request) === undefined ? requestsPerMinute : (request.perMinute ?? 0)),
  keyGenerator: (request: FastifyRequest) => keyed(request) ?? request.ip,
  timeWindow: MINUTE,
  // How much is left is said to whoever has used it up; three headers on every answer would cost more than the count.
  addHeadersOnExceeding: {
    'x-ratelimit-limit': false,
    'x-ratelimit-remaining': false,
    'x-ratelimit-reset': false,
  },
  allowList: (request: FastifyRequest) =>
    request.url.startsWith('/pictures/') ||
    request.url.startsWith('/assets/') ||
    (keyed(request) !== undefined && request.perMinute === null),
})

type PageHeaders = ReturnType<typeof securityHeaders>

/** Who asks, and in which language; and the headers of what is answered. */
function registerIdentity(
  server: FastifyInstance,
  { identity, partnerByKey, secure, baseUrl }: ServerOptions,
  pageHeaders: PageHeaders,
) {
  const ownOrigin = new URL(baseUrl).origin

  async function identify(
    request: FastifyRequest,
    reply: FastifyReply,
    bearer: string | undefined,
    token: string | undefined,
  ): Promise<void> {
    // A back button, or a cache on the way, must not show it to the next person.
    reply.header('cache-control', 'no-store')
    if (bearer) {
      const key = (await partnerByKey(bearer)) ?? (await identity.byKey(bearer, request.ip))
      if (key instanceof Problem) request.refused = key
      else if (key) {
        request.actor = key.actor
        request.perMinute = key.perMinute
      } else request.refused = refused('identity.key')
      return
    }
    const person = token ? await identity.bySession(token) : undefined
    if (!person) return
    request.actor = person.actor
    request.session = token
    request.confirmed = person.confirmed
    if (!chosenLang(request)) request.lang = person.lang
    if (isApi(request)) checkOrigin(request, ownOrigin)
  }
  // Callbacks, and one hook for both: most requests are a stranger's, with nobody to look up.
  server.addHook('onRequest', (request, reply, next) => {
    request.actor = anonymous
    request.lang = langOf(request)
    const bearer = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1]
    const token = request.cookies[sessionCookie(secure)]
    const goOn = () => {
      if (!bearer && !token) void endOfTurn().then(() => next())
      else identify(request, reply, bearer, token).then(() => next(), next)
    }
    if (!isApi(request))
      return pageHeaders(request.raw, reply.raw, () => {
        try {
          checkOrigin(request, ownOrigin)
        } catch (error) {
          return next(error as Error)
        }
        goOn()
      })
    reply
      .header('x-content-type-options', 'nosniff')
      .header('content-security-policy', "default-src 'none'; frame-ancestors 'none'")
    goOn()
  })
}

/** Who may not is refused. */
function registerAccess(server: FastifyInstance): void {
  // After the request was counted, and before its body is read: a stranger's form for the console is not even parsed.
  server.addHook('preParsing', (request, _reply, _payload, next) => {
    try {
      if (!request.is404) {
        if (request.refused) throw request.refused
        checkAccess(request)
      }
      next()
    } catch (error) {
      next(error as Error)
    }
  })
}

function registerFailures(server: FastifyInstance, methodsAt: ReturnType<typeof knownMethods>): void {
  server.setErrorHandler((error, request, reply) => {
    const failure = asProblem(error)
    if (failure.status >= 500) request.log.error({ reqId: request.id, err: error }, 'a request failed')
    return answer(failure, request, reply)
  })
  server.setNotFoundHandler({ preHandler: server.rateLimit() }, (request, reply) => {
    const allowed = methodsAt(request.url)
    if (!allowed.length) return answer(nothingHere(), request, reply)
    reply.header('allow', allowed.join(', '))
    if (request.method === 'OPTIONS') return reply.code(204).send()
    return answer(wrongMethod(request.method, allowed), request, reply)
  })
}

/** The web server without its routes' content: who is asking, in which language, what a failure looks like. */
export async function buildServer(options: ServerOptions): Promise<FastifyInstance> {
  const { secure, proxies } = options
  const pageHeaders = securityHeaders(secure)
  const server: FastifyInstance = fastify({
    loggerInstance: options.logger,
    logController: new LogController({ disableRequestLogging: true }),
    // One logger for all requests: only failures write to it, and they name their request themselves.
    childLoggerFactory: (logger) => logger,
    // What stands further left in X-Forwarded-For was written by whoever asked.
    trustProxy: proxies > 0 && ((_address: string, hop: number) => hop < proxies),
    bodyLimit: PUBLIC_BYTES,
    requestTimeout: 30_000,
    keepAliveTimeout: 65_000,
    forceCloseConnections: 'idle',
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 300 },
    // An address that no router can read: no hook has seen the request, and nothing decorates it.
    frameworkErrors: (_error, request, reply) => {
      Object.assign(request, { actor: anonymous, lang: langOf(request) })
      pageHeaders(request.raw, reply.raw, () => answer(unreadable(), request, reply))
    },
  })
  guardRoutes(server)
  const methodsAt = knownMethods(server)
  decorate(server)
  registerCookies(server)
  registerBodies(server)
  await server.register(rateLimit, allowances(options.requestsPerMinute))

  registerIdentity(server, options, pageHeaders)
  registerAccess(server)
  registerFailures(server, methodsAt)
  options.register(server)
  return server
}
