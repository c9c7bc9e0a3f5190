import type { Line } from '../../line.ts'
import { actionEndpoint } from '../action-endpoint.ts'
import { listEndpoint } from '../list-endpoint.ts'
import type { Endpoint } from '../endpoints.ts'
import { anObject } from './shapes.ts'

/** Factories and their secrets. */
export function factoryEndpoints({ dispatch }: Line): Endpoint[] {
  const tag = 'factories'
  const access = 'factories'
  const one = '/factories/:id'
  return [
    listEndpoint(dispatch.listFactories, {
      path: '/factories',
      tag,
      summary: { en: 'Factories, newest first', zh: '工厂列表，最新在前' },
      idOf: ({ id }) => id,
    }),
    actionEndpoint(dispatch.createFactory, {
      path: '/factories',
      tag,
      status: 201,
      summary: {
        en: 'Register a factory; its secret and portal token are in the answer once',
        zh: '登记工厂；密钥与工厂端令牌仅显示一次',
      },
    }),
    actionEndpoint(dispatch.factory, {
      method: 'GET',
      path: one,
      tag,
      access: 'factories:read',
      summary: { en: 'One factory', zh: '单个工厂' },
    }),
    actionEndpoint(dispatch.updateFactory, {
      method: 'PATCH',
      path: one,
      tag,
      summary: { en: 'Change a factory', zh: '修改工厂信息' },
    }),
    actionEndpoint(dispatch.pingFactory, {
      path: `${one}/ping`,
      tag,
      access,
      summary: {
        en: 'Send the signed test message; answered with 2xx the factory becomes active',
        zh: '发送签名测试消息；应答 2xx 后启用该工厂',
      },
    }),
    actionEndpoint(dispatch.pauseFactory, {
      path: `${one}/pause`,
      tag,
      summary: { en: 'No new offers for now', zh: '暂停接单' },
    }),
    actionEndpoint(dispatch.resumeFactory, {
      path: `${one}/resume`,
      tag,
      summary: { en: 'Offers again', zh: '恢复接单' },
    }),
    actionEndpoint(dispatch.rotateSecret, {
      path: `${one}/rotate-secret`,
      tag,
      access,
      summary: {
        en: 'A new webhook secret; the old one signs beside it for a while',
        zh: '轮换密钥；旧密钥在过渡期内继续并行签名',
      },
    }),
    actionEndpoint(dispatch.replaceSecret, {
      path: `${one}/replace-secret`,
      tag,
      access,
      summary: {
        en: 'A secret has leaked: a new one, and every earlier one stops at once',
        zh: '密钥泄露：换用新密钥，所有旧密钥立即失效',
      },
    }),
    actionEndpoint(dispatch.revokeOldSecrets, {
      path: `${one}/revoke-old-secrets`,
      tag,
      access,
      summary: {
        en: 'End the change-over: earlier secrets stop at once, the present one stays',
        zh: '结束轮换：旧密钥立即失效，当前密钥不变',
      },
    }),
    actionEndpoint(dispatch.rotatePortal, {
      path: `${one}/rotate-portal`,
      tag,
      summary: { en: 'A new portal token', zh: '重新签发工厂端令牌' },
    }),
  ]
}

/** What the house asks of factories. */
export function termsEndpoints({ dispatch }: Line): Endpoint[] {
  const tag = 'factories'
  return [
    actionEndpoint(dispatch.terms, {
      method: 'GET',
      path: '/dispatch-terms',
      tag,
      summary: { en: 'The house’s terms towards factories', zh: '派单条款' },
    }),
    actionEndpoint(dispatch.changeTerms, {
      method: 'PATCH',
      path: '/dispatch-terms',
      tag,
      summary: { en: 'Change where goods go, penalties, shares', zh: '修改收货地址、罚则与份额' },
      // Any object: the action refuses what it does not know under a code of its own.
      sent: anObject,
    }),
  ]
}
