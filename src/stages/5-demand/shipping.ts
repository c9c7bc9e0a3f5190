/** Who gets what of a lot, and where: for whoever packs and sends it. */
import type { Lang } from '../../core/values.ts'
import type { Reader } from '../../db/database.ts'
import type { Vault } from '../../engines/ports.ts'
import { openContact, type Contact } from './contact.ts'
import { emailIn } from './reach.ts'
import { addressedTo } from './store/people.ts'

/** What a parcel needs to reach its buyer. Personal: it goes into no log, no event and no public answer. */
export interface Shipping extends Contact {
  preorderId: string
  name: string
  /** Empty where the buyer gave none. */
  email: string
  lang: Lang
}

/**
 * Of these pre-orders, by their ids. One whose buyer has given no address yet has none; one that was erased is left out.
 */
export async function shippingAddressOf(
  db: Reader,
  vault: Pick<Vault, 'open'>,
  preorderIds: readonly string[],
): Promise<Map<string, Shipping>> {
  const rows = await addressedTo(db, preorderIds)
  return new Map(
    rows.map(({ id, name, email, lang, contact }) => [
      id,
      { ...openContact(vault, contact).now, preorderId: id, name, email: emailIn(email) ?? '', lang },
    ]),
  )
}
