import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { may } from '../../../core/actor.ts'
import type { Line } from '../../line.ts'
import type { CumulativePoint } from '../../ui/charts.tsx'
import { CampaignPage } from '../../ui/console/campaign.tsx'
import { CampaignsPage, InquiriesPage, type InquiryRow } from '../../ui/console/campaigns.tsx'
import { ReordersPage } from '../../ui/console/reorders.tsx'
import { NOTHING_SENT, type Sent } from '../../ui/parts.tsx'
import { HOUR } from '../../../core/values.ts'
import { fromRow, paramOf, queryOf } from '../forms.ts'
import { formRoute } from '../form-route.ts'
import { pagesOf } from '../pages.ts'
import { registerHand } from './hand.ts'

const PER_PAGE = 25
const listQuery = z.object({ before: fromRow })
const campaignQuery = z.object({ after: fromRow })
const inquiriesQuery = z.object({ show: z.enum(['open', 'all']).default('open'), before: fromRow })
const PREORDERS_SHOWN = 50
const ACTS_SHOWN = 50

/** Verified units, cumulative: each hour's at its end, or now. */
export function cumulative(pace: readonly { hour: Date; units: number }[], now: Date): CumulativePoint[] {
  let units = 0
  return pace.map(({ hour, units: more }) => ({
    at: new Date(Math.min(hour.getTime() + HOUR, now.getTime())),
    units: (units += more),
  }))
}

/** Campaigns, what was asked about them, and the next lots. */
export function registerDemandPages(server: FastifyInstance, line: Line): void {
  const { storefront, demand, reorders, context } = line
  const show = pagesOf(line)
  const now = () => context.clock.now()

  server.get('/console/campaigns', { config: { access: 'read' } }, async (request, reply) => {
    const { before } = queryOf(request, listQuery)
    const rows = await storefront.list(request.actor, { before, limit: PER_PAGE + 1 })
    const page = rows.slice(0, PER_PAGE)
    const more = rows.length > PER_PAGE ? `/console/campaigns?before=${page.at(-1)?.campaign.id}` : undefined
    return show(reply, (view) => <CampaignsPage view={view} now={now()} rows={page} more={more} />)
  })

  /** Style names of the campaigns that rows speak of. */
  const namesOf = async ({ actor }: FastifyRequest, campaignIds: readonly string[]) => {
    const found = await storefront.cards(actor, { ids: [...new Set(campaignIds)] })
    return new Map([...found].map(([id, { card }]) => [id, card.names]))
  }
  const inquiryRows = async (request: FastifyRequest, asked: Parameters<typeof storefront.inquiries>[1]) => {
    const rows = await storefront.inquiries(request.actor, asked)
    const names = await namesOf(
      request,
      rows.map(({ inquiry }) => inquiry.campaignId),
    )
    return rows.map(({ inquiry, slug }): InquiryRow => ({
      inquiry,
      slug,
      styleName: names.get(inquiry.campaignId)?.[request.lang] ?? '',
    }))
  }

  const campaignPage = async (request: FastifyRequest, reply: FastifyReply, sent: Sent = NOTHING_SENT) => {
    const { campaign, card, number } = await storefront.card(request.actor, { id: paramOf(request, 'id') })
    const { after } = queryOf(request, campaignQuery)
    const { id } = campaign
    const [cells, pace, newest, asked, chance, acts, lots, patterns] = await Promise.all([
      demand.byVariant(request.actor, { id }),
      demand.pace(request.actor, { id }),
      demand.listPreorders(request.actor, { campaignId: id, newest: true, after, limit: PREORDERS_SHOWN + 1 }),
      inquiryRows(request, { open: false, campaignId: id, limit: 100 }),
      reorders.chance(request.actor, { id }),
      demand.acts(request.actor, { campaignId: id, limit: ACTS_SHOWN }),
      demand.lotsOf(request.actor, { id }),
      reorders.patterns(request.actor, { id }),
    ])
    const names = await line.operations.names(request.actor, {
      tags: acts.flatMap(({ by, decidedBy, undoneBy }) => [by, decidedBy, undoneBy].filter((tag) => tag !== null)),
    })
    const pledges = campaign.pledgedUnits > 0 ? await demand.pledges(request.actor, { id }) : []
    const house = await line.operations.house()
    const troubles = await line.operations.troubles(request.actor, { about: `campaign:${campaign.id}` })
    const shown = newest.slice(0, PREORDERS_SHOWN)
    const more =
      newest.length > PREORDERS_SHOWN ? `/console/campaigns/${id}?after=${shown.at(-1)?.id}#preorders` : undefined
    return show(
      reply,
      (view) => (
        <CampaignPage
          view={view}
          troubles={troubles}
          now={now()}
          campaign={campaign}
          card={card}
          number={number}
          cells={cells}
          points={cumulative(pace, now())}
          chance={chance}
          preorders={shown}
          lots={lots}
          pledges={pledges}
          patterns={patterns}
          more={more}
          inquiries={asked}
          hand={{
            acts,
            names,
            undoMinutes: house.undoMinutes,
            mayAct: may(request.actor, 'campaigns'),
            inquiries: asked.map(({ inquiry }) => inquiry),
          }}
          sent={sent}
        />
      ),
      sent.failure ? { status: sent.failure.status, at: `/console/campaigns/${id}` } : {},
    )
  }
  server.get('/console/campaigns/:id', { config: { access: 'read' } }, (request, reply) => campaignPage(request, reply))
  registerHand(server, line, campaignPage)

  const inquiries = async (request: FastifyRequest, reply: FastifyReply, sent: Sent) => {
    const { show: which, before } = queryOf(request, inquiriesQuery)
    const open = which === 'open'
    const rows = await inquiryRows(request, { open, before, limit: PER_PAGE + 1 })
    const page = rows.slice(0, PER_PAGE)
    const more =
      rows.length > PER_PAGE
        ? `/console/inquiries?${open ? '' : 'show=all&'}before=${page.at(-1)?.inquiry.id}`
        : undefined
    return show(
      reply,
      (view) => <InquiriesPage view={view} rows={page} open={open} more={more} sent={sent} />,
      sent.failure ? { status: sent.failure.status, at: '/console/inquiries' } : {},
    )
  }
  server.get('/console/inquiries', { config: { access: 'read' } }, (request, reply) =>
    inquiries(request, reply, NOTHING_SENT),
  )
  formRoute(server, storefront.answer, {
    path: '/console/inquiries/:id/answer',
    after: '/console/inquiries',
    again: (request, reply, sent) =>
      inquiries(request, reply, { ...sent, values: { ...sent.values, inquiryId: paramOf(request, 'id') } }),
  })

  const reordersPage = async (request: FastifyRequest, reply: FastifyReply, sent: Sent) => {
    const { before } = queryOf(request, listQuery)
    const found = await reorders.list(request.actor, { before, limit: PER_PAGE + 1 })
    const names = await namesOf(
      request,
      found.map(({ campaign }) => campaign.id),
    )
    const rows = found
      .slice(0, PER_PAGE)
      .map((row) => ({ ...row, styleName: names.get(row.campaign.id)?.[request.lang] ?? '' }))
    const more = found.length > PER_PAGE ? `/console/reorders?before=${rows.at(-1)?.reorder.id}` : undefined
    return show(
      reply,
      () => <ReordersPage rows={rows} mayAct={may(request.actor, 'campaigns')} more={more} sent={sent} />,
      sent.failure ? { status: sent.failure.status, at: '/console/reorders' } : {},
    )
  }
  server.get('/console/reorders', { config: { access: 'read' } }, (request, reply) =>
    reordersPage(request, reply, NOTHING_SENT),
  )
  const decided = {
    after: '/console/reorders',
    again: (request: FastifyRequest, reply: FastifyReply, sent: Sent) =>
      reordersPage(request, reply, { ...sent, values: { ...sent.values, reorderId: paramOf(request, 'id') } }),
  }
  formRoute(server, reorders.approve, { path: '/console/reorders/:id/approve', ...decided })
  formRoute(server, reorders.stopEarly, { path: '/console/reorders/:id/stop', ...decided })
  formRoute(server, reorders.decline, { path: '/console/reorders/:id/decline', ...decided })
}
