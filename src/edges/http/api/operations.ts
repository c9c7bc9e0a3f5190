import { z } from 'zod'
import type { Line } from '../../line.ts'
import { actionEndpoint } from '../action-endpoint.ts'
import { listEndpoint } from '../list-endpoint.ts'
import { pageQuery, type Endpoint } from '../endpoints.ts'
import { anObject } from './shapes.ts'

const operating = 'operating'
const accounts = 'accounts'

export const operationEndpoints = (line: Line): Endpoint[] => [
  ...lineEndpoints(line),
  ...houseEndpoints(line),
  ...termsEndpoints(line),
  ...accountEndpoints(line),
  ...keyEndpoints(line),
  ...peopleEndpoints(line),
  ...backupEndpoints(line),
]

const termsSchema = z.object({
  version: z.int(),
  hash: z.string().describe('SHA-256 of both languages: stands with every order that was placed under it.'),
  zh: z.string(),
  en: z.string(),
  at: z.iso.datetime(),
})

/** What buyers accept when they order. */
const termsEndpoints = ({ operations }: Line): Endpoint[] => [
  actionEndpoint(operations.saleTerms, {
    method: 'GET',
    path: '/terms',
    access: 'public',
    tag: 'pre-orders',
    summary: {
      en: 'The terms of sale that hold now, or an earlier version',
      zh: '当前的预售条款，或某个较早版本',
    },
    as: (terms) => ({ ...terms, at: terms.at.toISOString() }),
    answers: termsSchema,
  }),
  actionEndpoint(operations.changeSaleTerms, {
    path: '/terms',
    tag: 'pre-orders',
    summary: {
      en: 'New terms of sale, in both languages: a version of their own',
      zh: '修改预售条款（中英文，生成新版本）',
    },
    as: ({ version, hash, zh, en, at }) => ({ version, hash, zh, en, at: at.toISOString() }),
    answers: termsSchema,
  }),
]

const lineEndpoints = ({ operations, demand }: Line): Endpoint[] => [
  actionEndpoint(operations.showCounts, {
    method: 'GET',
    path: '/counts',
    tag: operating,
    summary: { en: 'How much is where on the line', zh: '各环节数量' },
  }),
  listEndpoint(operations.listEvents, {
    path: '/events',
    tag: operating,
    summary: { en: 'What happened and who did it, newest first', zh: '事件日志，最新在前' },
    query: pageQuery.extend({ name: operations.listEvents.action.input.shape.name }),
    idOf: ({ id }) => id,
  }),
  actionEndpoint(operations.listParked, {
    method: 'GET',
    path: '/parked',
    tag: operating,
    summary: { en: 'Deliveries that failed too often and wait for a person', zh: '多次失败、等待人工处理的投递' },
  }),
  actionEndpoint(operations.retry, {
    path: '/parked/retry',
    tag: operating,
    summary: { en: 'Try parked deliveries again', zh: '重试搁置的投递' },
  }),
  actionEndpoint(demand.audit, {
    method: 'GET',
    path: '/demand-audit',
    access: 'line:read',
    tag: operating,
    summary: {
      en: 'Counters that differ from the rows they count (empty is good)',
      zh: '计数与预订明细的差异（空为正常）',
    },
    // Only looks: who may read the line may see it, and setting the counters right is the terminal's.
    always: { repair: () => false },
  }),
]

const houseEndpoints = ({ operations }: Line): Endpoint[] => [
  actionEndpoint(operations.showHouse, {
    method: 'GET',
    path: '/house',
    tag: operating,
    summary: { en: 'The house’s rules', zh: '商家规则' },
  }),
  actionEndpoint(operations.changeHouse, {
    method: 'PATCH',
    path: '/house',
    tag: operating,
    summary: { en: 'Change some of the house’s rules', zh: '修改商家规则' },
    // Any object: the action refuses what it does not know under a code of its own.
    sent: anObject,
  }),
]

const accountEndpoints = ({ identity }: Line): Endpoint[] => [
  actionEndpoint(identity.listUsers, {
    method: 'GET',
    path: '/users',
    tag: accounts,
    summary: { en: 'Accounts', zh: '账号' },
  }),
  actionEndpoint(identity.createUser, {
    path: '/users',
    tag: accounts,
    status: 201,
    summary: { en: 'A new account', zh: '新建账号' },
  }),
  actionEndpoint(identity.changeUser, {
    method: 'PATCH',
    path: '/users/:id',
    tag: accounts,
    summary: {
      en: 'Switch an account off or on, give it another role or password, take its second factor away; its sessions end',
      zh: '停用或启用账号、更改角色、重设密码或关闭两步验证；该账号的登录全部失效',
    },
  }),
  actionEndpoint(identity.listSessions, {
    method: 'GET',
    path: '/users/:id/sessions',
    tag: accounts,
    summary: { en: 'Where an account is signed in', zh: '账号的登录列表' },
  }),
  actionEndpoint(identity.endSessions, {
    method: 'DELETE',
    path: '/users/:id/sessions',
    tag: accounts,
    summary: { en: 'Sign an account out everywhere', zh: '结束账号的全部登录' },
  }),
]

const keyEndpoints = ({ identity }: Line): Endpoint[] => [
  actionEndpoint(identity.listKeys, {
    method: 'GET',
    path: '/keys',
    tag: accounts,
    summary: { en: 'API keys, without the keys themselves', zh: 'API 密钥列表（不含密钥本身）' },
  }),
  actionEndpoint(identity.createKey, {
    path: '/keys',
    tag: accounts,
    status: 201,
    summary: { en: 'A new API key; it is in the answer once', zh: '新建 API 密钥；仅显示一次' },
  }),
  actionEndpoint(identity.revokeKey, {
    method: 'DELETE',
    path: '/keys/:id',
    tag: accounts,
    summary: { en: 'Revoke an API key', zh: '撤销 API 密钥' },
  }),
]

const peopleEndpoints = ({ people }: Line): Endpoint[] => [
  actionEndpoint(people.export, {
    path: '/people/export',
    tag: operating,
    summary: { en: 'Everything held on a person', zh: '导出某人的全部信息' },
  }),
  actionEndpoint(people.erase, {
    path: '/people/erase',
    tag: operating,
    summary: {
      en: 'Make everything of a person nobody’s; what stays for now is named with its reason',
      zh: '匿名化某人的全部信息；暂时保留的内容会说明原因',
    },
  }),
]

const backupEndpoints = ({ backups }: Line): Endpoint[] => [
  actionEndpoint(backups.list, {
    method: 'GET',
    path: '/backups',
    tag: operating,
    summary: { en: 'Backups, newest first, and the one under way', zh: '备份列表（最新在前）及正在进行的备份' },
  }),
  actionEndpoint(backups.make, {
    path: '/backups',
    status: 201,
    tag: operating,
    summary: {
      en: 'Write everything into one file while it works: database, files, letters',
      zh: '在运行中将数据库、文件和邮件备份为一个文件',
    },
    // Where the file goes is the house's affair: only the terminal names one.
    always: { file: () => undefined, progress: () => undefined },
    as: ({ file, bytes, ...manifest }) => ({ file, bytes, manifest }),
    answers: z.object({ file: z.string(), bytes: z.int(), manifest: anObject }),
  }),
]
