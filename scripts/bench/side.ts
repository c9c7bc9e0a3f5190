/** One side of a comparison as a process of its own, which is stopped while the other has its turn. */
import { fork, type ChildProcess } from 'node:child_process'
import { load, prepared, type Wish } from './load.ts'
import type { Metered } from './meter.ts'
import type { Turn } from './turns.ts'

const METER = new URL('meter.ts', import.meta.url).href

/** The empty PostgreSQL database that the operator names for the bench; nothing where none is named. */
export const benchDatabase: Readonly<Record<string, string>> = process.env['BENCH_DATABASE_URL']
  ? { DATABASE_URL: process.env['BENCH_DATABASE_URL'] }
  : {}

export interface Side<Said = unknown> {
  /** What it said when it was ready. */
  said: Said
  child: ChildProcess
  /** Tell it something and wait for its answer. */
  ask<T>(word: unknown): Promise<T>
  /** What it used while this ran. The others are told to stand still by `alone`. */
  metered<T>(work: () => Promise<T>): Promise<{ result: T; used: Metered }>
  /** Ask it to leave; its last word, where it has one. */
  leave<T>(): Promise<T | undefined>
}

/**
 * @param program a module, TypeScript or built
 * @param env added to this process's; the operator's own database is never among it
 * @throws Error where it ends before it is ready
 */
export async function startSide<Said>(
  program: string,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<Side<Said>> {
  const { DATABASE_URL: _, ...own } = process.env
  const child = fork(program, args, {
    execArgv: ['--import', 'tsx', '--import', METER],
    env: { ...own, ...env },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const next = <T>(key: string): Promise<T> =>
    new Promise((resolve, reject) => {
      const heard = (word: unknown) => {
        if (!word || typeof word !== 'object' || !(key in word)) return
        done()
        resolve((word as Record<string, T>)[key] as T)
      }
      const gone = () => {
        done()
        reject(new Error(`${program} ${args.join(' ')} ended before it answered`))
      }
      const done = () => child.off('message', heard).off('exit', gone)
      child.on('message', heard).on('exit', gone)
    })
  const said = await next<Said>('ready')
  const side: Side<Said> = {
    said,
    child,
    ask(word) {
      const answer = next<never>('answer')
      child.send({ ask: word })
      return answer
    },
    async metered(work) {
      const begun = next('meter')
      child.send('begin')
      await begun
      const result = await work()
      const ended = next<Metered>('meter')
      child.send('end')
      return { result, used: await ended }
    },
    async leave() {
      if (child.exitCode !== null) return undefined
      child.kill('SIGCONT')
      const last = next<never>('left').catch(() => undefined)
      child.kill('SIGTERM')
      return last
    },
  }
  return side
}

/** This one runs, the others stand still: the product would still be writing letters. */
export async function alone<T>(side: Side, others: readonly Side[], work: () => Promise<T>): Promise<T> {
  for (const other of others) other.child.kill('SIGSTOP')
  side.child.kill('SIGCONT')
  return work()
}

/** Each of these requests once, over connections that stay open: one turn of one side. */
export async function loaded(
  side: Side,
  others: readonly Side[],
  { url, wishes, connections = 50 }: { url: string; wishes: readonly Wish[]; connections?: number },
): Promise<Turn> {
  const requests = wishes.map((wish) => prepared(url, wish))
  return alone(side, others, async () => {
    const { result, used } = await side.metered(() => load(url, requests, connections))
    const { perSecond, ...took } = result
    return { value: perSecond, ...took, ...used, cpuUs: used.cpuUs / wishes.length }
  })
}

/** In a side's program: answer what the bench asks, and say a last word when it is told to leave. */
export function answering(
  ready: unknown,
  { ask, leave }: { ask?: (word: never) => unknown; leave: () => Promise<unknown> },
): void {
  process.on('message', (word) => {
    if (!word || typeof word !== 'object' || !('ask' in word)) return
    void (async () => process.send?.({ answer: (await ask?.(word.ask as never)) ?? null }))()
  })
  let leaving: Promise<void> | undefined
  process.on(
    'SIGTERM',
    () =>
      void (leaving ??= leave().then((left) => {
        process.send?.({ left: left ?? null }, () => process.exit(0))
      })),
  )
  if (process.send) process.send({ ready })
  else console.log(ready) // started by hand, for another load generator
}
