/** The product as its own process, from main.ts, and buyers who order from it: for tests of what happens to it. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { command } from './built.ts'

export interface Ended {
  code: number | null
  signal: NodeJS.Signals | null
  /** What it said on its way out, and all it logged. */
  said: string
}

export interface Product {
  url: string
  child: ChildProcess
  ended: Promise<Ended>
  stop(signal?: NodeJS.Signals): Promise<Ended>
}

export interface StartOptions {
  role?: 'all' | 'web' | 'worker'
  /** The most bytes a file may have (RLIMIT_FSIZE): the nearest to a full disk that needs no rights. */
  fileBytes?: number
}

/** A soft limit, in POSIX's blocks of 512 bytes, so that it can be lifted while the process runs. */
const limited = (bytes: number) => ['sh', '-c', `ulimit -S -f ${Math.floor(bytes / 512)} && exec "$@"`, 'sh']

/** Start it and do not wait: for one that is expected to end at once. */
export function launch(environment: Record<string, string>, { role = 'all', fileBytes }: StartOptions = {}) {
  const [program = '', ...rest] = [...(fileBytes === undefined ? [] : limited(fileBytes)), ...command('main')]
  const child = spawn(program, rest, {
    // Not the runner's whole environment: it sets BASE_URL for its own purposes.
    env: {
      PATH: process.env['PATH'],
      REQUESTS_PER_MINUTE: '1000000',
      LETTERS_PER_HOUR: '1000000',
      ...environment,
      ROLE: role,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stderr?.on('data', (chunk: Buffer) => void (said += chunk.toString()))
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, said }) as Ended)
  return { child, ended, said: () => said }
}

/** Start it and wait until it listens (a worker says nothing: it is handed back at once). */
export async function start(environment: Record<string, string>, options: StartOptions = {}): Promise<Product> {
  const { child, ended } = launch(environment, options)
  let url = ''
  if (options.role !== 'worker') {
    const died = ended.then(({ code, said }) => {
      throw new Error(`the server ended with ${code} before it listened: ${said}`)
    })
    const [line] = (await Promise.race([once(child.stdout!, 'data'), died])) as [Buffer]
    url = /http:\S+/.exec(line.toString())?.[0] ?? ''
  }
  return {
    url,
    child,
    ended,
    async stop(signal = 'SIGKILL') {
      child.kill(signal)
      return ended
    },
  }
}

/** Whether limits of a process can be changed from outside here (Linux with util-linux). */
export const canLimit = spawnSync('prlimit', ['--version']).status === 0

/** Let a process write files of this size at most; no limit without. */
export function limitFiles(pid: number, bytes: number | 'unlimited'): void {
  const { status, stderr } = spawnSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:`])
  if (status !== 0) throw new Error(`prlimit: ${stderr.toString()}`)
}

export interface Answered {
  status: number
  retryAfter: string | null
  body: { id?: string; code?: string; detail?: string }
}

export interface Buying {
  campaignId: string
  key: string
  /** In which language it wants its answer. */
  lang?: 'zh' | 'en'
  /** An API key that vouches for the buyer. */
  bearer?: string | undefined
  lines?: { size: string; colourway: string; quantity: number }[]
}

/** One pre-order as a client sends it; rejects when the connection breaks. A request without an answer is a hang. */
export async function order(url: string, { campaignId, key, lang = 'zh', bearer, lines }: Buying): Promise<Answered> {
  const response = await fetch(`${url}/api/v1/campaigns/${campaignId}/preorders`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'idempotency-key': key,
      'accept-language': lang,
      ...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
    },
    body: JSON.stringify({
      email: `${key}@example.com`,
      name: key,
      lang: 'zh',
      lines: lines ?? [{ size: 'L', colourway: 'olive', quantity: 1 }],
    }),
    signal: AbortSignal.timeout(20_000),
  })
  return {
    status: response.status,
    retryAfter: response.headers.get('retry-after'),
    body: (await response.json()) as Answered['body'],
  }
}
