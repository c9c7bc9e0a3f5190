/**
 * How often somebody did something lately, counted in the database so that all nodes count together. For what is rare
 * and dear (letters to strangers, sign-ins, inquiries), never for the intake of pre-orders.
 */
import { and, eq, gt, inArray, lt, lte, sql } from 'drizzle-orm'
import { sha256 } from '../core/canonical.ts'
import { problem, type Problem } from '../core/errors.ts'
import { HOUR, type Localized } from '../core/values.ts'
import type { Database, Reader, Tx } from './database.ts'
import { limits } from './tables.ts'

/** At most `most` of something by somebody within `windowMs` from the first. */
export interface Allowance {
  /** What is counted, and by what: `letters.address`. It stands in the row as it is. */
  of: string
  /** Who: an address, a network, an e-mail, an account. Stored only as a hash. */
  by: string
  most: number
  windowMs: number
}

const keyOf = ({ of, by }: Pick<Allowance, 'of' | 'by'>): string => `${of}:${sha256(`${of}\n${by}`)}`

/**
 * Count one use of each allowance, in the transaction of what is being limited. Each is one statement that is right at
 * READ COMMITTED too; they are taken in one order, so that two who come together cannot wait for each other.
 * @returns undefined, or the milliseconds until it may be tried again: then that allowance is not counted, and the
 *   caller throws, which also gives back those that were (see `tooMany`)
 */
export async function take(tx: Tx, allowances: readonly Allowance[], now: Date): Promise<number | undefined> {
  const asked = allowances
    .map((each) => ({ ...each, key: keyOf(each) }))
    .toSorted((a, b) => Number(a.key > b.key) - Number(a.key < b.key))
  for (const { key, most, windowMs } of asked) {
    const over = lte(limits.endsAt, now)
    const end = new Date(now.getTime() + windowMs)
    const [taken] = await tx
      .insert(limits)
      .values({ key, used: 1, endsAt: end })
      .onConflictDoUpdate({
        target: limits.key,
        set: {
          used: sql`case when ${over} then 1 else ${limits.used} + 1 end`,
          endsAt: sql`case when ${over} then ${sql.param(end, limits.endsAt)} else ${limits.endsAt} end`,
        },
        setWhere: sql`${over} or ${lt(limits.used, most)}`,
      })
      .returning({ used: limits.used })
    if (taken) continue
    const [full] = await tx.select({ endsAt: limits.endsAt }).from(limits).where(eq(limits.key, key))
    return Math.max(1, (full?.endsAt.getTime() ?? end.getTime()) - now.getTime())
  }
  return undefined
}

/** How much of each allowance is used up, without counting: [uses, milliseconds until it ends] in the order asked. */
export async function used(
  db: Reader,
  allowances: readonly Pick<Allowance, 'of' | 'by'>[],
  now: Date,
): Promise<{ used: number; endsInMs: number }[]> {
  const rows = await db
    .select()
    .from(limits)
    .where(and(inArray(limits.key, allowances.map(keyOf)), gt(limits.endsAt, now)))
  return allowances.map((each) => {
    const row = rows.find(({ key }) => key === keyOf(each))
    return { used: row?.used ?? 0, endsInMs: row ? row.endsAt.getTime() - now.getTime() : 0 }
  })
}

/** Forget what was counted: whoever proved who they are starts anew. */
export async function giveUp(tx: Tx, allowances: readonly Pick<Allowance, 'of' | 'by'>[]): Promise<void> {
  await tx
    .delete(limits)
    .where(inArray(limits.key, allowances.map(keyOf)))
    .returning({ key: limits.key })
}

/** A wait as people say it: seconds, minutes up to a hundred of them, hours. */
function spoken(seconds: number, hours: number): Localized {
  if (seconds < 60) return { en: `${seconds} second${seconds === 1 ? '' : 's'}`, zh: `${seconds} 秒` }
  const minutes = Math.ceil(seconds / 60)
  if (minutes < 100) return { en: `${minutes} minute${minutes === 1 ? '' : 's'}`, zh: `${minutes} 分钟` }
  return { en: `${hours} hours`, zh: `${hours} 小时` }
}

/** What whoever is over an allowance is told, with the time in words and in `Retry-After`. */
export function tooMany(waitMs: number): Problem {
  const seconds = Math.max(1, Math.ceil(waitMs / 1000))
  const wait = spoken(seconds, Math.round(waitMs / HOUR))
  return problem(
    'limits.too-many',
    429,
    {
      en: `Too many attempts from here in a short time. Try again in ${wait.en}.`,
      zh: `短时间内尝试次数过多，请在 ${wait.zh}后重试。`,
    },
    { retryAfter: seconds },
  )
}

/** Rows whose time is over say nothing any more. */
export const forgetOldLimits = (db: Database, now: Date): Promise<number> =>
  db.write(
    async (tx) => (await tx.delete(limits).where(lt(limits.endsAt, now)).returning({ key: limits.key })).length,
    { atomic: true },
  )

/** How failures slow down whoever fails: `free` cost nothing, then each doubles the wait, and none lasts longer than `mostMs`. */
export interface Pace {
  free: number
  firstMs: number
  mostMs: number
  /** After this long without a failure all is forgotten. */
  forgetMs: number
}

const waitAfter = (failures: number, { free, firstMs, mostMs }: Pace): number =>
  failures < free ? 0 : Math.min(mostMs, firstMs * 2 ** Math.min(failures - free, 40))

/**
 * Count a try as a failure before it is made, so that a thousand made at the same moment are not a thousand free ones;
 * `giveUp` forgets it where it succeeds. In a transaction that is serial (the default).
 * @param counts false: it waits like everybody, but does not make others wait longer
 * @returns undefined, or the milliseconds until the next try: then nothing is counted
 */
export async function slowDown(
  tx: Tx,
  who: Pick<Allowance, 'of' | 'by'>,
  pace: Pace,
  now: Date,
  counts = true,
): Promise<number | undefined> {
  const key = keyOf(who)
  const [row] = await tx.select().from(limits).where(eq(limits.key, key))
  const failures = row && row.endsAt > now ? row.used : 0
  const last = row ? row.endsAt.getTime() - pace.forgetMs : 0
  const wait = failures ? last + waitAfter(failures, pace) - now.getTime() : 0
  if (wait > 0) return wait
  if (!counts) return undefined
  const next = { used: failures + 1, endsAt: new Date(now.getTime() + pace.forgetMs) }
  await tx
    .insert(limits)
    .values({ key, ...next })
    .onConflictDoUpdate({ target: limits.key, set: next })
  return undefined
}
