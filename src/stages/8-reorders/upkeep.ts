import type { Upkeep } from '../0-house/door.ts'
import { reorders } from './tables.ts'

export const reordersUpkeep = {
  tallied: { reorders: { table: reorders, by: reorders.state } },
} satisfies Upkeep
