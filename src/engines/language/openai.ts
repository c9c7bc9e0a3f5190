/**
 * The language model port over any OpenAI-compatible endpoint (OpenAI, Azure's /openai/v1/, DashScope, vLLM, Ollama).
 * Uses `chat.completions.create()` only: the client's parse helpers throw on fenced JSON, which many endpoints send.
 */
import OpenAI, { APIError } from 'openai'
import type { LanguageModel, ModelAnswer, ModelRequest } from '../ports.ts'
import { failure, failureOf, type FailedCall } from './failures.ts'
import type { Fetch } from './recording.ts'

export interface LanguageConfig {
  /** e.g. `https://api.openai.com/v1` */
  baseUrl: string
  /** Local servers need none; the client refuses an empty one, so a placeholder is sent. */
  apiKey?: string
  model: string
  /** One attempt. */
  timeoutMs: number
  /** Everything: attempts, waiting between them, and steps down the ladder. */
  deadlineMs: number
  retries: number
  /** Price per million tokens in the account's currency: gives millionths per token. */
  price: { input: number; output: number }
  /** Model of the moderation endpoint; absent where there is none (Azure, Ollama, vLLM). */
  moderationModel?: string
  /** Members an endpoint wants beside the standard ones, e.g. `{ enable_thinking: false }` for DashScope. */
  extraBody?: Record<string, unknown>
  /** Replaces the network: recording, replay. */
  fetch?: Fetch
}

type Mode = ModelAnswer['mode']
const LADDER: readonly Mode[] = ['json_schema', 'json_object', 'prompt']

/** What one endpoint turned out not to know, learnt from its first refusal and remembered. */
interface Habits {
  rung: number
  /** Reasoning models call the limit `max_completion_tokens` and take no temperature or seed. */
  tokensName: 'max_tokens' | 'max_completion_tokens'
  without: Set<'temperature' | 'seed'>
}

/** Endpoints that report no usage must not be free of charge for the budget: about three characters per token. */
const estimateTokens = (text: string): number => Math.ceil(text.length / 3)

/**
 * More tokens than a text will be: today's vocabularies need about one for three bytes, of Chinese and of English alike,
 * and here half as many again are counted, because what is set aside may be too much but not too little.
 */
const mostTokens = (text: string): number => Math.ceil(Buffer.byteLength(text, 'utf8') / 2)

const asInstructions = (request: ModelRequest): string =>
  `Answer with one JSON object and nothing else: no prose, no code fence. It must satisfy this JSON Schema:\n${JSON.stringify(request.schema)}`

function bodyOf(config: LanguageConfig, request: ModelRequest, habits: Habits, mode: Mode): Record<string, unknown> {
  const messages =
    mode === 'json_schema'
      ? request.messages
      : [...request.messages, { role: 'system' as const, content: asInstructions(request) }]
  const format =
    mode === 'json_schema'
      ? { type: 'json_schema', json_schema: { name: request.schemaName, strict: true, schema: request.schema } }
      : mode === 'json_object'
        ? { type: 'json_object' }
        : undefined
  return {
    model: config.model,
    messages,
    [habits.tokensName]: request.maxTokens,
    ...(habits.without.has('temperature') ? {} : { temperature: request.temperature }),
    ...(habits.without.has('seed') ? {} : { seed: request.seed }),
    ...(format ? { response_format: format } : {}),
    ...config.extraBody,
  }
}

/** Change one habit because of a 400 or 422. Returns false when nothing is left to give up. */
function giveUpOne(habits: Habits, mode: Mode, error: APIError): boolean {
  const said = `${String(error.param ?? '')} ${error.message}`.toLowerCase()
  const named = (word: string) => said.includes(word)
  if (named('max_tokens') && habits.tokensName === 'max_tokens') {
    habits.tokensName = 'max_completion_tokens'
    return true
  }
  for (const name of ['temperature', 'seed'] as const)
    if (named(name) && !habits.without.has(name)) {
      habits.without.add(name)
      return true
    }
  if (mode === 'prompt') return false
  habits.rung++
  return true
}

/** Counts attempts and refuses to wait longer than there is time: the client sleeps for any Retry-After it is told. */
const watchful = (real: Fetch, leftMs: () => number, onAttempt: () => void): Fetch => {
  return async (input, init) => {
    onAttempt()
    const answer = await real(input, init)
    const asked = answer.headers.get('retry-after')
    if (asked === null || answer.ok) return answer
    const seconds = Number(asked)
    const waitMs = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(asked) - Date.now()
    if (waitMs <= leftMs()) return answer
    const headers = new Headers(answer.headers)
    headers.set('x-should-retry', 'false')
    return new Response(await answer.text(), { status: answer.status, headers })
  }
}

/**
 * Open the model. Nothing is asked until it is used.
 * @returns a port whose `complete` throws Problem 503 with a code `language.*` (refused, truncated, timeout, limited,
 * rejected, unavailable), and `details` that meter the failed call
 */
export function openLanguageModel(config: LanguageConfig): LanguageModel {
  const real: Fetch = config.fetch ?? globalThis.fetch
  const clientFor = (fetch: Fetch) =>
    new OpenAI({
      baseURL: config.baseUrl,
      apiKey: config.apiKey || 'none',
      organization: null,
      project: null,
      timeout: config.timeoutMs,
      maxRetries: config.retries,
      logLevel: 'off',
      fetch,
    })
  let learnt: Habits = { rung: 0, tokensName: 'max_tokens', without: new Set() }

  async function complete(request: ModelRequest): Promise<ModelAnswer> {
    const began = performance.now()
    const leftMs = () => config.deadlineMs - (performance.now() - began)
    let attempts = 0
    const client = clientFor(watchful(real, leftMs, () => attempts++))
    const signal = AbortSignal.timeout(config.deadlineMs)
    const habits: Habits = { ...learnt, without: new Set(learnt.without) }
    const promptLength = request.messages.reduce((sum, message) => sum + message.content.length, 0)
    const spent = (answer?: OpenAI.ChatCompletion & { _request_id?: string | null }): FailedCall => {
      const usage = answer
        ? {
            input: answer.usage?.prompt_tokens ?? estimateTokens('x'.repeat(promptLength)),
            output: answer.usage?.completion_tokens ?? estimateTokens(answer.choices?.[0]?.message.content ?? ''),
          }
        : { input: 0, output: 0 }
      return {
        model: answer?.model ?? config.model,
        requestId: answer?._request_id ?? undefined,
        usage,
        costMicros: Math.ceil(usage.input * config.price.input + usage.output * config.price.output),
        latencyMs: Math.round(performance.now() - began),
        attempts,
        mode: LADDER[habits.rung] ?? 'prompt',
      }
    }
    for (;;) {
      const mode = LADDER[habits.rung] ?? 'prompt'
      let answer: OpenAI.ChatCompletion & { _request_id?: string | null }
      try {
        const body = bodyOf(config, request, habits, mode) as unknown as OpenAI.ChatCompletionCreateParamsNonStreaming
        answer = await client.chat.completions.create(body, { signal })
      } catch (error) {
        const refusedForm = error instanceof APIError && (error.status === 400 || error.status === 422)
        if (refusedForm && giveUpOne(habits, mode, error)) continue
        throw failure(failureOf(error), spent(), String(error))
      }
      // Remember what worked, not what was merely tried: another 400 had another reason.
      learnt = habits
      const choice = answer.choices?.[0]
      const { model, requestId, usage, costMicros, latencyMs } = spent(answer)
      if (choice?.message.refusal || choice?.finish_reason === 'content_filter')
        throw failure('language.refused', spent(answer), choice.message.refusal ?? 'content filter')
      if (choice?.finish_reason === 'length') throw failure('language.truncated', spent(answer))
      return { text: choice?.message.content ?? '', model, requestId, mode, usage, costMicros, latencyMs, attempts }
    }
  }

  const moderationModel = config.moderationModel
  return {
    name: config.model,
    mostMicros: ({ messages, schema, maxTokens }) =>
      Math.ceil(
        mostTokens(messages.map(({ content }) => content).join('\n') + JSON.stringify(schema)) * config.price.input +
          maxTokens * config.price.output,
      ),
    complete,
    ...(moderationModel === undefined
      ? {}
      : {
          async moderate(text: string) {
            const client = clientFor(real)
            const answer = await client.moderations
              .create({ model: moderationModel, input: text }, { signal: AbortSignal.timeout(config.timeoutMs) })
              .catch((error: unknown) => {
                throw failure(
                  failureOf(error),
                  {
                    model: moderationModel,
                    requestId: undefined,
                    usage: { input: 0, output: 0 },
                    costMicros: 0,
                    latencyMs: 0,
                    attempts: 1,
                    mode: 'moderation',
                  },
                  String(error),
                )
              })
            const result = answer.results[0]
            const categories = Object.entries(result?.categories ?? {}).flatMap(([name, hit]) => (hit ? [name] : []))
            return { flagged: result?.flagged ?? false, categories }
          },
        }),
  }
}
