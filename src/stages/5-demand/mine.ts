/** All orders of one person: whose they are is told by an address, and shown only to whoever receives what is sent to it. */
import { BY_TEXT, personKeys } from '../../core/person.ts'
import { readPhone } from '../../core/phone.ts'
import type { Reader } from '../../db/database.ts'
import type { Vault } from '../../engines/ports.ts'
import { isByText } from './reach.ts'
import { refused } from './messages.ts'
import type { Preorder } from './store.ts'
import { ordersUnder } from './store/people.ts'

/** An e-mail or a telephone number as it was typed. @throws Problem 422 `orders.reach` */
export function readReach(typed: string): string {
  const given = typed.trim()
  if (/^[^@\s]+@[^@\s]+$/.test(given)) return given
  const phone = readPhone(given, 'CN')
  if (!phone) throw refused('orders.reach', undefined, { field: 'reach' })
  return `${BY_TEXT}${phone.phone}`
}

/** Under whichever master key they were placed. */
export const ordersOf = (
  db: Reader,
  vault: Pick<Vault, 'signAll'>,
  reach: string,
  page: { before?: string | undefined; limit: number },
): Promise<Preorder[]> => ordersUnder(db, personKeys(vault, reach), page)

/** The one that a code for everything of a number is kept with. */
export async function orderByText(
  db: Reader,
  vault: Pick<Vault, 'signAll'>,
  reach: string,
): Promise<Preorder | undefined> {
  if (!isByText(reach)) return undefined
  return (await ordersOf(db, vault, reach, { limit: 1 }))[0]
}
