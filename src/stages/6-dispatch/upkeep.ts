import type { Reader } from '../../db/database.ts'
import type { Upkeep } from '../0-house/door.ts'
import { dispatchPeople } from './people.ts'
import { deleteMessages, deletePortalAccess, oldMessages, oldPortalAccess, ordersUnderWay } from './store/pruning.ts'
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
  prunes: [
    {
      name: 'messages',
      keptAs: 'messages',
      slice: async (db, page) =>
        (await oldMessages(db, page)).map((row) => ({
          id: row.id,
          row,
          about: row.orderId ? [`order:${row.orderId}`] : [],
        })),
      remove: deleteMessages,
    },
    {
      name: 'portal-sessions',
      keptAs: 'sessions',
      slice: async (db, page) => (await oldPortalAccess(db, page)).map(({ id }) => ({ id, about: [] })),
      remove: deletePortalAccess,
    },
  ],
  underWay: ordersUnderWay,
} satisfies Upkeep
