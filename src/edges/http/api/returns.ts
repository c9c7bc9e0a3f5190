import { RETURN_STATES } from '../../../stages/7-production/shipping.ts'
import type { Line } from '../../line.ts'
import { actionEndpoint } from '../action-endpoint.ts'
import { pageQuery, type Endpoint } from '../endpoints.ts'
import { listEndpoint } from '../list-endpoint.ts'
import { z } from 'zod'

const tag = 'returns'

/** What buyers send back, and what it says of the styles. */
export const returnEndpoints = ({ production }: Line): Endpoint[] => [
  listEndpoint(production.returns, {
    path: '/returns',
    tag,
    summary: { en: 'Returns and exchanges, newest first', zh: '退换申请，新的在前' },
    query: pageQuery.extend({ state: z.enum(RETURN_STATES).optional() }),
    names: { cursor: 'before' },
    idOf: ({ id }) => id,
  }),
  actionEndpoint(production.tellReturns, {
    method: 'GET',
    path: '/returns/insight',
    tag,
    summary: {
      en: 'Why it comes back, by style: by reason, size and point of measure, with honest intervals',
      zh: '各款退换原因：按原因、尺码、部位统计，附区间',
    },
  }),
  actionEndpoint(production.ownReturns, {
    method: 'GET',
    path: '/preorders/:id/returns',
    access: 'link',
    tag,
    summary: { en: 'With the token of the letter: what was sent back, and what may be', zh: '凭邮件中的令牌查看退换' },
  }),
  actionEndpoint(production.askReturn, {
    path: '/preorders/:id/returns',
    access: 'link',
    tag,
    summary: {
      en: 'With the token of the letter: ask to send something back, or to have it exchanged',
      zh: '凭邮件中的令牌申请退换',
    },
  }),
  actionEndpoint(production.decideReturn, {
    path: '/returns/:id/decision',
    tag,
    summary: { en: 'Accept or decline it, with words to its buyer', zh: '同意或拒绝退换，并答复买家' },
  }),
  actionEndpoint(production.takeBack, {
    path: '/returns/:id/back',
    tag,
    summary: {
      en: 'It is back at the warehouse; what was to be exchanged is settled at once',
      zh: '登记已收到退回商品，换货随即处理',
    },
  }),
  actionEndpoint(production.sendExchange, {
    path: '/returns/:id/sent',
    tag,
    summary: { en: 'The piece in exchange has left', zh: '登记换货已寄出' },
  }),
]
