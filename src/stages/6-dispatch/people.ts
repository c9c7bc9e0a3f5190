import { isOf } from '../../db/persons.ts'
import type { HoldsPeople } from '../0-house/door.ts'
import { factoriesWithContact } from './store/upkeep.ts'

const REACHED_BY_IT = {
  zh: '这是工厂的联系邮箱，合作期间需要；请在工厂页面改为其他联系人。',
  en: 'It is how a factory is reached. Name another contact on the factory’s page.',
}

/** Contacts of factories: named, never taken away by themselves. */
export const dispatchPeople: HoldsPeople = {
  as: 'factoryContacts',
  async find(db, email) {
    const isTheirs = isOf(email)
    const rows = (await factoriesWithContact(db)).filter(({ contactEmail }) => isTheirs(contactEmail))
    return {
      shown: rows,
      erasable: 0,
      kept: rows.map(({ id }) => ({ what: 'factory', id, why: REACHED_BY_IT })),
      forget: async () => {},
    }
  },
}
