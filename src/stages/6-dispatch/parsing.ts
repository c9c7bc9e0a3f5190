import type { z } from 'zod'
import { problem } from '../../core/errors.ts'

/** Parse what a person or a machine sent, or say which field is wrong. @throws Problem 422 */
export function parsed<T>(schema: z.ZodType<T>, input: unknown, code: string): T {
  const result = schema.safeParse(input)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  const field = issue?.path.join('.') || (issue?.code === 'unrecognized_keys' ? issue.keys.join(', ') : '')
  throw problem(
    code,
    422,
    {
      en: `${field ? `"${field}" cannot be that` : 'That cannot be used'}: ${issue?.message ?? 'not valid'}. Correct it and send it again.`,
      zh: `${field ? `“${field}”的取值无效` : '内容无效'}：${issue?.message ?? ''}。请更正后重新提交。`,
    },
    { field },
  )
}
