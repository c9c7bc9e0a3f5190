/**
 * Record and replay of a model endpoint's answers, through the client's `fetch` option: what a test or a demo replays
 * is exactly what an endpoint once sent. A recording never holds a key: request headers are not stored at all.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { canonicalJson, sha256 } from '../../core/canonical.ts'
import { problem } from '../../core/errors.ts'

export type Fetch = typeof globalThis.fetch

export interface Recording {
  request: { method: string; path: string; body: unknown }
  response: { status: number; headers: Record<string, string>; body: string }
}

const KEPT_HEADERS = ['content-type', 'x-request-id', 'retry-after']

const bodyOf = (body: unknown): unknown => {
  if (typeof body !== 'string') return null
  try {
    return JSON.parse(body) as unknown
  } catch {
    return body
  }
}

function asked(input: Parameters<Fetch>[0], init: Parameters<Fetch>[1]): Recording['request'] {
  const url = new URL(input instanceof Request ? input.url : String(input))
  return { method: init?.method ?? 'GET', path: url.pathname, body: bodyOf(init?.body) }
}

/** The name of a recording: equal question, equal name, whatever host answered it. */
export const recordingKey = (request: Recording['request']): string => sha256(canonicalJson(request)).slice(0, 32)

/** Ask `real`, and keep question and answer in `folder` as one JSON file each. */
export const recordingFetch =
  (folder: string, real: Fetch = globalThis.fetch): Fetch =>
  async (input, init) => {
    const request = asked(input, init)
    const answer = await real(input, init)
    const body = await answer.text()
    const headers = Object.fromEntries(
      KEPT_HEADERS.flatMap((name) => {
        const value = answer.headers.get(name)
        return value === null ? [] : [[name, value]]
      }),
    )
    const recording: Recording = { request, response: { status: answer.status, headers, body } }
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, `${recordingKey(request)}.json`), `${JSON.stringify(recording, null, 2)}\n`)
    return new Response(body, { status: answer.status, headers })
  }

/**
 * Answer from the recordings in `folder` and from nowhere else.
 * @throws Problem 503 `language.not-recorded` for a question nobody recorded
 */
export const replayingFetch =
  (folder: string): Fetch =>
  async (input, init) => {
    const request = asked(input, init)
    const file = join(folder, `${recordingKey(request)}.json`)
    const text = await readFile(file, 'utf8').catch(() => {
      throw problem('language.not-recorded', 503, {
        en: `No recorded answer for this question (${recordingKey(request)}). Record it once against a real endpoint.`,
        zh: `没有为该请求录制过回答（${recordingKey(request)}），请先连接真实端点录制一次。`,
      })
    })
    const { response } = JSON.parse(text) as Recording
    return new Response(response.body, { status: response.status, headers: response.headers })
  }
