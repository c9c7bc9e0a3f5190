/**
 * The security log: append-only, each row holding the hash of the one before. Nobody with the product in hand can
 * change it (both databases refuse), and whoever goes around the product is found out by `verifyLog`.
 */
import { and, asc, desc, eq, gt, gte, like, lt, lte, sql } from 'drizzle-orm'
import { actorTag, type Actor } from '../core/actor.ts'
import { hashOf } from '../core/canonical.ts'
import { SECURITY_ACTS, subjectSchema, type ActDetails, type SecurityAct } from '../core/security.ts'
import type { Reader, Tx } from './database.ts'
import { securityHead, securityLog } from './tables.ts'

export type LogRow = typeof securityLog.$inferSelect

/** What stands before the first row. */
export const NOTHING_BEFORE = '0'.repeat(64)
const HEAD = 'head'

export interface Act<A extends SecurityAct> {
  act: A
  /** Who did it. */
  by: Actor
  /** To whom or what: `user:…`, `key:…`, `factory:…`. */
  on?: string | undefined
  details: ActDetails<A>
}

/** What a row's hash is taken of, beside the hash before it: everything in it, in one canonical text. */
const linkOf = ({ seq, at, act, actor, subject, details, previous }: Omit<LogRow, 'hash'>): string =>
  hashOf({ seq, at: at.toISOString(), act, actor, subject, details, previous })

/**
 * Write an act down, in the transaction that does it: both happen or neither. The head's row is taken first and held to
 * the end of the transaction, so acts of all nodes stand in one row behind the other; call it last, so that others wait
 * briefly.
 * @throws ZodError for anything that is not an id or a fixed word: an e-mail or a name must not come in
 */
export async function record<A extends SecurityAct>(tx: Tx, { act, by, on, details }: Act<A>, at: Date): Promise<void> {
  const checked = SECURITY_ACTS[act].parse(details) as Record<string, unknown>
  const subject = on === undefined ? null : subjectSchema.parse(on)
  const [head] = await tx
    .update(securityHead)
    .set({ seq: sql`${securityHead.seq} + 1` })
    .where(eq(securityHead.id, HEAD))
    .returning()
  if (!head) throw new Error('the security log has lost its head')
  const row = { seq: head.seq, at, act, actor: actorTag(by), subject, details: checked, previous: head.hash }
  const hash = linkOf(row)
  await tx
    .insert(securityLog)
    .values({ ...row, hash })
    .returning({ seq: securityLog.seq })
  await tx.update(securityHead).set({ hash }).where(eq(securityHead.id, HEAD)).returning({ id: securityHead.id })
}

export interface LogFilter {
  /** An act, or the part of its name before the dot. */
  act?: string | undefined
  /** An actor's or a subject's tag: what it did, and what was done to it. */
  about?: string | undefined
  from?: Date | undefined
  /** The last number that is asked for. */
  upTo?: number | undefined
}

/** One act, or all of a kind where only that is named. */
const ofKind = (act: string) =>
  act.includes('.') ? eq(securityLog.act, act) : like(securityLog.act, `${act.replaceAll(/[%_]/g, '')}.%`)

const matching = ({ act, about, from, upTo }: LogFilter) =>
  and(
    act === undefined ? undefined : ofKind(act),
    about === undefined ? undefined : sql`(${securityLog.actor} = ${about} or ${securityLog.subject} = ${about})`,
    from === undefined ? undefined : gte(securityLog.at, from),
    upTo === undefined ? undefined : lte(securityLog.seq, upTo),
  )

/** Newest first. */
export const logPage = (
  db: Reader,
  { before, limit, ...filter }: LogFilter & { before?: number | undefined; limit: number },
): Promise<LogRow[]> =>
  db
    .select()
    .from(securityLog)
    .where(and(matching(filter), before === undefined ? undefined : lt(securityLog.seq, before)))
    .orderBy(desc(securityLog.seq))
    .limit(limit)

const PAGE = 500

/** Oldest first, a page in memory at a time. */
export async function* logRows(db: Reader, filter: LogFilter = {}): AsyncGenerator<LogRow> {
  for (let after = -(2 ** 31); ;) {
    const rows = await db
      .select()
      .from(securityLog)
      .where(and(matching(filter), gt(securityLog.seq, after)))
      .orderBy(asc(securityLog.seq))
      .limit(PAGE)
    yield* rows
    const last = rows.at(-1)
    if (!last || rows.length < PAGE) return
    after = last.seq
  }
}

export const logHead = async (db: Reader): Promise<{ seq: number; hash: string } | undefined> =>
  (await db.select({ seq: securityHead.seq, hash: securityHead.hash }).from(securityHead).where(eq(securityHead.id, HEAD)))[0] // prettier-ignore

/** A row that is not what was written, or is not there. */
export type Fault =
  | { fault: 'changed'; seq: number }
  | { fault: 'missing'; seq: number; to: number }
  /** It was written as number `was` and stands elsewhere. */
  | { fault: 'moved'; seq: number; was: number }
  /** Its own content agrees, but it was not written behind the row before it. */
  | { fault: 'not-linked'; seq: number }
  /** The head, which says where the log ends, does not say what the last row says. */
  | { fault: 'head'; seq: number }

export interface Verdict {
  rows: number
  head: { seq: number; hash: string } | undefined
  faults: Fault[]
}

/** Rows whose place is tried for one that moved: beyond this many the log is not merely in disorder. */
const MOST_TRIED = 500

/** Of rows that are not what was written, which were written for another place. */
function placesOf(broken: readonly LogRow[]): Fault[] {
  const places = broken.slice(0, MOST_TRIED).map(({ seq }) => seq)
  return broken.map(({ hash, ...content }) => {
    const was = places.find((seq) => seq !== content.seq && linkOf({ ...content, seq }) === hash)
    return was === undefined ? { fault: 'changed', seq: content.seq } : { fault: 'moved', seq: content.seq, was }
  })
}

/**
 * Look at every row and its link. Rows come as they stand, first to last.
 * @param head where the log ends, as the database says
 * @param noted a number and its hash that somebody wrote down elsewhere: finds a log that was written anew as a whole
 */
export async function verifyLog(
  rows: AsyncIterable<LogRow> | Iterable<LogRow>,
  head: { seq: number; hash: string } | undefined,
  noted?: { seq: number; hash: string },
): Promise<Verdict> {
  const faults: Fault[] = []
  const broken: LogRow[] = []
  let last = { seq: 0, hash: NOTHING_BEFORE, sound: true }
  let count = 0
  let met = false
  for await (const row of rows) {
    count++
    const { hash, ...content } = row
    const sound = linkOf(content) === hash
    if (row.seq > last.seq + 1) faults.push({ fault: 'missing', seq: last.seq + 1, to: row.seq - 1 })
    if (row.seq <= last.seq) faults.push({ fault: 'not-linked', seq: row.seq })
    if (!sound) broken.push(row)
    // Each row says what the one before it was; nothing can be said behind a gap, or behind one that is broken anyway.
    else if (row.seq === last.seq + 1 && row.previous !== last.hash && last.sound)
      faults.push(last.seq > 0 ? { fault: 'changed', seq: last.seq } : { fault: 'not-linked', seq: row.seq })
    if (row.seq === noted?.seq) {
      met = true
      if (sound && hash !== noted.hash) faults.push({ fault: 'changed', seq: row.seq })
    }
    last = { seq: row.seq, hash, sound }
  }
  faults.push(...placesOf(broken))
  if (!head || head.seq < last.seq) faults.push({ fault: 'head', seq: last.seq })
  else if (head.seq > last.seq) faults.push({ fault: 'missing', seq: last.seq + 1, to: head.seq })
  else if (head.hash !== last.hash && last.sound) faults.push({ fault: 'changed', seq: last.seq })
  if (noted && !met) faults.push({ fault: 'missing', seq: noted.seq, to: noted.seq })
  return { rows: count, head, faults: faults.sort((a, b) => a.seq - b.seq) }
}

/** The log as it is stored, while others go on writing to it. */
export async function verifyStored(db: Reader, noted?: { seq: number; hash: string }): Promise<Verdict> {
  const head = await logHead(db)
  const verdict = await verifyLog(logRows(db, head ? { upTo: head.seq } : {}), head, noted)
  const [newest] = head ? await logPage(db, { limit: 1 }) : []
  // Written since, with the head; or put there without it.
  if (head && newest && newest.seq > ((await logHead(db))?.seq ?? 0))
    verdict.faults.push({ fault: 'head', seq: newest.seq })
  return verdict
}
