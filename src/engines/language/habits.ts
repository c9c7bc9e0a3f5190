/**
 * What one endpoint turned out to want: learnt from its refusals, which name the parameter more often than not, and
 * remembered once a request with it was answered.
 */
import { isMembers, withExtra, type Extra } from '../extra-body.ts'
import type { ModelAnswer, ModelRequest } from '../ports.ts'
import type { Said } from './said.ts'

export type Mode = ModelAnswer['mode']
export const LADDER: readonly Mode[] = ['json_schema', 'json_object', 'prompt']

export interface Habits {
  /** How the wanted form is asked for; see {@link LADDER}. */
  readonly rung: number
  /** Reasoning models call the limit `max_completion_tokens`; some servers take none. */
  readonly tokensName: 'max_tokens' | 'max_completion_tokens' | undefined
  /** The range a limit may be in. */
  readonly tokens: { readonly min: number; readonly max: number }
  /** Room beside this very prompt; nothing to remember. */
  readonly roomOnce: number
  readonly without: ReadonlySet<string>
  /** Members it demanded, e.g. `enable_thinking: false`. */
  readonly demanded: Extra
  /** Its template knows no system message, or none but the first. */
  readonly oneVoice: boolean
}

export const NO_HABITS: Habits = {
  rung: 0,
  tokensName: 'max_tokens',
  tokens: { min: 1, max: Infinity },
  roomOnce: Infinity,
  without: new Set(),
  demanded: {},
  oneVoice: false,
}

export const modeOf = ({ rung }: Habits): Mode => LADDER[rung] ?? 'prompt'
export const streams = (habits: Habits, extra: Extra): boolean => ({ ...habits.demanded, ...extra })['stream'] === true

const asInstructions = (request: ModelRequest): string =>
  `Answer with one JSON object and nothing else: no prose, no code fence. It must satisfy this JSON Schema:\n${JSON.stringify(request.schema)}`

type Message = ModelRequest['messages'][number]

/** What the system says is said by the user, and nobody speaks twice in a row. */
function inOneVoice(messages: readonly Message[]): Message[] {
  const out: Message[] = []
  for (const { role, content } of messages) {
    const speaker = role === 'assistant' ? 'assistant' : 'user'
    const before = out.at(-1)
    if (before?.role === speaker) before.content += `\n\n${content}`
    else out.push({ role: speaker, content })
  }
  return out
}

/** Tokens asked for at most, within what the endpoint allows. */
export const tokensOf = ({ tokens, roomOnce }: Habits, wanted: number): number =>
  Math.max(1, Math.min(Math.max(wanted, tokens.min), tokens.max, roomOnce))

/** The request's body as this endpoint wants it; what the operator configured comes last. */
export function bodyOf(model: string, request: ModelRequest, habits: Habits, extra: Extra): Record<string, unknown> {
  const mode = modeOf(habits)
  const messages: Message[] =
    mode === 'json_schema'
      ? request.messages
      : [...request.messages, { role: 'system' as const, content: asInstructions(request) }]
  const byPrompt = mode === 'json_object' ? { type: 'json_object' } : undefined
  const format =
    mode === 'json_schema'
      ? { type: 'json_schema', json_schema: { name: request.schemaName, strict: true, schema: request.schema } }
      : byPrompt
  const { without, tokensName } = habits
  const standard = {
    model,
    messages: habits.oneVoice ? inOneVoice(messages) : messages,
    ...(tokensName === undefined ? {} : { [tokensName]: tokensOf(habits, request.maxTokens) }),
    ...(without.has('temperature') ? {} : { temperature: request.temperature }),
    ...(without.has('seed') ? {} : { seed: request.seed }),
    ...(format ? { response_format: format } : {}),
    ...(streams(habits, extra) && !without.has('stream_options') ? { stream_options: { include_usage: true } } : {}),
  }
  return withExtra(withExtra(standard, habits.demanded), extra)
}

// ── learning ────────────────────────────────────────────────────────────────────────────────────────────────────

/** Members with rules of their own, or that are not ours to change. */
const NOT_DEMANDED = new Set([
  'model',
  'messages',
  'message',
  'role',
  'content',
  'prompt',
  'input',
  'response_format',
  'temperature',
  'seed',
  'max_tokens',
  'max_completion_tokens',
  'max_output_tokens',
  'stream_options',
  'api_key',
])
const VALUE = String.raw`[\`'"“]?(true|false|null|disabled|enabled|none|auto|low|minimal|medium|high|-?\d+(?:\.\d+)?)\b[\`'"”]?(?!\s*(?:,|or\b|and\b|到|至|-)\s*[\`'"\d\w])`
const NAME = String.raw`[\`'"“]?([a-z][\w.]*)[\`'"”]?`
const DEMANDS = [
  // "parameter.enable_thinking must be set to false", "enable_thinking parameter is restricted to True", "n must be 1"
  String.raw`${NAME}(?:\s+(?:parameter|value|field|argument|option))?\s+(?:must(?: only)?|should|has to|have to|needs? to|is restricted|can only|may only|only (?:accepts?|supports?|allows?)|is required to)\s*(?:be\s+)?(?:explicitly\s+)?(?:set\s+)?(?:equal\s+)?(?:to\s+|as\s+)?(?:be\s+)?(?:the value\s+)?${VALUE}`,
  // "please set enable_thinking to false", "use enable_thinking=false", "requires enable_thinking: false"
  String.raw`(?:set|setting|pass|use|using|specify|with|requires?|only supports?|only when|switch)\s+(?:the\s+)?(?:parameter\s+)?${NAME}\s*(?:=|:|\s+to\b|\s+as\b)\s*${VALUE}`,
  // "enable_thinking 必须设置为 false"
  String.raw`${NAME}\s*(?:参数|字段)?(?:的值)?\s*(?:必须|须|需要|需|应当|应该|应|只能|仅支持|只支持)\s*(?:设置?)?(?:为|成|是)?\s*[:：=]?\s*${VALUE}`,
  String.raw`(?:将|把|请设置|设置)\s*${NAME}\s*(?:参数)?\s*(?:设置?)?(?:为|成)\s*${VALUE}`,
].map((pattern) => new RegExp(pattern, 'gi'))
/** "… is not supported when enable_thinking is true": then the opposite. */
const OPPOSITE = new RegExp(
  String.raw`(?:not|n't|cannot|unsupported|不支持|不能).{0,80}?(?:when|if|while|with|当|时)\s*${NAME}\s*(?:is|=|==|为|:)?\s*(?:set to\s*)?[\`'"]?(true|false)\b`,
  'gi',
)

function valueOf(text: string): unknown {
  const word = text.toLowerCase()
  if (word === 'true' || word === 'false') return word === 'true'
  if (word === 'null') return undefined
  return /^-?\d/.test(word) ? Number(word) : word
}

/** A member by its path, inside the members of the same names. */
function put(into: Extra, path: readonly string[], value: unknown): Extra {
  const [name = '', ...rest] = path
  const inner = into[name]
  return { ...into, [name]: rest.length === 0 ? value : put(isMembers(inner) ? inner : {}, rest, value) }
}
const at = (from: Extra, path: readonly string[]): unknown =>
  path.reduce<unknown>((inner, name) => (isMembers(inner) ? inner[name] : undefined), from)

function demandIn(text: string, habits: Habits, extra: Extra): Habits | undefined {
  const found = DEMANDS.flatMap((pattern) =>
    [...text.matchAll(pattern)].map(([, name, value]) => [name, value] as const),
  )
  const opposite = [...text.matchAll(OPPOSITE)].map(
    ([, name, value]) => [name, value?.toLowerCase() === 'true' ? 'false' : 'true'] as const,
  )
  for (const [named = '', said = ''] of [...found, ...opposite]) {
    const path = named
      .replace(/^(?:parameters?|body|request|extra_body)\./i, '')
      .split('.')
      .filter(Boolean)
    const [first = ''] = path
    const value = valueOf(said)
    if (path.length === 0 || path.length > 3 || value === undefined) continue
    if (path.some((name) => NOT_DEMANDED.has(name) || /^(__proto__|constructor|prototype)$/.test(name))) continue
    // A word of the sentence is no member; members are written with an underscore, or are known.
    if (!path.some((name) => name.includes('_')) && !['n', 'stream', 'thinking', 'store'].includes(first)) continue
    if (first === 'stream' && value !== true) continue
    if (at(extra, path) !== undefined || at(habits.demanded, path) !== undefined) continue
    return { ...habits, demanded: put(habits.demanded, path, value) }
  }
  return undefined
}

const STREAM_ONLY =
  /only supports?( the)? stream|(enable|use|set|turn on)( the)? (parameter )?[`'"]?stream[`'"]?(?!_)|stream(ing)? mode( is)? (only|required)|streaming is required|non-?stream\w*[^.]{0,40}(not|un)[- ]?(support|allow)|(仅|只)支持流式|不支持非流式|[`'"]?stream[`'"]?\s*(must|should|has to|needs to)/i

const TOKENS =
  /max[_ ]?(completion_|output_|new_)?tokens|maxtokens|(output|completion) tokens|in the completion|num_predict/i

const numbersIn = (text: string): number[] =>
  [...text.matchAll(/(?<![\w.-])\d{1,3}(?:,\d{3})+(?![\w-])|(?<![\w.-])\d+(?![\w-]|\.\d)/g)]
    .map(([digits]) => Number(digits.replaceAll(',', '')))
    .filter((number) => number > 0 && number < 100_000_000)

/** How many tokens may be asked for, or under which name. */
function tokensIn(text: string, habits: Habits, wanted: number): Habits | undefined {
  if (!TOKENS.test(text) || habits.tokensName === undefined) return undefined
  const asked = tokensOf(habits, wanted)
  const room = roomIn(text)
  if (room !== undefined) {
    if (room < Math.min(256, wanted)) return undefined
    if (room < asked) return { ...habits, roomOnce: room }
  }
  const tokens = boundsIn(text, habits, wanted)
  if (tokens) return { ...habits, tokens }
  if (habits.tokensName === 'max_tokens') return { ...habits, tokensName: 'max_completion_tokens' }
  return { ...habits, tokensName: undefined }
}

/** How many tokens are left for the answer, where that is told. */
function roomIn(text: string): number | undefined {
  // vLLM: what the model reads and writes together, less what it has to read here.
  const window = /(?:maximum context length|context window|max_model_len|context length)\D{0,30}?(\d{3,7})/i.exec(text)
  const taken =
    /(\d+)\s*(?:tokens )?in the (?:messages|prompt|input)|(?:has|have|with|prompt contains)\s*(?:at least )?(\d+)\s*(?:input |prompt )?tokens|(\d+) input tokens/i.exec(
      text,
    )
  return window && taken ? Number(window[1]) - Number(taken[1] ?? taken[2] ?? taken[3]) - 1 : undefined
}

/** Between which numbers of tokens an endpoint wants to be asked. */
function boundsIn(text: string, habits: Habits, wanted: number): Habits['tokens'] | undefined {
  const asked = tokensOf(habits, wanted)
  const range = /[[(（【]\s*(\d[\d,]*?)\s*(?:,|，|-|–|~|to|and|到|至)\s*(\d+)\s*[\])）】]/.exec(text)
  const spoken = /(?:between|from|介于)\s*(\d+)\s*(?:and|to|到|至|和)\s*(\d+)/i.exec(text)
  const [, low, high] = range ?? spoken ?? []
  if (low !== undefined && high !== undefined) {
    const tokens = { min: Number(low.replaceAll(',', '')), max: Number(high) }
    const helps = tokens.max >= tokens.min && tokens.max > 0 && tokensOf({ ...habits, tokens }, wanted) !== asked
    return helps ? tokens : undefined
  }
  const numbers = numbersIn(text).filter((number) => number !== asked)
  const least = /at least|minimum|greater than or equal|>=|不小于|至少/i.test(text)
  const limit = least
    ? numbers.find((number) => number > asked)
    : Math.max(0, ...numbers.filter((number) => number < asked && number >= 16))
  if (!limit) return undefined
  return least ? { ...habits.tokens, min: limit } : { ...habits.tokens, max: limit }
}

/**
 * What to do otherwise because of a refusal that names it, or undefined where it names nothing we know.
 * @param extra what the operator configured, which is never learnt away
 */
export function learnt(habits: Habits, said: Said, wanted: number, extra: Extra): Habits | undefined {
  const text = `${said.param} ${said.message}`.slice(0, 4000)
  const names = (name: string) => new RegExp(String.raw`(?<![\w])${name}(?![\w])`, 'i').test(text)
  const demanded = demandIn(text, habits, extra)
  if (demanded) return demanded
  if (STREAM_ONLY.test(text) && extra['stream'] === undefined && !streams(habits, extra))
    return { ...habits, demanded: { ...habits.demanded, stream: true } }
  const tokens = tokensIn(text, habits, wanted)
  if (tokens) return tokens
  for (const name of ['temperature', 'seed', 'stream_options'])
    if (names(name) && !habits.without.has(name)) return { ...habits, without: new Set([...habits.without, name]) }
  if (
    /system (message|role|prompt)|(role|角色).{0,30}system|['"`]?system['"`]? role|roles? must alternate|conversation roles|alternating/i.test(
      text,
    ) &&
    !habits.oneVoice
  )
    return { ...habits, oneVoice: true }
  if (/response_?format|json_?(schema|object|mode)|json mode|structured|guided|grammar/i.test(text))
    return stepDown(habits)
  return undefined
}

/** The next rung of the ladder, or undefined at its foot. */
export const stepDown = (habits: Habits): Habits | undefined =>
  modeOf(habits) === 'prompt' ? undefined : { ...habits, rung: habits.rung + 1 }

/** Whether a refusal names something that can be done otherwise; a server that says so with 500 is not asked the same again. */
export const namesSomething = (said: Said): boolean => learnt(NO_HABITS, said, 1_000_000, {}) !== undefined
