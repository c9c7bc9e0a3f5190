/** Reads a table of rows for a rule: a CSV with the names of its columns on top. */
import Papa from 'papaparse'
import type { z } from 'zod'
import { sayIssue } from '../../core/issues.ts'
import { refused } from './messages.ts'

const MOST_ROWS = 100_000

/**
 * All rows, or none: a table is decided about whole.
 * @param text of the file
 * @param schema of a row, after the names of its columns
 * @throws Problem 422 with the line and the column, and what would be right
 */
export function readRows<S extends z.ZodObject>(text: string, schema: S): z.infer<S>[] {
  const { data, errors } = Papa.parse<Record<string, string>>(text.replace(/^\uFEFF/, ''), {
    header: true,
    skipEmptyLines: 'greedy',
    transformHeader: (name) => name.trim().toLowerCase(),
    transform: (cell) => cell.trim(),
  })
  const names = Object.keys(schema.shape).join(', ')
  if (!data.length) throw refused('rules.empty', { columns: names })
  if (data.length > MOST_ROWS) throw refused('rules.too-many', { most: MOST_ROWS })
  const broken = errors.find(({ type }) => type !== 'Delimiter')
  if (broken) throw refused('rules.row', { line: (broken.row ?? 0) + 2, columns: names })
  return data.map((cells, index) => {
    // An empty cell is one that is left out.
    const row = Object.fromEntries(Object.entries(cells).filter(([, cell]) => cell !== ''))
    const read = schema.safeParse(row)
    if (read.success) return read.data
    const [issue] = read.error.issues
    const column = String(issue?.path[0] ?? '')
    if (!Object.hasOwn(cells, column)) throw refused('rules.column', { column, columns: names })
    throw refused('rules.cell', {
      line: index + 2,
      column,
      cell: (cells[column] ?? '').slice(0, 40),
      what: issue ? { en: sayIssue(issue, 'en'), zh: sayIssue(issue, 'zh') } : '',
    })
  })
}
