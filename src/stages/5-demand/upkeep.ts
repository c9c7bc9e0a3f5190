import type { Upkeep } from '../0-house/door.ts'
import { demandPeople } from './people.ts'
import { preorders } from './tables.ts'

export const demandUpkeep = {
  tallied: { preorders: { table: preorders, by: preorders.state } },
  people: demandPeople,
} satisfies Upkeep
