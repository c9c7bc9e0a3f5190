import type { FastifyInstance, FastifyReply } from 'fastify'
import { Problem } from '../../core/errors.ts'
import { LANGS, MINUTE, type Lang } from '../../core/values.ts'
import { accountSchema } from '../../stages/0-house/identity.ts'
import { FirstRunPage } from '../ui/account/first-run.tsx'
import { SignInPage } from '../ui/account/sign-in.tsx'
import { NOTHING_SENT, type Sent } from '../ui/parts.tsx'
import type { Line } from '../line.ts'
import { assertKnownHost } from './known-host.ts'
import { attempt, field, formOf, goTo, ownPath, parse, queryText, sentBack } from './forms.ts'
import { pagesOf } from './pages.ts'
import type { RouteOptions } from './route-options.ts'
import { sessionCookie } from './server.ts'

/** A person types a password wrong now and then; whoever types more is trying them. */
const PASSWORDS_A_MINUTE = 20
const slowly = { access: 'public', rateLimit: { max: PASSWORDS_A_MINUTE, timeWindow: MINUTE } } as const
const MONTH_SECONDS = 30 * 24 * 3600
const YEAR_SECONDS = 365 * 24 * 3600

/** First account, signing in and out, and the language a person reads. */
export function registerAccount(server: FastifyInstance, line: Line, { secure }: RouteOptions): void {
  const { identity } = line
  const keepSession = (reply: FastifyReply, token: string) =>
    reply.setCookie(sessionCookie(secure), token, {
      httpOnly: true,
      sameSite: 'lax',
      path: '/',
      secure,
      maxAge: MONTH_SECONDS,
    })

  const show = pagesOf(line)
  const firstRun = (reply: FastifyReply, sent: Sent, status = 200) =>
    show(reply, (view) => <FirstRunPage view={view} sent={sent} />, { status })

  server.get('/first-run', { config: { access: 'public' } }, async (request, reply) => {
    if (!(await identity.isFirstRun())) return goTo(reply, '/sign-in')
    assertKnownHost(request.hostname, line.context.baseUrl)
    return firstRun(reply, NOTHING_SENT)
  })
  server.post('/first-run', { config: slowly }, async (request, reply) => {
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
      return identity.signIn(account.email, account.password, undefined, request.ip)
    })
    if ('failure' in result) return firstRun(reply, sentBack(form, result.failure), result.failure.status)
    keepSession(reply, result.done)
    return goTo(reply, '/console')
  })

  const signIn = (reply: FastifyReply, sent: Sent, next: string, status = 200) =>
    show(reply, (view) => <SignInPage view={view} sent={sent} next={next} />, { status })
  server.get('/sign-in', { config: { access: 'public' } }, async (request, reply) => {
    if (await identity.isFirstRun()) return goTo(reply, '/first-run')
    const next = ownPath(queryText(request, 'next'), '/console')
    if (request.actor.kind === 'user') return goTo(reply, next)
    return signIn(reply, NOTHING_SENT, next)
  })
  server.post('/sign-in', { config: slowly }, async (request, reply) => {
    const form = formOf(request)
    const next = ownPath(field(form, 'next'), '/console')
    try {
      keepSession(
        reply,
        await identity.signIn(field(form, 'email'), field(form, 'password'), request.session, request.ip),
      )
      return goTo(reply, next)
    } catch (error) {
      // A wrong password is a 401 here too, but the way out of it is this very page.
      if (!(error instanceof Problem) || error.status >= 500) throw error
      return signIn(reply, sentBack(form, error), next, error.status)
    }
  })
  server.post('/sign-out', { config: { access: 'session' } }, async (request, reply) => {
    if (request.session) await identity.signOut(request.session)
    reply.clearCookie(sessionCookie(secure), { path: '/', secure })
    return goTo(reply, '/')
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
}
