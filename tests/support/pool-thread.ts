/** A pool's thread for tests of the pool: does what is asked of it, also what ends it. */
import { threadId } from 'node:worker_threads'
import { problem } from '../../src/core/errors.ts'
import { answerTasks } from '../../src/core/pool-thread.ts'

export interface Tries {
  echo: { input: unknown; output: unknown }
  /** Which thread answers. */
  who: { input: void; output: number }
  /** Compute for so long without looking up. */
  block: { input: number; output: string }
  /** Go on until told to stop. */
  untilStopped: { input: void; output: string }
  refuse: { input: void; output: never }
  mistake: { input: void; output: never }
  tooDeep: { input: void; output: never }
  tooMuch: { input: void; output: number }
  exit: { input: void; output: never }
  throwLater: { input: void; output: never }
  unsendable: { input: void; output: unknown }
  /** So many bytes, handed over, and how many are left here. */
  bytes: { input: number; output: Uint8Array<ArrayBuffer> }
}

const sleep = (ms: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
const down = (n: number): number => 1 + down(n + 1)

answerTasks<Tries>({
  echo: (input) => input,
  who: () => threadId,
  block(ms) {
    sleep(ms)
    return 'done'
  },
  async untilStopped(_, { signal, report }) {
    report({ step: 'going on', share: 0.5 })
    await new Promise((resolve) => {
      const alive = setInterval(() => {}, 1000)
      signal.addEventListener('abort', () => resolve(clearInterval(alive)), { once: true })
    })
    return 'as far as I came'
  },
  refuse() {
    throw problem('tries.refused', 422, { zh: '不行', en: 'No.' }, { field: 'lines', details: { a: 1 } })
  },
  mistake() {
    throw new TypeError('x is not a function')
  },
  tooDeep: () => down(0) as never,
  tooMuch() {
    const kept: number[][] = []
    for (;;) kept.push(Array.from({ length: 10_000 }, (_, i) => i + kept.length))
  },
  exit: () => process.exit(3),
  throwLater: () =>
    new Promise<never>(() => {
      setTimeout(() => {
        throw new Error('nobody catches this')
      })
    }),
  unsendable: () => () => 'a function',
  bytes(length, { hand }) {
    const bytes = new Uint8Array(length).fill(7)
    hand(bytes.buffer)
    return bytes
  },
})
