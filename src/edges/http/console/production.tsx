import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { may, type Actor } from '../../../core/actor.ts'
import { own } from '../../../core/own.ts'
import type { Problem } from '../../../core/errors.ts'
import { newId } from '../../../core/values.ts'
import { OVER, UNDER_WAY, type ReportedState } from '../../../stages/6-dispatch/life.ts'
import type { Line } from '../../line.ts'
import { FactoriesPage, FactoryPage, type Issued } from '../../ui/console/factories.tsx'
import { OrderPage } from '../../ui/console/order.tsx'
import { OrdersPage } from '../../ui/console/orders.tsx'
import { NOTHING_SENT, type Sent } from '../../ui/parts.tsx'

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
} from '../forms.ts'
import { pagesOf } from '../pages.ts'

const PER_PAGE = 25
/** Late orders are found by looking through the newest ones. */
const LOOKED_THROUGH = 200

type States = NonNullable<Parameters<Line['dispatch']['listOrders']>[1]['states']>
const SHOWN: Readonly<Record<string, States>> = {
  open: ['placing', ...UNDER_WAY],
  unplaced: ['unplaced'],
  delivered: ['delivered'],
  cancelled: ['cancelled'],
}

function factoryOf(form: Form) {
  return given({
    name: field(form, 'name'),
    country: field(form, 'country'),
    address: typed(form, 'address'),
    contactEmail: typed(form, 'contactEmail'),
    lang: field(form, 'lang') || undefined,
    categories: [...(form['categories'] ?? [])],
    moq: numberIn(form, 'moq'),
    maxUnits: numberIn(form, 'maxUnits'),
    weeklyCapacity: numberIn(form, 'weeklyCapacity'),
    leadDays: numberIn(form, 'leadDays'),
    currency: field(form, 'currency') || undefined,
    complianceClass: field(form, 'complianceClass') || undefined,
    endpoint: typed(form, 'endpoint'),
  })
}

/** Factories, production orders, and what was sent to whom. */
export function registerProductionPages(server: FastifyInstance, line: Line): void {
  const { dispatch, production, storefront, context } = line
  const show = pagesOf(line)

  /** Names of the factories that orders and offers speak of; one that is gone is shown by its id. */
  const namesOf = async (actor: Actor, ids: readonly (string | null)[]): Promise<(id: string) => string> => {
    const unique = [...new Set(ids.filter((id) => id !== null))]
    const found = await Promise.all(unique.map((id) => dispatch.factory(actor, id).catch(() => undefined)))
    const names = new Map(unique.map((id, index) => [id, found[index]?.name ?? id]))
    return (id) => names.get(id) ?? id
  }

  server.get('/console/orders', { config: { access: 'read' } }, async (request, reply) => {
    const filter = queryText(request, 'show')
    const before = queryText(request, 'before') || undefined
    const late = filter === 'late'
    const limit = late ? LOOKED_THROUGH : PER_PAGE
    const found = await dispatch.listOrders(request.actor, { states: own(SHOWN, filter), before, limit: limit + 1 })
    const page = found.slice(0, limit)
    const orders = late ? page.filter(({ lateNoticedAt, state }) => lateNoticedAt && !OVER.includes(state)) : page
    const nameOf = await namesOf(
      request.actor,
      orders.map(({ factoryId }) => factoryId),
    )
    const rows = orders.map((order) => ({ order, factory: order.factoryId ? nameOf(order.factoryId) : undefined }))
    const more =
      found.length > limit
        ? `/console/orders?${filter ? `show=${encodeURIComponent(filter)}&` : ''}before=${page.at(-1)?.id}`
        : undefined
    return show(reply, (view) => <OrdersPage view={view} rows={rows} more={more} filter={filter} />)
  })

  const orderPage = async (request: FastifyRequest, reply: FastifyReply, sent: Sent = NOTHING_SENT) => {
    const id = paramOf(request, 'id')
    const [found, { reports }] = await Promise.all([
      dispatch.order(request.actor, { id }),
      production.progress(request.actor, { id }),
    ])
    const { order, offers } = found
    const [factoryName, page, brief] = await Promise.all([
      namesOf(request.actor, [order.factoryId, ...offers.map(({ factoryId }) => factoryId)]),
      storefront.card(request.actor, { id: order.campaignId }),
      order.briefFile ? dispatch.brief(request.actor, { id }) : undefined,
    ])
    const { campaign, card } = page
    const troubles = await line.operations.troubles(request.actor, `order:${order.id}`)
    return show(
      reply,
      (view) => (
        <OrderPage
          view={view}
          troubles={troubles}
          {...found}
          brief={brief}
          reports={reports}
          factoryName={factoryName}
          styleName={card.names[view.lang]}
          colourName={(colour) => card.colourways.find((each) => each.id === colour)?.name[view.lang] ?? colour}
          sizes={campaign.sizes}
          campaignHref={`/console/campaigns/${order.campaignId}`}
          mayAct={may(request.actor, 'factories')}
          sent={sent}
        />
      ),
      sent.failure ? { status: sent.failure.status, at: `/console/orders/${id}` } : {},
    )
  }
  server.get('/console/orders/:id', { config: { access: 'read' } }, (request, reply) => orderPage(request, reply))
  const act = (path: string, work: (request: FastifyRequest, orderId: string) => Promise<unknown>) =>
    server.post(`/console/orders/:id/${path}`, { config: { access: 'factories' } }, async (request, reply) => {
      const id = paramOf(request, 'id')
      const result = await attempt(() => work(request, id))
      if ('failure' in result) return orderPage(request, reply, sentBack(formOf(request), result.failure))
      return goTo(reply, `/console/orders/${id}`)
    })
  act('retry', (request, orderId) =>
    dispatch.retryUnplaced(request.actor, { id: orderId, newDate: field(formOf(request), 'newDate') === 'yes' }),
  )
  act('give-up', (request, orderId) =>
    dispatch.giveUpUnplaced(request.actor, { id: orderId, reason: field(formOf(request), 'reason') }),
  )
  act('offers/:offerId/counter', (request, orderId) =>
    dispatch.settleCounter(request.actor, {
      orderId,
      offerId: paramOf(request, 'offerId'),
      accept: field(formOf(request), 'accept') === 'yes',
    }),
  )
  act('messages/:messageId/replay', (request) =>
    dispatch.replayMessages(request.actor, { messageId: paramOf(request, 'messageId') }),
  )
  act('cancellation', (request, orderId) => {
    const form = formOf(request)
    return dispatch.askCancellation(
      request.actor,
      orderId,
      given({ reason: field(form, 'reason'), follow: field(form, 'follow') }),
    )
  })
  const answer = (path: string, agree: boolean) =>
    act(`cancellation/:cancellationId/${path}`, (request, orderId) => {
      const form = formOf(request)
      const cancellationId = paramOf(request, 'cancellationId')
      const [follow, reason] = [typed(form, 'follow'), typed(form, 'reason')]
      return dispatch.answerCancellation(request.actor, orderId, given({ cancellationId, agree, follow, reason }))
    })
  answer('agree', true)
  answer('refuse', false)
  act('cancellation/:cancellationId/withdraw', (request, orderId) =>
    dispatch.withdrawCancellation(request.actor, orderId, { cancellationId: paramOf(request, 'cancellationId') }),
  )
  act('report', (request, orderId) => {
    const form = formOf(request)
    return production.report(request.actor, {
      id: orderId,
      reportId: newId(),
      state: field(form, 'state') as ReportedState,
      ...given({ note: typed(form, 'note') }),
    })
  })

  const factories = async (request: FastifyRequest, reply: FastifyReply, sent: Sent, form?: Form) => {
    const before = queryText(request, 'before') || undefined
    const found = await dispatch.listFactories(request.actor, { before, limit: PER_PAGE + 1 })
    const page = found.slice(0, PER_PAGE)
    const more = found.length > PER_PAGE ? `/console/factories?before=${page.at(-1)?.id}` : undefined
    return show(
      reply,
      (view) => (
        <FactoriesPage
          view={view}
          factories={page}
          more={more}
          mayAct={may(request.actor, 'factories')}
          sent={sent}
          ticked={new Set(form?.['categories'])}
        />
      ),
      sent.failure ? { status: sent.failure.status, at: '/console/factories' } : {},
    )
  }
  const factoryPage = async (
    request: FastifyRequest,
    reply: FastifyReply,
    id: string,
    shown: { issued?: Issued; failure?: Problem; status?: number } = {},
  ) => {
    const { actor } = request
    const [factory, orders, messages] = await Promise.all([
      dispatch.factory(actor, id),
      dispatch.listOrders(actor, { factoryId: id, limit: PER_PAGE }),
      dispatch.listMessages(actor, { factoryId: id, limit: PER_PAGE }),
    ])
    // What is shown once must not lie in a cache.
    if (shown.issued) reply.header('cache-control', 'no-store')
    return show(
      reply,
      (view) => (
        <FactoryPage
          view={view}
          factory={factory}
          orders={orders}
          messages={messages}
          issued={shown.issued}
          mayAct={may(actor, 'factories')}
          rotating={factory.rotating}
          sent={shown.failure ? { values: {}, failure: shown.failure } : NOTHING_SENT}
          done={queryText(request, 'done') || undefined}
        />
      ),
      { at: `/console/factories/${id}`, status: shown.failure?.status ?? shown.status ?? 200 },
    )
  }
  const portalLink = (token: string) => `${context.baseUrl}/factory?token=${encodeURIComponent(token)}`

  server.get('/console/factories', { config: { access: 'read' } }, (request, reply) =>
    factories(request, reply, NOTHING_SENT),
  )
  server.post('/console/factories', { config: { access: 'factories' } }, async (request, reply) => {
    const form = formOf(request)
    const result = await attempt(() => dispatch.createFactory(request.actor, factoryOf(form)))
    if ('failure' in result) return factories(request, reply, sentBack(form, result.failure), form)
    const { factory, secret, portalToken } = result.done
    return factoryPage(request, reply, factory.id, {
      issued: { secret, portalLink: portalLink(portalToken) },
      status: 201,
    })
  })
  server.get('/console/factories/:id', { config: { access: 'read' } }, (request, reply) =>
    factoryPage(request, reply, paramOf(request, 'id')),
  )
  const change = (
    path: string,
    work: (request: FastifyRequest, id: string) => Promise<Issued | undefined>,
    done = '',
  ) =>
    server.post(`/console/factories/:id/${path}`, { config: { access: 'factories' } }, async (request, reply) => {
      const id = paramOf(request, 'id')
      const result = await attempt(() => work(request, id))
      if ('failure' in result) return factoryPage(request, reply, id, { failure: result.failure })
      if (result.done) return factoryPage(request, reply, id, { issued: result.done })
      return goTo(reply, `/console/factories/${id}${done ? `?done=${done}` : ''}`)
    })
  const silently =
    (work: (actor: Actor, id: string) => Promise<unknown>) => async (request: FastifyRequest, id: string) => {
      await work(request.actor, id)
      return undefined
    }
  change('ping', silently(dispatch.pingFactory), 'ping')
  change('pause', silently(dispatch.pauseFactory))
  change('resume', silently(dispatch.resumeFactory))
  change('rotate-secret', async ({ actor }, id) => {
    const { secret, until } = await dispatch.rotateSecret(actor, id)
    return { secret, until }
  })
  change('replace-secret', async ({ actor }, id) => {
    const { secret } = await dispatch.replaceSecret(actor, id)
    return { secret }
  })
  change('revoke-old-secrets', silently(dispatch.revokeOldSecrets))
  change('rotate-portal', async ({ actor }, id) => {
    const { portalToken } = await dispatch.rotatePortal(actor, id)
    return { portalLink: portalLink(portalToken) }
  })
  change('messages/:messageId/replay', async (request) => {
    await dispatch.replayMessages(request.actor, { messageId: paramOf(request, 'messageId') })
    return undefined
  })
}
