import { refusals } from '../../core/errors.ts'

/** What this stage refuses, and what to do about it. */
export const refused = refusals({
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
