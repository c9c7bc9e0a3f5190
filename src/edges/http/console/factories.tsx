import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { may } from '../../../core/actor.ts'
import type { Problem } from '../../../core/errors.ts'
import type { Line } from '../../line.ts'
import { FactoriesPage, FactoryPage, type Issued } from '../../ui/console/factories.tsx'
import { NOTHING_SENT, type Sent } from '../../ui/parts.tsx'
import { formRoute } from '../form-route.ts'
import { formOf, fromRow, paramOf, queryOf, type Form } from '../forms.ts'
import { pagesOf } from '../pages.ts'
import type { AnyAsked } from '../place.ts'

const PER_PAGE = 25

const listQuery = z.object({ before: fromRow })
const doneQuery = z.object({ done: z.string().max(40).optional() })

/** Factories: the list with its form, and one of them with what was sent to it. */
export function registerFactoryPages(server: FastifyInstance, line: Line): void {
  const { dispatch, context } = line
  const show = pagesOf(line)

  const list = async (request: FastifyRequest, reply: FastifyReply, sent: Sent, form?: Form) => {
    const { before } = queryOf(request, listQuery)
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
      dispatch.factory(actor, { id }),
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
          done={queryOf(request, doneQuery).done}
        />
      ),
      { at: `/console/factories/${id}`, status: shown.failure?.status ?? shown.status ?? 200 },
    )
  }

  server.get('/console/factories', { config: { access: 'read' } }, (request, reply) =>
    list(request, reply, NOTHING_SENT),
  )
  formRoute(server, dispatch.createFactory, {
    path: '/console/factories',
    shown(request, reply, { factory, secret, portalToken }) {
      const issued = { secret, portalLink: portalLinkOf(context.baseUrl, portalToken) }
      return factoryPage(request, reply, factory.id, { issued, status: 201 })
    },
    again: (request, reply, sent) => list(request, reply, sent, formOf(request)),
  })
  server.get('/console/factories/:id', { config: { access: 'read' } }, (request, reply) =>
    factoryPage(request, reply, paramOf(request, 'id')),
  )
  registerButtons(server, line, factoryPage)
}

type ShowFactory = (
  request: FastifyRequest,
  reply: FastifyReply,
  id: string,
  shown: { issued?: Issued; failure?: Problem },
) => Promise<FastifyReply>

function registerButtons(server: FastifyInstance, { dispatch, context }: Line, factoryPage: ShowFactory): void {
  /** A button of a factory's page; some issue what is shown once. */
  const button = <R,>(path: string, asked: AnyAsked<R>, issued?: (done: R) => Issued, done = '') =>
    formRoute(server, asked, {
      path: `/console/factories/:id/${path}`,
      access: 'factories',
      after: ({ id }) => `/console/factories/${id}${done}`,
      ...(issued
        ? {
            shown: (request: FastifyRequest, reply: FastifyReply, given: R) =>
              factoryPage(request, reply, paramOf(request, 'id'), { issued: issued(given) }),
          }
        : {}),
      again: (request, reply, { failure }) =>
        factoryPage(request, reply, paramOf(request, 'id'), failure ? { failure } : {}),
    })
  button('ping', dispatch.pingFactory, undefined, '?done=ping')
  button('pause', dispatch.pauseFactory)
  button('resume', dispatch.resumeFactory)
  button('rotate-secret', dispatch.rotateSecret, ({ secret, until }) => ({ secret, until }))
  button('replace-secret', dispatch.replaceSecret, ({ secret }) => ({ secret }))
  button('revoke-old-secrets', dispatch.revokeOldSecrets)
  button('rotate-portal', dispatch.rotatePortal, ({ portalToken }) => ({
    portalLink: portalLinkOf(context.baseUrl, portalToken),
  }))
  button('messages/:messageId/replay', dispatch.replayMessage)
}

const portalLinkOf = (baseUrl: string, token: string) => `${baseUrl}/factory?token=${encodeURIComponent(token)}`
