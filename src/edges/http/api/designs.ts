import { z } from 'zod'
import { listSchema } from '../../../stages/2-designs/model.ts'
import { styleView } from '../../../stages/2-designs/views.ts'
import type { Line } from '../../line.ts'
import { actionEndpoint } from '../action-endpoint.ts'
import type { Endpoint } from '../endpoints.ts'

/** The next page's `cursor` under the name all lists use. */
const withNext = <T>({ items, cursor }: { items: T[]; cursor: string | undefined }) => ({
  items,
  ...(cursor === undefined ? {} : { next: cursor }),
})

export const designEndpoints = (line: Line): Endpoint[] => [
  ...runEndpoints(line),
  ...styleEndpoints(line),
  ...decisionEndpoints(line),
  ...materialEndpoints(line),
]

const runEndpoints = ({ designs }: Line): Endpoint[] => [
  actionEndpoint(designs.requestDesigns, {
    path: '/design-runs',
    status: 202,
    tag: 'designs',
    summary: { en: 'Ask for designs from trends; the worker makes them', zh: '根据趋势请求设计；由后台生成' },
  }),
  actionEndpoint(designs.getRun, {
    method: 'GET',
    path: '/design-runs/:id',
    tag: 'designs',
    summary: { en: 'How far a run is', zh: '设计任务进度' },
  }),
  actionEndpoint(designs.listUnfollowed, {
    method: 'GET',
    path: '/unfollowed-trends',
    tag: 'designs',
    summary: {
      en: 'What trends of a month asked for and the house cannot make, most asked for first',
      zh: '某月趋势要求、但目前做不了的服装与细节（按要求次数排序）',
    },
  }),
  actionEndpoint(designs.listPreferences, {
    method: 'GET',
    path: '/preferences',
    tag: 'designs',
    summary: {
      en: 'How far approvals, rejections and sales move the next designs, by attribute, with the sums behind it',
      zh: '以往审批与销售对后续设计的影响（按属性，含计算依据）',
    },
  }),
]

const styleEndpoints = ({ designs, approvals }: Line): Endpoint[] => [
  actionEndpoint(designs.listStyles, {
    method: 'GET',
    path: '/styles',
    tag: 'styles',
    summary: { en: 'Styles, newest first, each with its current version', zh: '款式列表，最新在前（含当前版本）' },
    sent: listSchema,
    as: withNext,
    answers: z.object({ items: z.array(styleView), next: z.string().optional() }),
  }),
  actionEndpoint(designs.getStyle, {
    method: 'GET',
    path: '/styles/:id',
    tag: 'styles',
    summary: { en: 'One style with its versions', zh: '单个款式及其版本' },
  }),
  actionEndpoint(approvals.history, {
    method: 'GET',
    path: '/styles/:id/decisions',
    tag: 'styles',
    summary: { en: 'Every decision about a style', zh: '款式的全部决定' },
  }),
]

const decisionEndpoints = ({ designs, approvals }: Line): Endpoint[] => [
  actionEndpoint(approvals.approve, {
    path: '/styles/:id/approve',
    tag: 'styles',
    summary: { en: 'Approve the version that was looked at; its campaign opens', zh: '通过所查看的版本并开启预售' },
  }),
  actionEndpoint(approvals.refine, {
    path: '/styles/:id/refine',
    tag: 'styles',
    summary: { en: 'Change a style with a sentence, in Chinese or English', zh: '用一句话修改款式（中英文均可）' },
  }),
  actionEndpoint(designs.previewRefinement, {
    path: '/styles/:id/preview',
    tag: 'styles',
    summary: {
      en: 'What a sentence would change, without changing anything; send its `preview` to refine to apply exactly that',
      zh: '预览一句话会带来的修改；将返回的 preview 一并提交给 refine 即可原样应用',
    },
  }),
  actionEndpoint(designs.previewReference, {
    path: '/styles/:id/reference',
    tag: 'styles',
    summary: {
      en: 'What would change if the style took its leading colour from a picture (multipart: file, version); send `sentence` and `preview` to refine to apply it',
      zh: '预览按参考图取色的修改（multipart：file、version）；将 sentence 与 preview 提交给 refine 即可应用',
    },
    upload: ({ fields: { version }, file: { bytes } }) => ({
      ...(version === undefined ? {} : { version: Number(version) }),
      bytes,
    }),
  }),
  actionEndpoint(approvals.undo, {
    path: '/styles/:id/undo',
    tag: 'styles',
    summary: { en: 'Back to the version this one came from', zh: '撤销，恢复为上一版本' },
  }),
  actionEndpoint(approvals.reject, {
    path: '/styles/:id/reject',
    tag: 'styles',
    summary: { en: 'Reject a style, with a reason', zh: '否决款式，并说明原因' },
  }),
]

const materialEndpoints = ({ designs }: Line): Endpoint[] => [
  actionEndpoint(designs.listMaterials, {
    method: 'GET',
    path: '/materials',
    tag: 'materials',
    summary: { en: 'The material library', zh: '面辅料库' },
  }),
  actionEndpoint(designs.updateMaterial, {
    method: 'PUT',
    path: '/materials',
    tag: 'materials',
    summary: { en: 'Add a material, or change the one of its id', zh: '新增或修改面辅料' },
  }),
  actionEndpoint(designs.importMaterials, {
    path: '/materials/import',
    tag: 'materials',
    summary: {
      en: 'Import materials from a CSV (multipart: file): all of it, or none with the errors line by line',
      zh: '以 CSV 导入面辅料（multipart：file）：全部成功，或逐行报告错误',
    },
    upload: ({ file: { bytes, name } }) => ({ list: bytes, fileName: name }),
  }),
]
