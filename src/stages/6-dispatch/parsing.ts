import type { z } from 'zod'
import { problem } from '../../core/errors.ts'
import { fieldOf, sayIssue } from '../../core/issues.ts'
import type { Lang } from '../../core/values.ts'

/** Parse what a person or a machine sent, or say which field is wrong. @throws Problem 422 */
export function parsed<T>(schema: z.ZodType<T>, input: unknown, code: string): T {
  const result = schema.safeParse(input)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  const field = fieldOf(issue)
  const say = (lang: Lang) => (issue ? sayIssue(issue, lang) : '')
  throw problem(
    code,
    422,
    {
      en: `${field ? `"${field}" cannot be that` : 'That cannot be used'}: ${say('en')}. Correct it and send it again.`,
      zh: `${field ? `“${field}”的取值无效` : '内容无效'}：${say('zh')}。请更正后重新提交。`,
    },
    { field: field || unknown(issue) },
  )
}

/** A field that there is none of is the field at fault. */
const unknown = (issue: z.core.$ZodIssue | undefined): string =>
  issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 3).join(', ').slice(0, 80) : ''
