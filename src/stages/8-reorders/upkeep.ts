import { countBy } from '../../db/counting.ts'
import type { Reader } from '../../db/database.ts'
import type { Upkeep } from '../0-house/door.ts'
import { reorders } from './tables.ts'

export const reordersUpkeep = {
  counts: async (db: Reader) => ({ reorders: await countBy(db, reorders, reorders.state) }),
} satisfies Upkeep
