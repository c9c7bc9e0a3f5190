import { z } from 'zod'
import { byId } from '../../../core/parse.ts'
import type { Line } from '../../line.ts'
import { actionEndpoint } from '../action-endpoint.ts'
import { endpoint, type Endpoint } from '../endpoints.ts'
import { listEndpoint } from '../list-endpoint.ts'
import type { Asking } from '../place.ts'

const tag = 'partners'
const CSV = 'text/csv; charset=utf-8'
/** Whose key it is that asks. */
const itself = { id: ({ actor }: Pick<Asking, 'actor'>) => (actor.kind === 'partner' ? actor.id : '') }

/** A statement as a file. */
async function sendCsv({ demand }: Line, { actor, lang, reply }: Pick<Asking, 'actor' | 'lang' | 'reply'>, id: string) {
  const csv = await demand.exportStatement(actor, { id, lang })
  // A byte order mark, without which spreadsheets read Chinese as something else.
  return reply.type(CSV).header('content-disposition', 'attachment; filename="statement.csv"').send(`\uFEFF${csv}`)
}

/** Shops in our pools: what the house does with them, and what they may ask with their own key. */
export function partnerEndpoints(line: Line): Endpoint[] {
  const { demand } = line
  return [
    listEndpoint(demand.listPartners, {
      path: '/partners',
      tag,
      summary: { en: 'Partners, newest first', zh: '合作方，最新在前' },
      idOf: ({ id }) => id,
    }),
    actionEndpoint(demand.createPartner, {
      path: '/partners',
      tag,
      status: 201,
      summary: { en: 'A new partner; its key is in the answer once', zh: '开通合作方；密钥仅显示一次' },
    }),
    actionEndpoint(demand.partner, {
      method: 'GET',
      path: '/partners/:id',
      tag,
      access: 'campaigns:read',
      summary: { en: 'One partner', zh: '单个合作方' },
    }),
    actionEndpoint(demand.changePartner, {
      method: 'PATCH',
      path: '/partners/:id',
      tag,
      summary: { en: 'Change a partner, stop it or let it sell again', zh: '修改、停用或恢复合作方' },
    }),
    actionEndpoint(demand.rollPartnerKey, {
      path: '/partners/:id/key',
      tag,
      summary: { en: 'A new key; the old one stops at once', zh: '更换密钥；旧密钥立即失效' },
    }),
    actionEndpoint(demand.agreeTerms, {
      path: '/partners/:id/terms',
      tag,
      summary: {
        en: 'What it gets in one campaign: a commission or a price of its own; neither: what it gets everywhere',
        zh: '某预售的合作条件：佣金或专属单价；都不填则沿用通用佣金',
      },
    }),
    listEndpoint(demand.partnerOrders, {
      path: '/partners/:id/preorders',
      tag,
      access: 'campaigns:read',
      summary: { en: 'Pre-orders that came by a partner, oldest first', zh: '某合作方带来的预订，最早在前' },
      names: { cursor: 'after' },
      idOf: ({ id }) => id,
    }),
    actionEndpoint(demand.statement, {
      method: 'GET',
      path: '/partners/:id/statement',
      tag,
      access: 'campaigns:read',
      summary: { en: 'What it sold and earns by it', zh: '对账单：销售与分成' },
    }),
    endpoint({
      method: 'GET',
      path: '/partners/:id/statement.csv',
      access: 'campaigns:read',
      tag,
      summary: { en: 'The same as CSV', zh: '对账单（CSV）' },
      params: byId,
      produces: [CSV],
      answers: { 200: z.string() },
      run: (call) => sendCsv(line, call, call.params.id),
    }),
    ...ownEndpoints(line),
  ]
}

/** What a partner asks with its own key. */
function ownEndpoints(line: Line): Endpoint[] {
  const { demand } = line
  const access = 'partner' as const
  return [
    actionEndpoint(demand.partner, {
      method: 'GET',
      path: '/partner',
      tag,
      access,
      always: itself,
      summary: { en: 'For a partner: its own account', zh: '合作方：自己的资料' },
    }),
    listEndpoint(demand.partnerOrders, {
      path: '/partner/preorders',
      tag,
      access,
      always: itself,
      summary: { en: 'For a partner: its own pre-orders, oldest first', zh: '合作方：自己的预订，最早在前' },
      names: { cursor: 'after' },
      idOf: ({ id }) => id,
    }),
    actionEndpoint(demand.statement, {
      method: 'GET',
      path: '/partner/statement',
      tag,
      access,
      always: itself,
      summary: { en: 'For a partner: its own statement', zh: '合作方：自己的对账单' },
    }),
    endpoint({
      method: 'GET',
      path: '/partner/statement.csv',
      access,
      tag,
      summary: { en: 'For a partner: its own statement as CSV', zh: '合作方：自己的对账单（CSV）' },
      produces: [CSV],
      answers: { 200: z.string() },
      run: (call) => sendCsv(line, call, itself.id(call)),
    }),
  ]
}
