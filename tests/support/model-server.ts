/**
 * A real HTTP server on the loopback that speaks the OpenAI protocol (chat, moderation, images) and DashScope's image
 * route, and answers by a script: what an endpoint may do, good and bad, without leaving the machine.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { openImageModel } from '../../src/engines/registry.ts'
import { openOutbound } from '../../src/engines/outbound.ts'
import type { ImageModel } from '../../src/engines/ports.ts'

export interface Seen {
  method: string
  path: string
  headers: Record<string, string | string[] | undefined>
  /** What came, as it came: a form with a picture in it is no text. */
  bytes: Buffer
  text: string
  /** The JSON body, where there was one. */
  body: Record<string, unknown>
}

export interface Scripted {
  status?: number
  headers?: Record<string, string>
  /** Sent as JSON unless it is text or bytes. */
  body: unknown
  /** Wait before answering. */
  afterMs?: number
  /** Answers by itself, for what no whole answer is: a drip, a flood, a broken line. */
  by?: (response: ServerResponse) => void
}

export type Script = (seen: Seen, count: number) => Scripted | Promise<Scripted>

/** A chat answer as the protocol has it. */
export const chat = (content: string, more: Record<string, unknown> = {}): Scripted => ({
  headers: { 'x-request-id': 'req-1' },
  body: {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1,
    model: 'test-model-2026',
    choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content, refusal: null }, ...more }],
    usage: { prompt_tokens: 1000, completion_tokens: 200, total_tokens: 1200 },
  },
})

export const refusedForm = (message: string): Scripted => ({
  status: 400,
  body: { error: { message, type: 'invalid_request_error', param: null, code: null } },
})

export interface ModelServer {
  url: string
  seen: Seen[]
  /** Answer from here on by this script. */
  answerWith(script: Script): void
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

async function read(request: IncomingMessage): Promise<Seen> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const bytes = Buffer.concat(chunks)
  const text = bytes.toString('utf8')
  let body: Record<string, unknown> = {}
  if (request.headers['content-type']?.startsWith('application/json')) body = JSON.parse(text) as typeof body
  return { method: request.method ?? '', path: request.url ?? '', headers: request.headers, bytes, text, body }
}

function send(response: ServerResponse, { status = 200, headers = {}, body }: Scripted): void {
  const bytes =
    body instanceof Uint8Array ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body), 'utf8')
  const type = body instanceof Uint8Array ? 'image/png' : typeof body === 'string' ? 'text/html' : 'application/json'
  response.writeHead(status, { 'content-type': type, ...headers })
  response.end(bytes)
}

export async function modelServer(first: Script = () => ({ status: 500, body: 'no script' })): Promise<ModelServer> {
  let script = first
  const seen: Seen[] = []
  const server = createServer((request, response) => {
    void (async () => {
      const asked = await read(request)
      seen.push(asked)
      const answer = await script(asked, seen.length)
      if (answer.afterMs !== undefined) await new Promise((resolve) => setTimeout(resolve, answer.afterMs))
      if (response.destroyed) return
      if (answer.by) answer.by(response)
      else send(response, answer)
    })()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    answerWith: (next) => void (script = next),
    close,
    [Symbol.asyncDispose]: close,
  }
}

/** A picture model of this server, as an operator would configure it. @param priceMicros of one picture */
export const pictureModel = (server: ModelServer, priceMicros: number): ImageModel =>
  openImageModel(
    {
      kind: 'openai',
      baseUrl: `${server.url}/v1`,
      model: 'image-model',
      timeoutMs: 20_000,
      retries: 0,
      priceMicros,
    },
    openOutbound({ allowHosts: ['127.0.0.1'] }),
  )
