import type { Upkeep } from '../0-house/door.ts'
import { items, trends } from './tables.ts'

export const trendsUpkeep = {
  tallied: { items: { table: items }, trends: { table: trends } },
} satisfies Upkeep
