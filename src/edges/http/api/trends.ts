import { z } from 'zod'
import { parse } from '../../../core/parse.ts'
import { trendView, uploadView } from '../../../stages/1-trends/views.ts'
import type { Line } from '../../line.ts'
import { actionEndpoint } from '../action-endpoint.ts'
import { endpoint, type Endpoint } from '../endpoints.ts'
import { readUpload } from '../uploads.ts'
import { refused } from '../messages.ts'

export const trendEndpoints = ({ trends }: Line): Endpoint[] => [
  ...ofTrends(trends),
  ...ofWords(trends),
  ...ofSources(trends),
]

function ofWords(trends: Line['trends']): Endpoint[] {
  const tag = 'words'
  return [
    actionEndpoint(trends.listWords, {
      method: 'GET',
      path: '/words',
      tag,
      summary: {
        en: 'Words that the vocabulary lacks, with their evidence; or those that were decided',
        zh: '词表中没有的新词及其依据，或已处理的词',
      },
    }),
    actionEndpoint(trends.exportWords, {
      method: 'GET',
      path: '/vocabulary',
      tag,
      summary: { en: 'The house’s own words as a vocabulary file', zh: '导出自有词表' },
    }),
    actionEndpoint(trends.importWords, {
      path: '/vocabulary',
      tag,
      summary: { en: 'Take over a vocabulary file, whole or not at all', zh: '导入词表文件（整体成功或整体不变）' },
    }),
    actionEndpoint(trends.getWord, {
      method: 'GET',
      path: '/words/:id',
      tag,
      summary: { en: 'One word, and who decided what of it', zh: '单个词及其处理记录' },
    }),
    actionEndpoint(trends.acceptWord, {
      path: '/words/:id/accept',
      tag,
      summary: { en: 'A word becomes part of the vocabulary, with what it means', zh: '收录新词并说明其含义' },
    }),
    actionEndpoint(trends.mergeWord, {
      path: '/words/:id/merge',
      tag,
      summary: { en: 'A word is another wording of a term', zh: '将词合并到已有词条' },
    }),
    actionEndpoint(trends.dismissWord, {
      path: '/words/:id/dismiss',
      tag,
      summary: { en: 'A word is none: it is not proposed again', zh: '忽略该词，不再提出' },
    }),
    actionEndpoint(trends.undoWord, {
      path: '/words/:id/undo',
      tag,
      summary: { en: 'Take back what was decided last', zh: '撤销上一次处理' },
    }),
  ]
}

function ofTrends(trends: Line['trends']): Endpoint[] {
  const tag = 'trends'
  return [
    actionEndpoint(trends.listTrends, {
      method: 'GET',
      path: '/trends',
      tag,
      summary: {
        en: 'A week’s trends in the combined order, with three scores apart and their evidence',
        zh: '某周趋势（综合排序，三项评分分列，附依据）',
      },
      as: ({ trends: items, ...page }) => ({ ...page, items }),
      answers: z.object({
        week: z.string().optional(),
        newest: z
          .string()
          .optional()
          .describe(
            'The newest week that anything was read of; where it is later than the newest with trends, it has none.',
          ),
        items: z.array(trendView),
        next: z.string().optional(),
      }),
    }),
    actionEndpoint(trends.getTrend, {
      method: 'GET',
      path: '/trends/:id',
      tag,
      summary: { en: 'One trend', zh: '单个趋势' },
    }),
    actionEndpoint(trends.trendSeries, {
      method: 'GET',
      path: '/trends/:id/series',
      tag,
      summary: { en: 'A trend’s weekly history in each source', zh: '趋势在各来源的每周历史' },
    }),
    actionEndpoint(trends.scoreWeek, {
      path: '/trends/score',
      tag,
      summary: { en: 'Score a week anew', zh: '重新评分某一周' },
    }),
  ]
}

function ofSources(trends: Line['trends']): Endpoint[] {
  const tag = 'sources'
  return [
    actionEndpoint(trends.listSources, {
      method: 'GET',
      path: '/sources',
      tag,
      summary: { en: 'Where trends are read from', zh: '趋势来源' },
    }),
    actionEndpoint(trends.addSource, {
      path: '/sources',
      status: 201,
      tag,
      summary: { en: 'Add a feed by its address', zh: '按地址添加订阅源' },
      sent: trends.addSource.action.input,
    }),
    actionEndpoint(trends.getSource, {
      method: 'GET',
      path: '/sources/:id',
      tag,
      summary: { en: 'A source with its last readings', zh: '来源及其最近读取记录' },
    }),
    actionEndpoint(trends.setSourceEnabled, {
      method: 'PATCH',
      path: '/sources/:id',
      tag,
      summary: { en: 'Switch a source on or off', zh: '启用或停用来源' },
    }),
    actionEndpoint(trends.fetchNow, {
      path: '/sources/:id/fetch',
      status: 202,
      tag,
      summary: { en: 'Fetch a source now', zh: '立即抓取' },
    }),
    endpoint({
      method: 'POST',
      path: '/uploads',
      access: 'trends',
      upload: true,
      tag,
      summary: {
        en: 'Upload a feed, an export or a table of sales (multipart: file, name, lang, format, region, columns like "date=Day; units=Qty", dates: month-first or day-first; preview=true only looks and stores nothing)',
        zh: '上传订阅文件、导出文件或销售表（multipart：file、name、lang、format、region；columns 如“date=统计日期; units=支付件数”；dates：month-first 或 day-first；preview=true 仅预览，不保存）',
      },
      answers: { 201: uploadView, 200: uploadView },
      async run({ actor, request, reply }) {
        const { fields, file } = await readUpload(request)
        if (!file) throw refused('uploads.no-file', undefined, { field: 'file' })
        const sent = { ...fields, fileName: file.name, contentType: file.type, bytes: file.bytes }
        const upload = parse(trends.upload.action.input, sent, 'body')
        const preview = ['true', '1', 'on'].includes(fields['preview'] ?? '')
        reply.code(preview ? 200 : 201)
        return preview ? trends.previewUpload(actor, upload) : trends.upload(actor, upload)
      },
    }),
  ]
}
