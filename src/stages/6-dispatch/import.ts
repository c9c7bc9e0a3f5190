import Papa from 'papaparse'
import { problem } from '../../core/errors.ts'
import { fieldOf, sayIssue } from '../../core/issues.ts'
import type { Lang, Localized } from '../../core/values.ts'
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

const number = (text: string): number | undefined => (text === '' ? undefined : Number(text.replaceAll(',', '')))

/**
 * A factory list as CSV: its own export, or a public list with `country, name, address, sector`. A row that cannot
 * be used is skipped and told with its line and reason; nothing is skipped in silence.
 * @throws Problem 422 `factories.csv` when it is no such list
 */
export function readFactoryCsv(text: string): { rows: ReadRow[]; skipped: SkippedRow[] } {
  const { data, meta } = Papa.parse<Record<string, string>>(text.replace(/^\uFEFF/, ''), {
    header: true,
    skipEmptyLines: 'greedy',
    transformHeader: (header) =>
      header
        .trim()
        .toLowerCase()
        .replaceAll(/[\s-]+/g, '_'),
  })
  const headers = meta.fields ?? []
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
  data.forEach((row, index) => {
    const line = index + 2
    const cell = (column: Column): string => (row[column] ?? '').trim()
    const name = cell('name')
    const skip = (en: string, zh: string) => void skipped.push({ line, name, reason: { en, zh } })
    const key = keyOf(name, cell('country'))
    if (cell('sector') && !CLOTHES.test(cell('sector')))
      return skip(`Its sector is "${cell('sector')}", not clothing.`, `所属行业为“${cell('sector')}”，不是服装。`)
    if (seen.has(key)) return skip('It stands in the list twice.', '列表中重复。')
    const parsed = factorySchema.safeParse(given(cell))
    if (!parsed.success) {
      const issue = parsed.error.issues[0]
      const field = fieldOf(issue)
      const why = (lang: Lang) => (issue ? sayIssue(issue, lang) : '')
      return skip(`${field}: ${why('en')}.`, `${field} 列无效：${why('zh')}。`)
    }
    seen.add(key)
    return void rows.push({ line, factory: parsed.data })
  })
  return { rows, skipped }
}

/** Two rows are one factory when name and country are the same, however they are written. */
export const keyOf = (name: string, country: string): string =>
  `${name}\n${country}`
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\n]+/gu, '')

/** Only what the row says: empty cells leave the defaults. */
function given(cell: (column: Column) => string): Record<string, unknown> {
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
    moq: number(cell('moq')),
    maxUnits: number(cell('max_units')),
    weeklyCapacity: number(cell('weekly_capacity')),
    leadDays: number(cell('lead_days')),
    currency: cell('currency').toUpperCase() || undefined,
    complianceClass: cell('compliance_class').toUpperCase() || undefined,
    endpoint: cell('endpoint') || undefined,
  }
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
}
