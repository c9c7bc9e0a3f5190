import { timeOf } from '../../core/values.ts'
import type { HoldsPeople } from '../0-house/door.ts'
import { askerAddresses, forgetInquiries, forgetOldAskers, inquiriesOf } from './store/people.ts'

/** Questions that were asked about a campaign. */
export const storefrontPeople: HoldsPeople = {
  as: 'inquiries',
  async find(db, email) {
    const rows = await inquiriesOf(db, email)
    return {
      shown: rows.map(({ id, campaignId, email: typed, lang, question, askedAt, answer, answeredAt, published }) => ({ id, campaignId, email: typed, lang, question, askedAt: timeOf(askedAt), answer, answeredAt: timeOf(answeredAt), published })), // prettier-ignore
      erasable: rows.length,
      kept: [],
      async forget(tx, now) {
        if (rows.length) await forgetInquiries(tx, rows.map(({ id }) => id), now) // prettier-ignore
      },
    }
  },
  addresses: askerAddresses,
  forgetOld: forgetOldAskers,
}
