import OpenAI, { APIError, toFile } from 'openai'
import type { ImageModel } from '../ports.ts'
import { imageFailure, type ImageConfig } from './config.ts'
import { readPicture } from './reading.ts'

/**
 * OpenAI images. The GPT image models always answer base64 and refuse `response_format`, so it is not sent; a server
 * that answers an address instead (older models) is told so rather than fetched from: this adapter downloads nothing.
 */
export function openOpenAiImages(config: ImageConfig): ImageModel {
  const client = new OpenAI({
    baseURL: config.baseUrl,
    apiKey: config.apiKey || 'none',
    organization: null,
    project: null,
    timeout: config.timeoutMs,
    maxRetries: config.retries,
    logLevel: 'off',
    ...(config.fetch ? { fetch: config.fetch } : {}),
  })
  const signal = () => AbortSignal.timeout(config.timeoutMs * (config.retries + 1))
  const failed = (error: unknown): never => {
    const refused = error instanceof APIError && error.status === 400
    throw imageFailure(refused ? 'image.refused' : 'image.failed', String(error))
  }
  const answer = async (response: OpenAI.ImagesResponse, model: string) => {
    const base64 = response.data?.[0]?.b64_json
    const paid = { model, costMicros: config.priceMicros }
    if (!base64) throw imageFailure('image.failed', 'no base64 picture in the answer', paid)
    return { png: await readPicture(Buffer.from(base64, 'base64'), paid), ...paid }
  }
  const editModel = config.editModel ?? config.model
  return {
    name: config.model,
    priceMicros: config.priceMicros,
    generate: async ({ prompt, size }) =>
      answer(
        await client.images
          .generate({ model: config.model, prompt, size, n: 1 }, { signal: signal() })
          .catch((error: unknown) => failed(error)),
        config.model,
      ),
    edit: async ({ prompt, image, size }) =>
      answer(
        await client.images
          .edit(
            { model: editModel, prompt, size, n: 1, image: await toFile(image, 'packshot.png', { type: 'image/png' }) },
            { signal: signal() },
          )
          .catch((error: unknown) => failed(error)),
        editModel,
      ),
  }
}
