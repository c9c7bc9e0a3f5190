/** Calls to models, kept in the database; budgets are added up from them, calls under way included. */
import { newId, dayIn, DAY } from '../../core/values.ts'
import type { Context } from '../context.ts'
import { readHouse } from '../house.ts'
import type { GenerationRecord, Ledger } from './model-designer/asking.ts'
import {
  generationsAbout,
  generationsSince,
  insertGeneration,
  settleGeneration,
  spentOnDay,
  spentOnSubject,
} from './store.ts'

/** Answers older than this are asked for anew: cloth, prices and taste have moved on. */
export const CACHE_DAYS = 30

export function openLedger(context: Context): Ledger {
  const { db, clock } = context
  const house = () => readHouse(db.read)
  const rowOf = (record: GenerationRecord, timeZone: string) => {
    const createdAt = clock.now()
    return {
      id: newId(),
      purpose: record.purpose,
      subjectId: record.subjectId ?? null,
      record: { ...record },
      costMicros: record.costMicros,
      day: dayIn(createdAt, timeZone),
      createdAt,
    }
  }
  return {
    async reserve(record, styles) {
      const { timeZone, modelBudgetPerDayMicros, modelBudgetPerStyleMicros } = await house()
      const row = rowOf(record, timeZone)
      const { costMicros, subjectId } = row
      // Two calls that add up the same sums at once: one writer at a time in SQLite, SERIALIZABLE in PostgreSQL.
      return db.write(async (tx) => {
        // A budget of nothing means that no model is asked, whatever it would cost.
        const room = (spent: number, budget: number) => spent < budget && spent + costMicros <= budget
        if (!room(await spentOnDay(tx, row.day), modelBudgetPerDayMicros))
          return { ok: false as const, code: 'designs.budget-day' as const }
        if (subjectId !== null && !room(await spentOnSubject(tx, subjectId), modelBudgetPerStyleMicros * styles))
          return { ok: false as const, code: 'designs.budget-style' as const }
        await insertGeneration(tx, row)
        return { ok: true as const, id: row.id }
      })
    },
    async settle(id, record) {
      await db.write((tx) => settleGeneration(tx, id, { ...record }, record.costMicros))
    },
    async cached(purpose, cacheKey) {
      const { timeZone } = await house()
      const since = dayIn(new Date(clock.now().getTime() - CACHE_DAYS * DAY), timeZone)
      const rows = await generationsSince(db.read, purpose, since)
      for (const { id, record } of rows) {
        const { cacheKey: key, output, outcome, answered } = record as unknown as GenerationRecord
        if (key === cacheKey && output !== undefined && (outcome === 'answered' || outcome === 'repaired'))
          return { id, output, answered }
      }
      return undefined
    },
    async earlier(purpose, subjectId, cacheKey) {
      const rows = await generationsAbout(db.read, [subjectId], purpose)
      return rows
        .map(({ id, record }) => ({ id, record: record as unknown as GenerationRecord }))
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
