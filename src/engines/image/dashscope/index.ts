import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { Problem } from '../../../core/errors.ts'
import type { Answered, Exchange } from '../../bounded.ts'
import { withExtra } from '../../extra-body.ts'
import { quoted } from '../../language/said.ts'
import type { ImageAdapter, ImageConfig, ImageModel, Outbound } from '../../ports.ts'
import { imageFailure, imageRefusal, MOST_PICTURE_BYTES, pictureExchange, pictureLost } from '../config.ts'
import { readPicture } from '../reading.ts'

/** Where the picture's address stands, by the generation of the model that made it. */
const madeSchema = z.union([
  z
    .object({
      choices: z
        .array(z.object({ message: z.object({ content: z.array(z.object({ image: z.string().optional() })) }) }))
        .min(1),
    })
    .transform(({ choices }) => choices[0]?.message.content.find((part) => part.image)?.image),
  z
    .object({ results: z.array(z.object({ url: z.string().optional() })).min(1) })
    .transform(({ results }) => results[0]?.url),
])
/** Some models are asked again until they are done. */
const taskSchema = z.object({ task_id: z.string().regex(/^[\w-]{1,100}$/), task_status: z.string() })
const outputSchema = z.object({ output: z.unknown() })

type Part = { text: string } | { image: string }

/** An address and a few words. */
const MOST_ANSWER_BYTES = 1024 * 1024
const LOOK_MS = 1000

/** How long to wait before asking once more: what the answer wants, or longer each time. */
function pauseAfter(answer: Response | Error, attempt: number): number {
  const wanted = answer instanceof Error ? Number.NaN : Number(answer.headers.get('retry-after') ?? Number.NaN) * 1000
  return Number.isFinite(wanted) ? wanted : Math.min(500 * 2 ** attempt, 8000)
}

/** An answer with status 2xx, asked again where the trouble passes. */
async function ask(config: ImageConfig, exchange: Exchange, url: string, init: RequestInit): Promise<Answered> {
  for (let attempt = 0; ; attempt++) {
    const answer = await exchange.fetch(url, init).catch((error: unknown) => error as Error)
    const again = answer instanceof Error ? !exchange.cut : answer.headers.get('x-should-retry') === 'true'
    if (again && attempt < config.retries) {
      await sleep(pauseAfter(answer, attempt), undefined, { signal: exchange.signal })
      continue
    }
    if (answer instanceof Error) throw answer
    const { last } = exchange
    if (!last) throw new Error('no answer')
    if (!answer.ok) throw imageRefusal(config, last)
    return last
  }
}

interface Wish {
  model: string
  content: Part[]
  size: string
}

/** The address of the picture; waits for a task where that is what it is told, and says so by `onTask`. */
async function addressOf(config: ImageConfig, exchange: Exchange, wish: Wish, onTask: () => void): Promise<string> {
  const base = config.baseUrl.replace(/\/$/, '')
  const authorization = `Bearer ${config.apiKey ?? ''}`
  const { model, content, size } = wish
  const body = withExtra(
    {
      model,
      input: { messages: [{ role: 'user', content }] },
      parameters: { size: size.replace('x', '*'), n: 1, prompt_extend: false, watermark: false },
    },
    config.extraBody ?? {},
  )
  let answered = await ask(config, exchange, `${base}/services/aigc/multimodal-generation/generation`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization },
    body: JSON.stringify(body),
  })
  for (;;) {
    const { output } = outputSchema.safeParse(parse(answered.text)).data ?? {}
    const made = madeSchema.safeParse(output).data
    if (made) return made
    const task = taskSchema.safeParse(output).data
    if (!task || !/^(PENDING|RUNNING|SUSPENDED)$/.test(task.task_status)) {
      // A task that failed says so where its result would be.
      const failed = task ? JSON.stringify(output) : answered.text
      if (/"(code|error)"/.test(failed)) throw imageRefusal(config, { status: 400, text: failed })
      throw imageFailure('image.failed', `no picture in the answer: ${quoted(failed, [config.apiKey])}`)
    }
    onTask()
    await sleep(LOOK_MS, undefined, { signal: exchange.signal })
    answered = await ask(config, exchange, `${base}/tasks/${task.task_id}`, { headers: { authorization } })
  }
}

/**
 * DashScope's own route (`/services/aigc/multimodal-generation/generation`): there is no OpenAI images route there.
 * It answers an address to download; that address comes from outside, so it is fetched through {@link Outbound},
 * which refuses private addresses. The endpoint itself was configured by the operator and is asked directly.
 */
function openDashScopeImages(config: ImageConfig, outbound: Outbound): ImageModel {
  /** Ask, then fetch what was drawn: from the first answer on it has been paid for. */
  async function draw(model: string, content: Part[], size: string): ReturnType<ImageModel['generate']> {
    const exchange = pictureExchange(config, MOST_ANSWER_BYTES)
    const paid = { model, costMicros: config.priceMicros }
    let taken = false
    const url = await exchange
      .within(() => addressOf(config, exchange, { model, content, size }, () => void (taken = true)))
      .catch((error: unknown) => {
        throw error instanceof Problem ? error : pictureLost(config, model, exchange, error, taken)
      })
    const deadlineMs = Math.max(1000, exchange.leftMs())
    const answer = await outbound
      .request({ url, deadlineMs, maxBytes: MOST_PICTURE_BYTES, maxRedirects: 2 })
      .catch((error: unknown) => {
        throw imageFailure('image.failed', `download: ${String(error)}`, paid)
      })
    if (answer.status !== 200 || answer.truncated) {
      const size = answer.truncated ? ', too large' : ''
      throw imageFailure('image.failed', `download answered ${answer.status}${size}`, paid)
    }
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

export const dashScope: ImageAdapter = {
  kind: 'dashscope',
  baseUrl: 'https://dashscope.aliyuncs.com/api/v1',
  open: openDashScopeImages,
}
