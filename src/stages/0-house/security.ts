import { Readable } from 'node:stream'
import Papa from 'papaparse'
import { authorize, type Actor } from '../../core/actor.ts'
import { canonicalJson } from '../../core/canonical.ts'
import { logPage, logRows, verifyStored, type LogFilter, type LogRow, type Verdict } from '../../db/security-log.ts'
import type { Context } from '../context.ts'
import { refused } from './messages.ts'

export type { Fault, LogRow, Verdict } from '../../db/security-log.ts'
export type Security = ReturnType<typeof openSecurity>

export const LOG_FORMATS = ['ndjson', 'csv'] as const
export type LogFormat = (typeof LOG_FORMATS)[number]

const COLUMNS = ['seq', 'at', 'act', 'actor', 'subject', 'details', 'previous', 'hash'] as const
const newline = '\n'

/** A row as a machine reads it: JSON whose hash anybody can take anew, or a line of a table. */
const written: Record<LogFormat, (row: LogRow) => string> = {
  ndjson: (row) => canonicalJson(row) + newline,
  csv: ({ details, at, ...row }) => {
    const cells: Record<string, unknown> = { ...row, at: at.toISOString(), details: canonicalJson(details) }
    return Papa.unparse([COLUMNS.map((name) => cells[name] ?? '')], { newline, escapeFormulae: true }) + newline
  },
}

/** `12:ab34…`: a number and the hash of its row, as `verify` prints it and as somebody keeps it elsewhere. */
export function notedHead(text: string): { seq: number; hash: string } {
  const [, seq = '', hash = ''] = /^(\d{1,9}):([0-9a-f]{64})$/.exec(text.trim()) ?? []
  if (!hash) throw refused('security.head', undefined, { field: 'head' })
  return { seq: Number(seq), hash }
}

/** The security log, for those who answer for the installation: to read, to take away, to verify. */
export function openSecurity({ db }: Context) {
  return {
    /** Newest first. */
    async list(actor: Actor, page: LogFilter & { before?: number | undefined; limit: number }): Promise<LogRow[]> {
      authorize(actor, 'security')
      return logPage(db.read, page)
    },

    /** The whole log or what the filter leaves of it, oldest first, as a stream of lines. */
    export(actor: Actor, format: LogFormat, filter: LogFilter = {}): Readable {
      authorize(actor, 'security')
      async function* lines() {
        if (format === 'csv') yield COLUMNS.join(',') + newline
        for await (const row of logRows(db.read, filter)) yield written[format](row)
      }
      return Readable.from(lines())
    },

    /**
     * Every row that was changed, is missing or stands elsewhere; an empty list is good.
     * @param noted a head that somebody kept elsewhere: finds a log that was written anew as a whole
     */
    async verify(actor: Actor, noted?: { seq: number; hash: string }): Promise<Verdict> {
      authorize(actor, 'security')
      return verifyStored(db.read, noted)
    },
  }
}
