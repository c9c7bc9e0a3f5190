import { problem, type Problem } from '../../core/errors.ts'
import { passing } from '../language/openai.ts'
import { openExchange, type Answered, type Exchange } from '../bounded.ts'
import { kindOf, type Kind } from '../language/kinds.ts'
import { quoted, quoteOf, saidInText } from '../language/said.ts'
import type { ImageConfig } from '../ports.ts'

const SAID = {
  'image.failed': {
    en: 'The picture model did not answer as it should. Our own renderer’s picture is used instead.',
    zh: '图像模型未能正常返回结果，改用内置渲染图。',
  },
  'image.refused': {
    en: 'The picture model refused this request. Our own renderer’s picture is used instead.',
    zh: '图像模型拒绝了该请求，改用内置渲染图。',
  },
  'image.timeout': {
    en: 'The picture model did not answer in time; the picture may have been charged. Our own renderer’s is used instead.',
    zh: '图像模型未在规定时间内返回，可能已计费，改用内置渲染图。',
  },
  'image.limited': {
    en: 'The picture model’s provider asks to slow down. Our own renderer’s picture is used instead.',
    zh: '图像模型服务商限流，改用内置渲染图。',
  },
  'image.quota': {
    en: 'The account at the picture model’s provider has no balance or allowance left. Top it up, or raise its limit.',
    zh: '图像模型服务商账户余额或额度已用完，请充值或提高额度。',
  },
  'image.key': {
    en: 'The picture model’s endpoint does not accept the key, or the key may not use this model. Check OPENAI_API_KEY and IMAGE_MODEL.',
    zh: '图像模型端点不接受该密钥，或密钥无权使用此模型。请检查 OPENAI_API_KEY 与 IMAGE_MODEL。',
  },
  'image.address': {
    en: 'The picture model’s address has no such model, or is not such an endpoint. Check IMAGE_BASE_URL and IMAGE_MODEL.',
    zh: '图像模型地址上没有该模型，或不是兼容端点。请检查 IMAGE_BASE_URL 与 IMAGE_MODEL。',
  },
  'image.unknown': {
    en: 'The process ended while the picture was being drawn, so it is lost; it may have been charged and is not asked again.',
    zh: '绘图时进程中断，图片已丢失；可能已计费，不再重复请求。',
  },
  'image.not-a-picture': {
    en: 'What the picture model sent is not a usable picture: PNG, JPEG or WebP, at most 20 MB, at least 512 pixels.',
    zh: '图像模型返回的内容不是可用图片：应为 PNG、JPEG 或 WebP，不超过 20 MB，边长不小于 512 像素。',
  },
} as const
export const IMAGE_FAILURES = Object.keys(SAID)

/** What a call cost that failed all the same: the picture was drawn and could not be used. */
export interface Paid {
  model: string
  costMicros: number
}

/** @param cause what was said or seen, without secrets: quoted after our own sentence where the endpoint said it */
export function imageFailure(code: keyof typeof SAID, cause: string, paid?: Paid): Problem {
  return problem(code, 503, SAID[code], { details: { cause: quoted(cause), ...paid } })
}

export const MOST_PICTURE_BYTES = 20 * 1024 * 1024

const KINDS: Readonly<Record<Kind, keyof typeof SAID>> = {
  filter: 'image.refused',
  form: 'image.refused',
  context: 'image.refused',
  limited: 'image.limited',
  quota: 'image.quota',
  key: 'image.key',
  model: 'image.address',
  address: 'image.address',
  trouble: 'image.failed',
}

/** What an answer that is no picture means, in the endpoint's own words. */
export const imageRefusal = (config: ImageConfig, { status, text }: Pick<Answered, 'status' | 'text'>): Problem => {
  const said = saidInText(text)
  return imageFailure(KINDS[kindOf(status, said)], `${status}: ${quoteOf(said, [config.apiKey])}`)
}

/** An exchange about one picture: one deadline over all of it. @param maxBytes of one answer */
export const pictureExchange = (config: ImageConfig, maxBytes: number): Exchange =>
  openExchange(config.fetch ?? globalThis.fetch, {
    timeoutMs: config.timeoutMs,
    deadlineMs: config.timeoutMs,
    maxBytes,
    mayAskAgain: passing,
  })

/**
 * How an exchange ended without an answer. Nobody knows whether the picture was drawn: its price stays booked where the
 * question had gone out.
 */
export function pictureLost(
  config: ImageConfig,
  model: string,
  { cut, lost }: Exchange,
  error: unknown,
  taken = false,
): Problem {
  const paid = taken || lost > 0 ? { model, costMicros: config.priceMicros } : undefined
  if (cut?.kind === 'timeout') return imageFailure('image.timeout', cut.why, paid)
  return imageFailure('image.failed', quoted(cut?.why ?? String(error), [config.apiKey]), paid)
}
