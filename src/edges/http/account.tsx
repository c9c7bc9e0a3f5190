import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { Problem } from '../../core/errors.ts'
import { LANGS, type Lang } from '../../core/values.ts'
import type { Origin } from '../../stages/0-house/model.ts'
import { FirstRunPage } from '../ui/account/first-run.tsx'
import { ForgotPasswordPage, ResetPasswordPage } from '../ui/account/reset.tsx'
import { SignInCodePage, SignInPage } from '../ui/account/sign-in.tsx'
import { NOTHING_SENT, type Sent } from '../ui/parts.tsx'
import type { Line } from '../line.ts'
import { assertKnownHost } from './known-host.ts'
import { formRoute } from './form-route.ts'
import { attempt, field, formOf, goTo, ownPath, queryOf, sentBack } from './forms.ts'
import { registerOwnAccount } from './own-account.tsx'
import { pagesOf } from './pages.ts'
import type { RouteOptions } from './route-options.ts'
import { sessionCookie } from './server.ts'

const MONTH_SECONDS = 30 * 24 * 3600
const YEAR_SECONDS = 365 * 24 * 3600
const DEVICE = 'device'
const nextQuery = z.object({ next: z.string().optional() })
const resetQuery = z.object({ token: z.string().default('') })

/** Where a request comes from, as sign-ins are counted. */
export const originOf = (request: FastifyRequest): Origin => ({
  address: request.ip,
  agent: request.headers['user-agent'],
  device: request.cookies[DEVICE],
})

/** What a browser brings along when it signs in: the session it had ends then. */
const cameWith = (request: FastifyRequest) => ({ origin: originOf(request), previous: request.session })

function keepSession(reply: FastifyReply, { token, device }: { token: string; device: string }, secure: boolean): void {
  const common = { httpOnly: true, sameSite: 'lax', path: '/', secure } as const
  reply.setCookie(sessionCookie(secure), token, { ...common, maxAge: MONTH_SECONDS })
  // A browser that has signed in does not wait when strangers try this account.
  reply.setCookie(DEVICE, device, { ...common, maxAge: YEAR_SECONDS })
}

/** The first account of a house that has none. */
function registerFirstRun(server: FastifyInstance, line: Line, { secure }: RouteOptions): void {
  const { identity } = line
  const show = pagesOf(line)
  const firstRun = (reply: FastifyReply, sent: Sent, status = 200) =>
    show(reply, (view) => <FirstRunPage view={view} sent={sent} />, { status })

  server.get('/first-run', { config: { access: 'public' } }, async (request, reply) => {
    if (!(await identity.isFirstRun())) return goTo(reply, '/sign-in')
    assertKnownHost(request.hostname, line.context.baseUrl)
    return firstRun(reply, NOTHING_SENT)
  })
  server.post('/first-run', { config: { access: 'public' } }, async (request, reply) => {
    assertKnownHost(request.hostname, line.context.baseUrl)
    const form = formOf(request)
    const result = await attempt(async () => {
      const [email, password] = [field(form, 'email'), field(form, 'password')]
      const { lang } = request
      await identity.createFirst(request.actor, { email, name: field(form, 'name'), password, lang })
      return identity.signIn(request.actor, { email, password, origin: originOf(request) })
    })
    if ('failure' in result) return firstRun(reply, sentBack(form, result.failure), result.failure.status)
    if (result.done.step === 'in') keepSession(reply, result.done, secure)
    return goTo(reply, '/console')
  })
}

function registerSessions(server: FastifyInstance, line: Line, { secure }: RouteOptions): void {
  const { identity } = line
  const show = pagesOf(line)
  const signIn = (reply: FastifyReply, sent: Sent, next: string, status = 200) =>
    show(reply, (view) => <SignInPage view={view} sent={sent} next={next} />, { status, at: '/sign-in' })
  const askCode = (reply: FastifyReply, sent: Sent, ticket: string, next: string, status = 200) => {
    reply.header('cache-control', 'no-store')
    return show(reply, (view) => <SignInCodePage view={view} sent={sent} ticket={ticket} next={next} />, {
      status,
      at: '/sign-in',
    })
  }
  server.get('/sign-in', { config: { access: 'public' } }, async (request, reply) => {
    if (await identity.isFirstRun()) return goTo(reply, '/first-run')
    const next = ownPath(queryOf(request, nextQuery).next, '/console')
    if (request.actor.kind === 'user') return goTo(reply, next)
    return signIn(reply, NOTHING_SENT, next)
  })
  server.post('/sign-in', { config: { access: 'public' } }, async (request, reply) => {
    const form = formOf(request)
    const next = ownPath(field(form, 'next'), '/console')
    try {
      const who = { email: field(form, 'email'), password: field(form, 'password') }
      const step = await identity.signIn(request.actor, { ...who, ...cameWith(request) })
      if (step.step === 'code') return askCode(reply, NOTHING_SENT, step.ticket, next)
      keepSession(reply, step, secure)
      return goTo(reply, next)
    } catch (error) {
      // A wrong password is a 401 here too, but the way out of it is this very page.
      if (!(error instanceof Problem) || error.status >= 500) throw error
      if (error.extra.retryAfter) reply.header('retry-after', error.extra.retryAfter)
      return signIn(reply, sentBack(form, error), next, error.status)
    }
  })
  server.post('/sign-in/code', { config: { access: 'public' } }, async (request, reply) => {
    const form = formOf(request)
    const next = ownPath(field(form, 'next'), '/console')
    const ticket = field(form, 'ticket')
    try {
      const given = { ticket, code: field(form, 'code') }
      keepSession(reply, await identity.signInByCode(request.actor, { ...given, ...cameWith(request) }), secure)
      return goTo(reply, next)
    } catch (error) {
      if (!(error instanceof Problem) || error.status >= 500) throw error
      if (error.extra.retryAfter) reply.header('retry-after', error.extra.retryAfter)
      if (error.status === 401) return signIn(reply, { values: {}, failure: error }, next, 401)
      return askCode(reply, { values: {}, failure: error }, ticket, next, error.status)
    }
  })
  server.post('/sign-out', { config: { access: 'session' } }, async (request, reply) => {
    if (request.session) await identity.signOut(request.actor, { sessionToken: request.session })
    reply.clearCookie(sessionCookie(secure), { path: '/', secure })
    return goTo(reply, '/')
  })
}

/** A forgotten password: asking for a letter, and the page it leads to. */
function registerResets(server: FastifyInstance, line: Line): void {
  const { identity } = line
  const show = pagesOf(line)
  const forgot = (reply: FastifyReply, sent: Sent, asked: boolean, status = 200) =>
    show(reply, (view) => <ForgotPasswordPage view={view} sent={sent} asked={asked} />, {
      status,
      at: '/forgot-password',
    })
  server.get('/forgot-password', { config: { access: 'public' } }, (_request, reply) =>
    forgot(reply, NOTHING_SENT, false),
  )
  formRoute(server, identity.askReset, {
    path: '/forgot-password',
    access: 'public',
    fields: ['email'],
    always: (request) => ({ lang: request.lang, origin: originOf(request) }),
    shown: (_request, reply) => forgot(reply, NOTHING_SENT, true),
    again: (_request, reply, sent) => forgot(reply, sent, false, sent.failure?.status),
  })

  const reset = async (reply: FastifyReply, token: string, sent: Sent, status = 200) => {
    reply.header('cache-control', 'no-store')
    const open = await identity.resetOpen(token)
    return show(reply, (view) => <ResetPasswordPage view={view} sent={sent} token={open ? token : undefined} />, {
      status: open ? status : 410,
      at: '/reset-password',
    })
  }
  // Looking at the link does nothing: programs that look through letters follow it too.
  server.get('/reset-password', { config: { access: 'public' } }, (request, reply) =>
    reset(reply, queryOf(request, resetQuery).token, NOTHING_SENT),
  )
  formRoute(server, identity.reset, {
    path: '/reset-password',
    access: 'public',
    after: '/sign-in',
    again: (request, reply, sent) => reset(reply, field(formOf(request), 'token'), sent, sent.failure?.status),
  })
}

function registerLanguage(server: FastifyInstance, { secure }: RouteOptions): void {
  server.post('/language', { config: { access: 'public' } }, async (request, reply) => {
    const form = formOf(request)
    const lang = field(form, 'lang')
    if (LANGS.includes(lang as Lang))
      reply.setCookie('lang', lang, { httpOnly: true, sameSite: 'lax', path: '/', secure, maxAge: YEAR_SECONDS })
    // A `lang` in the address would win over the choice just made.
    const next = new URL(ownPath(field(form, 'next'), '/'), 'http://here')
    next.searchParams.delete('lang')
    // Taking `..` out of a path can leave two slashes at its front.
    return goTo(reply, ownPath(`${next.pathname}${next.search}`, '/'))
  })
}

/** First account, signing in and out, a forgotten password, and the language a person reads. */
export function registerAccount(server: FastifyInstance, line: Line, options: RouteOptions): void {
  registerFirstRun(server, line, options)
  registerSessions(server, line, options)
  registerResets(server, line)
  registerLanguage(server, options)
  registerOwnAccount(server, line)
}
