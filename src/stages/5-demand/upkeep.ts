import type { Upkeep } from '../0-house/door.ts'
import { demandPeople } from './people.ts'
import { preorders } from './tables.ts'

export const demandUpkeep = {
  tallied: { preorders: { table: preorders, by: preorders.state } },
  people: demandPeople,
  sealed: [{ name: 'buyers', table: preorders, id: preorders.id, column: preorders.contact, member: 'contact' }],
} satisfies Upkeep
