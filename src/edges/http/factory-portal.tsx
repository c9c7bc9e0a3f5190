import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Actor } from '../../core/actor.ts'
import { Problem, problem } from '../../core/errors.ts'
import { newId } from '../../core/values.ts'
import type { ReportedState } from '../../stages/6-dispatch/life.ts'
import type { Line } from '../line.ts'
import { FactoryDoorPage, FactoryEnterPage } from '../ui/factory/enter.tsx'
import { FactoryHomePage } from '../ui/factory/home.tsx'
import { FactoryCalledOffPage } from '../ui/factory/cancelling.tsx'
import { FactoryJobPage } from '../ui/factory/jobs.tsx'
import { NOTHING_SENT, type Sent } from '../ui/parts.tsx'
import {
  attempt,
  field,
  formOf,
  given,
  goTo,
  numberIn,
  paramOf,
  queryText,
  sentBack,
  typed,
  type Form,
} from './forms.ts'
import { originOf } from './origin.ts'
import { pagesOf } from './pages.ts'
import type { RouteOptions } from './route-options.ts'

/** Holds a session. Under the old name browsers still keep the permanent token of a link. */
const COOKIE = 'factory-session'
const OLD_COOKIE = 'factory'
const MONTH_SECONDS = 30 * 24 * 3600
const ORDERS_SHOWN = 50

type FactoryActor = Extract<Actor, { kind: 'factory' }>

/** An answer on a phone: amounts in whole units, days without a time. */
function counterOf(form: Form) {
  const [price, shipBy] = [numberIn(form, 'price'), typed(form, 'shipBy')]
  return given({
    price: price === undefined ? undefined : Math.round(price * 100),
    shipBy: shipBy && /^\d{4}-\d{2}-\d{2}$/.test(shipBy) ? `${shipBy}T12:00:00Z` : shipBy,
    note: typed(form, 'note'),
  })
}

/** What a form reports: a stage, and for a shipment its parcel. */
function reportOf(form: Form) {
  const [carrier, trackingNumber] = [typed(form, 'carrier'), typed(form, 'trackingNumber')]
  const shipped = field(form, 'state') === 'shipped' && field(form, 'step') === 'shipped'
  return {
    // One form has several buttons: each stage is a report of its own, and pressed twice it is one.
    reportId: `${field(form, 'reportId') || newId()}:${field(form, 'state')}`,
    state: field(form, 'state') as ReportedState,
    ...given({
      note: typed(form, 'note'),
      details: shipped ? { parcels: [{ carrier: carrier ?? '', trackingNumber: trackingNumber ?? '' }] } : undefined,
    }),
  }
}

/** A field of a parcel is a field of the form. */
const parcelField = (failure: Problem): Problem => {
  const name = /parcels\.0\.(\w+)$/.exec(failure.extra.field ?? '')?.[1]
  return name ? problem(failure.code, failure.status, failure.text, { ...failure.extra, field: name }) : failure
}

/**
 * The factories' face: in by a link and one button, which opens a session that ends by itself; the link's own token lies
 * in no browser.
 */
export function registerFactoryPortal(server: FastifyInstance, line: Line, { secure }: RouteOptions): void {
  const { dispatch, production, context } = line
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

  const home = async (request: FastifyRequest, reply: FastifyReply, actor: FactoryActor, failure?: Problem) => {
    const [factory, offers, orders, cancellations] = await Promise.all([
      dispatch.factory(actor, actor.id),
      dispatch.openOffers(actor),
      dispatch.listOrders(actor, { limit: ORDERS_SHOWN }),
      dispatch.factoryCancellations(actor),
    ])
    reply.header('cache-control', 'no-store')
    return show(
      reply,
      (view) => (
        <FactoryHomePage
          view={view}
          now={context.clock.now()}
          factory={factory}
          offers={offers}
          orders={orders}
          cancellations={cancellations}
          sent={failure ? { values: {}, failure } : NOTHING_SENT}
          done={queryText(request, 'done') || undefined}
        />
      ),
      { at: '/factory', status: failure?.status ?? 200 },
    )
  }

  /** Following a link opens nothing: scanners of mail follow them too, and other sites could sign a browser in. */
  server.get('/factory', { config: { access: 'public' } }, async (request, reply) => {
    const token = queryText(request, 'token')
    if (!token) {
      const actor = await whoIs(request, reply)
      return actor ? home(request, reply, actor) : enterPage(reply, NOTHING_SENT)
    }
    // The address holds the key: it goes into no cache.
    reply.header('cache-control', 'no-store')
    const door = await attemptToken(() => dispatch.portalDoor(token))
    if (door instanceof Problem) return enterPage(reply, { values: {}, failure: door })
    const chosen = request.cookies['lang'] ?? queryText(request, 'lang')
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

  /** A route for whoever came in by the link; everybody else is asked for it. */
  const inside =
    (run: (request: FastifyRequest, reply: FastifyReply, actor: FactoryActor) => Promise<FastifyReply>) =>
    async (request: FastifyRequest, reply: FastifyReply) => {
      const actor = await whoIs(request, reply)
      return actor ? run(request, reply, actor) : enterPage(reply, { values: {}, failure: signedOut() })
    }

  server.post(
    '/factory/confirm',
    { config: { access: 'link' } },
    inside(async (request, reply, actor) => {
      const result = await attempt(() => dispatch.confirmPortal(actor))
      if ('failure' in result) return home(request, reply, actor, result.failure)
      return goTo(reply, '/factory?done=confirmed')
    }),
  )

  const work = async (
    request: FastifyRequest,
    reply: FastifyReply,
    actor: FactoryActor,
    shown: { answer?: Sent; report?: Sent; cancel?: Sent } = {},
  ) => {
    const id = paramOf(request, 'id')
    const about = (await dispatch.factoryCancellations(actor)).filter(({ order }) => order.id === id)
    const off = about.find(({ cancellation }) => cancellation.state === 'agreed')
    if (off) {
      reply.header('cache-control', 'no-store')
      return show(reply, (view) => <FactoryCalledOffPage view={view} {...off} />, { at: `/factory/jobs/${id}` })
    }
    const [brief, open, orders] = await Promise.all([
      dispatch.brief(actor, { id }),
      dispatch.openOffers(actor),
      dispatch.listOrders(actor, { limit: 100 }),
    ])
    const asked = open.find(({ order }) => order.id === id)
    const mine = orders.find((order) => order.id === id && order.factoryId === actor.id)
    const said = mine ? await dispatch.cancellations(actor, id) : []
    const agreed = mine ? await dispatch.agreed(actor, { id }) : undefined
    const reports = mine ? (await production.progress(actor, { id })).reports : []
    const order = mine ?? asked?.order
    if (!order) return goTo(reply, '/factory')
    const failure = shown.answer?.failure ?? shown.report?.failure ?? shown.cancel?.failure
    reply.header('cache-control', 'no-store')
    return show(
      reply,
      (view) => (
        <FactoryJobPage
          view={view}
          now={context.clock.now()}
          order={order}
          brief={brief}
          agreed={agreed}
          offer={asked?.offer}
          mine={mine !== undefined}
          reports={reports}
          answer={shown.answer ?? NOTHING_SENT}
          report={shown.report ?? NOTHING_SENT}
          cancellation={about.find(({ cancellation }) => cancellation.state === 'asked')?.cancellation}
          ended={said.findLast(({ state }) => state === 'refused' || state === 'withdrawn')}
          cancel={shown.cancel ?? NOTHING_SENT}
          done={queryText(request, 'done') || undefined}
          reportId={newId()}
        />
      ),
      { at: `/factory/jobs/${id}`, status: failure?.status ?? 200 },
    )
  }
  server.get(
    '/factory/jobs/:id',
    { config: { access: 'link' } },
    inside((request, reply, actor) => work(request, reply, actor)),
  )

  const answer = (
    path: 'accept' | 'counter' | 'decline',
    done: string,
    run: (actor: FactoryActor, which: { orderId: string; offerId: string }, form: Form) => Promise<unknown>,
  ) =>
    server.post(
      `/factory/jobs/:id/${path}`,
      { config: { access: 'link' } },
      inside(async (request, reply, actor) => {
        const [id, form] = [paramOf(request, 'id'), formOf(request)]
        const result = await attempt(() => run(actor, { orderId: id, offerId: field(form, 'offerId') }, form))
        if ('failure' in result) return work(request, reply, actor, { answer: sentBack(form, result.failure) })
        return goTo(reply, path === 'decline' ? '/factory?done=declined' : `/factory/jobs/${id}?done=${done}`)
      }),
    )
  answer('accept', 'accepted', (actor, which) => dispatch.accept(actor, which))
  answer('counter', 'countered', (actor, which, form) => dispatch.counter(actor, { ...which, ...counterOf(form) }))
  answer('decline', 'declined', (actor, which, form) =>
    dispatch.decline(actor, { ...which, reason: field(form, 'reason') }),
  )
  const cancel = (
    path: string,
    done: string,
    run: (actor: FactoryActor, orderId: string, request: FastifyRequest, form: Form) => Promise<unknown>,
  ) =>
    server.post(
      `/factory/jobs/:id/cancellation${path}`,
      { config: { access: 'link' } },
      inside(async (request, reply, actor) => {
        const [id, form] = [paramOf(request, 'id'), formOf(request)]
        const result = await attempt(() => run(actor, id, request, form))
        if ('failure' in result) return work(request, reply, actor, { cancel: sentBack(form, result.failure) })
        return goTo(reply, done === 'cancelled' ? '/factory?done=cancelled' : `/factory/jobs/${id}?done=${done}`)
      }),
    )
  cancel('', 'cancel-asked', (actor, id, _request, form) =>
    dispatch.askCancellation(actor, id, given({ reason: field(form, 'reason'), requestId: typed(form, 'requestId') })),
  )
  cancel('/:cancellationId/agree', 'cancelled', (actor, id, request) =>
    dispatch.answerCancellation(actor, id, { cancellationId: paramOf(request, 'cancellationId'), agree: true }),
  )
  cancel('/:cancellationId/refuse', 'cancel-refused', (actor, id, request, form) =>
    dispatch.answerCancellation(
      actor,
      id,
      given({
        cancellationId: paramOf(request, 'cancellationId'),
        agree: false,
        reason: typed(form, 'reason'),
      }),
    ),
  )
  cancel('/:cancellationId/withdraw', 'cancel-withdrawn', (actor, id, request, form) =>
    dispatch.withdrawCancellation(
      actor,
      id,
      given({ cancellationId: paramOf(request, 'cancellationId'), reason: typed(form, 'reason') }),
    ),
  )
  server.post(
    '/factory/jobs/:id/report',
    { config: { access: 'link' } },
    inside(async (request, reply, actor) => {
      const [id, form] = [paramOf(request, 'id'), formOf(request)]
      const result = await attempt(() => production.report(actor, { id, ...reportOf(form) }))
      if ('failure' in result)
        return work(request, reply, actor, { report: sentBack(form, parcelField(result.failure)) })
      return goTo(reply, `/factory/jobs/${id}?done=reported`)
    }),
  )
}

/** A session has ended; what was typed into the form is lost, so that is said. */
const signedOut = (): Problem =>
  problem('factories.signed-out', 401, {
    en: 'You are not signed in any more. Open your link again, then repeat what you did last.',
    zh: '登录已失效。请重新打开链接进入，再重复刚才的操作。',
  })

/** A wrong token is a 401, but the way out of it is the page that asks for the right one. */
async function attemptToken<T>(run: () => Promise<T>): Promise<T | Problem> {
  try {
    return await run()
  } catch (error) {
    if (error instanceof Problem && error.code === 'factories.token') return error
    throw error
  }
}
