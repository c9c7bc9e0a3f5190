import Papa from 'papaparse'
import * as z from 'zod'
import { problem } from '../core/errors.ts'
import { CURRENCIES, type Localized } from '../core/values.ts'
import { numberStyle, plainNumber, type NumberStyle, type Separator } from '../core/written.ts'
import { CARE, FIBRES } from './labels.ts'
import { MATERIAL_LIBRARY } from './materials/library.ts'
import { type Material, MATERIAL_ROLES, type MaterialRole, TEXTURES } from './types.ts'

export { CARE, FIBRES } from './labels.ts'
export { MATERIAL_LIBRARY } from './materials/library.ts'

/**
 * Material by id, from the library the house starts with.
 * @throws Problem 422 naming what is there
 */
export function libraryMaterial(id: string): Material {
  const found = MATERIALS[id]
  if (found) return found
  const known = MATERIAL_LIBRARY.map((material) => material.id).join(', ')
  throw problem(
    'materials.unknown',
    422,
    { en: `There is no material "${id}". Choose one of: ${known}.`, zh: `没有面料“${id}”。可选：${known}。` },
    { field: 'material' },
  )
}

/** The library by id: what a style picks its materials from. */
export const MATERIALS: Readonly<Record<string, Material>> = Object.fromEntries(
  MATERIAL_LIBRARY.map((material) => [material.id, material]),
)

/** Library materials that may be used in a role. */
export const materialsFor = (role: MaterialRole): readonly Material[] =>
  MATERIAL_LIBRARY.filter((material) => material.roles.includes(role))

const known = <K extends string>(record: Readonly<Record<K, unknown>>): [K, ...K[]] =>
  Object.keys(record) as [K, ...K[]]

/**
 * A complete material. Refuses what cannot be true of a cloth (usable wider than full, composition that is not 100 %)
 * and what nothing downstream could use (an unknown fibre or care code).
 */
export const materialSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9][a-z0-9-]{1,47}$/, 'lower-case letters, digits and hyphens, 2 to 48 characters'),
    name: z.strictObject({ zh: z.string().trim().min(1).max(60), en: z.string().trim().min(1).max(80) }),
    texture: z.enum(TEXTURES),
    composition: z
      .array(z.strictObject({ fibre: z.enum(known(FIBRES)), percent: z.number().gt(0).max(100) }))
      .min(1)
      .max(8),
    gsm: z.number().min(20).max(2000),
    widthMm: z.number().min(200).max(3600),
    usableWidthMm: z.number().min(150).max(3600),
    nap: z.boolean(),
    shrinkage: z.strictObject({ warp: z.number().min(0).max(20), weft: z.number().min(0).max(20) }),
    wastePercent: z.number().min(0).max(40),
    repeatMm: z.number().min(0).max(1000),
    pricePerMetre: z.int().min(1).max(100_000_00),
    currency: z.enum(CURRENCIES),
    supplierRef: z.string().trim().min(1).max(80),
    care: z
      .array(z.enum(known(CARE)))
      .min(1)
      .max(8),
    roles: z.array(z.enum(MATERIAL_ROLES)).min(1),
  })
  .check((ctx) => {
    const material = ctx.value
    const total = material.composition.reduce((sum, part) => sum + part.percent, 0)
    if (Math.abs(total - 100) > 0.05)
      ctx.issues.push({
        code: 'custom',
        input: material,
        path: ['composition'],
        message: `percentages add up to ${total}, not 100`,
        params: { said: { en: `the percentages add up to ${total}, not 100`, zh: `百分比合计为 ${total}，应为 100` } },
      })
    if (material.usableWidthMm > material.widthMm)
      ctx.issues.push({
        code: 'custom',
        input: material,
        path: ['usableWidthMm'],
        message: 'usable width is greater than the full width',
        params: { said: { en: 'it is greater than the full width', zh: '不能大于全幅宽' } },
      })
  })

/** The columns of the CSV, in order, with an example of what goes in each. */
const COLUMNS = {
  id: 'melton-680',
  name_zh: '厚重麦尔登呢',
  name_en: 'Wool melton',
  texture: 'melton',
  composition: 'wool 80; polyamide 20',
  gsm: '680',
  width_mm: '1500',
  usable_width_mm: '1460',
  nap: 'yes',
  shrinkage_warp_percent: '2',
  shrinkage_weft_percent: '1.5',
  waste_percent: '5',
  repeat_mm: '0',
  price_per_metre: '68.00',
  currency: 'CNY',
  supplier_ref: 'MILL-4471',
  care: 'no-wash; no-bleach; no-tumble; iron-medium; dry-clean-p',
  roles: 'shell; contrast',
} as const
type Column = keyof typeof COLUMNS
const COLUMN_NAMES = Object.keys(COLUMNS) as Column[]

/** Which column a member of the material is read from, to name it in an error. */
const COLUMN_OF: Readonly<Record<string, Column>> = {
  id: 'id',
  'name.zh': 'name_zh',
  'name.en': 'name_en',
  texture: 'texture',
  composition: 'composition',
  gsm: 'gsm',
  widthMm: 'width_mm',
  usableWidthMm: 'usable_width_mm',
  nap: 'nap',
  'shrinkage.warp': 'shrinkage_warp_percent',
  'shrinkage.weft': 'shrinkage_weft_percent',
  wastePercent: 'waste_percent',
  repeatMm: 'repeat_mm',
  pricePerMetre: 'price_per_metre',
  currency: 'currency',
  supplierRef: 'supplier_ref',
  care: 'care',
  roles: 'roles',
}

export interface CsvRowError {
  /** Line in the file, the header being line 1. */
  line: number
  column: string
  text: Localized
}

const MAX_ROWS = 5000

/** An empty table to fill in: the header and one example row. Begins with a byte order mark, which spreadsheets need to read the Chinese. */
export function materialsCsvTemplate(): string {
  return `\uFEFF${Papa.unparse({ fields: [...COLUMN_NAMES], data: [COLUMN_NAMES.map((column) => COLUMNS[column])] })}\r\n`
}

/**
 * A mill's words would be run as a formula by whoever opens the table (https://owasp.org/www-community/attacks/CSV_Injection);
 * the apostrophe in front makes them text, and is taken off when they are read back.
 */
const asText = (cell: string): string => (/^'*[=+\-@＝＋－＠]/.test(cell) ? `'${cell}` : cell)
const fromText = (cell: string): string => (/^'+[=+\-@＝＋－＠]/.test(cell) ? cell.slice(1) : cell)

/** Materials as the CSV that {@link parseMaterialsCsv} reads. */
export function materialsToCsv(materials: readonly Material[]): string {
  const rows = materials.map((m): Record<Column, string> => ({
    id: m.id,
    name_zh: m.name.zh,
    name_en: m.name.en,
    texture: m.texture,
    composition: m.composition.map((part) => `${part.fibre} ${part.percent}`).join('; '),
    gsm: String(m.gsm),
    width_mm: String(m.widthMm),
    usable_width_mm: String(m.usableWidthMm),
    nap: m.nap ? 'yes' : 'no',
    shrinkage_warp_percent: String(m.shrinkage.warp),
    shrinkage_weft_percent: String(m.shrinkage.weft),
    waste_percent: String(m.wastePercent),
    repeat_mm: String(m.repeatMm),
    price_per_metre: (m.pricePerMetre / 100).toFixed(2),
    currency: m.currency,
    supplier_ref: m.supplierRef,
    care: m.care.join('; '),
    roles: m.roles.join('; '),
  }))
  return `\uFEFF${Papa.unparse({ fields: [...COLUMN_NAMES], data: rows.map((row) => COLUMN_NAMES.map((column) => asText(row[column]))) })}\r\n`
}

/**
 * Read a materials table. Rows that are right come back as materials, the others as errors that name line, column,
 * what was there and what is expected; the caller decides whether to take a part.
 * @param table its cells (or its text, separated by commas), and what separates them: a table separated by semicolons writes 1,5 for one and a half
 * @throws Problem 422 for what is no such table at all: wrong columns (told which were expected), nothing in it, too large
 */
export function parseMaterialsCsv(table: string | { rows: readonly (readonly string[])[]; separator: Separator }): {
  materials: Material[]
  errors: CsvRowError[]
} {
  if (typeof table === 'string') {
    const { data } = Papa.parse<string[]>(table.replace(/^\uFEFF/, ''), { delimiter: ',' })
    return parseMaterialsCsv({ rows: data, separator: ',' })
  }
  const expected = COLUMN_NAMES.join(', ')
  const lines = table.rows
    .map((cells, i) => ({ cells, line: i + 1 }))
    .filter(({ cells }) => cells.some((cell) => cell.trim()))
  const found = (lines[0]?.cells ?? []).map((name) => name.normalize('NFKC').trim().toLowerCase())
  const width = found.findLastIndex(Boolean) + 1
  const data = lines.slice(1)
  const missing = COLUMN_NAMES.filter((column) => !found.includes(column))
  if (missing.length > 0)
    throw problem(
      'materials.csv-columns',
      422,
      {
        en: `These columns are missing: ${missing.join(', ')}. The first line must name: ${expected}. Found: ${found.join(', ') || 'nothing'}.`,
        zh: `缺少以下列：${missing.join('、')}。首行应包含：${expected}。实际为：${found.join('、') || '空'}。`,
      },
      { field: 'file', details: { expected: COLUMN_NAMES, missing, found } },
    )
  if (data.length === 0)
    throw problem(
      'materials.csv-empty',
      422,
      {
        en: 'The table has a header but no rows. Add one row for each material.',
        zh: '表格只有表头，没有数据。请每种面料填写一行。',
      },
      { field: 'file' },
    )
  if (data.length > MAX_ROWS)
    throw problem(
      'materials.csv-rows',
      422,
      {
        en: `The table has ${data.length} rows; at most ${MAX_ROWS} can be imported at once.`,
        zh: `表格共 ${data.length} 行，一次最多导入 ${MAX_ROWS} 行。`,
      },
      { field: 'file' },
    )
  const materials: Material[] = []
  const errors: CsvRowError[] = []
  const seen = new Map<string, number>()
  const { style } = numberStyle(
    data.flatMap(({ cells }) => NUMBERS.map((column) => cells[found.indexOf(column)] ?? '')),
    table.separator,
  )
  for (const { cells, line } of data) {
    const full = cells.findLastIndex((cell) => cell.trim()) + 1
    // A workbook leaves out empty cells at the end of a row; a text has as many in each.
    if (full > width || (table.separator !== 'cells' && cells.length < width)) {
      errors.push({
        line,
        column: '',
        text: {
          en: `Line ${line} does not have ${COLUMN_NAMES.length} cells (it has ${cells.length}). Columns expected: ${expected}.`,
          zh: `第 ${line} 行的单元格数量不是 ${COLUMN_NAMES.length} 个（实际 ${cells.length} 个）。应有的列：${expected}。`,
        },
      })
      continue
    }
    const row = Object.fromEntries(found.map((name, i) => [name, fromText((cells[i] ?? '').trim())]))
    const read = readRow(row, line, style)
    if ('errors' in read) {
      errors.push(...read.errors)
      continue
    }
    const before = seen.get(read.material.id)
    if (before !== undefined) {
      errors.push(
        cellError(line, 'id', read.material.id, { en: `already used in line ${before}`, zh: `与第 ${before} 行重复` }),
      )
      continue
    }
    seen.set(read.material.id, line)
    materials.push(read.material)
  }
  return { materials, errors }
}

const cellError = (line: number, column: string, value: string, why: Localized): CsvRowError => ({
  line,
  column,
  text: {
    en: `Line ${line}, column ${column}: "${value}" – ${why.en}.`,
    zh: `第 ${line} 行，${column} 列：“${value}”${why.zh}。`,
  },
})

const list = (value: string): string[] =>
  value
    .split(/[;；、]/)
    .map((item) => item.trim())
    .filter(Boolean)

const YES = ['yes', 'y', 'true', '1', '是', '有']
const NO = ['no', 'n', 'false', '0', '', '否', '无']

/** Columns of numbers; in all of them one way of writing holds. */
const NUMBERS = [
  'gsm',
  'width_mm',
  'usable_width_mm',
  'shrinkage_warp_percent',
  'shrinkage_weft_percent',
  'waste_percent',
  'repeat_mm',
  'price_per_metre',
] as const satisfies readonly Column[]

function readRow(
  row: Record<string, string>,
  line: number,
  style: NumberStyle,
): { material: Material } | { errors: CsvRowError[] } {
  const cell = (column: Column): string => row[column] ?? ''
  const errors: CsvRowError[] = []
  const number = (column: Column): number => {
    const value = cell(column)
    const plain = plainNumber(value, style)
    if (plain !== undefined) return Number(plain)
    errors.push(
      cellError(line, column, value, {
        en: `is not a number; write it like ${COLUMNS[column]}`,
        zh: `不是数字，请写成 ${COLUMNS[column]} 这样的形式`,
      }),
    )
    return Number.NaN
  }
  const nap = cell('nap').toLowerCase()
  if (!YES.includes(nap) && !NO.includes(nap))
    errors.push(cellError(line, 'nap', nap, { en: 'must be yes or no', zh: '应填写“是”或“否”' }))
  const composition = list(cell('composition')).map((part) => {
    const match = /^([a-z]+)\s+(\d+(?:[.,]\d+)?)\s*%?$/i.exec(part)
    return { fibre: (match?.[1] ?? part).toLowerCase(), percent: Number((match?.[2] ?? 'x').replace(',', '.')) }
  })
  const draft = {
    id: cell('id'),
    name: { zh: cell('name_zh'), en: cell('name_en') },
    texture: cell('texture').toLowerCase(),
    composition,
    gsm: number('gsm'),
    widthMm: number('width_mm'),
    usableWidthMm: number('usable_width_mm'),
    nap: YES.includes(nap),
    shrinkage: { warp: number('shrinkage_warp_percent'), weft: number('shrinkage_weft_percent') },
    wastePercent: number('waste_percent'),
    repeatMm: number('repeat_mm'),
    // Money by text, not by multiplying: 68.10 × 100 is not 6810 in binary.
    pricePerMetre: minorUnits(plainNumber(cell('price_per_metre'), style) ?? ''),
    currency: cell('currency').toUpperCase(),
    supplierRef: cell('supplier_ref'),
    care: list(cell('care').toLowerCase()),
    roles: list(cell('roles').toLowerCase()),
  }
  const parsed = materialSchema.safeParse(draft)
  if (parsed.success && errors.length === 0) return { material: parsed.data }
  const told = new Set(errors.map((error) => error.column))
  for (const issue of parsed.error?.issues ?? []) {
    const path = issue.path.map(String)
    const column = COLUMN_OF[path.slice(0, 2).join('.')] ?? COLUMN_OF[path[0] ?? ''] ?? 'id'
    if (told.has(column)) continue
    told.add(column)
    errors.push(
      cellError(line, column, cell(column), {
        // Where there is a closed list it is told below, once.
        en: `${issue.code === 'invalid_value' ? 'is none of the known values' : issue.message}; expected something like "${COLUMNS[column]}"${choicesOf(column)}`,
        zh: `不符合要求，应类似“${COLUMNS[column]}”${choicesOf(column)}`,
      }),
    )
  }
  return { errors }
}

/** The closed lists, told where a cell missed them. */
function choicesOf(column: Column): string {
  const choices: Partial<Record<Column, readonly string[]>> = {
    texture: TEXTURES,
    composition: Object.keys(FIBRES),
    currency: CURRENCIES,
    care: Object.keys(CARE),
    roles: MATERIAL_ROLES,
  }
  const options = choices[column]
  return options ? ` (${options.join(', ')})` : ''
}

function minorUnits(text: string): number {
  const match = /^(\d{1,7})(?:\.(\d{1,2}))?$/.exec(text)
  return match ? Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')) : Number.NaN
}
