/** One message to a factory's endpoint, once. */
import { Problem } from '../../core/errors.ts'
import { withoutKeys } from '../../core/redact.ts'
import { signMessage } from '../../core/signature.ts'
import { SECOND } from '../../core/values.ts'
import type { OutboundAnswer } from '../../engines/ports.ts'
import type { Context } from '../context.ts'
import { retryAfter } from './model.ts'
import { signingKeys } from './secrets.ts'
import type { Factory } from './store/factories.ts'
import { bodyOf } from './store/messages.ts'

/** The whole exchange with a factory's endpoint, and how much of its answer is read. */
export const DEADLINE_MS = 20 * SECOND
const MOST_BYTES = 64 * 1024
export const KEPT_ANSWER = 2000

export interface Outcome {
  status: number | null
  /** Why it does not count as delivered; undefined = delivered. */
  error: string | undefined
  answer: string
  askedMs: number
  durationMs: number
}

/** Sign and post one message once. Never throws: what went wrong is in the outcome. */
export async function post(
  { engines, clock }: Pick<Context, 'engines' | 'clock'>,
  factory: Factory,
  message: { id: string; body: string },
  signal?: AbortSignal,
): Promise<Outcome> {
  const now = clock.now()
  const body = bodyOf(engines.vault, message)
  const started = performance.now()
  const outcome = (status: number | null, error: string | undefined, answer = '', askedMs = 0): Outcome => ({
    status,
    error,
    answer,
    askedMs,
    durationMs: Math.round(performance.now() - started),
  })
  try {
    const answer = await engines.outbound.request({
      method: 'POST',
      url: factory.endpoint ?? '',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        ...signMessage(signingKeys(engines.vault, factory, now), message.id, now, body),
      },
      body,
      deadlineMs: DEADLINE_MS,
      maxBytes: MOST_BYTES,
      maxRedirects: 0,
      // It may arrive twice: under its id whoever gets it knows it again.
      keepAlive: true,
      signal,
    })
    const text = printable(answer)
    const { status } = answer
    if (status >= 200 && status < 300) return outcome(status, undefined, text)
    const error = status >= 300 && status < 400 ? 'redirects are not followed' : `answered ${status}`
    return outcome(status, error, text, retryAfter(answer.headers['retry-after'], now))
  } catch (error) {
    return outcome(null, error instanceof Problem ? error.text.en : String(error))
  }
}

/** What people may be shown of an answer; PostgreSQL's text takes no NUL. */
const printable = ({ bytes, truncated }: OutboundAnswer): string => {
  if (!bytes.length) return ''
  const text = bytes.subarray(0, KEPT_ANSWER).toString('utf8').replaceAll('\0', '')
  return withoutKeys(truncated || bytes.length > KEPT_ANSWER ? `${text}…` : text)
}
