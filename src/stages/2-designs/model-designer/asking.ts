/**
 * Asking a model for structured words: cache, budgets, tolerant reading, one repair round, and a record of every call –
 * also of those that failed, because they may have cost money too. The record is there before the call with the most it
 * may cost, so that calls under way at the same time cannot spend the same money; who asks holds it by a lease, so that a
 * call whose process died is settled by somebody else, and the same question is not asked twice.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { hashOf, sha256 } from '../../../core/canonical.ts'
import { Problem } from '../../../core/errors.ts'
import { cutText, storableText } from '../../../core/storable.ts'
import type { ChatMessage, LanguageModel, ModelAnswer, ModelRequest } from '../../../engines/ports.ts'
import type { z } from 'zod'
import { refused } from '../messages.ts'
import type { Prompt } from './prompts.ts'
import { readJson } from './reading.ts'

/** One call to a model, as it is kept. */
export interface GenerationRecord {
  purpose: string
  subjectId: string | undefined
  prompt: { name: string; version: number; hash: string; filledHash: string }
  asked: string
  answered: string | undefined
  parameters: { temperature: number; seed: number; maxTokens: number }
  schemaHash: string
  /** Hash of prompt, model, parameters and schema: equal question, equal key. */
  cacheKey: string
  requestId: string | undefined
  usage: { input: number; output: number }
  /** While `outcome` is `asked`: the most it may cost. */
  costMicros: number
  /** What it costs in any case once it was sent: booked where nobody knows what came of it. */
  sentMicros?: number
  latencyMs: number
  attempts: number
  mode: string
  /**
   * `asked`: under way. `unknown`: its process ended before the answer came; it may have been charged, so what it costs
   * at least is booked, and it is not asked again by itself.
   */
  outcome: 'asked' | 'answered' | 'repaired' | 'unusable' | 'failed' | 'cached' | 'unknown'
  /** A `language.*` or `image.*` code of a failed call. */
  failure: string | undefined
  /** What the endpoint said about it, bounded and without secrets. */
  said?: string
  /** The call whose answer was to be repaired, or whose answer was used again. */
  parent: string | undefined
  outputHash: string | undefined
  output: string | undefined
  /** Of a picture: its bytes as they came, in the store of intermediates, until the labelled picture is stored. */
  answerFile?: string
  /** What a picture was judged by. */
  figures?: Readonly<Record<string, number>>
}

export type BudgetCode = 'designs.budget-day' | 'designs.budget-style'
/** `language.under-way`: the very same question about the same subject is being asked by somebody alive. */
export type Reserved = { ok: true; id: string } | { ok: false; code: BudgetCode | 'language.under-way' }

/** Where calls are kept and added up. */
export interface Ledger {
  /**
   * Book the most a call may cost before it is made, if the day's budget and the subject's have room for it. Calls
   * under way count, so that no two of them are given the same money. The booking is held by a lease until it is settled.
   * @param styles how many styles the subject's budget is for
   * @param alone the same question about the same subject is not to be asked while somebody alive is asking it
   */
  reserve(record: Requested, styles: number, alone?: boolean): Promise<Reserved>
  /**
   * Replace a booking by what came of it: its real cost, 0 where nothing is charged.
   * @returns false where its lease had run out and somebody else has settled it: then nothing is changed
   */
  settle(id: string, record: GenerationRecord): Promise<boolean | void>
  /** An earlier good answer to the very same question. */
  cached(
    purpose: string,
    cacheKey: string,
  ): Promise<{ id: string; output: string; answered: string | undefined } | undefined>
  /** Earlier calls about the same subject with the very same question, newest first; what was `asked` by the dead is settled. */
  earlier(
    purpose: string,
    subjectId: string,
    cacheKey: string,
  ): Promise<readonly { id: string; record: GenerationRecord }[]>
  /** Keep a record of something that cost nothing; returns its id. */
  keep(record: GenerationRecord): Promise<string>
}

/** A call that is booked and under way. */
export type Requested = GenerationRecord & { outcome: 'asked' }

/** A record of a call that has not been made yet. */
export const asRequested = (
  known: Pick<
    GenerationRecord,
    'purpose' | 'subjectId' | 'prompt' | 'asked' | 'parameters' | 'schemaHash' | 'cacheKey' | 'mode' | 'parent'
  >,
  mostMicros: number,
  sentMicros: number = mostMicros,
): Requested => ({
  ...known,
  sentMicros,
  answered: undefined,
  requestId: undefined,
  usage: { input: 0, output: 0 },
  costMicros: mostMicros,
  latencyMs: 0,
  attempts: 0,
  outcome: 'asked',
  failure: undefined,
  outputHash: undefined,
  output: undefined,
})

export interface Question<T> {
  purpose: string
  subjectId: string
  /** How many styles the subject's budget is for. */
  styles: number
  prompt: Prompt
  messages: ChatMessage[]
  schema: Record<string, unknown>
  schemaName: string
  read: z.ZodType<T>
  temperature: number
  seed: number
  maxTokens: number
  /** Asked by a reaction, which may be run again: what came of it the first time stands, paid or lost. */
  once?: boolean
}

export type Asked<T> =
  | { ok: true; value: T; generationId: string; repaired: boolean; model: string }
  /**
   * `designs.budget-day`, `designs.budget-style`, `designs.rubbish` or a `language.*` code; `said` is what the endpoint
   * gave as its reason.
   */
  | { ok: false; code: string; generationId: string | undefined; said?: string }

const MOST_ISSUES = 12

type Read<T> = { value: T } | { issues: string[] }

function readAnswer<T>(schema: z.ZodType<T>, text: string): Read<T> {
  const json = readJson(text, (value) => schema.safeParse(value).success)
  if (!json) return { issues: ['The answer holds no JSON value.'] }
  const parsed = schema.safeParse(json.value)
  if (parsed.success) return { value: parsed.data }
  return {
    issues: parsed.error.issues
      .slice(0, MOST_ISSUES)
      .map((issue) => `${issue.path.join('.') || 'answer'}: ${issue.message}`),
  }
}

const repairing = (messages: ChatMessage[], answer: string, issues: readonly string[]): ChatMessage[] => [
  ...messages,
  { role: 'assistant', content: cutText(answer, 20_000) },
  {
    role: 'user',
    content: `That answer cannot be used:\n- ${issues.join('\n- ')}\nSend the whole corrected answer as one JSON object and nothing else.`,
  },
]

/** How long somebody waits for the same question that somebody else is asking. */
const WAIT_MS = 20_000
const LOOK_MS = 250
/** With less than this share of its time left a question is not asked again: the repair would be paid for and lost. */
const LEAST_LEFT = 0.1

/** What is known of a failure, whatever was thrown: a call is settled in any case. */
function failedBy(error: unknown) {
  const known = error instanceof Problem ? error : undefined
  const { cause, ...metered } = (known?.extra.details ?? {}) as Partial<ModelAnswer> & { cause?: unknown }
  const thrown = known ? undefined : String(error)
  const said = typeof cause === 'string' ? cause : thrown
  return {
    // Something nobody thought of happened while the answer was read; asking again would pay for it again.
    code: known?.code ?? 'language.unreadable',
    said: said === undefined ? undefined : cutText(storableText(said), 500),
    metered,
  }
}

/** A question on its way: whom it is put to, where that is kept, and until when it may take. */
interface Asking<T> {
  model: LanguageModel
  ledger: Ledger
  question: Question<T>
  /** On the process's own clock: one deadline over everything that the question causes. */
  until: number
}

type Kept = Awaited<ReturnType<Ledger['earlier']>>[number]

const parametersOf = ({ temperature, seed, maxTokens }: Question<unknown>) => ({ temperature, seed, maxTokens })
const leftOf = ({ until }: Asking<unknown>): number => until - performance.now()

const keyOf = ({ model, question }: Asking<unknown>, said: ChatMessage[]): string =>
  hashOf({
    prompt: question.prompt.hash,
    said,
    model: model.name,
    parameters: parametersOf(question),
    schema: question.schema,
  })

function knownOf(asking: Asking<unknown>, said: ChatMessage[]) {
  const { purpose, subjectId, prompt, schema } = asking.question
  return {
    purpose,
    subjectId,
    prompt: { name: prompt.name, version: prompt.version, hash: prompt.hash, filledHash: hashOf(said) },
    asked: asking.model.name,
    parameters: parametersOf(asking.question),
    schemaHash: hashOf(schema),
    cacheKey: keyOf(asking, said),
  }
}

async function answerFromCache<T>(asking: Asking<T>): Promise<Asked<T> | undefined> {
  const { ledger, model, question } = asking
  const known = await ledger.cached(question.purpose, keyOf(asking, question.messages))
  if (!known) return undefined
  const again = readAnswer(question.read, known.output)
  if (!('value' in again)) return undefined
  const answered = known.answered ?? model.name
  const generationId = await ledger.keep({
    ...asRequested({ ...knownOf(asking, question.messages), mode: 'cache', parent: known.id }, 0),
    answered,
    outcome: 'cached',
    outputHash: sha256(known.output),
  })
  return { ok: true, value: again.value, generationId, repaired: false, model: answered }
}

/** The last call with this very question about this subject, by whomever. */
async function findEarlier(asking: Asking<unknown>, said: ChatMessage[]): Promise<Kept | undefined> {
  const { purpose, subjectId } = asking.question
  const calls = await asking.ledger.earlier(purpose, subjectId, keyOf(asking, said))
  return calls.find(({ record }) => record.outcome !== 'cached')
}

/** Until nobody alive is asking this. @throws Problem 503 `language.under-way` where that takes too long */
async function waitForOthers(asking: Asking<unknown>, said: ChatMessage[]): Promise<void> {
  const until = Math.min(performance.now() + WAIT_MS, asking.until)
  while ((await findEarlier(asking, said))?.record.outcome === 'asked') {
    if (performance.now() > until) throw refused('language.under-way')
    await sleep(LOOK_MS)
  }
}

/** Book the call; or, for a reaction that is run again, what came of it the first time. */
async function reserve(asking: Asking<unknown>, said: ChatMessage[], requested: Requested): Promise<Kept | Reserved> {
  const { ledger, question } = asking
  const before = question.once ? await findEarlier(asking, said) : undefined
  return before && before.record.outcome !== 'asked' ? before : ledger.reserve(requested, question.styles, true)
}

/** What a call left behind, whose process ended before its answer was used: read now, or lost for good. */
function readLeft<T>({ model, question }: Asking<T>, { id, record }: Kept): Asked<T> | { issues: string[] } {
  const left = record.output === undefined ? undefined : readAnswer(question.read, record.output)
  if (left && 'value' in left)
    return { ok: true, value: left.value, generationId: id, repaired: false, model: record.answered ?? model.name }
  if (left) return left
  const { failure: code = 'language.unknown', said } = record
  return { ok: false, code, generationId: id, ...(said === undefined ? {} : { said }) }
}

/** One call that is booked: asked, settled whatever happens, and read. */
async function call<T>(
  asking: Asking<T>,
  { id: generationId, request, requested }: { id: string; request: ModelRequest; requested: Requested },
): Promise<Asked<T> | { issues: string[]; text: string }> {
  const { model, ledger, question } = asking
  const { messages, read } = question
  let answer: ModelAnswer
  let outcome: Read<T>
  try {
    answer = await model.complete(request, leftOf(asking))
    outcome = readAnswer(read, answer.text)
  } catch (error) {
    const { code, said: why, metered } = failedBy(error)
    const said = why === undefined ? {} : { said: why }
    await ledger.settle(generationId, {
      ...requested,
      answered: metered.model,
      requestId: metered.requestId,
      usage: metered.usage ?? { input: 0, output: 0 },
      costMicros: metered.costMicros ?? 0,
      latencyMs: metered.latencyMs ?? 0,
      attempts: metered.attempts ?? 0,
      mode: metered.mode ?? 'prompt',
      outcome: 'failed',
      failure: code,
      ...said,
    })
    return { ok: false, code, generationId, ...said }
  }
  const good = 'value' in outcome
  const repaired = requested.parent !== undefined
  const used = repaired ? 'repaired' : 'answered'
  const ours = await ledger.settle(generationId, {
    ...requested,
    // A repaired answer is found again by the first question, so that it is not asked and repaired twice.
    cacheKey: good ? keyOf(asking, messages) : requested.cacheKey,
    answered: answer.model,
    requestId: answer.requestId,
    usage: answer.usage,
    costMicros: answer.costMicros,
    latencyMs: answer.latencyMs,
    attempts: answer.attempts,
    mode: answer.mode,
    outcome: good ? used : 'unusable',
    outputHash: sha256(answer.text),
    output: cutText(answer.text, 200_000),
  })
  // Somebody else took this for dead and went on without it: two answers to one question are one too many.
  if (ours === false) return { ok: false, code: 'language.unknown', generationId }
  if ('value' in outcome) return { ok: true, value: outcome.value, generationId, repaired, model: answer.model }
  return { ...outcome, text: answer.text }
}

/**
 * Ask, read, repair once, all within the model's one deadline. Expected failures are return values; the caller has
 * another designer.
 * @throws Problem 503 `language.under-way` where somebody else is asking the very same and takes too long
 */
export async function ask<T>(model: LanguageModel, ledger: Ledger, question: Question<T>): Promise<Asked<T>> {
  const asking: Asking<T> = { model, ledger, question, until: performance.now() + model.deadlineMs }
  const { purpose, messages, schema, schemaName, temperature, seed, maxTokens } = question
  const known = await answerFromCache(asking)
  if (known) return known
  let said = messages
  let parent: string | undefined
  for (let round = 0; round < 2; round++) {
    if (parent !== undefined && leftOf(asking) < LEAST_LEFT * model.deadlineMs) break
    const request: ModelRequest = { purpose, messages: said, schema, schemaName, temperature, seed, maxTokens }
    const requested = asRequested(
      { ...knownOf(asking, said), mode: 'prompt', parent },
      model.mostMicros(request),
      model.sentMicros(request),
    )
    let reserved = await reserve(asking, said, requested)
    if ('ok' in reserved && !reserved.ok && reserved.code === 'language.under-way') {
      await waitForOthers(asking, said)
      const theirs = await answerFromCache(asking)
      if (theirs) return theirs
      reserved = await reserve(asking, said, requested)
    }
    if ('record' in reserved) {
      // The reaction is run again after its process ended: what was paid then is read now, what was lost stays lost.
      const left = readLeft(asking, reserved)
      if ('ok' in left) return left
      parent = reserved.id
      said = repairing(messages, reserved.record.output ?? '', left.issues)
      continue
    }
    if (!reserved.ok) return { ok: false, code: reserved.code, generationId: parent }
    const { id } = reserved
    const answer = await call(asking, { id, request, requested })
    if ('ok' in answer) return answer
    parent = id
    said = repairing(messages, answer.text, answer.issues)
  }
  return { ok: false, code: 'designs.rubbish', generationId: parent }
}
