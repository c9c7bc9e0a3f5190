import type OpenAI from 'openai'
import { lazily } from '../../../core/lazily.ts'
import { Problem } from '../../../core/errors.ts'
import { withExtra, type Extra } from '../../extra-body.ts'
import type { ImageAdapter, ImageConfig, ImageModel } from '../../ports.ts'
import { imageFailure, imageRefusal, MOST_PICTURE_BYTES, pictureExchange, pictureLost } from '../config.ts'
import { readPicture } from '../reading.ts'

const library = lazily(() => import('openai'))

/** A picture in base64, and what stands around it. */
const MOST_ANSWER_BYTES = Math.ceil((MOST_PICTURE_BYTES * 4) / 3) + 1024 * 1024

/** The picture in an answer, where it holds one: bare, or as an address that carries it. */
function pictureIn(text: string): { base64: string | undefined; empty: boolean } {
  try {
    const { data } = JSON.parse(text) as { data?: { b64_json?: unknown; url?: unknown }[] }
    const first = Array.isArray(data) ? data[0] : undefined
    const said = [first?.b64_json, first?.url].find((each): each is string => typeof each === 'string')
    const base64 = said?.startsWith('data:') ? said.slice(said.indexOf(',') + 1) : first?.b64_json
    return { base64: typeof base64 === 'string' && base64 ? base64 : undefined, empty: Array.isArray(data) }
  } catch {
    return { base64: undefined, empty: false }
  }
}

/**
 * OpenAI images. The GPT image models always answer base64 and refuse `response_format`, so it is not sent; a server
 * that answers an address instead (older models) is told so rather than fetched from: this adapter downloads nothing.
 */
function openOpenAiImages(config: ImageConfig): ImageModel {
  type Asking = (client: OpenAI, options: { signal: AbortSignal }) => { asResponse(): Promise<Response> }

  async function draw(model: string, ask: Asking): ReturnType<ImageModel['generate']> {
    const exchange = pictureExchange(config, MOST_ANSWER_BYTES)
    const { OpenAI, APIError } = await library()
    const client = new OpenAI({
      baseURL: config.baseUrl,
      apiKey: config.apiKey || 'none',
      organization: null,
      project: null,
      // Ours is the limit, which also holds for the bytes after the headers.
      timeout: config.timeoutMs + 60_000,
      maxRetries: config.retries,
      logLevel: 'off',
      fetch: exchange.fetch,
    })
    const text = await exchange
      .within(async () => (await ask(client, { signal: exchange.signal }).asResponse()).text())
      .catch((error: unknown) => {
        if (error instanceof Problem) throw error
        const { cut, last } = exchange
        if (!cut && last && error instanceof APIError && error.status !== undefined) throw imageRefusal(config, last)
        throw pictureLost(config, model, exchange, error)
      })
    const paid = { model, costMicros: config.priceMicros }
    const { base64, empty } = pictureIn(text)
    if (base64 === undefined) {
      if (empty) throw imageFailure('image.failed', 'no base64 picture in the answer', paid)
      throw imageRefusal(config, { status: 400, text })
    }
    return { png: await readPicture(Buffer.from(base64, 'base64'), paid), ...paid }
  }

  const editModel = config.editModel ?? config.model
  const withMore = <T extends Extra>(body: T): T => withExtra(body, config.extraBody ?? {}) as T
  return {
    name: config.model,
    priceMicros: config.priceMicros,
    generate: ({ prompt, size }) =>
      draw(config.model, (client, options) =>
        client.images.generate(withMore({ model: config.model, prompt, size, n: 1 as const }), options),
      ),
    edit: async ({ prompt, image, size }) => {
      const { toFile } = await library()
      const file = await toFile(image, 'packshot.png', { type: 'image/png' })
      return draw(editModel, (client, options) =>
        client.images.edit({ ...withMore({ model: editModel, prompt, size, n: 1 }), image: file }, options),
      )
    },
  }
}

export const openAi: ImageAdapter = {
  kind: 'openai',
  baseUrl: 'https://api.openai.com/v1',
  open: openOpenAiImages,
}
