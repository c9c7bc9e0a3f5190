/** zod's complaints in words for a person: the one translator. What is told of a refused body has an end. */
import { z } from 'zod'
import type { Lang, Localized } from './values.ts'

const LOCALES = { zh: z.locales.zhCN(), en: z.locales.en() } as const

/** Complaints that are listed, and characters of anything the sender chose. */
export const MOST_ISSUES = 20
const MOST_NAME = 80
const MOST_WORDS = 300

const cut = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most)}…` : text)

/** `lines.0.size`; a key that the sender made up is shortened. */
export const fieldOf = (issue: z.core.$ZodIssue | undefined): string =>
  cut((issue?.path ?? []).slice(0, 20).map(String).join('.'), MOST_NAME)

const unknownKeys = (keys: readonly string[]): Localized => {
  const shown = keys.slice(0, 5).map((key) => `"${cut(key, 40)}"`)
  const rest = keys.length - shown.length
  return {
    en: `it has fields that are not known here: ${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`,
    zh: `包含未知字段：${shown.join('、')}${rest > 0 ? ` 等 ${keys.length} 个` : ''}`,
  }
}

/** One complaint, as the middle of a sentence. */
export function sayIssue(issue: z.core.$ZodIssue, lang: Lang): string {
  if (issue.code === 'unrecognized_keys') return unknownKeys(issue.keys)[lang]
  const own = issue.code === 'custom' ? (issue.params?.['said'] as Localized | undefined) : undefined
  if (own) return own[lang]
  if (issue.code === 'custom' && issue.message && lang === 'en') return cut(issue.message, MOST_WORDS)
  const words = LOCALES[lang].localeError(issue as never)
  return cut((typeof words === 'string' ? words : words?.message) ?? issue.message, MOST_WORDS)
}

/** The first complaints with their fields, for machines. */
export const listIssues = ({ issues }: z.core.$ZodError): { path: string; message: string }[] =>
  issues.slice(0, MOST_ISSUES).map((issue) => ({ path: fieldOf(issue), message: sayIssue(issue, 'en') }))
