import { z } from 'zod'
import { problem, problemIn, type Problem } from '../../core/errors.ts'
import { invalid } from '../../core/parse.ts'
import type { Lang } from '../../core/values.ts'
import { errorCode } from '../../db/database.ts'
import { refused } from './messages.ts'

/** RFC 9457, as every failing API answer is. `field` names what to mend, `code` is for machines. */
export interface ProblemDetails {
  type: string
  title: string
  status: number
  detail: string
  code: string
  field?: string
  [member: string]: unknown
}

const TITLES: Record<number, { en: string; zh: string }> = {
  400: { en: 'Bad request', zh: '请求有误' },
  401: { en: 'Sign in first', zh: '请先登录' },
  403: { en: 'Not allowed', zh: '没有权限' },
  404: { en: 'Not found', zh: '未找到' },
  405: { en: 'Not possible here', zh: '不支持该方法' },
  406: { en: 'No such format', zh: '没有该格式' },
  409: { en: 'Not possible now', zh: '当前无法执行' },
  410: { en: 'Gone', zh: '已失效' },
  413: { en: 'Too large', zh: '内容过大' },
  415: { en: 'Unsupported format', zh: '格式不支持' },
  422: { en: 'Please check the input', zh: '请检查输入' },
  429: { en: 'Too many requests', zh: '请求过于频繁' },
  503: { en: 'Not available just now', zh: '暂时不可用' },
}

export const titleOf = (status: number, lang: Lang): string =>
  (TITLES[status] ?? { en: 'Something went wrong', zh: '出错了' })[lang]

export function detailsOf(failure: Problem, lang: Lang): ProblemDetails {
  return {
    type: `/docs/problems#${failure.code}`,
    title: titleOf(failure.status, lang),
    status: failure.status,
    detail: failure.say(lang),
    code: failure.code,
    ...(failure.extra.field === undefined ? {} : { field: failure.extra.field }),
    ...failure.extra.details,
  }
}

/** PostgreSQL: "character not in repertoire". Its texts hold every character but NUL. */
const UNSTORABLE = '22021'

/** Anything thrown, as a problem. What is not ours to say in public becomes a plain 500; the log keeps the rest. */
export function asProblem(error: unknown): Problem {
  const known = problemIn(error)
  if (known) return known
  if (error instanceof z.core.$ZodError) return invalid(error, 'request')
  const { statusCode, code, message } = (error ?? {}) as { statusCode?: number; code?: string; message?: string }
  if (statusCode === 413) return refused('input.too-large')
  if (statusCode === 415) return refused('input.format')
  if (statusCode === 429) return refused('input.too-often', undefined, { retryAfter: 60 })
  if (errorCode(error) === UNSTORABLE) return refused('input.unstorable')
  if (statusCode && statusCode >= 400 && statusCode < 500) {
    const what = { en: message ?? code ?? 'malformed', zh: message ?? code ?? '格式错误' }
    const { code: malformed, text } = refused('input.malformed', { what })
    return problem(malformed, statusCode, text)
  }
  return refused('internal')
}
