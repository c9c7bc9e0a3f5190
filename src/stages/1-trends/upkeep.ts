import type { Reader } from '../../db/database.ts'
import type { Upkeep } from '../0-house/door.ts'
import { items, trends } from './tables.ts'

export const trendsUpkeep = {
  counts: async (db: Reader) => ({ items: await db.$count(items), trends: await db.$count(trends) }),
} satisfies Upkeep
