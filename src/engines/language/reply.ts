/**
 * Where the answer stands in what an endpoint sent: as text, in parts, in a tool's arguments, among thoughts, in a stream
 * that nobody asked for, or in the shape of another protocol. Nothing here throws, whatever came.
 */
import { storableText } from '../../core/storable.ts'
import { quoted, saidIn, textOfPage, type Said } from './said.ts'

export interface Reply {
  text: string
  /** The model's own words of refusal. */
  refusal: string | undefined
  finish: 'whole' | 'length' | 'filter' | 'gave-up'
  usage: { input: number | undefined; output: number | undefined }
  model: string | undefined
  id: string | undefined
}

export type Read =
  | { kind: 'reply'; reply: Reply }
  /** A failure that came with status 200; `status` is the one it speaks of, where it does. */
  | { kind: 'failure'; said: Said; status: number }
  /** A page of something in between. */
  | { kind: 'page'; excerpt: string }
  | { kind: 'nonsense'; excerpt: string }

type Json = Record<string, unknown>
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
const objectsIn = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isObject) : [])
const filled = (value: unknown): value is string => typeof value === 'string' && value.trim() !== ''

function parse(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return undefined
  }
}

// ── one message ─────────────────────────────────────────────────────────────────────────────────────────────────

const THOUGHT = /think|reason/i

/** The words of a message's content, thoughts left out. */
function wordsOf(content: unknown): string {
  if (typeof content === 'string') return content
  if (Array.isArray(content)) return content.map((part) => (isObject(part) ? partWords(part) : wordsOf(part))).join('')
  if (!isObject(content)) return ''
  // A part on its own, or the wanted object itself, given as an object.
  return 'type' in content || 'text' in content ? partWords(content) : JSON.stringify(content)
}

function partWords(part: Json): string {
  if (typeof part['type'] === 'string' && THOUGHT.test(part['type'])) return ''
  if (part['thought'] === true) return ''
  const { text } = part
  if (isObject(text)) return wordsOf(text['value'])
  if (text !== undefined) return wordsOf(text)
  return wordsOf(part['content'] ?? part['output_text'] ?? part['json'] ?? '')
}

const refusalIn = (content: unknown): string | undefined =>
  objectsIn(content)
    .map((part) => part['refusal'])
    .find(filled)

/** What a function would be called with. */
function argumentsOf(message: Json): string {
  const calls = [...objectsIn(message['tool_calls']).map((call) => call['function'] ?? call), message['function_call']]
  for (const call of calls.filter(isObject)) {
    const given = call['arguments'] ?? call['input'] ?? call['parameters']
    if (filled(given)) return given
    if (isObject(given)) return JSON.stringify(given)
  }
  for (const part of objectsIn(message['content'])) if (isObject(part['input'])) return JSON.stringify(part['input']) // `tool_use`
  return ''
}

function answerIn(message: Json): string {
  const words = wordsOf(message['content'])
  if (words.trim() !== '') return words
  const given = argumentsOf(message)
  if (given !== '') return given
  if (isObject(message['parsed'])) return JSON.stringify(message['parsed'])
  // A server that takes everything for thoughts: what stands at their end is the answer.
  for (const name of ['reasoning_content', 'reasoning', 'thinking', 'text', 'output_text'])
    if (wordsOf(message[name]).trim() !== '') return wordsOf(message[name])
  return ''
}

const FINISH: readonly (readonly [RegExp, Reply['finish']])[] = [
  [/^(length|max_?(output_)?tokens|model_context_window_exceeded|model_length)$/i, 'length'],
  [/filter|sensitive|safety|refusal|recitation|blocklist|prohibited|spii|moderation|inspection/i, 'filter'],
  [/^(error|failed|cancelled|insufficient_system_resource|network_error|abort(ed)?)$/i, 'gave-up'],
]
const finishOf = (reason: unknown): Reply['finish'] =>
  typeof reason === 'string' ? (FINISH.find(([pattern]) => pattern.test(reason))?.[1] ?? 'whole') : 'whole'

// ── one answer ──────────────────────────────────────────────────────────────────────────────────────────────────

interface Choice {
  message: Json
  reason: unknown
}

/** The choices of an answer, in the shape of whichever protocol it speaks. */
function choicesOf(root: Json): Choice[] | undefined {
  if (Array.isArray(root['choices'])) {
    return objectsIn(root['choices']).map((choice) => {
      const inner = choice['message'] ?? choice['delta'] ?? choice
      return {
        message: isObject(inner) ? inner : { content: inner },
        reason: choice['finish_reason'] ?? choice['finishReason'] ?? choice['stop_reason'],
      }
    })
  }
  // DashScope's own route; OpenAI's responses, which list thoughts and calls beside messages.
  const { output } = root
  if (isObject(output)) return choicesOf(output) ?? [{ message: output, reason: output['finish_reason'] }]
  if (Array.isArray(output)) {
    const items = objectsIn(output).filter(({ type }) => !(typeof type === 'string' && THOUGHT.test(type)))
    const cut = isObject(root['incomplete_details']) ? root['incomplete_details']['reason'] : undefined
    const message = { content: items.flatMap(({ content }) => content ?? []), tool_calls: items }
    return [{ message, reason: cut ?? root['status'] }]
  }
  // Gemini's own.
  if (Array.isArray(root['candidates']))
    return objectsIn(root['candidates']).map(({ content, finishReason }) => ({
      message: { content: isObject(content) ? content['parts'] : content },
      reason: finishReason,
    }))
  // Ollama's own, and Anthropic's.
  if (isObject(root['message']) && !('code' in root))
    return [{ message: root['message'], reason: root['done_reason'] ?? root['finish_reason'] }]
  if (filled(root['response'])) return [{ message: { content: root['response'] }, reason: root['done_reason'] }]
  if (Array.isArray(root['content'])) return [{ message: root, reason: root['stop_reason'] }]
  if (filled(root['output_text'])) return [{ message: { content: root['output_text'] }, reason: root['status'] }]
  return undefined
}

/** A count of tokens, whatever it is called; undefined where it is none. */
function tokens(root: Json, names: readonly string[]): number | undefined {
  const places = [root['usage'], root['usageMetadata'], root].filter(isObject)
  for (const place of places)
    for (const name of names) {
      const value = place[name]
      const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
      if (typeof number === 'number' && Number.isFinite(number) && number > 0)
        return Math.min(Math.round(number), 100_000_000)
    }
  return undefined
}

const INPUT = ['prompt_tokens', 'input_tokens', 'prompt_eval_count', 'promptTokenCount']
const OUTPUT = ['completion_tokens', 'output_tokens', 'eval_count', 'candidatesTokenCount']

const short = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number'
    ? storableText(String(value)).slice(0, 200) || undefined
    : undefined

/** The failure in an answer that came with status 200. */
function failureIn(root: Json): { said: Said; status: number } | undefined {
  const { error } = root
  const vllm = root['object'] === 'error'
  const minimax = isObject(root['base_resp']) && Number(root['base_resp']['status_code'] ?? 0) !== 0
  const bare =
    (filled(root['code']) || (typeof root['code'] === 'number' && root['code'] >= 400)) &&
    (filled(root['message']) || filled(root['msg']))
  const detail = filled(root['detail']) || Array.isArray(root['detail'])
  const listed = Array.isArray(root['errors']) && root['errors'].length > 0
  if (!(filled(error) || isObject(error) || vllm || minimax || bare || detail || listed || root['success'] === false))
    return undefined
  const said = saidIn(root)
  const numbers = [isObject(error) ? error['code'] : undefined, isObject(error) ? error['status'] : undefined]
  const status = [...numbers, root['code'], root['status'], root['status_code']]
    .map(Number)
    .find((number) => Number.isInteger(number) && number >= 400 && number <= 599)
  return { said, status: status ?? 400 }
}

function replyFrom(root: Json): Read | undefined {
  const choices = choicesOf(root)
  const failed = failureIn(root)
  if (failed && !choices?.some(({ message }) => answerIn(message).trim() !== '')) return { kind: 'failure', ...failed }
  if (!choices) return undefined
  const read = choices.map(({ message, reason }) => ({
    text: storableText(answerIn(message)).trim(),
    refusal: filled(message['refusal']) ? storableText(message['refusal']) : refusalIn(message['content']),
    finish: finishOf(reason),
  }))
  // Several choices: the first that is one, else the first of all, which says why there is none.
  const chosen =
    read.find(({ text, refusal, finish }) => text !== '' && !refusal && finish === 'whole') ??
    read.find(({ refusal, finish }) => refusal !== undefined || finish !== 'whole') ??
    read[0]
  const blocked = isObject(root['promptFeedback']) && root['promptFeedback']['blockReason'] !== undefined
  return {
    kind: 'reply',
    reply: {
      text: chosen?.text ?? '',
      refusal: chosen?.refusal,
      finish: blocked ? 'filter' : (chosen?.finish ?? 'whole'),
      usage: { input: tokens(root, INPUT), output: tokens(root, OUTPUT) },
      model: short(root['model']),
      id: short(root['id'] ?? root['request_id']),
    },
  }
}

// ── streams ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** The events of a stream: lines that begin with `data:`, or a JSON object on each line. */
function eventsIn(text: string): Json[] | undefined {
  const lines = text.split(/\r\n|\n|\r/)
  const data = lines.filter((line) => line.startsWith('data:')).map((line) => line.slice(5).trim())
  const bodies = data.length > 0 ? data : lines.map((line) => line.trim()).filter(Boolean)
  const events: Json[] = []
  for (const body of bodies) {
    if (body === '' || body === '[DONE]') continue
    const read = parse(body)
    if (read && isObject(read.value)) events.push(read.value)
    else if (data.length === 0) return undefined
  }
  return events.length > 0 ? events : undefined
}

/** Text after text; parts and calls by their place. */
function grow(into: Json, delta: Json): void {
  for (const [name, value] of Object.entries(delta)) {
    if (name === '__proto__' || value === null || value === undefined) continue
    const there = into[name]
    if (typeof value === 'string' && typeof there === 'string')
      into[name] = name === 'role' || name === 'type' || name === 'id' ? value : there + value
    else if (Array.isArray(value)) into[name] = grown(there, value)
    else if (isObject(value) && isObject(there)) grow(there, value)
    else into[name] = isObject(value) ? structuredClone(value) : value
  }
}

/** A list with what was added to it: an item that tells its place goes there, or into what stands there. */
function grown(there: unknown, added: readonly unknown[]): unknown[] {
  const before = filled(there) ? [there] : []
  const list: unknown[] = Array.isArray(there) ? there : before
  for (const item of added) {
    const place = isObject(item) && typeof item['index'] === 'number' ? Math.trunc(item['index']) : undefined
    if (!isObject(item) || place === undefined || !(place >= 0 && place < 64)) list.push(item)
    else if (isObject(list[place])) grow(list[place], item)
    else list[place] = { ...item }
  }
  return list
}

/** The parts of an event, wherever its server puts them; `own`: this stream has text of its own in `delta`. */
function partsOf(event: Json, own: boolean): Json[] {
  const { choices, output, message, response, delta, done_reason: reason } = event
  if (Array.isArray(choices)) return objectsIn(choices)
  if (isObject(output) && Array.isArray(output['choices'])) return objectsIn(output['choices'])
  if (isObject(message)) return [{ message, finish_reason: reason }]
  if (filled(response)) return [{ message: { content: response }, finish_reason: reason }]
  if (!own || delta === undefined) return []
  return [{ delta: { content: isObject(delta) ? (delta['text'] ?? '') : delta } }]
}

/** A choice of a stream, as far as it has come. */
interface Streamed {
  message: Json
  finish_reason: unknown
}

function take(choices: Streamed[], part: Json): void {
  const index = typeof part['index'] === 'number' ? Math.min(Math.max(0, Math.trunc(part['index'])), 8) : 0
  const choice = (choices[index] ??= { message: {}, finish_reason: null })
  const piece = part['delta'] ?? part['message'] ?? (filled(part['text']) ? { content: part['text'] } : undefined)
  if (isObject(piece)) grow(choice.message, piece)
  if (filled(part['finish_reason'])) choice.finish_reason = part['finish_reason']
}

/** A stream as the one answer it is. */
function gathered(events: readonly Json[]): Json {
  const root: Json = {}
  const choices: Streamed[] = []
  let own = false
  for (const event of events) {
    for (const name of ['id', 'model', 'usage', 'error', 'code', 'detail', 'prompt_eval_count', 'eval_count'])
      if (event[name] !== undefined && event[name] !== null) root[name] = event[name]
    // OpenAI's responses: the last event holds the whole.
    if (isObject(event['response'])) return event['response']
    const { delta } = event
    if (filled(delta) || (isObject(delta) && filled(delta['text']))) own = true
    for (const part of partsOf(event, own)) take(choices, part)
    // A failure in an event of its own.
    if (event['type'] === 'error' && !isObject(root['error'])) root['error'] = event
    if (filled(event['message']) && filled(event['code'])) root['message'] = event['message']
  }
  return choices.length > 0 ? { ...root, choices: choices.filter(Boolean) } : root
}

/**
 * Read what came with status 200.
 * @param contentType decides nothing that the bytes say otherwise
 */
export function readReply(text: string, contentType: string): Read {
  const trimmed = text.replace(/^\uFEFF/, '').trim()
  if (trimmed === '') return { kind: 'nonsense', excerpt: '' }
  const json = parse(trimmed)
  // Some list their one answer; some wrap it as text.
  const value = Array.isArray(json?.value) ? json.value.find(isObject) : json?.value
  if (isObject(value)) {
    const read = replyFrom(value) ?? (isObject(value['data']) ? replyFrom(value['data']) : undefined)
    return read ?? { kind: 'nonsense', excerpt: quoted(trimmed) }
  }
  if (json === undefined && /^(data|event|id|retry)?:/.test(trimmed)) {
    const events = eventsIn(trimmed)
    const read = events && replyFrom(gathered(events))
    return read ?? { kind: 'nonsense', excerpt: quoted(trimmed) }
  }
  if (json === undefined && trimmed.startsWith('{')) {
    const events = eventsIn(trimmed)
    const read = events && replyFrom(gathered(events))
    if (read) return read
  }
  if (/^<(!doctype|html|head|body|\?xml|h\d|center|div|script|!--)/i.test(trimmed) || /text\/html/i.test(contentType))
    return { kind: 'page', excerpt: quoted(textOfPage(trimmed)) }
  return { kind: 'nonsense', excerpt: quoted(trimmed) }
}
