/** The security log, for those who answer for the installation: to read, to take away, to verify. */
import Papa from 'papaparse'
import { z } from 'zod'
import { canonicalJson } from '../../core/canonical.ts'
import type { LogRow } from '../../db/security-log.ts'
import { refused } from './messages.ts'
import { anObject } from './model.ts'

export type { Fault, LogRow, Verdict } from '../../db/security-log.ts'

export const LOG_FORMATS = ['ndjson', 'csv'] as const
export type LogFormat = (typeof LOG_FORMATS)[number]

/** An act or the part of its name before the dot; a tag: what it did and what was done to it. */
export const logFilter = z.object({ act: z.string().optional(), about: z.string().optional() })

/** A row as the API answers with it. */
export const logRow = z.object({
  seq: z.int(),
  at: z.iso.datetime(),
  act: z.string(),
  actor: z.string(),
  subject: z.string().nullable(),
  details: anObject,
  previous: z.string(),
  hash: z.string(),
})

const COLUMNS = ['seq', 'at', 'act', 'actor', 'subject', 'details', 'previous', 'hash'] as const
const newline = '\n'

/** What stands above the rows. */
export const headerOf: Readonly<Record<LogFormat, readonly string[]>> = {
  ndjson: [],
  csv: [COLUMNS.join(',') + newline],
}

/** A row as a machine reads it: JSON whose hash anybody can take anew, or a line of a table. */
export const written: Readonly<Record<LogFormat, (row: LogRow) => string>> = {
  ndjson: (row) => canonicalJson(row) + newline,
  csv: ({ details, at, ...row }) => {
    const cells: Record<string, unknown> = { ...row, at: at.toISOString(), details: canonicalJson(details) }
    return Papa.unparse([COLUMNS.map((name) => cells[name] ?? '')], { newline, escapeFormulae: true }) + newline
  },
}

/** `12:ab34…`: a number and the hash of its row, as verifying prints it and as somebody keeps it elsewhere. */
export function notedHead(text: string): { seq: number; hash: string } {
  const [, seq = '', hash = ''] = /^(\d{1,9}):([0-9a-f]{64})$/.exec(text.trim()) ?? []
  if (!hash) throw refused('security.head', undefined, { field: 'head' })
  return { seq: Number(seq), hash }
}
