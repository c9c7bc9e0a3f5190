/**
 * What an endpoint says when it does not answer, in the shapes they have: OpenAI's and Azure's `error`, DashScope's
 * `code` and `message`, FastAPI's `detail` (vLLM), Ollama's bare text, a gateway's page.
 */
import { cutText, storableText } from '../../core/storable.ts'

export interface Said {
  /** In its own words; empty where it said nothing. */
  message: string
  /** Its codes and types, as one text to look in. */
  codes: string
  /** The parameter it complains of, where it names one. */
  param: string
}

type Json = Record<string, unknown>
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
const word = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')

const firstWord = (...values: unknown[]): string => values.map(word).find((text) => text !== '') ?? ''

/** The text of a page, its title first. */
export const textOfPage = (html: string): string =>
  html
    .slice(0, 20_000)
    .replaceAll(/<(script|style)\b[\s\S]*?<\/\1>/gi, ' ')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/&nbsp;/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()

/** FastAPI lists what is wrong, each with the place. */
function listed(detail: readonly unknown[]): Said {
  const faults = detail.filter(isObject)
  const places = faults.map(({ loc }) =>
    Array.isArray(loc)
      ? loc
          .map(word)
          .filter((part) => part !== 'body')
          .join('.')
      : '',
  )
  return {
    message: faults.map((fault, i) => `${places[i] ?? ''}: ${firstWord(fault['msg'], fault['message'])}`).join('; '),
    codes: faults.map(({ type }) => word(type)).join(' '),
    param: places[0] ?? '',
  }
}

export function saidIn(value: unknown): Said {
  if (typeof value === 'string') return { message: value, codes: '', param: '' }
  if (Array.isArray(value))
    return value.some((each) => isObject(each) && 'loc' in each) ? listed(value) : saidIn(value[0])
  if (!isObject(value)) return { message: '', codes: '', param: '' }
  for (const name of ['error', 'errors', 'detail', 'base_resp', 'response'] as const) {
    const inner = value[name]
    if (inner === undefined || inner === null || inner === '') continue
    if (Array.isArray(inner) && inner.length === 0) continue
    if (typeof inner === 'boolean' || typeof inner === 'number') continue
    const said = saidIn(inner)
    if (!said.message && !said.codes) continue
    const own = [value['code'], value['type'], value['error_type'], value['status']].map(word).join(' ')
    return { ...said, message: said.message || firstWord(value['message']), codes: `${said.codes} ${own}`.trim() }
  }
  const inner = isObject(value['innererror']) ? value['innererror'] : {}
  const meta = isObject(value['metadata']) ? word(value['metadata']['raw']) : ''
  const message = firstWord(
    value['message'],
    value['msg'],
    value['error_msg'],
    value['status_msg'],
    value['error_description'],
    value['title'],
  )
  return {
    message: [message, meta].filter(Boolean).join(' – '),
    codes: [
      value['code'],
      value['type'],
      value['status'],
      value['error_code'],
      value['status_code'],
      value['reason'],
      inner['code'],
    ]
      .map(word)
      .filter(Boolean)
      .join(' '),
    param: word(value['param']),
  }
}

/** The same of an answer's text, be it JSON, words or a page. */
export function saidInText(text: string): Said {
  const trimmed = text.trim()
  try {
    return saidIn(JSON.parse(trimmed))
  } catch {
    return { message: trimmed.startsWith('<') ? textOfPage(trimmed) : trimmed.slice(0, 4000), codes: '', param: '' }
  }
}

const MOST_QUOTED = 300

/** Keys and tokens, in the forms in which endpoints repeat them: whole, with stars, in an address. */
const SECRETS =
  /\b(?:sk|pk|rk|ak|key|api)[-_][\w*.-]{6,}|Bearer\s+[^\s"',]+|(?<=:\/\/)[^\s/@]+@|\b(?:api[-_]?key|key|token|secret|password|signature)=[^\s&"']+|\beyJ[\w-]{10,}[\w.-]*|\b(?=[\w*-]*\d)(?=[\w*-]*[A-Za-z])[\w*-]{28,}/gi

/** The words of an endpoint as a record and a page may show them: one line, bounded, without a key. */
export function quoted(text: string, secrets: readonly (string | undefined)[] = []): string {
  let out = storableText(text.slice(0, 8000))
  for (const secret of secrets) if (secret && secret.length >= 6) out = out.replaceAll(secret, '***')
  out = out
    .replaceAll(SECRETS, '***')
    // oxlint-disable-next-line no-control-regex
    .replaceAll(/[\u0000-\u001f\u007f\s]+/g, ' ')
    .trim()
  return out.length > MOST_QUOTED ? `${cutText(out, MOST_QUOTED)}…` : out
}

export const quoteOf = ({ message, codes }: Said, secrets: readonly (string | undefined)[] = []): string =>
  quoted(message || codes, secrets)
