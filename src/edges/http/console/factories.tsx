import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { may, type Actor } from '../../../core/actor.ts'
import type { Problem } from '../../../core/errors.ts'
import type { Line } from '../../line.ts'
import { FactoriesPage, FactoryPage, type Issued } from '../../ui/console/factories.tsx'
import { NOTHING_SENT, type Sent } from '../../ui/parts.tsx'
import { fromForm } from '../form-fields.ts'
import { attempt, formOf, fromRow, goTo, paramOf, queryOf, sentBack, type Form } from '../forms.ts'
import { pagesOf } from '../pages.ts'

const PER_PAGE = 25

const listQuery = z.object({ before: fromRow })
const doneQuery = z.object({ done: z.string().max(40).optional() })

type Act = (actor: Actor, id: string, request: FastifyRequest) => Promise<Issued | undefined>

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
  server.post('/console/factories', { config: { access: 'factories' } }, async (request, reply) => {
    const form = formOf(request)
    const { createFactory } = dispatch
    const result = await attempt(() =>
      createFactory(request.actor, fromForm(createFactory.action.input, form) as never),
    )
    if ('failure' in result) return list(request, reply, sentBack(form, result.failure), form)
    const { factory, secret, portalToken } = result.done
    const issued = { secret, portalLink: portalLinkOf(context.baseUrl, portalToken) }
    return factoryPage(request, reply, factory.id, { issued, status: 201 })
  })
  server.get('/console/factories/:id', { config: { access: 'read' } }, (request, reply) =>
    factoryPage(request, reply, paramOf(request, 'id')),
  )
  for (const [path, { run, done = '' }] of Object.entries(actsOf(line)))
    server.post(`/console/factories/:id/${path}`, { config: { access: 'factories' } }, async (request, reply) => {
      const id = paramOf(request, 'id')
      const result = await attempt(() => run(request.actor, id, request))
      if ('failure' in result) return factoryPage(request, reply, id, { failure: result.failure })
      if (result.done) return factoryPage(request, reply, id, { issued: result.done })
      return goTo(reply, `/console/factories/${id}${done ? `?done=${done}` : ''}`)
    })
}

const portalLinkOf = (baseUrl: string, token: string) => `${baseUrl}/factory?token=${encodeURIComponent(token)}`

/** The buttons of a factory's page, by their address; some issue what is shown once. */
function actsOf({ dispatch, context }: Line): Readonly<Record<string, { run: Act; done?: string }>> {
  const silently =
    (act: (actor: Actor, input: { id: string }) => Promise<unknown>): Act =>
    async (actor, id) => {
      await act(actor, { id })
      return undefined
    }
  return {
    ping: { run: silently(dispatch.pingFactory), done: 'ping' },
    pause: { run: silently(dispatch.pauseFactory) },
    resume: { run: silently(dispatch.resumeFactory) },
    'rotate-secret': {
      async run(actor, id) {
        const { secret, until } = await dispatch.rotateSecret(actor, { id })
        return { secret, until }
      },
    },
    'replace-secret': {
      async run(actor, id) {
        const { secret } = await dispatch.replaceSecret(actor, { id })
        return { secret }
      },
    },
    'revoke-old-secrets': { run: silently(dispatch.revokeOldSecrets) },
    'rotate-portal': {
      async run(actor, id) {
        const { portalToken } = await dispatch.rotatePortal(actor, { id })
        return { portalLink: portalLinkOf(context.baseUrl, portalToken) }
      },
    },
    'messages/:messageId/replay': {
      async run(actor, _id, request) {
        await dispatch.replayMessage(actor, { messageId: paramOf(request, 'messageId') })
        return undefined
      },
    },
  }
}
