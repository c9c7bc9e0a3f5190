/** One pool of threads for all that is long: the studio's drawings, strangers' feeds, the scoring of a week. */
import { afterEach, describe, expect, test } from 'vitest'
import { Problem } from '../../src/core/errors.ts'
import { openPool, ThreadError, type Pool, type PoolOptions } from '../../src/core/pool.ts'
import type { Tries } from '../support/pool-thread.ts'

const opened: Pool<Tries>[] = []
function open(options: Partial<PoolOptions> = {}): Pool<Tries> {
  const module = new URL('../support/pool-thread.ts', import.meta.url)
  const pool = openPool<Tries>({ module, threads: 2, memoryMb: 64, ...options })
  opened.push(pool)
  return pool
}
afterEach(async () => {
  await Promise.all(opened.splice(0).map((pool) => pool.end()))
})

const failing = async (answer: Promise<unknown>): Promise<ThreadError> => {
  const error: unknown = await answer.then(
    () => 'answered',
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(ThreadError)
  return error as ThreadError
}

describe('a task', () => {
  test('is answered by another thread; those beyond the threads wait, and threads start only when needed', async () => {
    const pool = open()
    expect(pool.load()).toEqual({ waiting: 0, running: 0, threads: 0 })
    const answers = ['a', 'b', 'c', 'd'].map((word) => pool.run('echo', { word }))
    expect(pool.load()).toEqual({ waiting: 2, running: 2, threads: 2 })
    expect(await Promise.all(answers)).toEqual([{ word: 'a' }, { word: 'b' }, { word: 'c' }, { word: 'd' }])
    expect(pool.load()).toEqual({ waiting: 0, running: 0, threads: 2 })
  })

  test('that is refused comes back as the problem it is, and its thread goes on', async () => {
    const pool = open({ threads: 1 })
    const before = await pool.run('who', undefined)
    const refusal: unknown = await pool.run('refuse', undefined).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(Problem)
    expect(refusal).toMatchObject({
      code: 'tries.refused',
      status: 422,
      text: { zh: '不行', en: 'No.' },
      extra: { field: 'lines', details: { a: 1 } },
    })
    expect(await pool.run('who', undefined)).toBe(before)
  })

  test('tells how far it is', async () => {
    const pool = open()
    const stop = new AbortController()
    const steps: string[] = []
    await pool.run('untilStopped', undefined, {
      signal: stop.signal,
      onAbort: 'answer',
      onProgress({ step, share }) {
        steps.push(`${step} ${share}`)
        stop.abort()
      },
    })
    expect(steps).toEqual(['going on 0.5'])
  })

  test('hands bytes over, there and back, instead of copying them', async () => {
    const pool = open()
    const bytes = new Uint8Array([1, 2, 3])
    expect(await pool.run('echo', bytes, { transfer: [bytes.buffer] })).toEqual(new Uint8Array([1, 2, 3]))
    expect(bytes.length, 'no longer here').toBe(0)
    expect(await pool.run('bytes', 5)).toEqual(new Uint8Array(5).fill(7))
  })

  test('that cannot cross to a thread is refused at once, and the next one is served', async () => {
    const pool = open({ threads: 1 })
    const before = await pool.run('who', undefined)
    await expect(pool.run('echo', () => 'a function')).rejects.toThrow(/could not be cloned/)
    expect(await pool.run('who', undefined)).toBe(before)
  })
})

describe('the deadline', () => {
  test('counts from when a task is sent, not while it waits for others or for a thread to load', async () => {
    const late = openPool<{ answer: { input: void; output: string } }>({
      module: new URL('../support/pool-thread-late.ts', import.meta.url),
      threads: 1,
      memoryMb: 64,
    })
    const answers = [1, 2].map(() => late.run('answer', undefined, { deadlineMs: 1000 }))
    expect(await Promise.all(answers)).toEqual(['here', 'here'])
    await late.end()

    const pool = open({ threads: 1 })
    const first = pool.run('block', 1200)
    expect(await pool.run('echo', 'second', { deadlineMs: 1000 })).toBe('second')
    expect(await first).toBe('done')
  })

  test('ends what takes longer, and a new thread serves the next', async () => {
    const pool = open({ threads: 1 })
    const before = await pool.run('who', undefined)
    const long = failing(pool.run('block', 60_000, { deadlineMs: 100 }))
    const next = pool.run('who', undefined)
    expect((await long).reason).toBe('deadline')
    expect(await next).not.toBe(before)
    expect(pool.load()).toEqual({ waiting: 0, running: 0, threads: 1 })
  })
})

describe('a thread that dies is told as what it is, and replaced', () => {
  test.each([
    ['tooMuch', 'memory'],
    ['tooDeep', 'overflow'],
    ['exit', 'crashed'],
    ['throwLater', 'crashed'],
    ['mistake', 'failed'],
    ['unsendable', 'failed'],
  ] as const)('%s: %s', async (kind, reason) => {
    const pool = open({ threads: 1 })
    const before = await pool.run('who', undefined)
    const told = failing(pool.run(kind, undefined))
    const next = pool.run('who', undefined)
    expect((await told).reason).toBe(reason)
    expect(await next).not.toBe(before)
    expect(pool.load()).toEqual({ waiting: 0, running: 0, threads: 1 })
  })

  test('a mistake of ours says where it was made', async () => {
    const error = await failing(open().run('mistake', undefined))
    expect(error.message).toBe('x is not a function')
    expect(error.stack).toContain('pool-thread.ts')
  })

  test('as does one that never gets ready, and one whose module is not there', async () => {
    const silent = open({ module: new URL('data:text/javascript,setInterval(()=>{},1000)'), startMs: 200 })
    expect(await failing(silent.run('echo', 1))).toMatchObject({ reason: 'unstarted' })
    const missing = open({ module: new URL('../support/no-such-thread.ts', import.meta.url) })
    const error = await failing(missing.run('echo', 1))
    expect(error).toMatchObject({ reason: 'unstarted', message: expect.stringContaining('no-such-thread') })
    expect(missing.load().threads).toBe(0)
  })
})

test('whoever waits for a thread to load goes to one that has become free meanwhile', async () => {
  const pool = open()
  await pool.run('who', undefined)
  // One thread is there and busy for a moment; the second takes longer to load than the first stays busy.
  const [first, second] = [pool.run('who', undefined), pool.run('who', undefined)]
  expect(pool.load()).toEqual({ waiting: 0, running: 2, threads: 2 })
  expect(await second).toBe(await first)
})

describe('calling off', () => {
  test('a task that waits never runs', async () => {
    const pool = open({ threads: 1 })
    const running = pool.run('block', 300)
    const stop = new AbortController()
    const waiting = pool.run('echo', 1, { signal: stop.signal })
    stop.abort(new Error('changed my mind'))
    await expect(waiting).rejects.toThrow('changed my mind')
    expect(pool.load().waiting).toBe(0)
    expect(await running).toBe('done')
    await expect(pool.run('echo', 1, { signal: stop.signal })).rejects.toThrow('changed my mind')
  })

  test('a task whose thread is still loading leaves the thread to the next', async () => {
    const pool = open({ threads: 1 })
    const stop = new AbortController()
    const first = pool.run('who', undefined, { signal: stop.signal })
    stop.abort(new Error('changed my mind'))
    const next = pool.run('echo', 'next')
    await expect(first).rejects.toThrow('changed my mind')
    expect(pool.load()).toEqual({ waiting: 0, running: 1, threads: 1 })
    expect(await next).toBe('next')
  })

  test('a task that computes is ended with its thread', async () => {
    const pool = open({ threads: 1 })
    const before = await pool.run('who', undefined)
    const stop = new AbortController()
    const running = pool.run('block', 60_000, { signal: stop.signal })
    stop.abort(new Error('changed my mind'))
    await expect(running).rejects.toThrow('changed my mind')
    expect(await pool.run('who', undefined)).not.toBe(before)
  })

  test('a task that looks up answers with what it has, on the same thread', async () => {
    const pool = open({ threads: 1 })
    const before = await pool.run('who', undefined)
    const stop = new AbortController()
    const running = pool.run('untilStopped', undefined, { signal: stop.signal, onAbort: 'answer' })
    stop.abort()
    expect(await running).toBe('as far as I came')
    expect(await pool.run('who', undefined)).toBe(before)
  })
})

test('what nobody waits for runs one at a time, and whoever waits goes first', async () => {
  const pool = open()
  const done: string[] = []
  const note = async (name: string, background: boolean, ms: number) => {
    await pool.run('block', ms, { background })
    done.push(name)
  }
  await Promise.all([pool.run('who', undefined), pool.run('who', undefined)])
  const unhurried = ['first', 'second', 'third'].map((name) => note(name, true, 50))
  expect(pool.load(), 'a thread stays free').toEqual({ waiting: 2, running: 1, threads: 2 })
  const asked = ['a', 'b', 'c'].map((name) => note(name, false, 1))
  expect(pool.load()).toEqual({ waiting: 4, running: 2, threads: 2 })
  await Promise.all([...unhurried, ...asked])
  expect(done.slice(-2), 'behind all who waited').toEqual(['second', 'third'])

  const single = open({ threads: 1 })
  const order: string[] = []
  const names = [single.run('block', 100), single.run('echo', 'later', { background: true }), single.run('echo', 'now')]
  await Promise.all(names.map(async (name) => order.push((await name) as string)))
  expect(order, 'the only thread goes to who waits for it').toEqual(['done', 'now', 'later'])
})

describe('closing', () => {
  test('lets what runs finish; what waits is told, what is new refused', async () => {
    const pool = open({ threads: 1 })
    const running = pool.run('block', 200)
    const waiting = failing(pool.run('echo', 1))
    await pool.close()
    expect(await running).toBe('done')
    expect((await waiting).reason).toBe('closed')
    expect((await failing(pool.run('echo', 1))).reason).toBe('closed')
    expect(pool.load()).toEqual({ waiting: 0, running: 0, threads: 0 })
  })

  test('waits no longer than it is given', async () => {
    const pool = open({ threads: 1 })
    await pool.run('echo', 'warm')
    const running = failing(pool.run('block', 60_000))
    await pool.close(50)
    expect((await running).reason).toBe('closed')
  })

  test('at once ends what runs as well', async () => {
    const pool = open({ threads: 1 })
    const running = failing(pool.run('block', 60_000))
    await pool.end()
    expect((await running).reason).toBe('closed')
    expect(pool.load()).toEqual({ waiting: 0, running: 0, threads: 0 })
  })
})
