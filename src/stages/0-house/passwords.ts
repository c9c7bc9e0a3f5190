import { lazily } from '../../core/lazily.ts'
import { refused } from './messages.ts'

const argon2 = lazily(() => import('@node-rs/argon2'))

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane. */
const ARGON = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/**
 * Two at a time: a password costs a thread some thirty milliseconds and 19 MiB, and the runtime has four threads for
 * these, for files and for looking names up. Whoever floods the sign-in waits for others who do the same, and nobody else.
 */
const AT_ONCE = 2
/** As many as are done within about two seconds. Whoever comes later is told at once rather than kept waiting. */
export const MOST_WAITING = 64
const BACK_AFTER_S = 5

let running = 0
const waiting: (() => void)[] = []

/** @throws Problem 503 `identity.busy` when the queue is full */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running < AT_ONCE) running++
  else if (waiting.length >= MOST_WAITING) throw refused('identity.busy', undefined, { retryAfter: BACK_AFTER_S })
  // Whoever leaves hands the place on, so that the count stays.
  else await new Promise<void>((resolve) => waiting.push(resolve))
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else running--
  }
}

/** @throws Problem 503 `identity.busy` */
export const hashPassword = (password: string): Promise<string> =>
  inTurn(async () => (await argon2()).hash(password, ARGON))
/** @throws Problem 503 `identity.busy` */
export const verifyPassword = (hashed: string, password: string): Promise<boolean> =>
  inTurn(async () => (await argon2()).verify(hashed, password))
