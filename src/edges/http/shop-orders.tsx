/** Everything of one buyer behind one link: their orders, what is kept of them, and how to get the link. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { system } from '../../core/actor.ts'
import type { Erasure } from '../../stages/0-house/people/planning.ts'
import type { Line } from '../line.ts'
import { NOTHING_SENT, type Sent } from '../ui/parts.tsx'
import { OrdersCodePage, OrdersLinkPage, OwnErasurePage, OwnOrdersPage } from '../ui/shop/orders.tsx'
import { formRoute } from './form-route.ts'
import { attempt, field, formOf, fromRow, queryOf } from './forms.ts'
import { originOf } from './origin.ts'
import { pagesOf } from './pages.ts'

const mineQuery = z.object({ token: z.string().max(2000).default(''), before: fromRow })
const doneQuery = z.object({ done: z.string().optional() })
/** In the log: the person themselves, by their link. */
const buyer = system('buyer')

export function registerOwnOrders(server: FastifyInstance, line: Line): void {
  const { demand, production, people, context } = line
  const show = pagesOf(line)
  const origin = (request: FastifyRequest) => ({ origin: originOf(request, context) })

  const linkPage = (_request: FastifyRequest, reply: FastifyReply, sent: Sent, done = false) => {
    reply.header('cache-control', 'no-store')
    return show(reply, (view) => <OrdersLinkPage view={view} sent={sent} done={done} />, {
      status: sent.failure?.status ?? 200,
      at: '/orders',
    })
  }
  const codePage = (request: FastifyRequest, reply: FastifyReply, sent: Sent) => {
    reply.header('cache-control', 'no-store')
    const reach = field(formOf(request), 'reach')
    return show(reply, (view) => <OrdersCodePage view={view} reach={reach} sent={sent} />, {
      status: sent.failure?.status ?? 200,
      at: '/orders',
    })
  }
  server.get('/orders', { config: { access: 'public' } }, (request, reply) =>
    linkPage(request, reply, NOTHING_SENT, queryOf(request, doneQuery).done === 'sent'),
  )
  formRoute(server, demand.sendOwnLink, {
    path: '/orders/link',
    access: 'public',
    fields: ['reach'],
    always: origin,
    shown: (request, reply, { byText }) =>
      byText ? codePage(request, reply, NOTHING_SENT) : linkPage(request, reply, NOTHING_SENT, true),
    again: linkPage,
  })
  formRoute(server, demand.openByCode, {
    path: '/orders/code',
    access: 'public',
    fields: ['reach', 'code'],
    always: origin,
    after: (_params, { link }) => {
      const { pathname, search } = new URL(link)
      return `${pathname}${search}`
    },
    again: codePage,
  })

  /** A page of whoever has the link; behind one that does not hold, how to get one that does. */
  const behind = async (
    request: FastifyRequest,
    reply: FastifyReply,
    page: (token: string) => Promise<FastifyReply>,
  ): Promise<FastifyReply> => {
    reply.header('cache-control', 'no-store')
    const { token } = queryOf(request, mineQuery)
    const result = await attempt(() => page(token))
    return 'done' in result ? result.done : linkPage(request, reply, { values: {}, failure: result.failure })
  }

  server.get('/orders/mine', { config: { access: 'link' } }, (request, reply) =>
    behind(request, reply, async (token) => {
      const { before } = queryOf(request, mineQuery)
      const { reach, next, orders } = await demand.ordersOf(request.actor, { token, before })
      const whole = await Promise.all(
        orders.map(async (order) => ({
          ...order,
          mile: await production.ofBuyer(request.actor, { id: order.preorder.id, token: order.token }),
        })),
      )
      return show(reply, (view) => <OwnOrdersPage view={view} reach={reach} orders={whole} token={token} next={next} />)
    }),
  )
  server.post('/orders/export', { config: { access: 'link' } }, (request, reply) =>
    behind(request, reply, async (token) => {
      const found = await people.export(buyer, { email: demand.personBehind(token), asBuyer: true })
      return reply
        .type('application/json; charset=utf-8')
        .header('content-disposition', 'attachment; filename="my-data.json"')
        .send(JSON.stringify(found, null, 2))
    }),
  )
  const erasure = (request: FastifyRequest, reply: FastifyReply, erase?: (email: string) => Promise<Erasure>) =>
    behind(request, reply, async (token) => {
      const reach = demand.personBehind(token)
      const done = await erase?.(reach)
      const preview = done ? undefined : await people.preview(buyer, { email: reach, asBuyer: true })
      return show(
        reply,
        (view) => <OwnErasurePage view={view} reach={reach} token={token} preview={preview} done={done} />,
        { at: `/orders/erase?token=${encodeURIComponent(token)}` },
      )
    })
  server.get('/orders/erase', { config: { access: 'link' } }, (request, reply) => erasure(request, reply))
  server.post('/orders/erase', { config: { access: 'link' } }, (request, reply) =>
    erasure(request, reply, (email) => people.erase(buyer, { email, asBuyer: true })),
  )
}
