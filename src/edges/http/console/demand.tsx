import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { may } from '../../../core/actor.ts'
import { forecastTarget, NO_HISTORY, type Forecast } from '../../../core/forecast.ts'
import type { Line } from '../../line.ts'
import type { CumulativePoint } from '../../ui/charts.tsx'
import { CampaignPage } from '../../ui/console/campaign.tsx'
import { CampaignsPage, InquiriesPage, type InquiryRow } from '../../ui/console/campaigns.tsx'
import { ReordersPage } from '../../ui/console/reorders.tsx'
import { NOTHING_SENT, type Sent } from '../../ui/parts.tsx'
import type { Campaign, Preorder } from '../../../db/rows.ts'
import { fromRow, paramOf, queryOf } from '../forms.ts'
import { formRoute } from '../form-route.ts'
import { pagesOf } from '../pages.ts'

const PER_PAGE = 25
const listQuery = z.object({ before: fromRow })
const campaignQuery = z.object({ after: fromRow })
const inquiriesQuery = z.object({ show: z.enum(['open', 'all']).default('open'), before: fromRow })
const PREORDERS_SHOWN = 50
/** Pre-orders read at a time for the curve, and how often: beyond that the curve is drawn from the first of them. */
const CURVE_STEP = 1000
const CURVE_STEPS = 10

/**
 * Verified units, cumulative, at the moments they were confirmed.
 * @param released count those that were let go as well: what a campaign had when it ended below its threshold
 */
export function cumulative(preorders: readonly Preorder[], { released }: { released: boolean }): CumulativePoint[] {
  let units = 0
  return preorders
    .flatMap(({ confirmedAt, state, units: more }) =>
      confirmedAt && state !== 'cancelled' && (released || state !== 'released') ? [{ at: confirmedAt, more }] : [],
    )
    .sort((a, b) => a.at.getTime() - b.at.getTime())
    .map(({ at, more }) => ({ at, units: (units += more) }))
}

/** While the first lot gathers: the chance that it comes about, from this campaign's own count and time. */
export function chanceOf(campaign: Campaign, now: Date): Forecast | undefined {
  if (campaign.state !== 'open') return undefined
  const window = campaign.closesAt.getTime() - campaign.opensAt.getTime()
  const elapsed = (now.getTime() - campaign.opensAt.getTime()) / window
  return forecastTarget(NO_HISTORY, { units: campaign.lotUnits, elapsed, target: campaign.thresholdUnits })
}

/** Campaigns, what was asked about them, and the next lots. */
export function registerDemandPages(server: FastifyInstance, line: Line): void {
  const { storefront, demand, reorders, context } = line
  const show = pagesOf(line)
  const now = () => context.clock.now()

  server.get('/console/campaigns', { config: { access: 'read' } }, async (request, reply) => {
    const { before } = queryOf(request, listQuery)
    const rows = await storefront.list(request.actor, { before, limit: PER_PAGE + 1, all: true })
    const page = rows.slice(0, PER_PAGE)
    const more = rows.length > PER_PAGE ? `/console/campaigns?before=${page.at(-1)?.campaign.id}` : undefined
    return show(reply, (view) => <CampaignsPage view={view} now={now()} rows={page} more={more} />)
  })

  /** Style names of the campaigns that rows speak of. */
  const namesOf = async ({ actor }: FastifyRequest, campaignIds: readonly string[]) => {
    const found = await storefront.cards(actor, { ids: [...new Set(campaignIds)] })
    return new Map([...found].map(([id, { card }]) => [id, card.names]))
  }
  const inquiryRows = async (request: FastifyRequest, open: boolean, before: string | undefined, limit: number) => {
    const rows = await storefront.inquiries(request.actor, { open, before, limit })
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

  const everyPreorder = async (request: FastifyRequest, campaignId: string): Promise<Preorder[]> => {
    const all: Preorder[] = []
    for (let step = 0; step < CURVE_STEPS; step++) {
      const rows = await demand.listPreorders(request.actor, { campaignId, after: all.at(-1)?.id, limit: CURVE_STEP })
      all.push(...rows)
      if (rows.length < CURVE_STEP) break
    }
    return all
  }

  server.get('/console/campaigns/:id', { config: { access: 'read' } }, async (request, reply) => {
    const { campaign, card, number } = await storefront.card(request.actor, { id: paramOf(request, 'id') })
    const { after } = queryOf(request, campaignQuery)
    const [cells, all, asked] = await Promise.all([
      demand.byVariant(request.actor, { id: campaign.id }),
      everyPreorder(request, campaign.id),
      inquiryRows(request, false, undefined, 100),
    ])
    const troubles = await line.operations.troubles(request.actor, { about: `campaign:${campaign.id}` })
    const newest = [...all].reverse()
    const start = after ? newest.findIndex(({ id }) => id === after) + 1 : 0
    const shown = newest.slice(start, start + PREORDERS_SHOWN)
    const more =
      start + PREORDERS_SHOWN < newest.length
        ? `/console/campaigns/${campaign.id}?after=${shown.at(-1)?.id}#preorders`
        : undefined
    return show(reply, (view) => (
      <CampaignPage
        view={view}
        troubles={troubles}
        now={now()}
        campaign={campaign}
        card={card}
        number={number}
        cells={cells}
        points={cumulative(all, { released: campaign.state === 'released' })}
        forecast={chanceOf(campaign, now())}
        preorders={shown}
        more={more}
        inquiries={asked.filter(({ inquiry }) => inquiry.campaignId === campaign.id)}
        sent={NOTHING_SENT}
      />
    ))
  })

  const inquiries = async (request: FastifyRequest, reply: FastifyReply, sent: Sent) => {
    const { show: which, before } = queryOf(request, inquiriesQuery)
    const open = which === 'open'
    const rows = await inquiryRows(request, open, before, PER_PAGE + 1)
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
