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

/** What one endpoint is asked with. */
interface Endpoint {
  config: LanguageConfig
  extra: Extra
  secrets: (string | undefined)[]
  openFor(leftMs?: number): Exchange
}

type Library = Awaited<ReturnType<typeof library>>

const clientFor = ({ OpenAI }: Library, { baseUrl, apiKey, deadlineMs, retries }: LanguageConfig, exchange: Exchange) =>
  new OpenAI({
    baseURL: baseUrl,
    apiKey: apiKey || 'none',
    organization: null,
    project: null,
    // Ours is the limit, which also holds for the bytes after the headers.
    timeout: deadlineMs + 60_000,
    maxRetries: retries,
    logLevel: 'off',
    fetch: exchange.fetch,
  })

/** One question under way: what it has cost, how it fails, and in which form it is asked next. */
class Question {
  readonly #began = performance.now()
  readonly #endpoint: Endpoint
  readonly #request: ModelRequest
  readonly #exchange: Exchange
  readonly #openai: Library
  readonly #client: OpenAI
  #satisfied: string | undefined
  habits: Habits

  constructor(endpoint: Endpoint, request: ModelRequest, exchange: Exchange, openai: Library, habits: Habits) {
    this.#endpoint = endpoint
    this.#request = request
    this.#openai = openai
    this.habits = habits
    this.#exchange = exchange
    this.#client = clientFor(openai, endpoint.config, exchange)
  }

  spent(usage: { input: number; output: number }, read?: Read, requestId?: string): FailedCall {
    const { model, price } = this.#endpoint.config
    return {
      model: (read?.kind === 'reply' ? read.reply.model : undefined) ?? model,
      requestId,
      usage,
      costMicros: Math.ceil(usage.input * price.input + usage.output * price.output),
      latencyMs: Math.round(performance.now() - this.#began),
      attempts: this.#exchange.attempts,
      mode: modeOf(this.habits),
    }
  }

  /** Of attempts whose answer never came, at least what was sent will be charged. */
  lost(): FailedCall {
    return this.spent({ input: this.#exchange.lost * estimateTokens(lengthOf(this.#request)), output: 0 })
  }

  fail(code: LanguageFailure, said: string): Problem {
    return failure(code, this.lost(), quoted(said, this.#endpoint.secrets))
  }

  async #once(): Promise<{ answered: Answered; requestId: string | undefined }> {
    const { config, extra } = this.#endpoint
    const asked = bodyOf(config.model, this.#request, this.habits, extra)
    const body = asked as unknown as OpenAI.ChatCompletionCreateParams
    try {
      const signal = this.#exchange.signal
      const response = await this.#client.chat.completions.create(body, { signal }).asResponse()
      const requestId = response.headers.get('x-request-id') ?? response.headers.get('apim-request-id') ?? undefined
      const text = await response.text()
      return {
        answered: { status: response.status, contentType: response.headers.get('content-type') ?? '', text },
        requestId,
      }
    } catch (error) {
      const { cut, last } = this.#exchange
      if (cut) throw this.fail(failureOfCut(cut.kind), cut.why)
      const { APIError } = this.#openai
      const status = error instanceof APIError && typeof error.status === 'number' ? error.status : undefined
      if (status === undefined || !last) throw this.fail('language.unavailable', reasonOf(error))
      return { answered: last, requestId: undefined }
    }
  }

  /** Asked once, in the form of today; within the time that is left. */
  async ask(): Promise<{ answered: Answered; requestId: string | undefined }> {
    return await this.#exchange
      .within(() => this.#once())
      .catch((error: unknown) => {
        const { cut } = this.#exchange
        throw error instanceof Problem || !cut ? error : this.fail(failureOfCut(cut.kind), cut.why)
      })
  }

  /** The next form to ask in, where the refusal is about the form; throws where it is not. */
  otherwise(status: number, said: Said): Habits {
    const kind = kindOf(status, said)
    const final = ['filter', 'quota', 'key', 'limited'].includes(kind)
    // A server in trouble says many words: only what is the request's fault is mended there.
    const mended =
      final || [404, 410].includes(status) || (status > 501 && status < 600)
        ? undefined
        : learnt(this.habits, said, this.#request.maxTokens, this.#endpoint.extra)
    // What it asked for was done and it says the same again: it means something else, and not the wanted form.
    const words = `${said.codes} ${said.message}`
    const next = mended ?? (kind === 'form' && words !== this.#satisfied ? stepDown(this.habits) : undefined)
    this.#satisfied = mended ? words : undefined
    if (next) return next
    throw failure(failureOfKind(kind), this.lost(), quoteOf(said, this.#endpoint.secrets))
  }

  /** What was said, or a failure where it is no answer. */
  answerOf(read: Reply, requestId: string | undefined): ModelAnswer {
    const { text, refusal: words, finish, usage: counted, id } = read.reply
    const usage = {
      input: counted.input ?? estimateTokens(lengthOf(this.#request)),
      output: counted.output ?? estimateTokens(text.length),
    }
    const call = this.spent(usage, read, requestId ?? id)
    const said = (reason: string) => quoted(reason, this.#endpoint.secrets)
    if (words !== undefined || finish === 'filter') throw failure('language.refused', call, said(words ?? text))
    if (finish === 'gave-up') throw failure('language.unavailable', call, said(text))
    if (finish === 'length' && !isWhole(text)) throw failure('language.truncated', call)
    if (text === '') throw failure('language.empty', call)
    return { ...call, text, mode: modeOf(this.habits) }
  }
}

type Reply = Extract<Read, { kind: 'reply' }>

/** What an answer refuses, by its status or in its words. */
function refusalIn({ status, text }: Answered, read: Read | undefined): { status: number; said: Said } | undefined {
  if (read === undefined) return { status, said: saidInText(text) }
  return read.kind === 'failure' ? { status: read.status, said: read.said } : undefined
}

/** Whether a text may be shown, as the endpoint's moderation has it. */
async function moderated({ config, secrets, openFor }: Endpoint, model: string, text: string) {
  const exchange = openFor()
  const openai = await library()
  try {
    const answer = await exchange.within(() =>
      clientFor(openai, config, exchange).moderations.create({ model, input: text }, { signal: exchange.signal }),
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
    const answered = refused ? failureOfKind(kindOf(last.status, saidInText(last.text))) : 'language.unavailable'
    throw failure(
      cut ? failureOfCut(cut.kind) : answered,
      {
        model,
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
}

/**
 * Open the model. Nothing is asked until it is used.
 * @returns a port whose `complete` throws Problem 503 with a code `language.*` (see failures.ts), words that quote the
 * endpoint, and `details` that meter the failed call
 */
export function openLanguageModel(config: LanguageConfig): LanguageModel {
  const { timeoutMs, deadlineMs, price, moderationModel } = config
  const endpoint: Endpoint = {
    config,
    extra: config.extraBody ?? {},
    secrets: [config.apiKey],
    openFor: (leftMs = deadlineMs) =>
      openExchange(config.fetch ?? globalThis.fetch, {
        timeoutMs,
        deadlineMs: Math.min(deadlineMs, leftMs),
        maxBytes: MOST_ANSWER_BYTES,
        mayAskAgain: passing,
      }),
  }
  let known: Habits = NO_HABITS

  async function complete(request: ModelRequest, leftMs?: number): Promise<ModelAnswer> {
    const exchange = endpoint.openFor(leftMs)
    const question = new Question(endpoint, request, exchange, await library(), known)
    for (let form = 1; ; form++) {
      const { answered, requestId } = await question.ask()
      const ok = answered.status >= 200 && answered.status < 300
      const read = ok ? readReply(answered.text, answered.contentType) : undefined
      const refusal = refusalIn(answered, read)
      if (refusal) {
        const next = question.otherwise(refusal.status, refusal.said)
        if (form >= MOST_FORMS)
          throw failure('language.rejected', question.lost(), quoteOf(refusal.said, endpoint.secrets))
        question.habits = next
        continue
      }
      if (read?.kind === 'page') throw question.fail('language.address', read.excerpt)
      if (read?.kind !== 'reply')
        throw question.fail('language.unreadable', read?.kind === 'nonsense' ? read.excerpt : '')
      // Remember what worked, not what was merely tried: another 400 had another reason.
      known = { ...question.habits, roomOnce: Infinity }
      return question.answerOf(read, requestId)
    }
  }

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
      : { moderate: (text: string) => moderated(endpoint, moderationModel, text) }),
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
