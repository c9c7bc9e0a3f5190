import { and, eq, inArray, isNull, lt, lte, or, sql } from 'drizzle-orm'
import { MINUTE, newId, type Lang } from '../core/values.ts'
import { insertMany, placeholders, prepared, type Database, type Tx } from './database.ts'
import { backOff } from './outbox.ts'
import { mails } from './schema.ts'
import { sealLetter, type Sealer } from './sealed.ts'

export interface NewLetter {
  /** One letter per key, however often its reason is seen: `preorder:0190…:confirm`. */
  dedupeKey: string
  to: string
  lang: Lang
  subject: string
  body: string
}

/**
 * Queue letters in the transaction that gives the reason for them. Repeated keys are ignored. What is in them waits
 * sealed, and is forgotten when it is sent: a stolen database holds nobody's link.
 */
export async function queueLetters(tx: Tx, letters: readonly NewLetter[], now: Date, vault: Sealer): Promise<void> {
  await insert(
    tx,
    letters.map((letter) => ({ id: newId(), ...letter, ...sealLetter(vault, letter), dueAt: now, createdAt: now })),
  )
}

const GIVEN = ['id', 'dedupeKey', 'to', 'lang', 'subject', 'body', 'dueAt', 'createdAt'] as const

const insert = insertMany<NewLetter & { id: string; dueAt: Date; createdAt: Date }>(mails.id, GIVEN, (tx, rows) =>
  tx
    .insert(mails)
    .values(rows.map((row) => placeholders(row, GIVEN)) as never)
    .onConflictDoNothing(),
)

const markSent = prepared<{ id: string; leaseToken: string; at: Date }, { id: string }>((tx) =>
  tx
    .update(mails)
    .set({
      state: 'sent',
      subject: '',
      body: '',
      sentAt: sql.placeholder('at') as never,
      leaseToken: null,
      leasedUntil: null,
      lastError: null,
    })
    .where(and(eq(mails.id, sql.placeholder('id')), eq(mails.leaseToken, sql.placeholder('leaseToken'))))
    .returning({ id: mails.id }),
)

const LEASE_MS = 2 * MINUTE
const MOST_ATTEMPTS = 10

/**
 * Send what is due through `send`, which opens the letter (`openLetter`), one lease for the batch, each letter recorded as soon as it is gone. A letter that
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
  let unrecorded: unknown
  const recording: Promise<void>[] = []
  const recorded = async () => {
    await Promise.all(recording)
    if (unrecorded) throw unrecorded
  }
  // One after the other: buyers who order now come before letters, and a mail server is not overrun.
  for (const letter of leased.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    // What cannot be recorded would go out again: no more until the database writes.
    if (unrecorded) break
    // A slow mail server: the lease would end under the letters that are left. They are given back untried.
    if (now().getTime() - start.getTime() > LEASE_MS / 2) {
      await recorded()
      await giveBack(db, leaseToken)
      break
    }
    const failure = await send(letter).then(
      () => undefined,
      (error: unknown) => String(error),
    )
    if (failure === undefined) {
      // Recorded while the next one goes out, so that several share a commit.
      recording.push(
        db
          .write((tx) => markSent(tx, { id: letter.id, leaseToken, at: now() }), { atomic: true })
          .then(
            () => void sent++,
            (error: unknown) => {
              unrecorded ??= error
            },
          ),
      )
      continue
    }
    await db.write(
      (tx) =>
        tx
          .update(mails)
          .set({
            state: letter.attempts >= MOST_ATTEMPTS ? 'parked' : 'due',
            lastError: failure.slice(0, 1000),
            dueAt: new Date(now().getTime() + backOff(letter.attempts)),
            leaseToken: null,
            leasedUntil: null,
          })
          .where(and(eq(mails.id, letter.id), eq(mails.leaseToken, leaseToken)))
          .returning({ id: mails.id }),
      { atomic: true },
    )
  }
  await recorded()
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
