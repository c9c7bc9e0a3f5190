import { problem, type Problem } from '../../core/errors.ts'
import type { Fetch } from '../language/recording.ts'

export interface ImageConfig {
  /** `openai`: images.generate and images.edit; `dashscope`: the native multimodal-generation route. */
  kind: 'openai' | 'dashscope'
  /** OpenAI: `https://api.openai.com/v1`; DashScope: `https://dashscope.aliyuncs.com/api/v1`. */
  baseUrl: string
  apiKey?: string
  model: string
  /** DashScope has a model of its own for edits. */
  editModel?: string
  timeoutMs: number
  retries: number
  /** Price of one picture in millionths of the account's currency. */
  priceMicros: number
  fetch?: Fetch
}

const SAID = {
  'image.failed': {
    en: 'The picture model did not answer as it should. Our own renderer’s picture is used instead.',
    zh: '图像模型未能正常返回结果，改用内置渲染图。',
  },
  'image.refused': {
    en: 'The picture model refused this request. Our own renderer’s picture is used instead.',
    zh: '图像模型拒绝了该请求，改用内置渲染图。',
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

export const imageFailure = (code: keyof typeof SAID, cause: string, paid?: Paid): Problem =>
  problem(code, 503, SAID[code], { details: { cause: cause.slice(0, 500), ...paid } })

export const MOST_PICTURE_BYTES = 20 * 1024 * 1024
