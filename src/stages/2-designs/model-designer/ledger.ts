/** Calls to models, kept in the database; budgets are added up from them, calls under way included. */
import { newId, dayIn, DAY } from '../../../core/values.ts'
import type { Tx } from '../../../db/database.ts'
import { LEASE_MS } from '../../../db/leases.ts'
import type { Context } from '../../context.ts'
import { readHouse } from '../../0-house/door.ts'
import type { GenerationRecord, Ledger } from './asking.ts'
import {
  abandonedGenerations,
  generationsAbout,
  generationsSince,
  insertGeneration,
  renewGeneration,
  settleGeneration,
  spentOnDay,
  spentOnSubject,
} from '../store.ts'

/** Answers older than this are asked for anew: cloth, prices and taste have moved on. */
export const CACHE_DAYS = 30

/** Whoever asks renews its hold on the call; one that is not renewed for so long belongs to a dead process. */
export const ASKING_LEASE_MS = LEASE_MS
const RENEW_MS = ASKING_LEASE_MS / 3

/**
 * Settle calls whose process died, in the caller's transaction: what became of them is not known, they may have been
 * charged, and so what was sent stays booked and the rest of the money is free again.
 */
export async function settleAbandoned(tx: Tx, now: Date): Promise<number> {
  let settled = 0
  for (const { id, record, leaseToken } of await abandonedGenerations(tx, now)) {
    const asked = record as GenerationRecord
    const costMicros = Math.min(asked.sentMicros ?? asked.costMicros, asked.costMicros)
    const failure = asked.mode === 'image' ? 'image.unknown' : 'language.unknown'
    const unknown: GenerationRecord = { ...asked, outcome: 'unknown', failure, costMicros }
    if (await settleGeneration(tx, id, unknown, costMicros, leaseToken ?? undefined)) settled++
  }
  return settled
}

/** The very same question is being asked by somebody. */
const isAskedNow = (their: GenerationRecord, { cacheKey }: GenerationRecord): boolean =>
  their.outcome === 'asked' && their.cacheKey === cacheKey

/** Calls this process has under way, by id. */
interface Held {
  leaseToken: string
  renewing: NodeJS.Timeout
}

export function openLedger(context: Context): Ledger {
  const { db, clock, log } = context
  const held = new Map<string, Held>()
  const until = () => new Date(clock.now().getTime() + ASKING_LEASE_MS)
  function hold(id: string, leaseToken: string): void {
    const renewing = setInterval(() => {
      db.write((tx) => renewGeneration(tx, id, leaseToken, until()), { atomic: true }).catch((error: unknown) =>
        log.warn({ generation: id, error: String(error) }, 'the hold on a call to a model could not be renewed'),
      )
    }, RENEW_MS)
    renewing.unref()
    held.set(id, { leaseToken, renewing })
  }
  const house = () => readHouse(db.read)
  const rowOf = (record: GenerationRecord, timeZone: string) => {
    const createdAt = clock.now()
    return {
      id: newId(),
      purpose: record.purpose,
      subjectId: record.subjectId ?? null,
      record,
      costMicros: record.costMicros,
      day: dayIn(createdAt, timeZone),
      createdAt,
    }
  }
  return {
    async reserve(record, styles, alone = false) {
      const { timeZone, modelBudgetPerDayMicros, modelBudgetPerStyleMicros } = await house()
      const row = rowOf(record, timeZone)
      const { costMicros, subjectId } = row
      const leaseToken = newId()
      // Two calls that add up the same sums at once: one writer at a time in SQLite, SERIALIZABLE in PostgreSQL.
      const reserved = await db.write(async (tx) => {
        await settleAbandoned(tx, clock.now())
        const same = subjectId === null || !alone ? [] : await generationsAbout(tx, [subjectId], row.purpose)
        if (same.some(({ record: their }) => isAskedNow(their as GenerationRecord, record)))
          return { ok: false as const, code: 'language.under-way' as const }
        // A budget of nothing means that no model is asked, whatever it would cost.
        const room = (spent: number, budget: number) => spent < budget && spent + costMicros <= budget
        if (!room(await spentOnDay(tx, row.day), modelBudgetPerDayMicros))
          return { ok: false as const, code: 'designs.budget-day' as const }
        if (subjectId !== null && !room(await spentOnSubject(tx, subjectId), modelBudgetPerStyleMicros * styles))
          return { ok: false as const, code: 'designs.budget-style' as const }
        await insertGeneration(tx, { ...row, leaseToken, leasedUntil: until() })
        return { ok: true as const, id: row.id }
      })
      if (reserved.ok) hold(row.id, leaseToken)
      return reserved
    },
    async settle(id, record) {
      const mine = held.get(id)
      // Also where it cannot be written: whoever finds the lease run out settles it then.
      held.delete(id)
      if (mine) clearInterval(mine.renewing)
      return db.write((tx) => settleGeneration(tx, id, record, record.costMicros, mine?.leaseToken))
    },
    async cached(purpose, cacheKey) {
      const { timeZone } = await house()
      const since = dayIn(new Date(clock.now().getTime() - CACHE_DAYS * DAY), timeZone)
      const rows = await generationsSince(db.read, purpose, since)
      for (const { id, record } of rows) {
        const { cacheKey: key, output, outcome, answered } = record as GenerationRecord
        if (key === cacheKey && output !== undefined && (outcome === 'answered' || outcome === 'repaired'))
          return { id, output, answered }
      }
      return undefined
    },
    async earlier(purpose, subjectId, cacheKey) {
      const now = clock.now()
      if ((await abandonedGenerations(db.read, now)).length > 0) await db.write((tx) => settleAbandoned(tx, now))
      const rows = await generationsAbout(db.read, [subjectId], purpose)
      return rows
        .map(({ id, record }) => ({ id, record: record as GenerationRecord }))
        .filter(({ record }) => record.cacheKey === cacheKey)
    },
    async keep(record) {
      const { timeZone } = await house()
      const row = rowOf(record, timeZone)
      await db.write((tx) => insertGeneration(tx, row))
      return row.id
    },
  }
}
