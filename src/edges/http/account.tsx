import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Problem } from '../../core/errors.ts'
import { LANGS, type Lang } from '../../core/values.ts'
import { accountSchema, type Origin } from '../../stages/0-house/identity.ts'
import { FirstRunPage } from '../ui/account/first-run.tsx'
import { ForgotPasswordPage, ResetPasswordPage } from '../ui/account/reset.tsx'
import { SignInCodePage, SignInPage } from '../ui/account/sign-in.tsx'
import { NOTHING_SENT, type Sent } from '../ui/parts.tsx'
import type { Line } from '../line.ts'
import { assertKnownHost } from './known-host.ts'
import { attempt, field, formOf, goTo, ownPath, parse, queryText, sentBack } from './forms.ts'
import { registerOwnAccount } from './own-account.tsx'
import { pagesOf } from './pages.ts'
import type { RouteOptions } from './route-options.ts'
import { sessionCookie } from './server.ts'

const MONTH_SECONDS = 30 * 24 * 3600
const YEAR_SECONDS = 365 * 24 * 3600
const DEVICE = 'device'

/** Where a request comes from, as sign-ins are counted. */
export const originOf = (request: FastifyRequest): Origin => ({
  address: request.ip,
  agent: request.headers['user-agent'],
  device: request.cookies[DEVICE],
})

/** First account, signing in and out, a forgotten password, and the language a person reads. */
export function registerAccount(server: FastifyInstance, line: Line, options: RouteOptions): void {
  const { identity } = line
  const { secure } = options
  const keepSession = (reply: FastifyReply, { token, device }: { token: string; device: string }) => {
    const common = { httpOnly: true, sameSite: 'lax', path: '/', secure } as const
    reply.setCookie(sessionCookie(secure), token, { ...common, maxAge: MONTH_SECONDS })
    // A browser that has signed in does not wait when strangers try this account.
    reply.setCookie(DEVICE, device, { ...common, maxAge: YEAR_SECONDS })
  }

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
      const account = parse(accountSchema, {
        email: field(form, 'email'),
        name: field(form, 'name'),
        password: field(form, 'password'),
        lang: request.lang,
      })
      await identity.createFirst(account)
      return identity.signIn(account.email, account.password, originOf(request))
    })
    if ('failure' in result) return firstRun(reply, sentBack(form, result.failure), result.failure.status)
    if (result.done.step === 'in') keepSession(reply, result.done)
    return goTo(reply, '/console')
  })

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
    const next = ownPath(queryText(request, 'next'), '/console')
    if (request.actor.kind === 'user') return goTo(reply, next)
    return signIn(reply, NOTHING_SENT, next)
  })
  server.post('/sign-in', { config: { access: 'public' } }, async (request, reply) => {
    const form = formOf(request)
    const next = ownPath(field(form, 'next'), '/console')
    try {
      const { email, password } = { email: field(form, 'email'), password: field(form, 'password') }
      const step = await identity.signIn(email, password, originOf(request), request.session)
      if (step.step === 'code') return askCode(reply, NOTHING_SENT, step.ticket, next)
      keepSession(reply, step)
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
      keepSession(reply, await identity.signInByCode(ticket, field(form, 'code'), originOf(request), request.session))
      return goTo(reply, next)
    } catch (error) {
      if (!(error instanceof Problem) || error.status >= 500) throw error
      if (error.extra.retryAfter) reply.header('retry-after', error.extra.retryAfter)
      if (error.status === 401) return signIn(reply, { values: {}, failure: error }, next, 401)
      return askCode(reply, { values: {}, failure: error }, ticket, next, error.status)
    }
  })
  server.post('/sign-out', { config: { access: 'session' } }, async (request, reply) => {
    if (request.session) await identity.signOut(request.session)
    reply.clearCookie(sessionCookie(secure), { path: '/', secure })
    return goTo(reply, '/')
  })

  const forgot = (reply: FastifyReply, sent: Sent, asked: boolean, status = 200) =>
    show(reply, (view) => <ForgotPasswordPage view={view} sent={sent} asked={asked} />, {
      status,
      at: '/forgot-password',
    })
  server.get('/forgot-password', { config: { access: 'public' } }, (_request, reply) =>
    forgot(reply, NOTHING_SENT, false),
  )
  server.post('/forgot-password', { config: { access: 'public' } }, async (request, reply) => {
    const form = formOf(request)
    const result = await attempt(() => identity.askReset(field(form, 'email'), request.lang, originOf(request)))
    if ('failure' in result) {
      if (result.failure.extra.retryAfter) reply.header('retry-after', result.failure.extra.retryAfter)
      return forgot(reply, sentBack(form, result.failure), false, result.failure.status)
    }
    return forgot(reply, NOTHING_SENT, true)
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
    reset(reply, queryText(request, 'token'), NOTHING_SENT),
  )
  server.post('/reset-password', { config: { access: 'public' } }, async (request, reply) => {
    const form = formOf(request)
    const token = field(form, 'token')
    const result = await attempt(async () => {
      const { password } = parse(accountSchema.pick({ password: true }), { password: field(form, 'password') })
      await identity.reset(token, password)
    })
    if ('failure' in result) return reset(reply, token, { values: {}, failure: result.failure }, result.failure.status)
    return goTo(reply, '/sign-in')
  })

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

  registerOwnAccount(server, line)
}
