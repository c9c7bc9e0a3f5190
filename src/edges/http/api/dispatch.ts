import { z } from 'zod'
import { cancellationView, orderView } from '../../../stages/6-dispatch/model.ts'
import type { Line } from '../../line.ts'
import { actionEndpoint } from '../action-endpoint.ts'
import { endpoint, paged, pageOf, pageQuery, type Endpoint } from '../endpoints.ts'
import { anObject, byId, time } from './shapes.ts'
import { factoryEndpoints, termsEndpoints } from './factories.ts'

export const dispatchEndpoints = (line: Line): Endpoint[] => [
  ...factoryEndpoints(line),
  ...termsEndpoints(line),
  ...orderEndpoints(line),
  ...placingEndpoints(line),
  ...cancellationEndpoints(line),
  ...messageEndpoints(line),
]

/** Orders, read. */
function orderEndpoints({ dispatch, production }: Line): Endpoint[] {
  return [
    endpoint({
      method: 'GET',
      path: '/production-orders',
      access: 'factories:read',
      tag: 'production orders',
      summary: { en: 'Production orders, newest first', zh: '生产订单，最新在前' },
      query: pageQuery.extend({ campaign: z.string().max(200).optional(), factory: z.string().max(200).optional() }),
      answers: { 200: pageOf(orderView) },
      run: async ({ actor, query }) =>
        paged(
          await dispatch.listOrders(actor, {
            campaignId: query.campaign,
            factoryId: query.factory,
            before: query.cursor,
            limit: query.limit + 1,
          }),
          query.limit,
          (row) => row.id,
        ),
    }),
    actionEndpoint(dispatch.order, {
      method: 'GET',
      path: '/production-orders/:id',
      tag: 'production orders',
      summary: {
        en: 'An order with its lot, who was asked and why, and what was sent',
        zh: '订单详情：批次、派单决策、邀约与消息',
      },
    }),
    actionEndpoint(dispatch.brief, {
      method: 'GET',
      path: '/production-orders/:id/brief',
      tag: 'production orders',
      summary: {
        en: 'The production brief as sent, with fresh links (schema: /schemas/brief.json)',
        zh: '已发送的生产简报（含新的文件链接）',
      },
      access: 'factories:read',
    }),
    endpoint({
      method: 'GET',
      path: '/production-orders/:id/progress',
      access: 'factories:read',
      tag: 'production orders',
      summary: { en: 'Every report of the factory, applied or stale', zh: '工厂的全部进度上报' },
      params: byId,
      answers: { 200: z.array(anObject) },
      run: async ({ actor, params }) => (await production.progress(actor, { id: params.id })).reports,
    }),
  ]
}

/** Who makes an order. */
function placingEndpoints({ dispatch }: Line): Endpoint[] {
  return [
    actionEndpoint(dispatch.retryUnplaced, {
      path: '/production-orders/:id/retry',
      tag: 'production orders',
      summary: {
        en: 'Ask the factories again for an order that nobody took, if need be with a later date that its buyers are told',
        zh: '重新派单（未派出的订单），必要时推迟承诺到货日并告知买家',
      },
    }),
    actionEndpoint(dispatch.giveUpUnplaced, {
      path: '/production-orders/:id/give-up',
      tag: 'production orders',
      summary: {
        en: 'Give up an order that nobody took: its buyers are let go and told',
        zh: '放弃未派出的订单：取消该批次买家的预订并告知',
      },
    }),
    endpoint({
      method: 'GET',
      path: '/production-orders/:id/allocation',
      access: 'factories:read',
      tag: 'production orders',
      summary: { en: 'The allocation decision with its inputs, replayed', zh: '派单决策及其输入（可重放）' },
      params: byId,
      query: z.object({ round: z.coerce.number().int().min(1).default(1) }),
      answers: { 200: z.object({ inputs: anObject, stored: z.array(anObject), again: z.array(anObject) }) },
      run: ({ actor, params, query }) => dispatch.replayAllocation(actor, { id: params.id, round: query.round }),
    }),
    endpoint({
      method: 'POST',
      path: '/production-orders/:id/counter-offers/:offer',
      access: 'factories',
      tag: 'production orders',
      summary: { en: 'Accept or decline a factory’s counter-offer', zh: '接受或拒绝工厂的还价' },
      params: byId.extend({ offer: z.string().max(200) }),
      body: z.strictObject({ accept: z.boolean(), reason: z.string().max(1000).optional() }),
      answers: { 200: anObject },
      run: ({ actor, params, body }) =>
        dispatch.settleCounter(actor, {
          orderId: params.id,
          offerId: params.offer,
          accept: body.accept,
          reason: body.reason,
        }),
    }),
  ]
}

/** Calling an accepted order off. */
function cancellationEndpoints({ dispatch }: Line): Endpoint[] {
  return [
    endpoint({
      method: 'POST',
      path: '/production-orders/:id/cancellation',
      access: 'factories',
      tag: 'production orders',
      summary: {
        en: 'Ask the factory to cancel an accepted order; until it agrees the order stays valid',
        zh: '与工厂协商取消已接单的订单；工厂同意前订单继续有效',
      },
      params: byId,
      body: z.strictObject({
        reason: z.string().trim().min(1).max(1000).describe('The factory reads it.'),
        follow: z
          .enum(['replace', 'release'])
          .describe('replace: another factory makes the lot; release: its buyers are let go, nobody pays.'),
        requestId: z.string().min(1).max(200).optional().describe('Asked again under it, the first request answers.'),
      }),
      answers: { 200: cancellationView },
      run: ({ actor, params, body }) => dispatch.askCancellation(actor, { id: params.id, ...body }),
    }),
    endpoint({
      method: 'POST',
      path: '/production-orders/:id/cancellation/:cancellation/answer',
      access: 'factories',
      tag: 'production orders',
      summary: {
        en: 'Agree to or refuse a cancellation; also for a factory that agreed by telephone',
        zh: '同意或拒绝取消；也可代电话同意的工厂登记',
      },
      params: byId.extend({ cancellation: z.string().max(200) }),
      body: z.strictObject({
        agree: z.boolean(),
        follow: z.enum(['replace', 'release']).optional().describe('Needed to agree to a factory’s request.'),
        reason: z.string().trim().min(1).max(1000).optional().describe('Needed to refuse.'),
      }),
      answers: { 200: cancellationView },
      run: ({ actor, params, body }) =>
        dispatch.answerCancellation(actor, { id: params.id, ...body, cancellationId: params.cancellation }),
    }),
    endpoint({
      method: 'POST',
      path: '/production-orders/:id/cancellation/:cancellation/withdraw',
      access: 'factories',
      tag: 'production orders',
      summary: { en: 'Withdraw the house’s own request; the order goes on', zh: '撤回商家的取消请求，订单继续' },
      params: byId.extend({ cancellation: z.string().max(200) }),
      body: z.strictObject({ reason: z.string().trim().min(1).max(1000).optional() }),
      answers: { 200: cancellationView },
      run: ({ actor, params, body }) =>
        dispatch.withdrawCancellation(actor, { id: params.id, ...body, cancellationId: params.cancellation }),
    }),
  ]
}

/** What was sent to factories. */
function messageEndpoints({ dispatch }: Line): Endpoint[] {
  return [
    endpoint({
      method: 'GET',
      path: '/messages',
      access: 'factories:read',
      tag: 'messages',
      summary: { en: 'Webhook messages with every attempt', zh: 'Webhook 消息及每次投递' },
      query: pageQuery.extend({ factory: z.string().max(200).optional(), order: z.string().max(200).optional() }),
      answers: { 200: pageOf(anObject) },
      run: async ({ actor, query }) =>
        paged(
          await dispatch.listMessages(actor, {
            ...(query.factory === undefined ? {} : { factoryId: query.factory }),
            ...(query.order === undefined ? {} : { orderId: query.order }),
            before: query.cursor,
            limit: query.limit + 1,
          }),
          query.limit,
          (row) => row.message.id,
        ),
    }),
    endpoint({
      method: 'POST',
      path: '/messages/replay',
      access: 'factories',
      tag: 'messages',
      summary: {
        en: 'Send one message again, or all of a factory’s from a stretch of time',
        zh: '重新投递单条消息，或某工厂某时段的全部消息',
      },
      body: z.union([
        z.strictObject({ messageId: z.string() }),
        z.strictObject({ factoryId: z.string(), from: time, to: time }),
      ]),
      answers: { 200: z.object({ due: z.int() }) },
      run: ({ actor, body }) =>
        'messageId' in body ? dispatch.replayMessage(actor, body) : dispatch.replayMessages(actor, body),
    }),
  ]
}
