import { and, desc, eq, sql } from 'drizzle-orm'
import type { Clock } from '../core/clock.ts'
import { newId, SECOND, type Lang } from '../core/values.ts'
import { insertMany, placeholders, type Database, type Reader, type Tx } from './database.ts'
import { together } from './gather.ts'
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
  /** Where whoever gets it refuses letters of its kind: of what is not about an order of their own. */
  unsubscribe?: string | undefined
}

/**
 * Queue letters in the transaction that gives the reason for them. Repeated keys are ignored. What is in them waits
 * sealed, and is forgotten when it is sent: a stolen database holds nobody's link.
 */
export async function queueLetters(tx: Tx, letters: readonly NewLetter[], now: Date, vault: Sealer): Promise<void> {
  await insert(
    tx,
    letters.map(({ unsubscribe, ...letter }) => ({
      id: newId(),
      about: undefined,
      ...letter,
      ...sealLetter(vault, { ...letter, unsubscribe }),
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

/** Letters on their way at once where nobody says otherwise: one that is slow with one takes the others. */
export const LETTERS_AT_ONCE = 5
/** Letters sent before the one who sends them looks whether anything is more urgent. */
const MOST_AT_A_STRETCH = 1000
/** How long a mail server may take over one letter. */
export const LETTER_DEADLINE_MS = 20 * SECOND

export interface SendingLetters {
  /** The most that are claimed in one go. */
  limit?: number
  /** On their way at once. */
  atOnce?: number | undefined
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
 * Send what is due through `send`, some at a time, the next claimed while these are on their way; what is gone is
 * recorded at once, together with what went in the same moment. A letter that was sent but not recorded (the process
 * died in between) is sent again under the same id: at least once, recognisable as the same.
 * @param send opens the letter (`openLetter`) and is told by the signal when nobody waits for it any more
 * @returns how many were sent
 */
export async function sendDueLetters(
  db: Database,
  clock: Clock,
  send: SendLetter,
  { atOnce = LETTERS_AT_ONCE, limit = 2 * Math.max(25, atOnce), deadlineMs, leaving }: SendingLetters = {},
): Promise<number> {
  const out = openOut(db, clock, send, { deadlineMs: deadlineMs ?? LETTER_DEADLINE_MS, leaving })
  const ready: DueLetter[] = []
  const leases: (() => void)[] = []
  let claimed = 0
  let claiming: Promise<void> | undefined
  let failure: unknown
  let mayBeMore = true

  async function claim(): Promise<void> {
    const letters = await letterQueue.claim(db, { now: clock.now(), limit })
    if (letters[0]) leases.push(letterQueue.keep(db, clock, letters[0].leaseToken ?? ''))
    claimed += letters.length
    mayBeMore = letters.length === limit && claimed < MOST_AT_A_STRETCH
    ready.push(...letters)
  }
  const isGoing = () => failure === undefined && !leaving?.aborted
  /** Claim the next while there are still some to send; with none left, wait for them. */
  async function next(): Promise<DueLetter | undefined> {
    while (isGoing() && mayBeMore && ready.length <= atOnce) {
      claiming ??= claim().finally(() => (claiming = undefined))
      if (ready.length) {
        claiming.catch(() => {})
        break
      }
      await claiming
    }
    return isGoing() ? ready.shift() : undefined
  }
  /** What cannot be recorded would go out again: no more until the database writes. */
  async function some(): Promise<void> {
    try {
      for (let letter = await next(); letter; letter = await next()) await out.deliver(letter)
    } catch (error) {
      failure ??= error
    }
  }
  try {
    await Promise.all(Array.from({ length: atOnce }, some))
    await claiming
    if (failure !== undefined) throw failure
    await out.giveBack(ready)
  } finally {
    for (const release of leases) release()
  }
  return out.sent()
}

type DueLetter = Awaited<ReturnType<typeof letterQueue.claim>>[number]
type SendLetter = (
  letter: { id: string; to: string; lang: Lang; subject: string; body: string },
  signal: AbortSignal,
) => Promise<void>

/** One letter's way out, and what is recorded of it: letters that are gone in one moment share a transaction. */
function openOut(
  db: Database,
  clock: Clock,
  send: SendLetter,
  { deadlineMs, leaving }: { deadlineMs: number; leaving: AbortSignal | undefined },
) {
  const write = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => db.write(work, { atomic: true })
  const settle = together<DueLetter, boolean>((letters) =>
    write(async (tx) => {
      const settled = await letterQueue.settleAll(tx, letters, clock.now())
      return letters.map(({ id }) => settled.has(id))
    }),
  )
  let sent = 0
  return {
    sent: () => sent,
    async deliver(letter: DueLetter): Promise<void> {
      const deadline = AbortSignal.timeout(deadlineMs)
      const signal = leaving ? AbortSignal.any([leaving, deadline]) : deadline
      const failure = await within(signal, send(letter, signal)).then(
        () => undefined,
        (error: unknown) => String(error),
      )
      if (failure === undefined) {
        await settle(letter)
        sent++
      } else if (leaving?.aborted) await write((tx) => letterQueue.giveBack(tx, letter))
      else await write((tx) => letterQueue.postpone(tx, letter, { now: clock.now(), error: failure }))
    },
    /** Claimed, and not sent after all. */
    async giveBack(letters: readonly DueLetter[]): Promise<void> {
      if (!letters.length) return
      await write(async (tx) => {
        for (const letter of letters) await letterQueue.giveBack(tx, letter)
      })
    },
  }
}
