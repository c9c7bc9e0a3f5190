/** Calls to models, kept in the database; budgets are added up from them. */
import { newId, dayIn, DAY } from '../../core/values.ts'
import type { Context } from '../context.ts'
import { readHouse } from '../house.ts'
import type { GenerationRecord, Ledger } from './model-designer/asking.ts'
import { generationsSince, insertGeneration, spentOnDay, spentOnSubject } from './store.ts'

/** Answers older than this are asked for anew: cloth, prices and taste have moved on. */
const CACHE_DAYS = 30

export function openLedger(context: Context): Ledger {
  const { db, clock } = context
  const house = () => readHouse(db.read)
  return {
    async today() {
      const { timeZone, modelBudgetPerDayMicros } = await house()
      return { spent: await spentOnDay(db.read, dayIn(clock.now(), timeZone)), budget: modelBudgetPerDayMicros }
    },
    async subject(subjectId, styles) {
      const { modelBudgetPerStyleMicros } = await house()
      return { spent: await spentOnSubject(db.read, subjectId), budget: modelBudgetPerStyleMicros * styles }
    },
    async cached(purpose, cacheKey) {
      const { timeZone } = await house()
      const since = dayIn(new Date(clock.now().getTime() - CACHE_DAYS * DAY), timeZone)
      const rows = await generationsSince(db.read, purpose, since)
      for (const { id, record } of rows) {
        const { cacheKey: key, output, outcome } = record as unknown as GenerationRecord
        if (key === cacheKey && output !== undefined && (outcome === 'answered' || outcome === 'repaired'))
          return { id, output }
      }
      return undefined
    },
    async keep(record) {
      const { timeZone } = await house()
      const id = newId()
      const createdAt = clock.now()
      await db.write((tx) =>
        insertGeneration(tx, {
          id,
          purpose: record.purpose,
          subjectId: record.subjectId ?? null,
          record: { ...record },
          costMicros: record.costMicros,
          day: dayIn(createdAt, timeZone),
          createdAt,
        }),
      )
      return id
    },
  }
}
