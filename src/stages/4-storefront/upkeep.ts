import { countBy } from '../../db/counting.ts'
import type { Reader } from '../../db/database.ts'
import type { Upkeep } from '../0-house/door.ts'
import { storefrontPeople } from './people.ts'
import { countOpenInquiries } from './store.ts'
import { campaigns } from './tables.ts'

export const storefrontUpkeep = {
  counts: async (db: Reader) => ({
    campaigns: await countBy(db, campaigns, campaigns.state),
    openInquiries: await countOpenInquiries(db),
  }),
  people: storefrontPeople,
} satisfies Upkeep
