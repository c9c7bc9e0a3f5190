import type { Problem } from '../../core/errors.ts'
import type { Localized } from '../../core/values.ts'
import { refused } from './messages.ts'
import type { RefusedRow } from './recording.ts'

/** Rows that a sentence names; all of them stand in its details. */
const NAMED = 5

const named = (errors: readonly RefusedRow[], lang: keyof Localized): string =>
  errors
    .slice(0, NAMED)
    .map(({ line, reason }) => (lang === 'zh' ? `第 ${line} 行：${reason.zh}` : `row ${line}: ${reason.en}`))
    .join(lang === 'zh' ? '；' : '; ') + (errors.length > NAMED ? ' …' : '')

/** Nothing of a list was taken, and why. */
export const refusedRows = (errors: readonly RefusedRow[], field: string): Problem =>
  refused(
    'parcels.rows',
    { n: errors.length, rows: { zh: named(errors, 'zh'), en: named(errors, 'en') } },
    { field, details: { rows: errors } },
  )
