import { fillAll, type Given } from './messages.ts'
import type { Lang, Localized } from './values.ts'

/** What else a problem may say: the field at fault, members for machines, seconds to wait before trying again. */
export interface ProblemExtra {
  field?: string
  retryAfter?: number
  details?: Record<string, unknown>
}

/**
 * Something a person or a machine asked for that cannot be done, said in both languages with its remedy.
 * Turned into RFC 9457 problem+json or a page in one place (edges/http/failures.ts).
 */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly code: string
  readonly status: number
  readonly text: Localized
  readonly extra: ProblemExtra

  constructor(code: string, status: number, text: Localized, extra: ProblemExtra = {}) {
    super(`${code}: ${text.en}`)
    this.code = code
    this.status = status
    this.text = text
    this.extra = extra
  }

  say(lang: Lang): string {
    return this.text[lang]
  }
}

/**
 * The one error factory. `code` is stable and machine-readable (`campaigns.closed`), `text` says what is wrong
 * and what to do about it, as one or two sentences in each language.
 */
export const problem = (code: string, status: number, text: Localized, extra?: ProblemExtra): Problem =>
  new Problem(code, status, text, extra)

/** A refusal as its folder's catalogue keeps it: HTTP status and words, under its stable code. */
export type Refusals = Readonly<Record<string, Localized & { readonly status: number }>>

/**
 * The refusals of one folder (`messages.ts`), as the function that makes them:
 * `throw refused('campaigns.closed', { day }, { field: 'lines' })`. Where one code has several sentences, each has a key
 * of its own (`feeds.office-file#xls`): what follows the mark is no part of the code.
 */
export const refusals = <const R extends Refusals>(entries: R) =>
  Object.assign(
    <K extends keyof R & string>(code: K, ...more: [...Given<R[K]['en']>, extra?: ProblemExtra]): Problem => {
      const [values, extra] = more as unknown as [Record<string, string> | undefined, ProblemExtra | undefined]
      const { status, ...text } = entries[code] as R[K]
      return problem(code.replace(/#.*/, ''), status, fillAll(text as unknown as Localized, values), extra)
    },
    { entries },
  )

/** A thing asked for by id that is not there (404). */
export const notFound = (what: Localized, id: string): Problem =>
  problem('not-found', 404, {
    en: `There is no ${what.en} "${id}". Check the address, or go back to the list.`,
    zh: `没有找到${what.zh}“${id}”。请检查地址，或返回列表。`,
  })

/** A problem, also one that a library has wrapped on its way (the query builder does, around what a driver throws). */
export function problemIn(error: unknown): Problem | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 4; at = at.cause, depth++)
    if (at instanceof Problem) return at
  return undefined
}
