import { z } from 'zod'
import { isSecurityAct } from '../../../core/security.ts'
import { LOG_FORMATS, notedHead } from '../../../stages/0-house/security.ts'
import type { Line } from '../../line.ts'
import { LOG_TYPES } from '../console/security.tsx'
import { endpoint, paged, pageOf, pageQuery, type Endpoint } from '../endpoints.ts'
import { anObject, time } from './shapes.ts'

const filter = {
  act: z
    .string()
    .max(60)
    .refine((act) => !act.includes('.') || isSecurityAct(act), 'is no act of the log')
    .optional()
    .describe('An act (`key.made`), or the part before the dot for all of its kind.'),
  about: z
    .string()
    .max(120)
    .optional()
    .describe('`user:…`, `key:…`, `factory:…`: what it did and what was done to it.'),
}
const row = z.object({
  seq: z.int(),
  at: time,
  act: z.string(),
  actor: z.string(),
  subject: z.string().nullable(),
  details: anObject,
  previous: z.string(),
  hash: z.string(),
})
const head = z.object({ seq: z.int(), hash: z.string() })

export function securityEndpoints({ security }: Line): Endpoint[] {
  return [
    endpoint({
      method: 'GET',
      path: '/security-log',
      access: 'security',
      tag: 'operating',
      summary: { en: 'The security log, newest first', zh: '安全日志，最新在前' },
      query: pageQuery.extend({
        ...filter,
        cursor: z.coerce.number().int().min(1).max(2_147_483_647).optional().describe('The `next` of the page before.'),
      }),
      answers: { 200: pageOf(row) },
      run: async ({ actor, query: { cursor, limit, ...rest } }) =>
        paged(await security.list(actor, { ...rest, before: cursor, limit: limit + 1 }), limit, ({ seq }) =>
          String(seq),
        ),
    }),
    endpoint({
      method: 'GET',
      path: '/security-log/export',
      access: 'security',
      tag: 'operating',
      summary: { en: 'The security log as a file, oldest first', zh: '导出安全日志文件，最早在前' },
      query: z.object({ ...filter, format: z.enum(LOG_FORMATS).default('ndjson') }),
      produces: Object.values(LOG_TYPES),
      answers: { 200: z.string() },
      run: ({ actor, query: { format, ...rest }, reply }) =>
        reply.type(LOG_TYPES[format]).send(security.export(actor, format, rest)),
    }),
    endpoint({
      method: 'GET',
      path: '/security-log/verification',
      access: 'security',
      tag: 'operating',
      summary: {
        en: 'Rows that were changed, are missing or changed places (none is good), and the head to keep elsewhere',
        zh: '被改动、缺失或调换位置的记录（空为正常），以及需另行保存的链头',
      },
      query: z.object({ head: z.string().max(80).optional().describe('A head that was kept: `12:ab34…`.') }),
      answers: {
        200: z.object({
          rows: z.int(),
          head: head.optional(),
          faults: z.array(z.looseObject({ fault: z.string(), seq: z.int() })),
        }),
      },
      run: ({ actor, query }) => security.verify(actor, query.head === undefined ? undefined : notedHead(query.head)),
    }),
  ]
}
