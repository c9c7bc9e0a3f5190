/**
 * The language model port over any OpenAI-compatible endpoint (OpenAI, Azure's /openai/v1/, DashScope, vLLM, Ollama).
 * The client sends and repeats; what came is read here, because endpoints agree neither on where an answer stands nor on
 * how they refuse. See reply.ts, kinds.ts and habits.ts.
 */
import type OpenAI from 'openai'
import { lazily } from '../../core/lazily.ts'
import { Problem } from '../../core/errors.ts'
import { openExchange, type Answered, type Exchange } from '../bounded.ts'
import type { Extra } from '../extra-body.ts'
import type { LanguageModel, ModelAnswer, ModelRequest } from '../ports.ts'
import { failure, failureOfCut, failureOfKind, type FailedCall, type LanguageFailure } from './failures.ts'
import { bodyOf, learnt, modeOf, namesSomething, NO_HABITS, stepDown, type Habits } from './habits.ts'
import { kindOf } from './kinds.ts'
import type { Fetch } from './recording.ts'
import { readReply, type Read } from './reply.ts'
import { quoted, quoteOf, saidInText, type Said } from './said.ts'

export interface LanguageConfig {
  /** e.g. `https://api.openai.com/v1` */
  baseUrl: string
  /** Local servers need none; the client refuses an empty one, so a placeholder is sent. */
  apiKey?: string
  model: string
  /** One attempt. */
  timeoutMs: number
  /** Everything that one question causes: attempts, waiting between them, steps down the ladder, and a repair. */
  deadlineMs: number
  retries: number
  /** Price per million tokens in the account's currency: gives millionths per token. */
  price: { input: number; output: number }
  /** Model of the moderation endpoint; absent where there is none (Azure, Ollama, vLLM). */
  moderationModel?: string
  /** Members an endpoint wants beside the standard ones, e.g. `{ enable_thinking: false }`; null takes one out. */
  extraBody?: Extra
  /** Replaces the network: recording, replay. */
  fetch?: Fetch
}

const library = lazily(() => import('openai'))

/** Of one answer. A dozen designs are about 50 kB; thoughts and the frame of a stream make a hundred times that. */
const MOST_ANSWER_BYTES = 8 * 1024 * 1024

/** What an endpoint demands is learnt one thing at a time; more than this many it does not want to be satisfied. */
const MOST_FORMS = 10

/** Endpoints that report no usage must not be free of charge for the budget: about three characters per token. */
const estimateTokens = (length: number): number => Math.ceil(length / 3)

/**
 * More tokens than a text will be: today's vocabularies need about one for three bytes, of Chinese and of English alike,
 * and here half as many again are counted, because what is set aside may be too much but not too little.
 */
const mostTokens = (text: string): number => Math.ceil(Buffer.byteLength(text, 'utf8') / 2)

const lengthOf = ({ messages }: ModelRequest): number => messages.reduce((sum, { content }) => sum + content.length, 0)

/** Worth asking again: busy or in trouble of its own, and not because of what was asked. */
export function passing({ status, text }: Answered): boolean {
  const said = saidInText(text)
  const kind = kindOf(status, said)
  if (kind === 'limited') return status === 429 || status >= 500
  // A gateway that gave up waiting (504, 524) does not know whether the model answered, and was paid.
  return kind === 'trouble' && [500, 502, 503, 529].includes(status) && !namesSomething(said)
}

/**
 * Open the model. Nothing is asked until it is used.
 * @returns a port whose `complete` throws Problem 503 with a code `language.*` (see failures.ts), words that quote the
 * endpoint, and `details` that meter the failed call
 */
export function openLanguageModel(config: LanguageConfig): LanguageModel {
  const real: Fetch = config.fetch ?? globalThis.fetch
  const extra = config.extraBody ?? {}
  const { timeoutMs, deadlineMs, price } = config
  const secrets = [config.apiKey]
  const openFor = (leftMs = deadlineMs): Exchange =>
    openExchange(real, {
      timeoutMs,
      deadlineMs: Math.min(deadlineMs, leftMs),
      maxBytes: MOST_ANSWER_BYTES,
      mayAskAgain: passing,
    })
  const clientFor = ({ OpenAI }: Awaited<ReturnType<typeof library>>, exchange: Exchange) =>
    new OpenAI({
      baseURL: config.baseUrl,
      apiKey: config.apiKey || 'none',
      organization: null,
      project: null,
      // Ours is the limit, which also holds for the bytes after the headers.
      timeout: deadlineMs + 60_000,
      maxRetries: config.retries,
      logLevel: 'off',
      fetch: exchange.fetch,
    })
  let known: Habits = NO_HABITS

  async function complete(request: ModelRequest, leftMs?: number): Promise<ModelAnswer> {
    const began = performance.now()
    const exchange = openFor(leftMs)
    const openai = await library()
    const client = clientFor(openai, exchange)
    let habits = known
    let satisfied: string | undefined
    const spent = (usage: { input: number; output: number }, read?: Read, requestId?: string): FailedCall => ({
      model: (read?.kind === 'reply' ? read.reply.model : undefined) ?? config.model,
      requestId,
      usage,
      costMicros: Math.ceil(usage.input * price.input + usage.output * price.output),
      latencyMs: Math.round(performance.now() - began),
      attempts: exchange.attempts,
      mode: modeOf(habits),
    })
    /** Of attempts whose answer never came, at least what was sent will be charged. */
    const lost = () => spent({ input: exchange.lost * estimateTokens(lengthOf(request)), output: 0 })
    const fail = (code: LanguageFailure, said: string) => failure(code, lost(), quoted(said, secrets))

    async function once(): Promise<{ answered: Answered; requestId: string | undefined }> {
      const body = bodyOf(config.model, request, habits, extra) as unknown as OpenAI.ChatCompletionCreateParams
      try {
        const response = await client.chat.completions.create(body, { signal: exchange.signal }).asResponse()
        const requestId = response.headers.get('x-request-id') ?? response.headers.get('apim-request-id') ?? undefined
        const text = await response.text()
        return {
          answered: { status: response.status, contentType: response.headers.get('content-type') ?? '', text },
          requestId,
        }
      } catch (error) {
        const { cut, last } = exchange
        if (cut) throw fail(failureOfCut(cut.kind), cut.why)
        const status = error instanceof openai.APIError && typeof error.status === 'number' ? error.status : undefined
        if (status === undefined || !last) throw fail('language.unavailable', reasonOf(error))
        return { answered: last, requestId: undefined }
      }
    }

    /** The next form to ask in, where the refusal is about the form; throws where it is not. */
    function otherwise(status: number, said: Said): Habits {
      const kind = kindOf(status, said)
      const final = ['filter', 'quota', 'key', 'limited'].includes(kind)
      // A server in trouble says many words: only what is the request's fault is mended there.
      const mended =
        final || [404, 410].includes(status) || (status > 501 && status < 600)
          ? undefined
          : learnt(habits, said, request.maxTokens, extra)
      // What it asked for was done and it says the same again: it means something else, and not the wanted form.
      const words = `${said.codes} ${said.message}`
      const next = mended ?? (kind === 'form' && words !== satisfied ? stepDown(habits) : undefined)
      satisfied = mended ? words : undefined
      if (next) return next
      throw failure(failureOfKind(kind), lost(), quoteOf(said, secrets))
    }

    for (let form = 1; ; form++) {
      const { answered, requestId } = await exchange.within(once).catch((error: unknown) => {
        const { cut } = exchange
        throw error instanceof Problem || !cut ? error : fail(failureOfCut(cut.kind), cut.why)
      })
      const ok = answered.status >= 200 && answered.status < 300
      const read = ok ? readReply(answered.text, answered.contentType) : undefined
      const refused = ok ? undefined : { status: answered.status, said: saidInText(answered.text) }
      const refusal = read?.kind === 'failure' ? { status: read.status, said: read.said } : refused
      if (refusal) {
        const next = otherwise(refusal.status, refusal.said)
        if (form >= MOST_FORMS) throw failure('language.rejected', lost(), quoteOf(refusal.said, secrets))
        habits = next
        continue
      }
      if (read?.kind === 'page') throw fail('language.address', read.excerpt)
      if (read?.kind !== 'reply') throw fail('language.unreadable', read?.kind === 'nonsense' ? read.excerpt : '')
      // Remember what worked, not what was merely tried: another 400 had another reason.
      known = { ...habits, roomOnce: Infinity }
      const { text, refusal: words, finish, usage: counted, id } = read.reply
      const usage = {
        input: counted.input ?? estimateTokens(lengthOf(request)),
        output: counted.output ?? estimateTokens(text.length),
      }
      const call = spent(usage, read, requestId ?? id)
      const said = (reason: string) => quoted(reason, secrets)
      if (words !== undefined || finish === 'filter') throw failure('language.refused', call, said(words ?? text))
      if (finish === 'gave-up') throw failure('language.unavailable', call, said(text))
      if (finish === 'length' && !isWhole(text)) throw failure('language.truncated', call)
      if (text === '') throw failure('language.empty', call)
      return { ...call, text, mode: modeOf(habits) }
    }
  }

  const moderationModel = config.moderationModel
  return {
    name: config.model,
    deadlineMs,
    mostMicros: ({ messages, schema, maxTokens }) =>
      Math.ceil(
        mostTokens(messages.map(({ content }) => content).join('\n') + JSON.stringify(schema)) * price.input +
          maxTokens * price.output,
      ),
    sentMicros: (request) => Math.ceil(estimateTokens(lengthOf(request)) * price.input),
    complete,
    ...(moderationModel === undefined
      ? {}
      : {
          async moderate(text: string) {
            const exchange = openFor()
            const openai = await library()
            try {
              const answer = await exchange.within(() =>
                clientFor(openai, exchange).moderations.create(
                  { model: moderationModel, input: text },
                  { signal: exchange.signal },
                ),
              )
              const result = answer.results[0]
              // No verdict is no approval.
              if (typeof result?.flagged !== 'boolean') throw new Error('no verdict in the answer')
              const categories = Object.entries(result.categories ?? {}).flatMap(([name, hit]) => (hit ? [name] : []))
              return { flagged: result.flagged, categories }
            } catch (error) {
              const { cut, last, attempts } = exchange
              const refused = error instanceof openai.APIError && last !== undefined && last.status >= 400
              const said = refused ? saidInText(last.text) : undefined
              const answered = refused
                ? failureOfKind(kindOf(last.status, saidInText(last.text)))
                : 'language.unavailable'
              throw failure(
                cut ? failureOfCut(cut.kind) : answered,
                {
                  model: moderationModel,
                  requestId: undefined,
                  usage: { input: 0, output: 0 },
                  costMicros: 0,
                  latencyMs: 0,
                  attempts,
                  mode: 'moderation',
                },
                said ? quoteOf(said, secrets) : quoted(cut?.why ?? reasonOf(error), secrets),
              )
            }
          },
        }),
  }
}

/** The last cause of an error: the client says no more than that there was one. */
function reasonOf(error: unknown): string {
  let at = error
  for (let depth = 0; at instanceof Error && at.cause !== undefined && depth < 5; depth++) at = at.cause
  return at instanceof Error ? at.message || ((at as { code?: string }).code ?? at.name) : String(at)
}

/** Cut off after its end: nothing is missing. */
function isWhole(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object'
  } catch {
    return false
  }
}
