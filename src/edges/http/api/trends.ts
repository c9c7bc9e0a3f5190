import { z } from 'zod'
import { problem } from '../../../core/errors.ts'
import { COLUMN_ROLES } from '../../../engines/ports.ts'
import { addSourceSchema, FORMATS, listTrendsSchema } from '../../../stages/1-trends/model.ts'
import type { Line } from '../../line.ts'
import { endpoint, type Endpoint } from '../endpoints.ts'
import { readUpload } from '../uploads.ts'
import { anObject, byId, localized, time } from './shapes.ts'

const trendSchema = z.looseObject({
  id: z.string(),
  term: z.string(),
  label: localized,
  kind: z.string(),
  week: z.string(),
  rank: z.int(),
  lift: z.number().nullable().describe('Season coming.'),
  rise: z.number().nullable().describe('Structural rise.'),
  burst: z.number().nullable().describe('Fresh burst.'),
  confidence: z.number().nullable(),
  evidence: anObject,
})

const sourceSchema = z.looseObject({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['feed', 'upload']),
  format: z.string(),
  url: z.string().nullable(),
  enabled: z.boolean(),
  lastFetchedAt: time.nullable(),
  lastError: localized.nullable(),
})

const uploadSchema = z.object({
  sourceId: z.string().optional().describe('Absent in a preview, as are ingestId and itemsNew.'),
  ingestId: z.string().optional(),
  name: z.string().describe('Of the source: given, or by the kind of file.'),
  format: z.enum(FORMATS),
  itemsSeen: z.int(),
  itemsNew: z.int().optional(),
  kept: z.int().describe('Entries and series that count.'),
  changed: z.int().describe('Read otherwise than they are written; the notes say how.'),
  leftOut: z.int().describe('Not kept; the notes say why.'),
  notes: z.array(localized),
  columns: z
    .array(z.object({ role: z.enum(COLUMN_ROLES), column: z.string() }))
    .describe('Of a table: what was taken as what. Send `columns` to change it.'),
  found: z.array(z.string()).describe('Of a table: the names of all its columns.'),
})

export function trendEndpoints({ trends }: Line): Endpoint[] {
  return [
    endpoint({
      method: 'GET',
      path: '/trends',
      access: 'trends:read',
      tag: 'trends',
      summary: {
        en: 'A week’s trends in the combined order, with three scores apart and their evidence',
        zh: '某周趋势（综合排序，三项评分分列，附依据）',
      },
      query: listTrendsSchema.extend({ limit: z.coerce.number().int().min(1).max(200).default(50) }),
      answers: {
        200: z.object({ week: z.string().optional(), items: z.array(trendSchema), next: z.string().optional() }),
      },
      async run({ actor, query }) {
        const { week, trends: items, next } = await trends.listTrends(actor, query)
        return { week, items, next }
      },
    }),
    endpoint({
      method: 'GET',
      path: '/trends/:id',
      access: 'trends:read',
      tag: 'trends',
      summary: { en: 'One trend', zh: '单个趋势' },
      params: byId,
      answers: { 200: trendSchema },
      run: ({ actor, params }) => trends.getTrend(actor, params.id),
    }),
    endpoint({
      method: 'GET',
      path: '/trends/:id/series',
      access: 'trends:read',
      tag: 'trends',
      summary: { en: 'A trend’s weekly history in each source', zh: '趋势在各来源的每周历史' },
      params: byId,
      answers: {
        200: z.array(
          z.object({ source: anObject, points: z.array(z.object({ week: z.string(), value: z.number() })) }),
        ),
      },
      run: ({ actor, params }) => trends.trendSeries(actor, params.id),
    }),
    endpoint({
      method: 'POST',
      path: '/trends/score',
      access: 'trends',
      tag: 'trends',
      summary: { en: 'Score a week anew', zh: '重新评分某一周' },
      body: z.strictObject({ week: z.iso.date().optional() }),
      answers: { 200: z.object({ week: z.string(), trends: z.int() }) },
      run: ({ actor, body }) => trends.scoreWeek(actor, body.week),
    }),
    endpoint({
      method: 'GET',
      path: '/sources',
      access: 'trends:read',
      tag: 'sources',
      summary: { en: 'Where trends are read from', zh: '趋势来源' },
      answers: { 200: z.array(sourceSchema) },
      run: ({ actor }) => trends.listSources(actor),
    }),
    endpoint({
      method: 'POST',
      path: '/sources',
      access: 'trends',
      tag: 'sources',
      summary: { en: 'Add a feed by its address', zh: '按地址添加订阅源' },
      body: addSourceSchema,
      answers: { 201: sourceSchema },
      run: ({ actor, body }) => trends.addSource(actor, body),
    }),
    endpoint({
      method: 'GET',
      path: '/sources/:id',
      access: 'trends:read',
      tag: 'sources',
      summary: { en: 'A source with its last readings', zh: '来源及其最近读取记录' },
      params: byId,
      answers: { 200: z.object({ source: sourceSchema, ingests: z.array(anObject) }) },
      run: ({ actor, params }) => trends.getSource(actor, params.id),
    }),
    endpoint({
      method: 'PATCH',
      path: '/sources/:id',
      access: 'trends',
      tag: 'sources',
      summary: { en: 'Switch a source on or off', zh: '启用或停用来源' },
      params: byId,
      body: z.strictObject({ enabled: z.boolean() }),
      answers: { 200: sourceSchema },
      run: ({ actor, params, body }) => trends.setSourceEnabled(actor, params.id, body.enabled),
    }),
    endpoint({
      method: 'POST',
      path: '/sources/:id/fetch',
      access: 'trends',
      tag: 'sources',
      summary: { en: 'Fetch a source now', zh: '立即抓取' },
      params: byId,
      answers: { 202: sourceSchema },
      run: ({ actor, params }) => trends.fetchNow(actor, params.id),
    }),
    endpoint({
      method: 'POST',
      path: '/uploads',
      access: 'trends',
      upload: true,
      tag: 'sources',
      summary: {
        en: 'Upload a feed, an export or a table of sales (multipart: file, name, lang, format, region, columns like "date=Day; units=Qty", dates: month-first or day-first; preview=true only looks and stores nothing)',
        zh: '上传订阅文件、导出文件或销售表（multipart：file、name、lang、format、region；columns 如“date=统计日期; units=支付件数”；dates：month-first 或 day-first；preview=true 仅预览，不保存）',
      },
      answers: { 201: uploadSchema, 200: uploadSchema },
      async run({ actor, request, reply }) {
        const { fields, file } = await readUpload(request)
        if (!file)
          throw problem(
            'uploads.no-file',
            422,
            { en: 'Choose a file and send it as the field "file".', zh: '请选择文件，并以 file 字段提交。' },
            { field: 'file' },
          )
        const upload = { ...fields, fileName: file.name, contentType: file.type, bytes: file.bytes }
        const preview = ['true', '1', 'on'].includes(fields['preview'] ?? '')
        reply.code(preview ? 200 : 201)
        if (!preview) return trends.upload(actor, upload)
        return trends.previewUpload(actor, upload)
      },
    }),
  ]
}
