import { and, desc, eq, sql } from 'drizzle-orm'
import type { Clock } from '../core/clock.ts'
import { newId, SECOND, type Lang } from '../core/values.ts'
import { insertMany, placeholders, type Database, type Reader, type Tx } from './database.ts'
import { leasedQueue, upTo } from './leases.ts'
import { mails } from './tables.ts'
import { sealLetter, type Sealer } from './sealed.ts'

export interface NewLetter {
  /** One letter per key, however often its reason is seen: `preorder:0190…:confirm`. */
  dedupeKey: string
  to: string
  lang: Lang
  subject: string
  body: string
  /** What it tells of, as `campaign:…` or `order:…`: there people see it where it could not be sent. */
  about?: string | undefined
}

/**
 * Queue letters in the transaction that gives the reason for them. Repeated keys are ignored. What is in them waits
 * sealed, and is forgotten when it is sent: a stolen database holds nobody's link.
 */
export async function queueLetters(tx: Tx, letters: readonly NewLetter[], now: Date, vault: Sealer): Promise<void> {
  await insert(
    tx,
    letters.map((letter) => ({
      id: newId(),
      about: undefined,
      ...letter,
      ...sealLetter(vault, letter),
      dueAt: now,
      createdAt: now,
    })),
  )
}

const GIVEN = ['id', 'dedupeKey', 'to', 'lang', 'subject', 'body', 'about', 'dueAt', 'createdAt'] as const

const insert = insertMany<NewLetter & { id: string; dueAt: Date; createdAt: Date }>(mails.id, GIVEN, (tx, rows) =>
  tx
    .insert(mails)
    .values(rows.map((row) => placeholders(row, GIVEN)) as never)
    .onConflictDoNothing(),
)

const MOST_ATTEMPTS = 10

const parkedAbout = (about: string) => and(sql`${mails.state} = 'parked'`, eq(mails.about, about))

/** Letters as a leased queue: tried ten times, then kept for a person to look at; forgotten once they are sent. */
export const letterQueue = leasedQueue({
  table: mails,
  done: 'sent',
  parked: 'parked',
  delay: upTo(MOST_ATTEMPTS),
  forgets: { subject: '', body: '' },
})

/** Ids of the newest letters that went out; the state in words, as the index has it. */
export async function lastSent(db: Reader, limit: number): Promise<string[]> {
  const rows = await db
    .select({ id: mails.id })
    .from(mails)
    .where(sql`${mails.state} = 'sent'`)
    .orderBy(desc(mails.id))
    .limit(limit)
  return rows.map(({ id }) => id)
}

/** How many letters about something could not be sent, for good. */
export const lettersStuck = (db: Reader, about: string): Promise<number> => db.$count(mails, parkedAbout(about))

/** The "try again" button: due now, with their attempts forgotten. Returns how many there were. */
export const retryLetters = (db: Database, about: string, now: Date): Promise<number> =>
  db.write((tx) => letterQueue.again(tx, parkedAbout(about), now), { atomic: true })

/** Letters on their way at once: a mail server is not overrun, and one that is slow with one takes the others. */
export const LETTERS_AT_ONCE = 5
/** How long a mail server may take over one letter. */
export const LETTER_DEADLINE_MS = 20 * SECOND

export interface SendingLetters {
  limit?: number
  deadlineMs?: number
  /** The process leaves: what is under way is given up and due again at once. */
  leaving?: AbortSignal | undefined
}

/** Gives up on whoever does not answer: `work` may go on unseen. */
async function within(signal: AbortSignal, work: Promise<void>): Promise<void> {
  let stop = (): void => {}
  const ended = new Promise<never>((_, reject) => {
    stop = () => reject(new Error('the mail server did not take the letter in time'))
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop, { once: true })
  })
  try {
    await Promise.race([work, ended])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

/**
 * Send what is due through `send`, some at a time, each letter recorded as soon as it is gone. A letter that was sent
 * but not recorded (the process died in between) is sent again under the same id: at least once, recognisable as the
 * same.
 * @param send opens the letter (`openLetter`) and is told by the signal when nobody waits for it any more
 * @returns how many were sent
 */
export async function sendDueLetters(
  db: Database,
  clock: Clock,
  send: (
    letter: { id: string; to: string; lang: Lang; subject: string; body: string },
    signal: AbortSignal,
  ) => Promise<void>,
  { limit = 50, deadlineMs = LETTER_DEADLINE_MS, leaving }: SendingLetters = {},
): Promise<number> {
  const letters = await letterQueue.claim(db, { now: clock.now(), limit })
  const [first] = letters
  if (!first) return 0
  const write = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => db.write(work, { atomic: true })
  const release = letterQueue.keep(db, clock, first.leaseToken ?? '')
  let sent = 0
  let unrecorded: unknown

  async function deliver(letter: (typeof letters)[number]): Promise<void> {
    const deadline = AbortSignal.timeout(deadlineMs)
    const signal = leaving ? AbortSignal.any([leaving, deadline]) : deadline
    const failure = await within(signal, send(letter, signal)).then(
      () => undefined,
      (error: unknown) => String(error),
    )
    if (failure === undefined) {
      await write((tx) => letterQueue.settle(tx, letter, clock.now()))
      sent++
    } else if (leaving?.aborted) await write((tx) => letterQueue.giveBack(tx, letter))
    else await write((tx) => letterQueue.postpone(tx, letter, { now: clock.now(), error: failure }))
  }

  let next = 0
  const going = () => next < letters.length && !leaving?.aborted
  /** What cannot be recorded would go out again: no more until the database writes. Those beside share its commit. */
  async function some(): Promise<void> {
    while (going() && unrecorded === undefined)
      await deliver(letters[next++] as (typeof letters)[number]).catch((error: unknown) => {
        unrecorded ??= error
      })
  }
  try {
    await Promise.all(Array.from({ length: LETTERS_AT_ONCE }, some))
    if (unrecorded !== undefined) throw unrecorded
    const untried = letters.slice(next)
    if (untried.length)
      await write(async (tx) => {
        for (const letter of untried) await letterQueue.giveBack(tx, letter)
      })
  } finally {
    release()
  }
  return sent
}
