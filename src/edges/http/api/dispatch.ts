import { z } from 'zod'
import { cancellationAnswerSchema, houseCancellationSchema } from '../../../stages/6-dispatch/model.ts'
import type { Line } from '../../line.ts'
import { actionEndpoint } from '../action-endpoint.ts'
import { endpoint, pageQuery, type Endpoint } from '../endpoints.ts'
import { listEndpoint } from '../list-endpoint.ts'
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
    listEndpoint(dispatch.listOrders, {
      path: '/production-orders',
      access: 'factories:read',
      tag: 'production orders',
      summary: { en: 'Production orders, newest first', zh: '生产订单，最新在前' },
      query: pageQuery.extend({ campaign: byId.shape.id.optional(), factory: byId.shape.id.optional() }),
      names: { campaign: 'campaignId', factory: 'factoryId' },
      idOf: ({ id }) => id,
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
    actionEndpoint(production.progress, {
      method: 'GET',
      path: '/production-orders/:id/progress',
      access: 'factories:read',
      tag: 'production orders',
      summary: { en: 'Every report of the factory, applied or stale', zh: '工厂的全部进度上报' },
      as: ({ reports }) => reports,
      answers: z.array(anObject),
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
    actionEndpoint(dispatch.replayAllocation, {
      method: 'GET',
      path: '/production-orders/:id/allocation',
      tag: 'production orders',
      summary: { en: 'The allocation decision with its inputs, replayed', zh: '派单决策及其输入（可重放）' },
    }),
    actionEndpoint(dispatch.settleCounter, {
      path: '/production-orders/:id/counter-offers/:offer',
      tag: 'production orders',
      summary: { en: 'Accept or decline a factory’s counter-offer', zh: '接受或拒绝工厂的还价' },
      names: { id: 'orderId', offer: 'offerId' },
    }),
  ]
}

/** Calling an accepted order off. */
function cancellationEndpoints({ dispatch }: Line): Endpoint[] {
  const [asked, answer] = [houseCancellationSchema.shape, cancellationAnswerSchema.shape]
  return [
    actionEndpoint(dispatch.askCancellation, {
      path: '/production-orders/:id/cancellation',
      access: 'factories',
      tag: 'production orders',
      summary: {
        en: 'Ask the factory to cancel an accepted order; until it agrees the order stays valid',
        zh: '与工厂协商取消已接单的订单；工厂同意前订单继续有效',
      },
      // The house says what follows.
      fields: {
        reason: asked.reason.describe('The factory reads it.'),
        follow: asked.follow.describe(
          'replace: another factory makes the lot; release: its buyers are let go, nobody pays.',
        ),
        requestId: asked.requestId.describe('Asked again under it, the first request answers.'),
      },
    }),
    actionEndpoint(dispatch.answerCancellation, {
      path: '/production-orders/:id/cancellation/:cancellation/answer',
      access: 'factories',
      tag: 'production orders',
      summary: {
        en: 'Agree to or refuse a cancellation; also for a factory that agreed by telephone',
        zh: '同意或拒绝取消；也可代电话同意的工厂登记',
      },
      ...oneRequest,
      fields: {
        ...oneRequest.fields,
        follow: answer.follow.describe('Needed to agree to a factory’s request.'),
        reason: answer.reason.describe('Needed to refuse.'),
      },
    }),
    actionEndpoint(dispatch.withdrawCancellation, {
      path: '/production-orders/:id/cancellation/:cancellation/withdraw',
      access: 'factories',
      tag: 'production orders',
      summary: { en: 'Withdraw the house’s own request; the order goes on', zh: '撤回商家的取消请求，订单继续' },
      ...oneRequest,
    }),
  ]
}

/** The request to cancel, as the address names it. */
const oneRequest = { names: { cancellation: 'cancellationId' }, fields: { cancellation: byId.shape.id } } as const

/** What was sent to factories. */
function messageEndpoints({ dispatch }: Line): Endpoint[] {
  return [
    listEndpoint(dispatch.listMessages, {
      path: '/messages',
      access: 'factories:read',
      tag: 'messages',
      summary: { en: 'Webhook messages with every attempt', zh: 'Webhook 消息及每次投递' },
      query: pageQuery.extend({ factory: byId.shape.id.optional(), order: byId.shape.id.optional() }),
      names: { factory: 'factoryId', order: 'orderId' },
      idOf: ({ message }) => message.id,
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
