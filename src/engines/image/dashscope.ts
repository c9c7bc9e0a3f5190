import { z } from 'zod'
import type { ImageModel, Outbound } from '../ports.ts'
import { imageFailure, MOST_PICTURE_BYTES, type ImageConfig } from './config.ts'
import { readPicture } from './reading.ts'

/** The part of the answer we need; the route answers `{ code, message }` instead when it fails. */
const answerSchema = z.object({
  output: z.object({
    choices: z
      .array(z.object({ message: z.object({ content: z.array(z.object({ image: z.string().optional() })) }) }))
      .min(1),
  }),
})
const failureSchema = z.object({ code: z.string(), message: z.string() })

type Part = { text: string } | { image: string }

/**
 * DashScope's own route (`/services/aigc/multimodal-generation/generation`): there is no OpenAI images route there.
 * It answers an address to download; that address comes from outside, so it is fetched through {@link Outbound},
 * which refuses private addresses. The endpoint itself was configured by the operator and is asked directly.
 */
export function openDashScopeImages(config: ImageConfig, outbound: Outbound): ImageModel {
  const fetch = config.fetch ?? globalThis.fetch
  const address = `${config.baseUrl.replace(/\/$/, '')}/services/aigc/multimodal-generation/generation`

  async function ask(model: string, content: Part[], size: string): Promise<string> {
    const body = JSON.stringify({
      model,
      input: { messages: [{ role: 'user', content }] },
      parameters: { size: size.replace('x', '*'), n: 1, prompt_extend: false, watermark: false },
    })
    for (let attempt = 0; ; attempt++) {
      const answer = await fetch(address, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${config.apiKey ?? ''}` },
        body,
        signal: AbortSignal.timeout(config.timeoutMs),
      }).catch((error: unknown) => error as Error)
      const again = answer instanceof Error || answer.status === 429 || answer.status >= 500
      if (again && attempt < config.retries) {
        await new Promise((resolve) => setTimeout(resolve, Math.min(500 * 2 ** attempt, 8000)))
        continue
      }
      if (answer instanceof Error) throw imageFailure('image.failed', String(answer))
      const text = await answer.text()
      const json = parse(text)
      if (!answer.ok) {
        const said = failureSchema.safeParse(json)
        throw imageFailure(
          answer.status === 400 ? 'image.refused' : 'image.failed',
          said.success ? `${said.data.code}: ${said.data.message}` : `${answer.status} ${text}`,
        )
      }
      const read = answerSchema.safeParse(json)
      const url = read.data?.output.choices[0]?.message.content.find((part) => part.image)?.image
      if (!url) throw imageFailure('image.failed', `no picture in the answer: ${text}`)
      return url
    }
  }

  /** Ask, then fetch what was drawn: from the first answer on it has been paid for. */
  async function draw(model: string, content: Part[], size: string): ReturnType<ImageModel['generate']> {
    const url = await ask(model, content, size)
    const paid = { model, costMicros: config.priceMicros }
    const answer = await outbound
      .request({ url, deadlineMs: config.timeoutMs, maxBytes: MOST_PICTURE_BYTES, maxRedirects: 2 })
      .catch((error: unknown) => {
        throw imageFailure('image.failed', `download: ${String(error)}`, paid)
      })
    if (answer.status !== 200 || answer.truncated)
      throw imageFailure(
        'image.failed',
        `download answered ${answer.status}${answer.truncated ? ', too large' : ''}`,
        paid,
      )
    return { png: await readPicture(answer.bytes, paid), ...paid }
  }

  const editModel = config.editModel ?? config.model
  return {
    name: config.model,
    priceMicros: config.priceMicros,
    generate: ({ prompt, size }) => draw(config.model, [{ text: prompt }], size),
    edit: ({ prompt, image, size }) =>
      draw(editModel, [{ image: `data:image/png;base64,${image.toString('base64')}` }, { text: prompt }], size),
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
