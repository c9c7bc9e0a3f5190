import { z } from 'zod'
import { isSecurityAct } from '../../../core/security.ts'
import { LOG_FORMATS } from '../../../stages/0-house/security.ts'
import type { Line } from '../../line.ts'
import { actionEndpoint } from '../action-endpoint.ts'
import { listEndpoint } from '../list-endpoint.ts'
import { LOG_TYPES } from '../console/security.tsx'
import { endpoint, pageQuery, type Endpoint } from '../endpoints.ts'

const filter = {
  act: z
    .string()
    .max(60)
    .refine((act) => !act.includes('.') || isSecurityAct(act), {
      params: { said: { en: 'the log has no such act', zh: '日志中没有此类操作' } },
    })
    .optional()
    .describe('An act (`key.made`), or the part before the dot for all of its kind.'),
  about: z
    .string()
    .max(120)
    .optional()
    .describe('`user:…`, `key:…`, `factory:…`: what it did and what was done to it.'),
}

export function securityEndpoints({ security }: Line): Endpoint[] {
  const tag = 'operating'
  return [
    listEndpoint(security.list, {
      path: '/security-log',
      tag,
      summary: { en: 'The security log, newest first', zh: '安全日志，最新在前' },
      query: pageQuery.extend({
        ...filter,
        cursor: z.coerce.number().int().min(1).max(2_147_483_647).optional().describe('The `next` of the page before.'),
      }),
      idOf: ({ seq }) => String(seq),
    }),
    endpoint({
      method: 'GET',
      path: '/security-log/export',
      access: 'security',
      tag,
      summary: { en: 'The security log as a file, oldest first', zh: '导出安全日志文件，最早在前' },
      query: z.object({ ...filter, format: z.enum(LOG_FORMATS).default('ndjson') }),
      produces: Object.values(LOG_TYPES),
      answers: { 200: z.string() },
      run: async ({ actor, query, reply }) =>
        reply.type(LOG_TYPES[query.format]).send(await security.export(actor, query)),
    }),
    actionEndpoint(security.verify, {
      method: 'GET',
      path: '/security-log/verification',
      tag,
      summary: {
        en: 'Rows that were changed, are missing or changed places (none is good), and the head to keep elsewhere',
        zh: '被改动、缺失或调换位置的记录（空为正常），以及需另行保存的链头',
      },
    }),
  ]
}
