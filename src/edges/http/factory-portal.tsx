import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Actor } from '../../core/actor.ts'
import { Problem } from '../../core/errors.ts'
import type { Line } from '../line.ts'
import { FactoryDoorPage, FactoryEnterPage } from '../ui/factory/enter.tsx'
import { NOTHING_SENT, type Sent } from '../ui/parts.tsx'
import { registerFactoryJobs, showHome, type FactoryActor } from './factory-jobs.tsx'
import { attempt, field, formOf, goTo, queryOf, sentBack } from './forms.ts'
import { originOf } from './origin.ts'
import { refused } from './messages.ts'
import { pagesOf } from './pages.ts'
import type { RouteOptions } from './route-options.ts'

/** Holds a session. Under the old name browsers still keep the permanent token of a link. */
const COOKIE = 'factory-session'
const OLD_COOKIE = 'factory'
const MONTH_SECONDS = 30 * 24 * 3600

const doorQuery = z.object({ token: z.string().default(''), lang: z.string().optional() })

/**
 * The factories' face: in by a link and one button, which opens a session that ends by itself; the link's own token lies
 * in no browser.
 */
export function registerFactoryPortal(server: FastifyInstance, line: Line, { secure }: RouteOptions): void {
  const { dispatch, context } = line
  const show = pagesOf(line)

  const keepSession = (reply: FastifyReply, session: string) =>
    reply.setCookie(COOKIE, session, {
      httpOnly: true,
      sameSite: 'lax',
      path: '/factory',
      secure,
      maxAge: MONTH_SECONDS,
    })
  const enterPage = (reply: FastifyReply, sent: Sent, done?: 'link') =>
    show(reply, (view) => <FactoryEnterPage view={view} sent={sent} done={done} />, {
      at: '/factory',
      status: sent.failure?.status ?? 200,
    })
  const whoIs = async (request: FastifyRequest, reply: FastifyReply): Promise<FactoryActor | undefined> => {
    if (request.cookies[OLD_COOKIE]) reply.clearCookie(OLD_COOKIE, { path: '/factory', secure })
    const session = request.cookies[COOKIE]
    return session ? dispatch.portalSession(session) : undefined
  }

  /** Following a link opens nothing: scanners of mail follow them too, and other sites could sign a browser in. */
  server.get('/factory', { config: { access: 'public' } }, async (request, reply) => {
    const { token, lang } = queryOf(request, doorQuery)
    if (!token) {
      const actor = await whoIs(request, reply)
      return actor ? showHome(line, request, reply, actor) : enterPage(reply, NOTHING_SENT)
    }
    // The address holds the key: it goes into no cache.
    reply.header('cache-control', 'no-store')
    const door = await attemptToken(() => dispatch.portalDoor(token))
    if (door instanceof Problem) return enterPage(reply, { values: {}, failure: door })
    const chosen = request.cookies['lang'] ?? lang
    if (!chosen) request.lang = door.lang
    return show(reply, (view) => <FactoryDoorPage view={view} name={door.name} token={token} />, { at: '/factory' })
  })
  server.post('/factory/enter', { config: { access: 'link' } }, async (request, reply) => {
    const token = field(formOf(request), 'token').trim()
    const result = await attemptToken(() => dispatch.enterPortal(token.replace(/^.*[?&]token=/, '')))
    if (result instanceof Problem) return enterPage(reply, { values: {}, failure: result })
    const before = request.cookies[COOKIE]
    if (before) await dispatch.leavePortal(before) // a session is never carried over
    keepSession(reply, result.session)
    if (!request.cookies['lang'])
      reply.setCookie('lang', result.factory.lang, { httpOnly: true, sameSite: 'lax', path: '/', secure })
    return goTo(reply, '/factory')
  })
  server.post('/factory/link', { config: { access: 'public' } }, async (request, reply) => {
    const form = formOf(request)
    const result = await attempt(() =>
      dispatch.askPortalLink({ email: field(form, 'email').trim() }, originOf(request, context)),
    )
    if ('failure' in result) return enterPage(reply, sentBack(form, result.failure))
    return enterPage(reply, NOTHING_SENT, 'link')
  })
  server.post('/factory/leave', { config: { access: 'public' } }, async (request, reply) => {
    const session = request.cookies[COOKIE]
    if (session) await dispatch.leavePortal(session)
    reply.clearCookie(COOKIE, { path: '/factory', secure })
    return goTo(reply, '/factory')
  })

  /** Routes for whoever came in by the link; everybody else is asked for it. */
  void server.register(async (inside) => {
    inside.addHook('preHandler', async (request, reply) => {
      const actor: Actor | undefined = await whoIs(request, reply)
      if (!actor) return enterPage(reply, { values: {}, failure: signedOut() })
      request.actor = actor
      return undefined
    })
    registerFactoryJobs(inside, line)
  })
}

/** A session has ended; what was typed into the form is lost, so that is said. */
const signedOut = (): Problem => refused('factories.signed-out')

/** A wrong token is a 401, but the way out of it is the page that asks for the right one. */
async function attemptToken<T>(run: () => Promise<T>): Promise<T | Problem> {
  try {
    return await run()
  } catch (error) {
    if (error instanceof Problem && error.code === 'factories.token') return error
    throw error
  }
}
