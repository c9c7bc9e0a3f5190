/** Asking a source for what is new: a conditional GET, read in the reading thread. Nothing is stored here. */
import { Problem } from '../../core/errors.ts'
import { SECOND, type Localized } from '../../core/values.ts'
import type { Engines, FeedContents, OutboundAnswer } from '../../engines/ports.ts'
import { FEED_LIMIT, READ_DEADLINE_MS, type SourceFormat } from './model.ts'
import { refused } from './messages.ts'
import type { Source } from './store.ts'

export type Fetched =
  | { kind: 'read'; contents: FeedContents; bytes: number; etag: string | null; lastModified: string | null }
  | { kind: 'unchanged' }
  | { kind: 'failed'; error: Localized; gone: boolean; retryAfterSeconds: number; bytes: number }

const ACCEPT =
  'application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, application/json;q=0.9, text/csv;q=0.8, */*;q=0.5'

/** Seconds, or until a date; 0 when it says neither. */
export function retryAfter(value: string | undefined, now: Date): number {
  if (!value) return 0
  if (/^\d+$/.test(value.trim())) return Number(value)
  const until = Date.parse(value)
  return Number.isNaN(until) ? 0 : Math.max(0, Math.ceil((until - now.getTime()) / SECOND))
}

const refusedBy = (status: number): Problem => {
  if (status === 410) return refused('trends.gone')
  const answer = String(status)
  return status === 401 || status === 403
    ? refused('trends.forbidden', { answer })
    : refused('trends.http-status', { answer })
}

const failed = (error: Problem, answer: OutboundAnswer | undefined, now: Date): Fetched => ({
  kind: 'failed',
  error: error.text,
  gone: answer?.status === 410,
  retryAfterSeconds: retryAfter(answer?.headers['retry-after'], now),
  bytes: answer?.bytes.length ?? 0,
})

/** Ask a source. What goes wrong out there is a result; only our own faults are thrown. */
export async function fetchSource(engines: Engines, source: Source, now: Date): Promise<Fetched> {
  let answer: OutboundAnswer | undefined
  try {
    answer = await engines.outbound.request({
      url: source.url ?? '',
      headers: {
        accept: ACCEPT,
        'user-agent': 'Firstcut/0.1 (feed reader)',
        ...(source.etag ? { 'if-none-match': source.etag } : {}),
        ...(source.lastModified ? { 'if-modified-since': source.lastModified } : {}),
      },
      deadlineMs: 20 * SECOND,
      maxBytes: FEED_LIMIT,
      maxRedirects: 3,
    })
    if (answer.status === 304) return { kind: 'unchanged' }
    if (answer.status !== 200) return failed(refusedBy(answer.status), answer, now)
    if (answer.truncated) return failed(refused('feeds.too-large'), answer, now)
    const contents = await engines.feeds.read(answer.bytes, {
      contentType: answer.headers['content-type'],
      contentEncoding: answer.headers['content-encoding'],
      address: answer.url,
      fileName: new URL(answer.url).pathname,
      declaredFormat: source.format as SourceFormat,
      deadlineMs: READ_DEADLINE_MS,
      maxBytes: FEED_LIMIT,
    })
    return {
      kind: 'read',
      contents,
      bytes: answer.bytes.length,
      etag: answer.headers['etag'] ?? null,
      lastModified: answer.headers['last-modified'] ?? null,
    }
  } catch (error) {
    if (error instanceof Problem) return failed(error, answer, now)
    throw error
  }
}
