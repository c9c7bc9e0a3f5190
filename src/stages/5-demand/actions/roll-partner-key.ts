import { z } from 'zod'
import { may } from '../../../core/actor.ts'
import { byId } from '../../../core/parse.ts'
import { record } from '../../../db/security-log.ts'
import { action } from '../../action.ts'
import type { DemandContext } from '../options.ts'
import { noPartner } from '../partners/finding.ts'
import { newKey } from '../partners/keys.ts'
import { partnerView, viewOf } from '../partners/model.ts'
import { changePartner, termsOf } from '../store/partners.ts'

/** A new key, shown once; the old one stops at once. Its links stay. @throws Problem 404 */
export const rollPartnerKey = action({
  name: 'partners.roll-key',
  scope: 'campaigns',
  input: byId,
  output: z.object({ partner: partnerView, key: z.string() }),
  async run({ db, clock }: DemandContext, actor, { id }) {
    const now = clock.now()
    const { key, ...own } = newKey()
    return db.write(async (tx) => {
      const row = await changePartner(tx, id, { ...own, keyMadeAt: now })
      if (!row) throw noPartner(id)
      await record(tx, { act: 'partner.key-rolled', by: actor, on: `partner:${id}`, details: {} }, now)
      return { partner: viewOf(row, await termsOf(tx, [id]), may(actor, 'people')), key }
    })
  },
})
