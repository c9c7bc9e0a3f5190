import { refusals } from '../../core/errors.ts'

/** What this stage refuses, and what to do about it. */
export const refused = refusals({
  'dispatch.not-unplaced': {
    status: 409,
    en: 'Order {number} is "{state}". Only an order that no factory took can be tried again or given up.',
    zh: '订单 {number} 当前状态为“{state}”，仅未派出的订单可以重新派单或放弃。',
  },
  'factories.portal-only': {
    status: 403,
    en: 'Open offers are listed for the factory they were made to. Look at the order instead.',
    zh: '待答复邀约仅对相应工厂列出，请改为查看订单。',
  },
  'brief.called-off': {
    status: 410,
    en: 'Order {number} is called off; its files are not given out any more.',
    zh: '订单 {number} 已取消，不再提供其文件。',
  },
  'callbacks.json': {
    status: 400,
    en: 'The body is not JSON. Send {shape}.',
    zh: '请求体不是 JSON，应为 {shape}。',
  },
  'signature.wrong': {
    status: 401,
    en: 'No factory is known at this address. Use the callback address from your registration.',
    zh: '该回调地址没有对应的工厂，请使用登记时提供的回调地址。',
  },
})

export const notUnplaced = ({ number, state }: { number: string; state: string }) =>
  refused('dispatch.not-unplaced', { number, state })
