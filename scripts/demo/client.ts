/** The product as anybody's program would use it: over HTTP, with an API key or without. */
export interface Answer<T> {
  status: number
  body: T
  headers: Headers
}

export class Client {
  readonly #base: string
  readonly #key: string | undefined
  constructor(base: string, key?: string) {
    this.#base = `${base}/api/v1`
    this.#key = key
  }

  /** @throws Error with the problem's own words for any answer that is not 2xx */
  async call<T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<T> {
    const answer = await this.send<T>(method, path, body, headers)
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
    return answer.body
  }

  async send<T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> {
    const response = await fetch(`${this.#base}${path}`, {
      method,
      headers: {
        accept: 'application/json',
        ...(this.#key ? { authorization: `Bearer ${this.#key}` } : {}),
        ...(body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
    })
    return { status: response.status, body: (await response.json()) as T, headers: response.headers }
  }
}

/** At most `width` at a time, in order of arrival. */
export async function inTurns<T, R>(
  things: readonly T[],
  width: number,
  work: (thing: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = []
  let next = 0
  await Promise.all(
    Array.from({ length: Math.min(width, things.length) }, async () => {
      for (let index = next++; index < things.length; index = next++)
        results[index] = await work(things[index] as T, index)
    }),
  )
  return results
}
