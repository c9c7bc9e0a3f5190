import { countBy } from '../../db/counting.ts'
import type { Reader } from '../../db/database.ts'
import type { Upkeep } from '../0-house/door.ts'
import { demandPeople } from './people.ts'
import { preorders } from './tables.ts'

export const demandUpkeep = {
  counts: async (db: Reader) => ({ preorders: await countBy(db, preorders, preorders.state) }),
  people: demandPeople,
} satisfies Upkeep
