import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { may } from '../../../core/actor.ts'
import type { Line } from '../../line.ts'
import { NO_FORMS, PartnerPage, PartnersPage, type PartnerPageProps, type SellsIn } from '../../ui/console/partners.tsx'
import { NOTHING_SENT, type Sent } from '../../ui/parts.tsx'
import { formRoute } from '../form-route.ts'
import { fromForm } from '../form-fields.ts'
import { fromRow, numberIn, paramOf, queryOf, type Form } from '../forms.ts'
import { pagesOf } from '../pages.ts'

const AT = '/console/partners'
const PER_PAGE = 50
/** Campaigns whose links are listed: what is on sale at a time. */
const SOLD_NOW = 100
const listQuery = z.object({ before: fromRow })
const doneQuery = z.object({ done: z.string().max(40).optional() })

/** Minor units of what was typed in whole ones; what is no number is left for the schema to refuse. */
function minorIn(form: Form, name: string): number | undefined {
  const typed = numberIn(form, name)
  return typed === undefined ? undefined : Math.round(typed * 100)
}

/** Shops in our pools: the list with its form, and one of them with its links and its statement. */
export function registerPartnerPages(server: FastifyInstance, line: Line): void {
  const { demand, storefront, context } = line
  const show = pagesOf(line)

  const list = async (request: FastifyRequest, reply: FastifyReply, sent: Sent) => {
    const { before } = queryOf(request, listQuery)
    const found = await demand.listPartners(request.actor, { before, limit: PER_PAGE + 1 })
    const page = found.slice(0, PER_PAGE)
    const more = found.length > PER_PAGE ? `${AT}?before=${page.at(-1)?.id}` : undefined
    return show(
      reply,
      (view) => (
        <PartnersPage view={view} partners={page} more={more} mayAct={may(request.actor, 'campaigns')} sent={sent} />
      ),
      sent.failure ? { status: sent.failure.status, at: AT } : {},
    )
  }

  type Shown = Partial<Pick<PartnerPageProps, 'sent' | 'termsSent' | 'issued'>>
  const one = async (request: FastifyRequest, reply: FastifyReply, id: string, shown: Shown = {}) => {
    const { actor } = request
    const [partner, statement, selling] = await Promise.all([
      demand.partner(actor, { id }),
      demand.statement(actor, { id }),
      storefront.onSale(actor, { limit: SOLD_NOW }),
    ])
    const campaigns = selling.map(({ campaign, number, card }): SellsIn => ({
      campaignId: campaign.id,
      style: number,
      name: card.names,
      currency: campaign.currency,
      link: `${context.baseUrl}/shop/${campaign.slug}?p=${partner.code}`,
      pool: `${context.baseUrl}/shop/${campaign.slug}/pool?p=${partner.code}`,
    }))
    const failure = shown.sent?.failure ?? shown.termsSent?.failure
    // What is shown once must not lie in a cache.
    if (shown.issued) reply.header('cache-control', 'no-store')
    return show(
      reply,
      (view) => (
        <PartnerPage
          view={view}
          partner={partner}
          statement={statement}
          campaigns={campaigns}
          mayAct={may(actor, 'campaigns')}
          done={queryOf(request, doneQuery).done}
          {...NO_FORMS}
          {...shown}
        />
      ),
      { at: `${AT}/${id}`, status: failure?.status ?? (shown.issued ? 201 : 200) },
    )
  }

  server.get(AT, { config: { access: 'read' } }, (request, reply) => list(request, reply, NOTHING_SENT))
  formRoute(server, demand.createPartner, {
    path: AT,
    shown: (request, reply, { partner, key }) => one(request, reply, partner.id, { issued: key }),
    again: (request, reply, sent) => list(request, reply, sent),
  })
  server.get(`${AT}/:id`, { config: { access: 'read' } }, (request, reply) =>
    one(request, reply, paramOf(request, 'id')),
  )
  server.get(`${AT}/:id/statement.csv`, { config: { access: 'read' } }, async (request, reply) => {
    const csv = await demand.exportStatement(request.actor, { id: paramOf(request, 'id'), lang: request.lang })
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', 'attachment; filename="statement.csv"')
      .send(`\uFEFF${csv}`)
  })

  registerSteering(server, line, one)
}

type ShowOne = (
  request: FastifyRequest,
  reply: FastifyReply,
  id: string,
  shown: Partial<Pick<PartnerPageProps, 'sent' | 'termsSent' | 'issued'>>,
) => Promise<FastifyReply>

/** The forms of one partner's page. */
function registerSteering(server: FastifyInstance, { demand }: Line, one: ShowOne): void {
  const after = (done: string) => (params: Readonly<Record<string, string>>) => `${AT}/${params['id']}?done=${done}`
  const again =
    (form: 'sent' | 'termsSent') =>
    (request: FastifyRequest, reply: FastifyReply, sent: Sent): Promise<FastifyReply> =>
      one(request, reply, paramOf(request, 'id'), { [form]: sent })
  const fields = ['name', 'kind', 'contactName', 'contactEmail', 'commission', 'trusted']
  formRoute(server, demand.changePartner, { path: `${AT}/:id`, after: after('changed'), again: again('sent'), fields })
  for (const [path, stopped] of [
    ['stop', true],
    ['resume', false],
  ] as const)
    formRoute(server, demand.changePartner, {
      path: `${AT}/:id/${path}`,
      fields: [],
      always: { stopped },
      after: after(stopped ? 'stopped' : 'resumed'),
      again: again('sent'),
    })
  formRoute(server, demand.agreeTerms, {
    path: `${AT}/:id/terms`,
    read: (form) => ({
      ...fromForm(demand.agreeTerms.action.input, form, ['campaignId', 'commission']),
      price: minorIn(form, 'price'),
    }),
    after: after('terms'),
    again: again('termsSent'),
  })
  formRoute(server, demand.rollPartnerKey, {
    path: `${AT}/:id/key`,
    shown: (request, reply, { partner, key }) => one(request, reply, partner.id, { issued: key }),
    again: again('sent'),
  })
}
