import { z } from 'zod'
import { houseSchema } from '../../../stages/0-house/house.ts'
import { keySchema, newUserSchema, userChange } from '../../../stages/0-house/identity.ts'
import type { Line } from '../../line.ts'
import { endpoint, paged, pageOf, pageQuery, type Endpoint } from '../endpoints.ts'
import { anObject, byId, time } from './shapes.ts'

export function operationEndpoints({ operations, identity, demand, backups, people }: Line): Endpoint[] {
  return [
    endpoint({
      method: 'GET',
      path: '/counts',
      access: 'line:read',
      tag: 'operating',
      summary: { en: 'How much is where on the line', zh: '各环节数量' },
      answers: { 200: anObject },
      run: () => operations.counts(),
    }),
    endpoint({
      method: 'GET',
      path: '/events',
      access: 'line:read',
      tag: 'operating',
      summary: { en: 'What happened and who did it, newest first', zh: '事件日志，最新在前' },
      query: pageQuery.extend({ name: z.string().max(80).optional() }),
      answers: {
        200: pageOf(
          z.object({
            id: z.string(),
            name: z.string(),
            payload: anObject,
            actor: z.string(),
            dedupeKey: z.string().nullable(),
            at: time,
          }),
        ),
      },
      run: async ({ actor, query }) =>
        paged(
          await operations.events(actor, { name: query.name, before: query.cursor, limit: query.limit + 1 }),
          query.limit,
          (row) => row.id,
        ),
    }),
    endpoint({
      method: 'GET',
      path: '/parked',
      access: 'line:read',
      tag: 'operating',
      summary: { en: 'Deliveries that failed too often and wait for a person', zh: '多次失败、等待人工处理的投递' },
      answers: { 200: z.array(anObject) },
      run: ({ actor }) => operations.parked(actor),
    }),
    endpoint({
      method: 'POST',
      path: '/parked/retry',
      access: 'system',
      tag: 'operating',
      summary: { en: 'Try parked deliveries again', zh: '重试搁置的投递' },
      body: z.strictObject({ ids: z.array(z.string()).min(1).max(500) }),
      answers: { 200: z.object({ retried: z.int() }) },
      run: async ({ actor, body }) => ({ retried: await operations.retry(actor, body.ids) }),
    }),
    endpoint({
      method: 'GET',
      path: '/demand-audit',
      access: 'line:read',
      tag: 'operating',
      summary: {
        en: 'Counters that differ from the rows they count (empty is good)',
        zh: '计数与预订明细的差异（空为正常）',
      },
      answers: {
        200: z.array(
          z.object({
            campaignId: z.string(),
            field: z.string(),
            counted: z.int(),
            ledger: z.int(),
            about: z.string().optional(),
          }),
        ),
      },
      run: ({ actor }) => demand.audit(actor, { repair: false }),
    }),
    endpoint({
      method: 'GET',
      path: '/house',
      access: 'line:read',
      tag: 'operating',
      summary: { en: 'The house’s rules', zh: '商家规则' },
      answers: { 200: houseSchema },
      run: () => operations.house(),
    }),
    endpoint({
      method: 'PATCH',
      path: '/house',
      access: 'house',
      tag: 'operating',
      summary: { en: 'Change some of the house’s rules', zh: '修改商家规则' },
      body: anObject,
      answers: { 200: houseSchema },
      run: ({ actor, body }) => operations.changeHouse(actor, body),
    }),
    endpoint({
      method: 'GET',
      path: '/users',
      access: 'accounts',
      tag: 'accounts',
      summary: { en: 'Accounts', zh: '账号' },
      answers: { 200: z.array(anObject) },
      run: ({ actor }) => identity.users(actor),
    }),
    endpoint({
      method: 'POST',
      path: '/users',
      access: 'accounts',
      tag: 'accounts',
      summary: { en: 'A new account', zh: '新建账号' },
      body: newUserSchema,
      answers: { 201: z.object({ id: z.string() }) },
      run: async ({ actor, body }) => ({ id: await identity.createUser(actor, body) }),
    }),
    endpoint({
      method: 'PATCH',
      path: '/users/:id',
      access: 'accounts',
      tag: 'accounts',
      summary: {
        en: 'Switch an account off or on, give it another role or password, take its second factor away; its sessions end',
        zh: '停用或启用账号、更改角色、重设密码或关闭两步验证；该账号的登录全部失效',
      },
      params: byId,
      body: userChange.refine((change) => Object.keys(change).length > 0, 'nothing to change'),
      answers: { 200: z.object({ id: z.string() }) },
      async run({ actor, params, body }) {
        await identity.changeUser(actor, params.id, body)
        return { id: params.id }
      },
    }),
    endpoint({
      method: 'GET',
      path: '/users/:id/sessions',
      access: 'accounts',
      tag: 'accounts',
      summary: { en: 'Where an account is signed in', zh: '账号的登录列表' },
      params: byId,
      answers: { 200: z.array(anObject) },
      run: ({ actor, params }) => identity.sessions(actor, params.id),
    }),
    endpoint({
      method: 'DELETE',
      path: '/users/:id/sessions',
      access: 'accounts',
      tag: 'accounts',
      summary: { en: 'Sign an account out everywhere', zh: '结束账号的全部登录' },
      params: byId,
      answers: { 200: z.object({ ended: z.int() }) },
      run: async ({ actor, params }) => ({ ended: await identity.endSessions(actor, params.id) }),
    }),
    endpoint({
      method: 'GET',
      path: '/keys',
      access: 'accounts',
      tag: 'accounts',
      summary: { en: 'API keys, without the keys themselves', zh: 'API 密钥列表（不含密钥本身）' },
      answers: { 200: z.array(anObject) },
      run: ({ actor }) => identity.keys(actor),
    }),
    endpoint({
      method: 'POST',
      path: '/keys',
      access: 'accounts',
      tag: 'accounts',
      summary: { en: 'A new API key; it is in the answer once', zh: '新建 API 密钥；仅显示一次' },
      body: keySchema,
      answers: { 201: z.object({ id: z.string(), key: z.string() }) },
      run: ({ actor, body }) => identity.createKey(actor, body),
    }),
    endpoint({
      method: 'DELETE',
      path: '/keys/:id',
      access: 'accounts',
      tag: 'accounts',
      summary: { en: 'Revoke an API key', zh: '撤销 API 密钥' },
      params: byId,
      answers: { 200: z.object({ revoked: z.literal(true) }) },
      async run({ actor, params }) {
        await identity.revokeKey(actor, params.id)
        return { revoked: true }
      },
    }),
    endpoint({
      method: 'POST',
      path: '/people/export',
      access: 'system',
      tag: 'operating',
      summary: { en: 'Everything held on a person', zh: '导出某人的全部信息' },
      body: z.strictObject({ email: z.string().min(3).max(254) }),
      answers: { 200: anObject },
      run: ({ actor, body }) => people.export(actor, body.email),
    }),
    endpoint({
      method: 'POST',
      path: '/people/erase',
      access: 'system',
      tag: 'operating',
      summary: {
        en: 'Make everything of a person nobody’s; what stays for now is named with its reason',
        zh: '匿名化某人的全部信息；暂时保留的内容会说明原因',
      },
      body: z.strictObject({ email: z.string().min(3).max(254) }),
      answers: {
        200: z.object({
          person: z.string(),
          erased: z.object({ preorders: z.int(), inquiries: z.int(), letters: z.int(), accounts: z.int() }),
          kept: z.array(
            z.object({ what: z.string(), id: z.string(), why: z.object({ zh: z.string(), en: z.string() }) }),
          ),
        }),
      },
      run: ({ actor, body }) => people.erase(actor, body.email),
    }),
    endpoint({
      method: 'GET',
      path: '/backups',
      access: 'system',
      tag: 'operating',
      summary: { en: 'Backups, newest first, and the one under way', zh: '备份列表（最新在前）及正在进行的备份' },
      answers: {
        200: z.object({
          folder: z.string(),
          backups: z.array(
            z.object({
              file: z.string(),
              bytes: z.int(),
              whole: z.boolean(),
              manifest: anObject.optional(),
              checked: anObject.optional().describe('What came of verifying it, in this process.'),
            }),
          ),
          underWay: z.object({ begunAt: time, done: z.int(), total: z.int() }).optional(),
          lastError: z.string().nullable(),
          nextAt: time.nullable().describe('When the schedule makes the next one.'),
        }),
      },
      run: ({ actor }) => backups.list(actor),
    }),
    endpoint({
      method: 'POST',
      path: '/backups',
      access: 'system',
      tag: 'operating',
      summary: {
        en: 'Write everything into one file while it works: database, files, letters',
        zh: '在运行中将数据库、文件和邮件备份为一个文件',
      },
      answers: { 201: z.object({ file: z.string(), bytes: z.int(), manifest: anObject }) },
      async run({ actor }) {
        const { file, bytes, ...manifest } = await backups.make(actor)
        return { file, bytes, manifest }
      },
    }),
  ]
}
