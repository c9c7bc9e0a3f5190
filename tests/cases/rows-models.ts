import type { CaseRow } from './row.ts'

export const rows: readonly CaseRow[] = []
