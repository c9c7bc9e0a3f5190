import type { Upkeep } from '../0-house/door.ts'
import { demandPeople, partnerPeople } from './people.ts'
import { partnerNames } from './store/partners.ts'
import { preorders } from './tables.ts'

export const demandUpkeep = {
  tallied: { preorders: { table: preorders, by: preorders.state } },
  names: { partner: partnerNames },
  people: [demandPeople, partnerPeople],
  sealed: [{ name: 'buyers', table: preorders, id: preorders.id, column: preorders.contact, member: 'contact' }],
} satisfies Upkeep
