import { z } from 'zod'
import { anonymous, may } from '../../../core/actor.ts'
import { byId } from '../../../core/parse.ts'
import type { Currency } from '../../../core/values.ts'
import { spokenEnds } from '../../../core/zones.ts'
import { CLOSINGS } from '../../../stages/3-approvals/model.ts'
import { endedBy, inquirySchema, ladderOf, pricesOf, standingOf } from '../../../stages/4-storefront/model.ts'
import { dealWords } from '../../../stages/4-storefront/saying.ts'
import { preorderSchema } from '../../../stages/5-demand/model.ts'
import { refused } from '../../../stages/5-demand/messages.ts'
import { readPledge } from '../../../stages/5-demand/pledges.ts'
import type { Line } from '../../line.ts'
import { actionEndpoint } from '../action-endpoint.ts'
import { endpoint, paged, pageOf, pageQuery, type Endpoint } from '../endpoints.ts'
import { listEndpoint } from '../list-endpoint.ts'
import { detailsOf } from '../failures.ts'
import { readKey } from '../idempotency-key.ts'
import { originOf } from '../origin.ts'

/** Stands in the OpenAPI document beside every field of a buyer's own. */
const FOR_PEOPLE = 'Only for whoever has the permission `people`; left out otherwise.'

const partnerCode = z
  .string()
  .max(40)
  .optional()
  .describe(
    'The code of a partner’s link: the order is then that partner’s. One that orders with its own key needs none.',
  )

const localized = z.object({ zh: z.string(), en: z.string() })
const money = z.int().describe('Minor units of `currency`.')
const rung = z.object({ fromUnits: z.int(), unitPrice: money })
const line = z.object({ size: z.string(), colourway: z.string(), quantity: z.int() })
const pledged = line.extend({
  atMost: z
    .int()
    .optional()
    .describe('The highest unit price at which the line counts; left out where it counts at every one.'),
})

const campaignSchema = z.object({
  id: z.string(),
  slug: z.string(),
  style: z.string().describe('Number of the style, e.g. FC-26-0007.'),
  category: z.string(),
  name: localized,
  state: z
    .enum(['scheduled', 'open', 'collecting', 'undecided', 'dispatching', 'stopping', 'closed', 'released'])
    .describe(
      '`collecting`: the goal is reached and the first lot gathers on. `undecided`: it closed with enough units from too few buyers, and the house decides. `stopping`: a person has stopped it, its buyers are about to be released.',
    ),
  paused: z.boolean().describe('Takes no new pre-orders just now.'),
  endedBy: z.enum(['stopped', 'taken-down']).nullable().describe('Where a person ended it before its date.'),
  digitalProduct: z.literal(true).describe('A design that has not been made yet.'),
  picture: z.string().nullable(),
  opensAt: z.iso.datetime(),
  closesAt: z.iso.datetime().describe('The last instant: the end of a day where the house is.'),
  thresholdUnits: z.int(),
  minBuyers: z.int(),
  closing: z
    .enum(CLOSINGS)
    .describe('When the first lot goes: when the campaign closes, at its goal, or at a rung of its ladder.'),
  closingUnits: z.int().nullable().describe('The units of that rung.'),
  deal: localized
    .nullable()
    .describe(
      'When the lot goes into production and until when a buyer may join or cancel, in words; null for later lots.',
    ),
  currency: z.string(),
  unitPrice: money.describe('What one unit costs now.'),
  next: z
    .object({ fromUnits: z.int(), unitPrice: money, unitsMissing: z.int() })
    .nullable()
    .describe('The next rung, and how many units are missing to it.'),
  atMost: money.describe('What one unit costs at most for whoever orders now.'),
  pricing: z.enum(['lot', 'total']).describe('What the price follows: the units of the lot, or of all lots together.'),
  ladder: z.array(rung).describe('Of the lot that gathers.'),
  units: z.int().describe('Verified units over all lots.'),
  lot: z.int(),
  lotUnits: z.int().describe('Verified units gathered for the present lot.'),
  lotBuyers: z.int(),
  pendingUnits: z.int().describe('Not verified yet; they do not count.'),
  sizes: z.array(z.string()),
  colourways: z.array(z.object({ id: z.string(), name: localized, hex: z.string() })),
  promisedDays: z.int(),
  styleHash: z.string(),
})
export type CampaignView = z.infer<typeof campaignSchema>

type OnSale = Awaited<ReturnType<Line['storefront']['onSale']>>[number]

/** A campaign as the API shows it. @param timeZone the house's, in which its end is told */
export function campaignView({ campaign, number, category, card }: OnSale, timeZone: string): CampaignView {
  const position = pricesOf(campaign)
  const [front] = card.front
  return {
    id: campaign.id,
    slug: campaign.slug,
    style: number,
    category,
    name: card.names,
    state: standingOf(campaign),
    paused: campaign.pausedAt !== null,
    endedBy: endedBy(campaign) ?? null,
    digitalProduct: true,
    picture: front?.files['webp'] ? `/pictures/${front.files['webp']}.webp` : null,
    opensAt: campaign.opensAt.toISOString(),
    closesAt: campaign.closesAt.toISOString(),
    thresholdUnits: campaign.thresholdUnits,
    minBuyers: campaign.minBuyers,
    closing: campaign.closing,
    closingUnits: campaign.closingUnits,
    deal: dealWords(campaign, spokenEnds(campaign.closesAt, timeZone)) ?? null,
    currency: campaign.currency satisfies Currency,
    unitPrice: position.unitPrice,
    next: position.next ?? null,
    atMost: position.most,
    pricing: campaign.pricing,
    ladder: ladderOf(campaign).map(({ fromUnits, unitPrice }) => ({ fromUnits, unitPrice })),
    units: campaign.totalUnits,
    lot: campaign.lot,
    lotUnits: campaign.lotUnits,
    lotBuyers: campaign.lotBuyers,
    pendingUnits: campaign.pendingUnits,
    sizes: campaign.sizes,
    colourways: card.colourways.map(({ id, name, colours }) => ({
      id,
      name,
      hex: colours['shell'] ?? '#888888',
    })),
    promisedDays: campaign.promisedDays,
    styleHash: campaign.styleHash,
  }
}

/**
 * The list as it goes over the wire. A campaign is printed when something of it changed, and a page is put together once
 * for all who ask for it in the same moment; what there is, and its counts, are read for each.
 */
function openList({ storefront, operations }: Pick<Line, 'storefront' | 'operations'>) {
  const printed = new WeakMap<OnSale, Buffer>()
  const print = (row: OnSale, timeZone: string): Buffer => {
    const found = printed.get(row)
    if (found) return found
    const text = Buffer.from(JSON.stringify(campaignView(row, timeZone)))
    printed.set(row, text)
    return text
  }
  const pages = new WeakMap<readonly OnSale[], Buffer>()
  return async (limit: number, cursor: string | undefined): Promise<Buffer> => {
    const rows = await storefront.onSale(anonymous, { before: cursor, limit: limit + 1 })
    const found = pages.get(rows)
    if (found) return found
    const { items, next } = paged(rows, limit, (row) => row.campaign.id)
    // Asked for only where something is printed.
    const timeZone = items.every((row) => printed.has(row)) ? '' : (await operations.house()).timeZone
    const parts = items.flatMap((row, n) => (n ? [COMMA, print(row, timeZone)] : [print(row, timeZone)]))
    const end = Buffer.from(next === undefined ? ']}' : `],"next":${JSON.stringify(next)}}`)
    const page = Buffer.concat([BEGIN, ...parts, end])
    pages.set(rows, page)
    return page
  }
}
const BEGIN = Buffer.from('{"items":[')
const COMMA = Buffer.from(',')

export function campaignEndpoints({ storefront, demand, operations, context }: Line): Endpoint[] {
  const list = openList({ storefront, operations })
  return [
    endpoint({
      method: 'GET',
      path: '/campaigns',
      access: 'public',
      tag: 'campaigns',
      summary: {
        en: 'Campaigns that are open, newest first, with their ladders',
        zh: '正在预售的款式（含阶梯价），最新在前',
      },
      query: pageQuery,
      answers: { 200: pageOf(campaignSchema) },
      run: async ({ query, reply }) =>
        reply.type('application/json; charset=utf-8').send(await list(query.limit, query.cursor)),
    }),
    actionEndpoint(storefront.card, {
      method: 'GET',
      path: '/campaigns/:id',
      access: 'public',
      tag: 'campaigns',
      summary: { en: 'One campaign, by id or slug', zh: '单个预售（按 id 或 slug）' },
      fields: byId.shape,
      as: async (row) => campaignView(row, (await operations.house()).timeZone),
      answers: campaignSchema,
    }),
    actionEndpoint(demand.pool, {
      method: 'GET',
      path: '/campaigns/:id/pool',
      access: 'public',
      tag: 'campaigns',
      summary: {
        en: 'Who stands together in a campaign, in a form that identifies nobody',
        zh: '一起拼单的买家（不可识别的缩写）与合作方家数',
      },
    }),
    endpoint({
      method: 'POST',
      path: '/campaigns/:id/preorders',
      access: 'public',
      tag: 'pre-orders',
      summary: {
        en: 'Place a pre-order; it counts when its buyer has confirmed',
        zh: '提交预订；买家确认后计入起做量',
      },
      params: byId,
      query: z.object({ p: partnerCode }),
      body: preorderSchema,
      idempotent: true,
      answers: {
        201: z.object({
          id: z.string(),
          campaignId: z.string(),
          state: z.enum(['pending', 'confirmed']),
          units: z.int(),
          unitPrice: money,
          currency: z.string(),
          lines: z.array(pledged),
          placedAt: z.iso.datetime(),
        }),
      },
      async run({ actor, params, query, body, request, reply, lang }) {
        const order = { ...body, lang: body.lang ?? lang }
        const partner = query.p === undefined ? undefined : await demand.partnerBehind(query.p)
        // A machine is told: it would count on an order that it has not.
        if (query.p !== undefined && !partner) throw refused('partners.code', undefined, { field: 'p' })
        const answer = await demand.place(actor, params.id, order, {
          key: readKey(request.headers['idempotency-key']),
          describe: (refusal) => JSON.stringify(detailsOf(refusal, lang)),
          origin: originOf(request, context),
          partner,
        })
        if (answer.replayed) reply.header('idempotency-replayed', 'true')
        const type = answer.status < 400 ? 'application/json' : 'application/problem+json'
        return reply.code(answer.status).type(`${type}; charset=utf-8`).send(answer.text)
      },
    }),
    actionEndpoint(storefront.ask, {
      path: '/campaigns/:id/inquiries',
      status: 201,
      access: 'public',
      tag: 'inquiries',
      summary: { en: 'Ask about a style', zh: '提交咨询' },
      // The answer's language is the request's own where it is left out.
      fields: inquirySchema.shape,
      always: {
        lang: ({ body, lang }) => body['lang'] ?? lang,
        origin: ({ request }) => originOf(request, context),
      },
    }),
    listEndpoint(demand.listPreorders, {
      path: '/campaigns/:id/preorders',
      tag: 'pre-orders',
      summary: { en: 'Pre-orders of a campaign, oldest first', zh: '某预售的全部预订，最早在前' },
      names: { id: 'campaignId', cursor: 'after' },
      fields: byId.shape,
      idOf: ({ id }) => id,
      item: (
        { id, email, name, state, units, lot, lines, pledged: asked, shownPrice, placedAt, partnerId },
        { actor },
      ) => ({
        id,
        partnerId,
        ...(may(actor, 'people') ? { email, name } : {}),
        state,
        units,
        lot,
        lines,
        pledge: readPledge(asked) ?? null,
        shownPrice,
        placedAt,
      }),
      answers: z.object({
        id: z.string(),
        partnerId: z.string().nullable().describe('The partner by whom it came; null: directly.'),
        email: z.string().optional().describe(FOR_PEOPLE),
        name: z.string().optional().describe(FOR_PEOPLE),
        state: z.string(),
        units: z.int(),
        lot: z.int().nullable(),
        lines: z.array(line),
        pledge: z
          .array(pledged)
          .nullable()
          .describe('As it was asked for, where some of it counts up to a price only.'),
        shownPrice: money,
        placedAt: z.iso.datetime(),
      }),
    }),
    actionEndpoint(demand.pledges, {
      method: 'GET',
      path: '/campaigns/:id/pledges',
      access: 'public',
      tag: 'campaigns',
      summary: {
        en: 'The rungs of the lot that gathers, with the pieces that accept the price of each',
        zh: '正在收单批次的各级阶梯，以及接受其价格的件数',
      },
    }),
    actionEndpoint(demand.lotsOf, {
      method: 'GET',
      path: '/campaigns/:id/lots',
      tag: 'campaigns',
      summary: {
        en: 'Lots of a campaign, with their prices and the margin given away by them',
        zh: '某预售的各批次、单价与让利',
      },
    }),
    actionEndpoint(demand.byVariant, {
      method: 'GET',
      path: '/campaigns/:id/demand',
      tag: 'campaigns',
      summary: {
        en: 'Units per size and colourway: confirmed, in lots, not yet verified',
        zh: '各尺码与配色的件数：已确认、已成批、待确认',
      },
    }),
    listEndpoint(storefront.inquiries, {
      path: '/inquiries',
      tag: 'inquiries',
      summary: { en: 'Questions of buyers, newest first', zh: '买家咨询，最新在前' },
      query: pageQuery.extend({
        open: z.enum(['true', 'false']).default('true').describe('Only those without an answer.'),
      }),
      always: { open: ({ query }) => query['open'] === 'true' },
      idOf: ({ inquiry }) => inquiry.id,
      item: ({ inquiry: { email, ...rest } }, { actor }) => (may(actor, 'people') ? { ...rest, email } : rest),
      answers: z.object({
        id: z.string(),
        campaignId: z.string(),
        email: z.string().optional().describe(FOR_PEOPLE),
        lang: z.string(),
        question: z.string(),
        askedAt: z.iso.datetime(),
        answer: z.string().nullable(),
        answeredBy: z.string().nullable(),
        answeredAt: z.iso.datetime().nullable(),
        published: z.boolean(),
      }),
    }),
    actionEndpoint(storefront.answer, {
      path: '/inquiries/:id/answer',
      tag: 'inquiries',
      summary: { en: 'Answer a question, for its sender or for everybody', zh: '回复咨询（可公开）' },
    }),
    actionEndpoint(demand.confirm, {
      path: '/preorders/:id/confirm',
      summary: { en: 'Confirm with the token of the letter', zh: '凭邮件中的令牌确认预订' },
      ...byLetter,
      as: ({ preorder: { id, state } }) => ({ id, state }),
    }),
    actionEndpoint(demand.cancel, {
      path: '/preorders/:id/cancel',
      summary: { en: 'Cancel, until its lot goes into production', zh: '取消预订（投产前）' },
      ...byLetter,
      as: ({ id, state }) => ({ id, state }),
    }),
    actionEndpoint(demand.changeLines, {
      path: '/preorders/:id/lines',
      access: 'link',
      tag: 'pre-orders',
      summary: {
        en: 'Other sizes, colours or pieces, until its lot goes into production',
        zh: '修改尺码、配色或件数（投产前）',
      },
      fields: { ...byId.shape, token: byLetter.fields.token },
      as: ({ id, state, lines, units, shownPrice }) => ({ id, state, lines, units, unitPrice: shownPrice }),
      answers: z.object({
        id: z.string(),
        state: z.string(),
        lines: z.array(line),
        units: z.int(),
        unitPrice: money.describe('At most: what was shown when it was ordered.'),
      }),
    }),
  ]
}

/** What the link of a letter may do, whoever holds it. */
const byLetter = {
  access: 'link',
  tag: 'pre-orders',
  inQuery: true,
  fields: { ...byId.shape, token: z.string().max(200).default('') },
  answers: z.object({ id: z.string(), state: z.string() }),
} as const
