import type { Reader } from '../../db/database.ts'
import type { Upkeep } from '../0-house/door.ts'
import { storefrontPeople } from './people.ts'
import { campaignsUnderWay, countOpenInquiries } from './store.ts'
import { campaigns } from './tables.ts'

export const storefrontUpkeep = {
  tallied: { campaigns: { table: campaigns, by: campaigns.state } },
  counts: async (db: Reader) => ({ openInquiries: await countOpenInquiries(db) }),
  people: storefrontPeople,
  underWay: campaignsUnderWay,
} satisfies Upkeep
