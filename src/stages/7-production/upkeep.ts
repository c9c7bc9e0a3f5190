import type { Upkeep } from '../0-house/door.ts'
import { parcelPeople, returnPeople } from './people.ts'

export const productionUpkeep = { people: [parcelPeople, returnPeople] } satisfies Upkeep
