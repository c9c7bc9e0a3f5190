import { z } from 'zod'
import { problem } from '../../../core/errors.ts'
import { materialSchema } from '../../../garments/index.ts'
import { listSchema, previewSchema, requestSchema } from '../../../stages/2-designs/model.ts'
import { approveSchema, refineSchema, rejectSchema, undoSchema } from '../../../stages/3-approvals/model.ts'
import type { Line } from '../../line.ts'
import { endpoint, type Endpoint } from '../endpoints.ts'
import { readUpload } from '../uploads.ts'
import { anObject, byId, localized } from './shapes.ts'

const runView = z.looseObject({ id: z.string(), state: z.string(), done: z.int(), total: z.int() })
const styleView = z.looseObject({
  style: z.looseObject({
    id: z.string(),
    number: z.string(),
    category: z.string(),
    state: z.string(),
    version: z.int(),
  }),
  version: z.looseObject({
    version: z.int(),
    hash: z.string(),
    spec: anObject,
    derived: anObject,
    gates: z.array(anObject),
    pictures: z.array(anObject),
  }),
  blocked: z.array(anObject).describe('Gates that forbid approving it.'),
  review: z.array(anObject).describe('Gates that ask for a second look.'),
})
const changes = z.object({
  version: z.int().optional(),
  changes: z.array(anObject),
  notUnderstood: z.array(anObject),
  clamped: z.array(anObject),
})

const noFile = () =>
  problem(
    'uploads.no-file',
    422,
    { en: 'Choose a file and send it as the field "file".', zh: '请选择文件，并以 file 字段提交。' },
    { field: 'file' },
  )

/** The next page's `cursor` under the name all lists use. */
const withNext = <T>({ items, cursor }: { items: T[]; cursor: string | undefined }) => ({
  items,
  ...(cursor === undefined ? {} : { next: cursor }),
})

export function designEndpoints({ designs, approvals }: Line): Endpoint[] {
  return [
    endpoint({
      method: 'POST',
      path: '/design-runs',
      access: 'designs',
      tag: 'designs',
      summary: { en: 'Ask for designs from trends; the worker makes them', zh: '根据趋势请求设计；由后台生成' },
      body: requestSchema,
      answers: { 202: z.object({ id: z.string() }) },
      run: ({ actor, body }) => designs.requestDesigns(actor, body),
    }),
    endpoint({
      method: 'GET',
      path: '/design-runs/:id',
      access: 'designs:read',
      tag: 'designs',
      summary: { en: 'How far a run is', zh: '设计任务进度' },
      params: byId,
      answers: { 200: runView },
      run: ({ actor, params }) => designs.getRun(actor, params.id),
    }),
    endpoint({
      method: 'GET',
      path: '/styles',
      access: 'designs:read',
      tag: 'styles',
      summary: { en: 'Styles, newest first, each with its current version', zh: '款式列表，最新在前（含当前版本）' },
      query: listSchema.extend({ limit: z.coerce.number().int().min(1).max(100).default(20) }),
      answers: { 200: z.object({ items: z.array(styleView), next: z.string().optional() }) },
      run: async ({ actor, query }) => withNext(await designs.listStyles(actor, query)),
    }),
    endpoint({
      method: 'GET',
      path: '/styles/:id',
      access: 'designs:read',
      tag: 'styles',
      summary: { en: 'One style with its versions', zh: '单个款式及其版本' },
      params: byId,
      query: z.object({ version: z.coerce.number().int().min(1).optional() }),
      answers: { 200: styleView },
      run: ({ actor, params, query }) => designs.getStyle(actor, params.id, query.version),
    }),
    endpoint({
      method: 'GET',
      path: '/styles/:id/decisions',
      access: 'designs:read',
      tag: 'styles',
      summary: { en: 'Every decision about a style', zh: '款式的全部决定' },
      params: byId,
      answers: { 200: z.array(anObject) },
      run: ({ actor, params }) => approvals.history(actor, params.id),
    }),
    endpoint({
      method: 'POST',
      path: '/styles/:id/approve',
      access: 'approvals',
      tag: 'styles',
      summary: { en: 'Approve the version that was looked at; its campaign opens', zh: '通过所查看的版本并开启预售' },
      params: byId,
      body: approveSchema,
      answers: { 200: z.object({ hash: z.string() }) },
      run: ({ actor, params, body }) => approvals.approve(actor, params.id, body),
    }),
    endpoint({
      method: 'POST',
      path: '/styles/:id/refine',
      access: 'approvals',
      tag: 'styles',
      summary: { en: 'Change a style with a sentence, in Chinese or English', zh: '用一句话修改款式（中英文均可）' },
      params: byId,
      body: refineSchema,
      answers: { 200: changes },
      run: ({ actor, params, body }) => approvals.refine(actor, params.id, body),
    }),
    endpoint({
      method: 'POST',
      path: '/styles/:id/preview',
      access: 'approvals',
      tag: 'styles',
      summary: {
        en: 'What a sentence would change, without changing anything; send its `preview` to refine to apply exactly that',
        zh: '预览一句话会带来的修改；将返回的 preview 一并提交给 refine 即可原样应用',
      },
      params: byId,
      body: previewSchema,
      answers: {
        200: changes.extend({
          by: z.enum(['rules', 'model']).describe('Who understood the sentence.'),
          insteadOfModel: z.string().optional().describe('Why the rules took over from a configured model.'),
          preview: z.string().optional(),
        }),
      },
      run: ({ actor, params, body }) => designs.previewRefinement(actor, params.id, body),
    }),
    endpoint({
      method: 'POST',
      path: '/styles/:id/reference',
      access: 'approvals',
      upload: true,
      tag: 'styles',
      summary: {
        en: 'What would change if the style took its leading colour from a picture (multipart: file, version); send `sentence` and `preview` to refine to apply it',
        zh: '预览按参考图取色的修改（multipart：file、version）；将 sentence 与 preview 提交给 refine 即可应用',
      },
      params: byId,
      answers: {
        200: changes.extend({ sentence: z.string(), colours: z.array(anObject), preview: z.string().optional() }),
      },
      async run({ actor, params, request }) {
        const { fields, file } = await readUpload(request)
        if (!file) throw noFile()
        const version = fields['version'] === undefined ? {} : { version: Number(fields['version']) }
        return designs.previewReference(actor, params.id, { ...version, bytes: file.bytes })
      },
    }),
    endpoint({
      method: 'POST',
      path: '/styles/:id/undo',
      access: 'approvals',
      tag: 'styles',
      summary: { en: 'Back to the version this one came from', zh: '撤销，恢复为上一版本' },
      params: byId,
      body: undoSchema,
      answers: { 200: z.object({ version: z.int() }) },
      run: ({ actor, params, body }) => approvals.undo(actor, params.id, body),
    }),
    endpoint({
      method: 'POST',
      path: '/styles/:id/reject',
      access: 'approvals',
      tag: 'styles',
      summary: { en: 'Reject a style, with a reason', zh: '否决款式，并说明原因' },
      params: byId,
      body: rejectSchema,
      answers: { 200: z.object({ rejected: z.literal(true) }) },
      async run({ actor, params, body }) {
        await approvals.reject(actor, params.id, body)
        return { rejected: true }
      },
    }),
    endpoint({
      method: 'GET',
      path: '/materials',
      access: 'designs:read',
      tag: 'materials',
      summary: { en: 'The material library', zh: '面辅料库' },
      answers: { 200: z.array(anObject) },
      run: ({ actor }) => designs.listMaterials(actor),
    }),
    endpoint({
      method: 'PUT',
      path: '/materials',
      access: 'house',
      tag: 'materials',
      summary: { en: 'Add a material, or change the one of its id', zh: '新增或修改面辅料' },
      body: materialSchema,
      answers: { 200: anObject },
      run: ({ actor, body }) => designs.updateMaterial(actor, body),
    }),
    endpoint({
      method: 'POST',
      path: '/materials/import',
      access: 'house',
      upload: true,
      tag: 'materials',
      summary: {
        en: 'Import materials from a CSV (multipart: file): all of it, or none with the errors line by line',
        zh: '以 CSV 导入面辅料（multipart：file）：全部成功，或逐行报告错误',
      },
      answers: { 200: z.object({ taken: z.int(), errors: z.array(anObject), notes: z.array(localized) }) },
      async run({ actor, request }) {
        const { file } = await readUpload(request)
        if (!file) throw noFile()
        return designs.importMaterials(actor, file.bytes, file.name)
      },
    }),
  ]
}
