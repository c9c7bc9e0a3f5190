import type { Reader } from '../../db/database.ts'
import type { Upkeep } from '../0-house/door.ts'
import { dispatchPeople } from './people.ts'
import { countOpenCancellations, factoryNames, filesOfOrders } from './store/upkeep.ts'
import { factories, messages, offers, productionOrders } from './tables.ts'

export const dispatchUpkeep = {
  tallied: {
    orders: { table: productionOrders, by: productionOrders.state },
    offers: { table: offers, by: offers.state },
  },
  counts: async (db: Reader) => ({
    /** Asked for by factories; the house has to answer. */
    openCancellations: await countOpenCancellations(db),
  }),
  names: { factory: factoryNames },
  files: filesOfOrders,
  sealed: [
    { name: 'factories', table: factories, id: factories.id, column: factories.secret, member: 'secret' },
    {
      name: 'factories, old',
      table: factories,
      id: factories.id,
      column: factories.previousSecret,
      member: 'previousSecret',
    },
    { name: 'messages', table: messages, id: messages.id, column: messages.body, member: 'body' },
  ],
  people: dispatchPeople,
} satisfies Upkeep
