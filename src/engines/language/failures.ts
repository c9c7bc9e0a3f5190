/** What can go wrong with a model, each with one code, so that the caller's record says which it was. */
import { problem, type Problem } from '../../core/errors.ts'
import { cutText } from '../../core/storable.ts'
import type { Localized } from '../../core/values.ts'
import type { Cut } from '../bounded.ts'
import type { Kind } from './kinds.ts'

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
    en: 'The model or its provider’s filter refused this content. The embedded designer can take over.',
    zh: '模型或服务商的内容审核拒绝了该内容，可由内置设计引擎接手。',
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
  'language.quota': {
    en: 'The account at the model’s provider has no balance or allowance left. Top it up, or raise its limit.',
    zh: '模型服务商账户余额或额度已用完，请充值或提高额度。',
  },
  'language.key': {
    en: 'The model’s endpoint does not accept the key, or the key may not use this model. Check OPENAI_API_KEY.',
    zh: '模型端点不接受该密钥，或该密钥无权使用此模型。请检查 OPENAI_API_KEY。',
  },
  'language.model': {
    en: 'The endpoint has no model of this name. Check OPENAI_MODEL.',
    zh: '端点没有这个名称的模型，请检查 OPENAI_MODEL。',
  },
  'language.context': {
    en: 'The question is longer than the model can read. Choose a model with more context, or design for fewer categories.',
    zh: '提问超出模型可读取的长度，请换用上下文更长的模型，或减少品类。',
  },
  'language.address': {
    en: 'What answers at the model’s address is not such an endpoint. Check OPENAI_BASE_URL (it usually ends in /v1) and any proxy.',
    zh: '模型地址上应答的不是兼容端点，请检查 OPENAI_BASE_URL（通常以 /v1 结尾）及代理设置。',
  },
  'language.rejected': {
    en: 'The model’s endpoint refused the form of the request. MODEL_EXTRA_BODY can add or remove what it wants.',
    zh: '模型端点不接受该请求的形式，可用 MODEL_EXTRA_BODY 增减参数。',
  },
  'language.empty': {
    en: 'The model’s endpoint sent an answer without any words. Try again later, or choose another model.',
    zh: '模型端点返回了空回答，请稍后再试或换用其他模型。',
  },
  'language.too-large': {
    en: 'The model’s answer was larger than any answer may be and was not read to its end.',
    zh: '模型的回答超过允许的大小，未读完即中止。',
  },
  'language.unreadable': {
    en: 'The model’s endpoint sent something that is not an answer. Check the address and any proxy in between.',
    zh: '模型端点返回的内容不是有效回答，请检查地址及中间代理。',
  },
  'language.unavailable': {
    en: 'The model’s endpoint cannot be reached or failed. Try again later.',
    zh: '模型端点无法访问或出错，请稍后再试。',
  },
  'language.unknown': {
    en: 'The process ended while the model was being asked, so what it answered is lost; it may have been charged and is not asked again.',
    zh: '询问模型时进程中断，回答已丢失；可能已计费，不再重复询问。',
  },
  'language.under-way': {
    en: 'The very same question is being asked at this moment. Try again in a moment.',
    zh: '同一问题正在询问中，请稍候再试。',
  },
} as const satisfies Record<string, Localized>
export type LanguageFailure = keyof typeof SAID
export const LANGUAGE_FAILURES = Object.keys(SAID)

/**
 * @param said what the endpoint said, already without secrets; quoted after our own sentence
 */
export function failure(code: LanguageFailure, call: FailedCall, said = ''): Problem {
  const { en, zh } = SAID[code]
  const quote = cutText(said, 400)
  const text = quote ? { en: `${en} It said: “${quote}”`, zh: `${zh}端点的说明：“${quote}”` } : { en, zh }
  return problem(code, 503, text, { details: { ...call, ...(quote ? { cause: quote } : {}) } })
}

const KINDS: Readonly<Record<Kind, LanguageFailure>> = {
  filter: 'language.refused',
  limited: 'language.limited',
  quota: 'language.quota',
  key: 'language.key',
  model: 'language.model',
  context: 'language.context',
  address: 'language.address',
  form: 'language.rejected',
  trouble: 'language.unavailable',
}
export const failureOfKind = (kind: Kind): LanguageFailure => KINDS[kind]

const CUTS: Readonly<Record<Cut, LanguageFailure>> = {
  timeout: 'language.timeout',
  'too-large': 'language.too-large',
  broken: 'language.unavailable',
}
export const failureOfCut = (cut: Cut): LanguageFailure => CUTS[cut]
