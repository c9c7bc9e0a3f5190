/**
 * How many letters strangers may be sent because somebody typed their address. Counted where letters are queued, in the
 * database, so that all nodes count together; a pre-order itself is stored whatever is counted here.
 */
import { HOUR } from '../../core/values.ts'
import type { Reader, Tx } from '../../db/database.ts'
import { take, used, type Allowance } from '../../db/limits.ts'
import type { Preorder } from './store.ts'

/** Letters to one address in an hour that ask it to confirm. */
const TO_ONE_AN_HOUR = 10
/** What one network may cause in an hour, unless the configuration says otherwise: a family, an office, a small shop. */
export const FROM_ONE_AN_HOUR = 60
/** A machine with a key of ours orders for as many people as this many networks. */
const ACCOUNT = 20
/** A letter that has waited so long is not sent any more; its buyer asks for a link on the page. */
export const LONGEST_WAIT_MS = 24 * HOUR

type Asked = Pick<Preorder, 'buyerKey' | 'origin'>

function allowancesOf({ buyerKey, origin }: Asked, fromOne: number): Allowance[] {
  const most = origin?.startsWith('net:') ? fromOne : fromOne * ACCOUNT
  return [
    { of: 'letters.address', by: buyerKey, most: TO_ONE_AN_HOUR, windowMs: HOUR },
    ...(origin === null ? [] : [{ of: 'letters.origin', by: origin, most, windowMs: HOUR }]),
  ]
}

/** How long a letter would have to wait now, ms; nothing counted. */
export async function waitFor(db: Reader, asked: Asked, fromOne: number, now: Date): Promise<number> {
  const allowances = allowancesOf(asked, fromOne)
  const counts = await used(db, allowances, now)
  return Math.max(
    0,
    ...counts.map((count, index) => (count.used >= (allowances[index]?.most ?? 0) ? count.endsInMs : 0)),
  )
}

/**
 * Count a letter for each of these, in the order given.
 * @returns when those that are over an allowance may be looked at again, by pre-order; the others are counted
 */
export async function countLetters(
  tx: Tx,
  asked: readonly (Asked & { id: string })[],
  fromOne: number,
  now: Date,
): Promise<Map<string, Date>> {
  const waiting = new Map<string, Date>()
  const wanted = asked.map((each) => ({ id: each.id, allowances: allowancesOf(each, fromOne) }))
  const every = wanted.flatMap(({ allowances }) => allowances)
  const counts = await used(tx, every, now)
  const left = new Map(every.map(({ of, by, most }, index) => [`${of} ${by}`, most - (counts[index]?.used ?? 0)]))
  const ends = new Map(every.map(({ of, by }, index) => [`${of} ${by}`, counts[index]?.endsInMs || HOUR]))
  for (const { id, allowances } of wanted) {
    const keys = allowances.map(({ of, by }) => `${of} ${by}`)
    // Looked at first: what is over one allowance must not use up another.
    const full = keys.filter((key) => (left.get(key) ?? 0) <= 0)
    const wait = full.length ? Math.max(...full.map((key) => ends.get(key) ?? HOUR)) : await take(tx, allowances, now)
    if (wait) waiting.set(id, new Date(now.getTime() + wait))
    else for (const key of keys) left.set(key, (left.get(key) ?? 0) - 1)
  }
  return waiting
}
