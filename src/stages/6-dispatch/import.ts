import Papa from 'papaparse'
import { problem } from '../../core/errors.ts'
import { fieldOf, sayIssue } from '../../core/issues.ts'
import type { Lang, Localized } from '../../core/values.ts'
import { isAmbiguous, numberStyle, writtenNumber } from '../../core/written.ts'
import type { Sheet } from '../../engines/ports.ts'
import { CATEGORIES } from '../../garments/index.ts'
import { factorySchema, type FactoryInput } from './model.ts'

/** The columns a factory list may have; the first two it must have. */
const COLUMNS = [
  'name',
  'country',
  'address',
  'sector',
  'contact_email',
  'lang',
  'categories',
  'moq',
  'max_units',
  'weekly_capacity',
  'lead_days',
  'currency',
  'compliance_class',
  'endpoint',
] as const
type Column = (typeof COLUMNS)[number]

const MOST_ROWS = 5000
/** Lists name the sector in many ways; where they name one that is not clothes, the row is not for us. */
const CLOTHES = /apparel|garment|cloth|textile|knit|fashion|服装|服饰|纺织|针织/i

export interface SkippedRow {
  /** Line in the file, the header being line 1. */
  line: number
  name: string
  reason: Localized
}
export interface ReadRow {
  line: number
  factory: FactoryInput
}

/** What Chinese lists call the columns. */
const CHINESE: Readonly<Record<string, Column>> = {
  名称: 'name',
  工厂名称: 'name',
  厂名: 'name',
  国家: 'country',
  国家地区: 'country',
  地址: 'address',
  行业: 'sector',
  邮箱: 'contact_email',
  联系邮箱: 'contact_email',
  语言: 'lang',
  品类: 'categories',
  类别: 'categories',
  起订量: 'moq',
  最大件数: 'max_units',
  周产能: 'weekly_capacity',
  每周产能: 'weekly_capacity',
  交期天数: 'lead_days',
  币种: 'currency',
  合规等级: 'compliance_class',
  接口地址: 'endpoint',
}

const headerOf = (cell: string): string => {
  const name = cell
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_')
  return CHINESE[name.replaceAll(/[_/()（）]/g, '')] ?? name
}

const COUNTED = ['moq', 'max_units', 'weekly_capacity', 'lead_days'] as const

/**
 * A factory list: its own export, or a public list with `country, name, address, sector`. A row that cannot be used is
 * skipped and told with its line and reason; nothing is skipped in silence.
 * @throws Problem 422 `factories.csv` when it is no such list
 */
export function readFactoryCsv(list: Sheet | string): {
  rows: ReadRow[]
  skipped: SkippedRow[]
  notes: Localized[]
} {
  const sheet: Pick<Sheet, 'rows' | 'separator'> =
    typeof list === 'string'
      ? { rows: Papa.parse<string[]>(list.replace(/^\uFEFF/, ''), { delimiter: ',' }).data, separator: ',' }
      : list
  const lines = sheet.rows
    .map((cells, i) => ({ cells, line: i + 1 }))
    .filter(({ cells }) => cells.some((cell) => cell.trim()))
  // A title may stand above the names of the columns.
  const top = Math.max(
    0,
    lines.slice(0, 10).findIndex(({ cells }) => {
      const names = cells.map(headerOf)
      return names.includes('name') && names.includes('country')
    }),
  )
  const headers = (lines[top]?.cells ?? []).map(headerOf)
  const data = lines.slice(top + 1)
  const at = (column: Column): number => headers.indexOf(column)
  const { style, sure } = numberStyle(
    data.flatMap(({ cells }) => COUNTED.map((column) => cells[at(column)] ?? '')),
    sheet.separator,
  )
  const missing = (['name', 'country'] as const).filter((column) => !headers.includes(column))
  if (missing.length)
    throw problem(
      'factories.csv',
      422,
      {
        en: `The list has no column ${missing.join(' and ')}. Expected in the first line: ${COLUMNS.join(', ')} (name and country are required). Found: ${headers.join(', ').slice(0, 200) || 'nothing'}.`,
        zh: `列表缺少列：${missing.join('、')}。首行应包含：${COLUMNS.join('、')}（name 和 country 必填）。实际为：${headers.join('、').slice(0, 200) || '空'}。`,
      },
      { field: missing[0] ?? 'name' },
    )
  if (data.length > MOST_ROWS)
    throw problem('factories.csv', 422, {
      en: `The list has ${data.length} rows; at most ${MOST_ROWS} are read at once. Split it.`,
      zh: `列表共 ${data.length} 行，一次最多导入 ${MOST_ROWS} 行，请拆分后导入。`,
    })
  const rows: ReadRow[] = []
  const skipped: SkippedRow[] = []
  const seen = new Set<string>()
  data.forEach(({ cells, line }) => {
    const cell = (column: Column): string => (cells[at(column)] ?? '').trim()
    const name = cell('name')
    const skip = (en: string, zh: string) => void skipped.push({ line, name, reason: { en, zh } })
    const key = keyOf(name, cell('country'))
    if (cell('sector') && !CLOTHES.test(cell('sector')))
      return skip(`Its sector is "${cell('sector')}", not clothing.`, `所属行业为“${cell('sector')}”，不是服装。`)
    if (seen.has(key)) return skip('It stands in the list twice.', '列表中重复。')
    // 2.000 is two thousand where points group, and two where they do not: counts are whole, so it is asked.
    const twofold = COUNTED.find(
      (column) =>
        isAmbiguous(cell(column)) && (style === 'mixed' || (!sure && style === 'dot' && cell(column).includes('.'))),
    )
    if (twofold)
      return skip(
        `${twofold}: "${cell(twofold)}" can be read in two ways. Write it without separators, like 2000.`,
        `${twofold} 列：“${cell(twofold)}”有两种读法，请不带分隔符填写，例如 2000。`,
      )
    const unread = COUNTED.find((column) => cell(column) && writtenNumber(cell(column), style) === undefined)
    if (unread)
      return skip(
        `${unread}: "${cell(unread)}" is not a number. Write it like 2000.`,
        `${unread} 列：“${cell(unread)}”不是数字，请写成 2000 这样的形式。`,
      )
    const parsed = factorySchema.safeParse(
      given(cell, (column) => (cell(column) ? writtenNumber(cell(column), style) : undefined)),
    )
    if (!parsed.success) {
      const issue = parsed.error.issues[0]
      const field = fieldOf(issue)
      const why = (lang: Lang) => (issue ? sayIssue(issue, lang) : '')
      return skip(`${field}: ${why('en')}.`, `${field} 列无效：${why('zh')}。`)
    }
    seen.add(key)
    return void rows.push({ line, factory: parsed.data })
  })
  const settled = sure
    ? []
    : data.flatMap(({ cells }) => COUNTED.map((column) => (cells[at(column)] ?? '').trim()).filter(isAmbiguous))
  const example = settled[0] ?? ''
  const note: Localized = {
    en: `Numbers like "${example}" were read as ${writtenNumber(example, style)}, as tables with this separator write thousands.`,
    zh: `形如“${example}”的数字已读作 ${writtenNumber(example, style)}（按此类分隔符的常用千分位写法）。`,
  }
  return { rows, skipped, notes: settled.length ? [note] : [] }
}

/** Two rows are one factory when name and country are the same, however they are written. */
export const keyOf = (name: string, country: string): string =>
  `${name}\n${country}`
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\n]+/gu, '')

/** Only what the row says: empty cells leave the defaults. */
function given(
  cell: (column: Column) => string,
  number: (column: Column) => number | undefined,
): Record<string, unknown> {
  const categories = cell('categories')
    .split(/[;,|、，]/)
    .map((category) => category.trim())
    .filter(Boolean)
  const values: Record<string, unknown> = {
    name: cell('name'),
    country: cell('country'),
    address: cell('address') || undefined,
    contactEmail: cell('contact_email') || undefined,
    lang: cell('lang') || (/^(china|cn|中国|hong kong|taiwan)/i.test(cell('country')) ? 'zh' : 'en'),
    categories: categories.length === 1 && categories[0] === '*' ? [...CATEGORIES] : categories,
    moq: number('moq'),
    maxUnits: number('max_units'),
    weeklyCapacity: number('weekly_capacity'),
    leadDays: number('lead_days'),
    currency: cell('currency').toUpperCase() || undefined,
    complianceClass: cell('compliance_class').toUpperCase() || undefined,
    endpoint: cell('endpoint') || undefined,
  }
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
}
