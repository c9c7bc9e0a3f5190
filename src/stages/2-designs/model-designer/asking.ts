/**
 * Asking a model for structured words: cache, budgets, tolerant reading, one repair round, and a record of every call –
 * also of those that failed, because they may have cost money too. The record is there before the call with the most it
 * may cost, so that calls under way at the same time cannot spend the same money.
 */
import { hashOf, sha256 } from '../../../core/canonical.ts'
import { Problem } from '../../../core/errors.ts'
import type { ChatMessage, LanguageModel, ModelAnswer, ModelRequest } from '../../../engines/ports.ts'
import type { z } from 'zod'
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
  latencyMs: number
  attempts: number
  mode: string
  /** `asked`: under way, or its process ended before the answer came; it may have been charged, so it stays booked. */
  outcome: 'asked' | 'answered' | 'repaired' | 'unusable' | 'failed' | 'cached'
  /** A `language.*` code of a failed call. */
  failure: string | undefined
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
export type Reserved = { ok: true; id: string } | { ok: false; code: BudgetCode }

/** Where calls are kept and added up. */
export interface Ledger {
  /**
   * Book the most a call may cost before it is made, if the day's budget and the subject's have room for it. Calls
   * under way count, so that no two of them are given the same money.
   * @param styles how many styles the subject's budget is for
   */
  reserve(record: GenerationRecord & { outcome: 'asked' }, styles: number): Promise<Reserved>
  /** Replace a booking by what came of it: its real cost, 0 where nothing is charged. */
  settle(id: string, record: GenerationRecord): Promise<void>
  /** An earlier good answer to the very same question. */
  cached(
    purpose: string,
    cacheKey: string,
  ): Promise<{ id: string; output: string; answered: string | undefined } | undefined>
  /** Earlier calls about the same subject with the very same question, newest first. */
  earlier(
    purpose: string,
    subjectId: string,
    cacheKey: string,
  ): Promise<readonly { id: string; record: GenerationRecord }[]>
  /** Keep a record of something that cost nothing; returns its id. */
  keep(record: GenerationRecord): Promise<string>
}

/** A record of a call that has not been made yet. */
export const asRequested = (
  known: Pick<
    GenerationRecord,
    'purpose' | 'subjectId' | 'prompt' | 'asked' | 'parameters' | 'schemaHash' | 'cacheKey' | 'mode' | 'parent'
  >,
  mostMicros: number,
): GenerationRecord & { outcome: 'asked' } => ({
  ...known,
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
}

export type Asked<T> =
  | { ok: true; value: T; generationId: string; repaired: boolean; model: string }
  /** `designs.budget-day`, `designs.budget-style`, `designs.rubbish` or a `language.*` code. */
  | { ok: false; code: string; generationId: string | undefined }

const MOST_ISSUES = 12

type Read<T> = { value: T } | { issues: string[] }

function readAnswer<T>(schema: z.ZodType<T>, text: string): Read<T> {
  const json = readJson(text)
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
  { role: 'assistant', content: answer.slice(0, 20_000) },
  {
    role: 'user',
    content: `That answer cannot be used:\n- ${issues.join('\n- ')}\nSend the whole corrected answer as one JSON object and nothing else.`,
  },
]

/** Ask, read, repair once. Expected failures are return values; the caller has another designer. */
export async function ask<T>(model: LanguageModel, ledger: Ledger, question: Question<T>): Promise<Asked<T>> {
  const { purpose, subjectId, prompt, messages, schema, schemaName, read, temperature, seed, maxTokens } = question
  const parameters = { temperature, seed, maxTokens }
  const keyOf = (said: ChatMessage[]) => hashOf({ prompt: prompt.hash, said, model: model.name, parameters, schema })
  const base = (said: ChatMessage[]) => ({
    purpose,
    subjectId,
    prompt: { name: prompt.name, version: prompt.version, hash: prompt.hash, filledHash: hashOf(said) },
    asked: model.name,
    parameters,
    schemaHash: hashOf(schema),
    cacheKey: keyOf(said),
  })

  const known = await ledger.cached(purpose, keyOf(messages))
  if (known) {
    const again = readAnswer(read, known.output)
    if ('value' in again) {
      const generationId = await ledger.keep({
        ...base(messages),
        answered: known.answered ?? model.name,
        requestId: undefined,
        usage: { input: 0, output: 0 },
        costMicros: 0,
        latencyMs: 0,
        attempts: 0,
        mode: 'cache',
        outcome: 'cached',
        failure: undefined,
        parent: known.id,
        outputHash: sha256(known.output),
        output: undefined,
      })
      return { ok: true, value: again.value, generationId, repaired: false, model: known.answered ?? model.name }
    }
  }

  let said = messages
  let parent: string | undefined
  for (const round of ['first', 'repair'] as const) {
    const request: ModelRequest = { purpose, messages: said, schema, schemaName, temperature, seed, maxTokens }
    const requested = asRequested({ ...base(said), mode: 'prompt', parent }, model.mostMicros(request))
    const reserved = await ledger.reserve(requested, question.styles)
    if (!reserved.ok) return { ok: false, code: reserved.code, generationId: parent }
    const generationId = reserved.id
    let answer: ModelAnswer
    try {
      answer = await model.complete(request)
    } catch (error) {
      const failed = error instanceof Problem ? error : undefined
      const details = (failed?.extra.details ?? {}) as Partial<ModelAnswer>
      await ledger.settle(generationId, {
        ...requested,
        answered: details.model,
        requestId: details.requestId,
        usage: details.usage ?? { input: 0, output: 0 },
        costMicros: details.costMicros ?? 0,
        latencyMs: details.latencyMs ?? 0,
        attempts: details.attempts ?? 0,
        mode: details.mode ?? 'prompt',
        outcome: 'failed',
        failure: failed?.code ?? 'language.unavailable',
      })
      if (!failed) throw error
      return { ok: false, code: failed.code, generationId }
    }
    const outcome = readAnswer(read, answer.text)
    const good = 'value' in outcome
    await ledger.settle(generationId, {
      ...requested,
      // A repaired answer is found again by the first question, so that it is not asked and repaired twice.
      cacheKey: good ? keyOf(messages) : keyOf(said),
      answered: answer.model,
      requestId: answer.requestId,
      usage: answer.usage,
      costMicros: answer.costMicros,
      latencyMs: answer.latencyMs,
      attempts: answer.attempts,
      mode: answer.mode,
      outcome: good ? (round === 'repair' ? 'repaired' : 'answered') : 'unusable',
      outputHash: sha256(answer.text),
      output: answer.text.slice(0, 200_000),
    })
    if (good) return { ok: true, value: outcome.value, generationId, repaired: round === 'repair', model: answer.model }
    parent = generationId
    said = repairing(messages, answer.text, outcome.issues)
  }
  return { ok: false, code: 'designs.rubbish', generationId: parent }
}
