import { and, eq, inArray, isNull, lt, lte, or, sql } from 'drizzle-orm'
import { MINUTE, newId, type Lang } from '../core/values.ts'
import type { Database, Tx } from './database.ts'
import { backOff } from './outbox.ts'
import { mails } from './schema.ts'

export interface NewLetter {
  /** One letter per key, however often its reason is seen: `preorder:0190…:confirm`. */
  dedupeKey: string
  to: string
  lang: Lang
  subject: string
  body: string
}

/** Queue letters in the transaction that gives the reason for them. Repeated keys are ignored. */
export async function queueLetters(tx: Tx, letters: readonly NewLetter[], now: Date): Promise<void> {
  for (let from = 0; from < letters.length; from += 500)
    await tx
      .insert(mails)
      .values(letters.slice(from, from + 500).map((letter) => ({ id: newId(), ...letter, dueAt: now, createdAt: now })))
      .onConflictDoNothing()
}

const LEASE_MS = 2 * MINUTE
const MOST_ATTEMPTS = 10

/**
 * Send what is due through `send`, one lease for the batch, each letter recorded as soon as it is gone. A letter that
 * was sent but not recorded (the process died in between) is sent again under the same id: at least once,
 * recognisable as the same.
 * @returns how many were sent
 */
export async function sendDueLetters(
  db: Database,
  now: () => Date,
  send: (letter: { id: string; to: string; lang: Lang; subject: string; body: string }) => Promise<void>,
  limit = 50,
): Promise<number> {
  const leaseToken = newId()
  const start = now()
  const free = and(
    eq(mails.state, 'due'),
    lte(mails.dueAt, start),
    or(isNull(mails.leasedUntil), lt(mails.leasedUntil, start)),
  )
  const due = await db.read.select({ id: mails.id }).from(mails).where(free).orderBy(mails.id).limit(limit)
  if (!due.length) return 0
  const leased = await db.write(
    (tx) =>
      tx
        .update(mails)
        .set({ leaseToken, leasedUntil: new Date(now().getTime() + LEASE_MS), attempts: sql`${mails.attempts} + 1` })
        .where(
          and(
            inArray(
              mails.id,
              due.map(({ id }) => id),
            ),
            free,
          ),
        )
        .returning(),
    { atomic: true },
  )
  let sent = 0
  // One after the other: buyers who order now come before letters, and a mail server is not overrun.
  for (const letter of leased.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    // A slow mail server: the lease would end under the letters that are left. They are given back untried.
    if (now().getTime() - start.getTime() > LEASE_MS / 2) {
      await giveBack(db, leaseToken)
      break
    }
    const failure = await send(letter).then(
      () => undefined,
      (error: unknown) => String(error),
    )
    const parked = failure !== undefined && letter.attempts >= MOST_ATTEMPTS
    await db.write(
      (tx) =>
        tx
          .update(mails)
          .set(
            failure === undefined
              ? { state: 'sent', sentAt: now(), leaseToken: null, leasedUntil: null, lastError: null }
              : {
                  state: parked ? 'parked' : 'due',
                  lastError: failure.slice(0, 1000),
                  dueAt: new Date(now().getTime() + backOff(letter.attempts)),
                  leaseToken: null,
                  leasedUntil: null,
                },
          )
          .where(and(eq(mails.id, letter.id), eq(mails.leaseToken, leaseToken)))
          .returning({ id: mails.id }),
      { atomic: true },
    )
    if (failure === undefined) sent++
  }
  return sent
}

/** Letters of a lease that were not tried: due again, and not counted as an attempt. What was sent has no lease any more. */
const giveBack = (db: Database, leaseToken: string): Promise<unknown> =>
  db.write(
    (tx) =>
      tx
        .update(mails)
        .set({ leaseToken: null, leasedUntil: null, attempts: sql`${mails.attempts} - 1` })
        .where(eq(mails.leaseToken, leaseToken))
        .returning({ id: mails.id }),
    { atomic: true },
  )
