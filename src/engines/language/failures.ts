/** What can go wrong with a model, each with one code, so that the caller's record says which it was. */
import { APIConnectionTimeoutError, APIError, APIUserAbortError, RateLimitError } from 'openai'
import { problem, type Problem } from '../../core/errors.ts'
import type { Localized } from '../../core/values.ts'

/** Metering of a call that failed: money may have been spent all the same. */
export interface FailedCall {
  model: string
  requestId: string | undefined
  usage: { input: number; output: number }
  costMicros: number
  latencyMs: number
  attempts: number
  mode: string
}

const SAID = {
  'language.refused': {
    en: 'The model refused to answer. The embedded designer can take over.',
    zh: '模型拒绝回答，可由内置设计引擎接手。',
  },
  'language.truncated': {
    en: 'The model’s answer was cut off at its length limit. Ask for fewer designs at once.',
    zh: '模型的回答超出长度上限被截断，请减少一次生成的款数。',
  },
  'language.timeout': {
    en: 'The model did not answer in time. Try again later, or raise the time limit.',
    zh: '模型未在规定时间内回答，请稍后再试或调高超时时间。',
  },
  'language.limited': {
    en: 'The model’s provider asks to slow down. Try again later.',
    zh: '模型服务商限流，请稍后再试。',
  },
  'language.rejected': {
    en: 'The model’s endpoint refused the request. Check key, model name and address.',
    zh: '模型端点拒绝了请求，请检查密钥、模型名称和地址。',
  },
  'language.unavailable': {
    en: 'The model’s endpoint cannot be reached or failed. Try again later.',
    zh: '模型端点无法访问或出错，请稍后再试。',
  },
} as const satisfies Record<string, Localized>
export type LanguageFailure = keyof typeof SAID
export const LANGUAGE_FAILURES = Object.keys(SAID)

export const failure = (code: LanguageFailure, call: FailedCall, cause?: string): Problem =>
  problem(code, 503, SAID[code], {
    details: { ...call, ...(cause === undefined ? {} : { cause: cause.slice(0, 500) }) },
  })

/** Which failure an error of the client is. */
export function failureOf(error: unknown): LanguageFailure {
  if (error instanceof APIConnectionTimeoutError || error instanceof APIUserAbortError) return 'language.timeout'
  if (error instanceof RateLimitError) return 'language.limited'
  if (error instanceof APIError && typeof error.status === 'number' && error.status < 500) return 'language.rejected'
  return 'language.unavailable'
}
