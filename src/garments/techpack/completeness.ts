/** The completeness gate: a brief that a factory would have to telephone about is not sent. */
import { problem } from '../../core/errors.ts'
import type { Localized } from '../../core/values.ts'
import { MATERIAL_ROLES } from '../types.ts'
import { briefJsonSchema, briefSchema } from './brief-schema/index.ts'
import type { Brief, BriefDraft } from './brief-schema/index.ts'

export interface Missing {
  /** Where, in the JSON: `techPack.measures[2].toleranceMm`. */
  path: string
  message: Localized
}
type Step = string | number

interface SchemaNode {
  title?: string
  'x-title-zh'?: string
  properties?: Record<string, SchemaNode>
  items?: SchemaNode
  anyOf?: SchemaNode[]
}

/** The published schema, from which fields take their names. */
const ROOT = briefJsonSchema() as SchemaNode

const written = (path: readonly Step[]): string =>
  path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
    .join('')
    .replace(/^\./, '')

/** What a row calls itself: its name, else its code or number. */
function rowName(row: unknown): Localized | undefined {
  if (typeof row !== 'object' || row === null) return undefined
  const record = row as Record<string, unknown>
  for (const key of ['name', 'operation', 'words', 'code', 'size', 'class', 'id']) {
    const value = record[key]
    if (typeof value === 'string' && value) return { zh: value, en: value }
    if (typeof value === 'object' && value !== null) {
      const { zh, en } = value as Partial<Localized>
      if (zh && en) return { zh, en }
    }
  }
  return undefined
}

const memberOf = (value: unknown, step: Step): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<Step, unknown>)[step] : undefined

const memberNode = (node: SchemaNode | undefined, step: string): SchemaNode | undefined =>
  node?.properties?.[step] ?? node?.anyOf?.find((option) => option.properties?.[step])?.properties?.[step]

/** A path in words, from the names the schema gives its members: "Points of measure, row 3 (Half chest), tolerance". */
function wordsFor(path: readonly Step[], brief: unknown, root: SchemaNode): Localized {
  let node: SchemaNode | undefined = root
  let value: unknown = brief
  const zh: string[] = []
  const en: string[] = []
  for (const [depth, step] of path.entries()) {
    value = memberOf(value, step)
    if (typeof step === 'number') {
      node = node?.items
      const name = rowName(value)
      zh.push(`第${step + 1}行${name ? `（${name.zh}）` : ''}`)
      en.push(`row ${step + 1}${name ? ` (${name.en})` : ''}`)
      continue
    }
    node = memberNode(node, step)
    // "tech pack" in front of every section would say nothing
    if (depth === 0 && step === 'techPack' && path.length > 1) continue
    zh.push(node?.['x-title-zh'] ?? step)
    en.push(node?.title ?? step)
  }
  return { zh: zh.join(' · '), en: en.join(', ') }
}

const isAbsent = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  (typeof value === 'string' && !value.trim()) ||
  (Array.isArray(value) && !value.length)

const valueAt = (brief: unknown, path: readonly Step[]): unknown => {
  let value = brief
  for (const step of path) value = memberOf(value, step)
  return value
}

/** Words that stand for "we do not know yet". */
const PLACEHOLDER = /^(tbd|tba|tbc|n\/?a|none|unknown|待定|未定|暂无|无|\?+|-+|—+|…)$/i
/** A specification is a fact with a figure: a weight, a share, a size, a count. */
const isVague = (words: string | null | undefined): boolean =>
  !words || PLACEHOLDER.test(words.trim()) || !/\d/.test(words) || words.trim().length < 6

interface Finding {
  path: Step[]
  zh: string
  en: string
}

function bomFindings(brief: BriefDraft): Finding[] {
  const sizes = [
    ...new Set(
      (brief.order?.quantities ?? []).map((line) => line.size).filter((size) => size !== undefined && size !== null),
    ),
  ]
  return (brief.techPack?.bom ?? []).flatMap((row, i): Finding[] => {
    const at = (...rest: Step[]): Step[] => ['techPack', 'bom', i, ...rest]
    const found: Finding[] = []
    const isCloth = (MATERIAL_ROLES as readonly string[]).includes(row.role ?? '')
    if (row.specification?.zh && row.specification.en)
      if (isVague(row.specification.zh) || isVague(row.specification.en))
        found.push({
          path: at('specification'),
          zh: '过于含糊，请写明成分、克重、尺寸等数据（例：180 g/m² 100%棉汗布）',
          en: 'is vague; state composition, weight or size in figures, such as "180 gsm 100% cotton jersey"',
        })
    if (row.supplierRef && PLACEHOLDER.test(row.supplierRef.trim()))
      found.push({
        path: at('supplierRef'),
        zh: '尚未确定，请填写供应商货号',
        en: "is a placeholder; give the supplier's article number",
      })
    if (isCloth && !row.cloth)
      found.push({
        path: at('cloth'),
        zh: '缺失，请填写成分、克重和门幅',
        en: 'is missing; give composition, weight and width',
      })
    const shares = row.cloth?.composition?.map((part) => part.percent ?? 0) ?? []
    const total = shares.reduce((sum, share) => sum + share, 0)
    if (shares.length && Math.abs(total - 100) > 0.01)
      found.push({
        path: at('cloth', 'composition'),
        zh: `合计为 ${total}%，应为 100%`,
        en: `adds up to ${total} %, not to 100 %`,
      })
    for (const size of sizes)
      if (row.consumption && !(Number(row.consumption[size]) > 0))
        found.push({
          path: at('consumption'),
          zh: `缺少尺码 ${size} 的单耗`,
          en: `says nothing for size ${size}, which is ordered`,
        })
    return found
  })
}

function orderFindings(brief: BriefDraft): Finding[] {
  const found: Finding[] = []
  const order = brief.order
  const lines = order?.quantities ?? []
  const sum = lines.reduce((total, line) => total + (line.units ?? 0), 0)
  if (lines.length && order?.totalUnits && sum !== order.totalUnits)
    found.push({
      path: ['order', 'totalUnits'],
      zh: `为 ${order.totalUnits}，但各尺码配色合计 ${sum}，请核对`,
      en: `is ${order.totalUnits}, but the sizes and colourways add up to ${sum}; make them agree`,
    })
  const price = order?.price
  if (price?.unit && price.total && order?.totalUnits && price.total !== price.unit * order.totalUnits)
    found.push({ path: ['order', 'price', 'total'], zh: '不等于单价乘以总件数', en: 'is not unit price × total units' })
  found.push(...lineFindings(brief))
  found.push(...issueFindings(brief))
  return found
}

/** A promise before the day of issue, another version than was approved, a lot that is not what was ordered. */
function issueFindings(brief: BriefDraft): Finding[] {
  const found: Finding[] = []
  const { order } = brief
  const issued = brief.issuedAt?.slice(0, 10)
  if (order?.shipBy && issued && order.shipBy <= issued)
    found.push({
      path: ['order', 'shipBy'],
      zh: `${order.shipBy} 不晚于签发日期`,
      en: `${order.shipBy} is not after the day of issue`,
    })
  const hash = brief.style?.hash
  if (hash?.approved && hash.sold && hash.sent && (hash.approved !== hash.sold || hash.sold !== hash.sent))
    found.push({
      path: ['style', 'hash'],
      zh: '不一致：审批、销售与下发必须是同一版本',
      en: 'differ: what was approved, sold and sent must be the same',
    })
  const lot = brief.techPack?.quality?.inspection?.lot
  if (lot && order?.totalUnits && lot !== order.totalUnits)
    found.push({
      path: ['techPack', 'quality', 'inspection', 'lot'],
      zh: '与订单总件数不符',
      en: 'is not the number of units ordered',
    })
  return found
}

/** Quantities of a size or a colourway that the style does not have, or said twice. */
function lineFindings(brief: BriefDraft): Finding[] {
  const found: Finding[] = []
  const sizes = brief.style?.sizes?.list ?? []
  const ways = (brief.techPack?.colourways ?? []).map((way) => way.id)
  const seen = new Set<string>()
  for (const [i, line] of (brief.order?.quantities ?? []).entries()) {
    if (line.size && sizes.length && !sizes.includes(line.size))
      found.push({
        path: ['order', 'quantities', i, 'size'],
        zh: `“${line.size}”不在尺码表中`,
        en: `"${line.size}" is not in the size list`,
      })
    if (line.colourway && ways.length && !ways.includes(line.colourway))
      found.push({
        path: ['order', 'quantities', i, 'colourway'],
        zh: `“${line.colourway}”不是本款配色`,
        en: `"${line.colourway}" is no colourway of the style`,
      })
    const key = `${line.size} ${line.colourway}`
    if (seen.has(key))
      found.push({ path: ['order', 'quantities', i], zh: '与前面的行重复', en: 'repeats an earlier row' })
    seen.add(key)
  }
  return found
}

/** For every cloth the lays must cut each size exactly as often as it was ordered. */
function layFindings(brief: BriefDraft): Finding[] {
  const lines = brief.order?.quantities ?? []
  const wanted = new Map<string, number>()
  for (const line of lines) if (line.size) wanted.set(line.size, (wanted.get(line.size) ?? 0) + (line.units ?? 0))
  const rows = brief.markers ?? []
  const roles = [...new Set(rows.map((row) => row.role))]
  return roles.flatMap((role) =>
    [...wanted].flatMap(([size, units]): Finding[] => {
      const lays = rows.filter((row) => row.role === role)
      // A lay without its plies or mix is named by the schema already.
      if (lays.some((row) => !row.plies || !row.mix)) return []
      const cut = lays.reduce((sum, row) => sum + (row.plies ?? 0) * Number(row.mix?.[size] ?? 0), 0)
      const first = rows.findIndex((row) => row.role === role)
      return cut === units
        ? []
        : [
            {
              path: ['markers', first, 'mix'],
              zh: `${role} 共裁 ${size} 码 ${cut} 件，订单为 ${units} 件`,
              en: `of ${role} cut ${cut} of size ${size}, but ${units} are ordered`,
            },
          ]
    }),
  )
}

function measureFindings(brief: BriefDraft): Finding[] {
  const sizes = brief.style?.sizes?.list ?? []
  const graded = new Set((brief.techPack?.grading ?? []).map((row) => row.code))
  return [
    ...(brief.techPack?.measures ?? []).flatMap((row, i): Finding[] =>
      row.code && !graded.has(row.code)
        ? [{ path: ['techPack', 'measures', i], zh: '没有放码规格', en: 'has no row in the graded specification' }]
        : [],
    ),
    ...(brief.techPack?.grading ?? []).flatMap((row, i): Finding[] => {
      const lacking = sizes.filter((size) => !(Number(row.values?.[size]) > 0))
      const found: Finding[] = []
      if (row.values && lacking.length)
        found.push({
          path: ['techPack', 'grading', i, 'values'],
          zh: `缺少尺码 ${lacking.join('、')}`,
          en: `say nothing for size ${lacking.join(', ')}`,
        })
      if (row.steps && sizes.length && row.steps.length !== sizes.length - 1)
        found.push({
          path: ['techPack', 'grading', i, 'steps'],
          zh: `应有 ${sizes.length - 1} 档`,
          en: `must be ${sizes.length - 1}`,
        })
      return found
    }),
  ]
}

/** Kinds of file no brief goes without, and how people call them. */
const NEEDED: readonly (readonly [kind: Brief['files'][number]['kind'], zh: string, en: string])[] = [
  ['tech-pack', '工艺单 PDF', 'the tech pack PDF'],
  ['qc-sheet', '检验单', 'the QC sheet'],
  ['pattern-pdf', '纸样 PDF', 'the pattern PDF'],
  ['pattern-dxf', 'DXF 纸样', 'the DXF pattern'],
  ['marker', '排料图', 'a marker drawing'],
  ['flat', '款式图', 'a flat drawing'],
]
function fileFindings(brief: BriefDraft): Finding[] {
  const files = brief.files ?? []
  if (!files.length) return []
  const names = new Set(files.map((file) => file.name))
  const lacking = NEEDED.filter(([kind]) => !files.some((file) => file.kind === kind))
  const named: [Step[], string | null | undefined][] = [
    [['techPack', 'flats', 'front'], brief.techPack?.flats?.front],
    [['techPack', 'flats', 'back'], brief.techPack?.flats?.back],
    ...(brief.markers ?? []).map((row, i): [Step[], string | null | undefined] => [['markers', i, 'file'], row.file]),
    ...(brief.techPack?.artwork?.items ?? []).map((row, i): [Step[], string | null | undefined] => [
      ['techPack', 'artwork', 'items', i, 'file'],
      row.file,
    ]),
  ]
  return [
    ...lacking.map(([, zh, en]): Finding => ({ path: ['files'], zh: `缺少${zh}`, en: `lack ${en}` })),
    ...named.flatMap(([path, name]): Finding[] =>
      name && !names.has(name) ? [{ path, zh: `“${name}”不在文件清单中`, en: `"${name}" is not among the files` }] : [],
    ),
  ]
}

/**
 * Everything that keeps a brief from being sent, each with its path and a sentence in both languages that names the
 * field as the schema names it. Empty = complete.
 */
export function completeness(brief: BriefDraft): { missing: Missing[] } {
  const found = new Map<string, Missing>()
  const add = (path: readonly Step[], zh: string, en: string): void => {
    const where = written(path)
    const words = wordsFor(path, brief, ROOT)
    const said = { path: where, message: { zh: `${words.zh}：${zh}。`, en: `${words.en}: ${en}.` } }
    const key = `${where} ${en}`
    if (!found.has(key)) found.set(key, said)
  }
  const parsed = briefSchema.safeParse(brief)
  for (const issue of parsed.error?.issues ?? []) {
    const path = issue.path as Step[]
    if (isAbsent(valueAt(brief, path))) add(path, '缺失，请填写', 'is missing; fill it in')
    else add(path, '内容无效，请更正', `is not valid (${issue.message.replace(/\.$/, '')}); correct it`)
  }
  for (const finding of [
    ...orderFindings(brief),
    ...bomFindings(brief),
    ...measureFindings(brief),
    ...layFindings(brief),
    ...fileFindings(brief),
  ])
    add(finding.path, finding.zh, finding.en)
  return { missing: [...found.values()] }
}

/**
 * The gate itself.
 * @returns the brief, now known to be complete
 * @throws Problem 422 `brief.incomplete` with every missing field in words, and in `details.missing` for machines
 */
export function assertComplete(brief: BriefDraft): Brief {
  const { missing } = completeness(brief)
  if (!missing.length) return briefSchema.parse(brief)
  throw problem(
    'brief.incomplete',
    422,
    {
      en: `The brief is not sent: ${missing.length} field(s) to mend. ${missing.map((m) => m.message.en).join(' ')}`,
      zh: `生产单未发送：有 ${missing.length} 处需要补正。${missing.map((m) => m.message.zh).join('')}`,
    },
    { field: missing[0]?.path ?? '', details: { missing } },
  )
}
