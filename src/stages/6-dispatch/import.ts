import Papa from 'papaparse'
import { fieldOf, sayIssue } from '../../core/issues.ts'
import type { Lang, Localized } from '../../core/values.ts'
import { isAmbiguous, numberStyle, writtenNumber } from '../../core/written.ts'
import type { Sheet } from '../../engines/ports.ts'
import { CATEGORIES } from '../../garments/index.ts'
import { refused, words } from './messages.ts'
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
    throw refused(
      'factories.csv#columns',
      {
        missing: { en: missing.join(' and '), zh: missing.join('、') },
        columns: { en: COLUMNS.join(', '), zh: COLUMNS.join('、') },
        found: {
          en: headers.join(', ').slice(0, 200) || 'nothing',
          zh: headers.join('、').slice(0, 200) || '空',
        },
      },
      { field: missing[0] ?? 'name' },
    )
  if (data.length > MOST_ROWS) throw refused('factories.csv#rows', { rows: data.length, most: MOST_ROWS })
  const rows: ReadRow[] = []
  const skipped: SkippedRow[] = []
  const seen = new Set<string>()
  data.forEach(({ cells, line }) => {
    const cell = (column: Column): string => (cells[at(column)] ?? '').trim()
    const name = cell('name')
    const skip = (reason: Localized) => void skipped.push({ line, name, reason })
    const key = keyOf(name, cell('country'))
    const sector = cell('sector')
    if (sector && !CLOTHES.test(sector)) return skip(words.all('import.sector', { sector }))
    if (seen.has(key)) return skip(words.all('import.twice'))
    // 2.000 is two thousand where points group, and two where they do not: counts are whole, so it is asked.
    const twofold = COUNTED.find(
      (column) =>
        isAmbiguous(cell(column)) && (style === 'mixed' || (!sure && style === 'dot' && cell(column).includes('.'))),
    )
    if (twofold) return skip(words.all('import.twofold', { column: twofold, cell: cell(twofold) }))
    const unread = COUNTED.find((column) => cell(column) && writtenNumber(cell(column), style) === undefined)
    if (unread) return skip(words.all('import.number', { column: unread, cell: cell(unread) }))
    const parsed = factorySchema.safeParse(
      given(cell, (column) => (cell(column) ? writtenNumber(cell(column), style) : undefined)),
    )
    if (!parsed.success) {
      const issue = parsed.error.issues[0]
      const why = (lang: Lang) => (issue ? sayIssue(issue, lang) : '')
      return skip(words.all('import.field', { field: fieldOf(issue), why: { en: why('en'), zh: why('zh') } }))
    }
    seen.add(key)
    return void rows.push({ line, factory: parsed.data })
  })
  const settled = sure
    ? []
    : data.flatMap(({ cells }) => COUNTED.map((column) => (cells[at(column)] ?? '').trim()).filter(isAmbiguous))
  const example = settled[0] ?? ''
  const note = words.all('import.read-as', { example, number: String(writtenNumber(example, style)) })
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
