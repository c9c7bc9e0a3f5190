import type { Line } from '../../line.ts'
import { actionEndpoint } from '../action-endpoint.ts'
import { endpoint, pageQuery, type Endpoint } from '../endpoints.ts'
import { listEndpoint } from '../list-endpoint.ts'
import { SHIPMENT_STATES } from '../../../stages/7-production/shipping.ts'
import { z } from 'zod'

const tag = 'parcels'
const one = '/production-orders/:id'

export const parcelEndpoints = (line: Line): Endpoint[] => [...packingEndpoints(line), ...sendingEndpoints(line)]

/** A lot where it is packed. */
const packingEndpoints = ({ production }: Line): Endpoint[] => [
  actionEndpoint(production.packing, {
    method: 'GET',
    path: `${one}/packing`,
    tag,
    summary: {
      en: 'A lot at the warehouse: how many buyers have theirs, and what is to be picked, by variant',
      zh: '到仓批次：已寄出与待打包的数量，以及按规格的拣货单',
    },
  }),
  listEndpoint(production.shipments, {
    path: `${one}/shipments`,
    tag,
    summary: {
      en: 'Its shipments, one for each buyer’s pre-order, with their parcels',
      zh: '各买家的发货单及其包裹',
    },
    query: pageQuery.extend({ state: z.enum(SHIPMENT_STATES).optional() }),
    names: { cursor: 'after' },
    idOf: ({ id }) => id,
  }),
  endpoint({
    method: 'GET',
    path: '/production-orders/:id/shipments.csv',
    access: 'people',
    tag,
    summary: {
      en: 'The list for a warehouse: a row for each variant of each shipment',
      zh: '仓库清单：每张发货单的每个规格一行',
    },
    params: z.object({ id: z.string() }),
    query: z.object({ state: z.enum(SHIPMENT_STATES).default('to-pack') }),
    produces: ['text/csv'],
    answers: { 200: z.string() },
    run: async ({ actor, params, query, reply, lang }) =>
      reply
        .type('text/csv; charset=utf-8')
        .send(`\uFEFF${await production.exportShipments(actor, { ...params, ...query, lang })}`),
  }),
]

/** What of it is on its way to each buyer. */
const sendingEndpoints = ({ production }: Line): Endpoint[] => [
  actionEndpoint(production.clearInspection, {
    path: `${one}/clearance`,
    tag,
    summary: {
      en: 'A manager’s reason why a lot that failed its inspection may leave',
      zh: '经理说明原因，放行验货未通过的批次',
    },
  }),
  actionEndpoint(production.countPieces, {
    path: `${one}/pieces`,
    access: 'factories',
    tag,
    summary: {
      en: 'How many good pieces of each variant came, where that is not what was ordered; whoever confirmed first is served first',
      zh: '登记各规格实到合格数量（与预订不符时），按确认先后分配',
    },
  }),
  actionEndpoint(production.chooseShort, {
    path: '/preorders/:id/short',
    access: 'link',
    tag: 'pre-orders',
    summary: {
      en: 'With the token of the letter: what is to be done when too few pieces came',
      zh: '凭邮件中的令牌选择少货的处理方式',
    },
  }),
  actionEndpoint(production.recordParcels, {
    path: `${one}/parcels`,
    access: 'factories',
    tag,
    summary: {
      en: 'Parcels that have left, all or none; each buyer is told their own numbers',
      zh: '登记已寄出的包裹（全部成功或全部不登记），买家只会收到自己的单号',
    },
  }),
  actionEndpoint(production.importParcels, {
    path: `${one}/parcels/import`,
    access: 'factories',
    tag,
    summary: {
      en: 'The same from a list (multipart: file): all of it, or none with the errors line by line',
      zh: '以清单登记（multipart：file）：全部成功，或逐行报告错误',
    },
    upload: ({ file: { bytes, name } }) => ({ list: bytes, fileName: name }),
  }),
  actionEndpoint(production.receive, {
    path: `${one}/received`,
    tag,
    summary: {
      en: 'Shipments that their buyers have, as the house knows by itself',
      zh: '登记买家已签收的发货单',
    },
  }),
  actionEndpoint(production.shipDirect, {
    path: `${one}/direct`,
    tag,
    summary: {
      en: 'Let the factory that makes it send it to the buyers: it sees their addresses, of this order alone',
      zh: '由生产该订单的工厂直接寄给买家：工厂可见且仅可见本单的收件信息',
    },
  }),
  endpoint({
    method: 'GET',
    path: '/production-orders/:id/slips.pdf',
    access: 'people',
    tag,
    summary: {
      en: 'Packing slips with bars, a page or more for each shipment',
      zh: '装箱单（含条码），每张发货单一页或多页',
    },
    params: z.object({ id: z.string() }),
    query: z.object({ after: z.string().optional().describe('The shipment whose slip was the last one printed.') }),
    produces: ['application/pdf'],
    answers: { 200: z.string() },
    run: async ({ actor, params, query, reply }) => {
      const { bytes } = await production.slips(actor, { ...params, ...query })
      return reply.type('application/pdf').send(bytes)
    },
  }),
  actionEndpoint(production.noteTracking, {
    path: '/parcels/tracking',
    tag,
    summary: {
      en: 'What carriers say of parcels: for whoever asks them, one carrier or a service for many (docs/parcels.md)',
      zh: '登记物流状态：供承运商或物流聚合服务推送（docs/parcels.md）',
    },
  }),
]
