import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { may, type Actor } from '../../../core/actor.ts'
import { own } from '../../../core/own.ts'
import { newId } from '../../../core/values.ts'
import { OVER, UNDER_WAY } from '../../../stages/6-dispatch/life.ts'
import type { Line } from '../../line.ts'
import { OrderPage } from '../../ui/console/order.tsx'
import { OrdersPage } from '../../ui/console/orders.tsx'
import { NOTHING_SENT, type Sent } from '../../ui/parts.tsx'
import { fromForm } from '../form-fields.ts'
import { formRoute } from '../form-route.ts'
import { fromRow, paramOf, queryOf } from '../forms.ts'
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

const ordersQuery = z.object({ show: z.string().max(40).default(''), before: fromRow })

/** Names of the factories that orders and offers speak of; one that is gone is shown by its id. */
const factoryNamesOf =
  ({ operations }: Line) =>
  async (actor: Actor, ids: readonly (string | null)[]): Promise<(id: string) => string> => {
    const names = await operations.names(actor, { tags: ids.flatMap((id) => (id === null ? [] : [`factory:${id}`])) })
    return (id) => names.get(`factory:${id}`) ?? id
  }

/** Production orders: all of them, one with everything about it, and what may be done with it. */
export function registerOrderPages(server: FastifyInstance, line: Line): void {
  const { dispatch, production, storefront, operations } = line
  const show = pagesOf(line)
  const namesOf = factoryNamesOf(line)

  server.get('/console/orders', { config: { access: 'read' } }, async (request, reply) => {
    const { show: filter, before } = queryOf(request, ordersQuery)
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
    const filtered = filter ? `show=${encodeURIComponent(filter)}&` : ''
    const more = found.length > limit ? `/console/orders?${filtered}before=${page.at(-1)?.id}` : undefined
    return show(reply, (view) => <OrdersPage view={view} rows={rows} more={more} filter={filter} />)
  })

  const orderPage = async (request: FastifyRequest, reply: FastifyReply, sent: Sent = NOTHING_SENT) => {
    const id = paramOf(request, 'id') || paramOf(request, 'orderId')
    const [found, { reports, direct, inspection }] = await Promise.all([
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
    const troubles = await operations.troubles(request.actor, { about: `order:${order.id}` })
    return show(
      reply,
      (view) => (
        <OrderPage
          view={view}
          troubles={troubles}
          {...found}
          brief={brief}
          reports={reports}
          direct={direct}
          inspection={inspection}
          mayClear={may(request.actor, 'house')}
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

  const done = {
    access: 'factories',
    after: ({ id, orderId }: Readonly<Record<string, string>>) => `/console/orders/${id ?? orderId}`,
    again: orderPage,
  } as const
  const asked = '/console/orders/:id/cancellation'
  formRoute(server, dispatch.retryUnplaced, { path: '/console/orders/:id/retry', ...done })
  formRoute(server, dispatch.giveUpUnplaced, { path: '/console/orders/:id/give-up', ...done })
  formRoute(server, dispatch.settleCounter, { path: '/console/orders/:orderId/offers/:offerId/counter', ...done })
  formRoute(server, dispatch.askCancellation, { path: asked, ...done })
  const answer = { ...done, always: { agree: true } }
  formRoute(server, dispatch.answerCancellation, { path: `${asked}/:cancellationId/agree`, ...answer })
  formRoute(server, dispatch.answerCancellation, {
    path: `${asked}/:cancellationId/refuse`,
    ...answer,
    always: { agree: false },
  })
  formRoute(server, dispatch.withdrawCancellation, { path: `${asked}/:cancellationId/withdraw`, ...done })
  formRoute(server, production.report, {
    path: '/console/orders/:id/report',
    ...done,
    read: (form) => ({ ...fromForm(production.report.action.input.omit({ details: true }), form), reportId: newId() }),
  })
  formRoute(server, production.clearInspection, { path: '/console/orders/:id/clear', ...done, access: 'house' })
  formRoute(server, dispatch.replayMessage, { path: '/console/orders/:id/messages/:messageId/replay', ...done })
}
