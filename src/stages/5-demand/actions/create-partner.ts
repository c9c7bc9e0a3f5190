import { z } from 'zod'
import { actorTag } from '../../../core/actor.ts'
import { newId } from '../../../core/values.ts'
import { record } from '../../../db/security-log.ts'
import { action } from '../../action.ts'
import type { DemandContext } from '../options.ts'
import { newCode, newKey } from '../partners/keys.ts'
import { newPartner, partnerView, viewOf } from '../partners/model.ts'
import { insertPartner, insertTerms, termsOf } from '../store/partners.ts'

/** Its key is in the answer once and stored nowhere. */
export const createPartner = action({
  name: 'partners.create',
  scope: 'campaigns',
  input: newPartner,
  output: z.object({ partner: partnerView, key: z.string() }),
  async run({ db, clock }: DemandContext, actor, { commission, ...given }) {
    const now = clock.now()
    const [id, { key, ...own }] = [newId(), newKey()]
    return db.write(async (tx) => {
      const contactName = given.contactName || null
      const made = await insertPartner(tx, { ...given, contactName, id, code: newCode(), ...own, keyMadeAt: now, createdAt: now }) // prettier-ignore
      const terms = { id: newId(), partnerId: id, commission: Math.round(commission * 100), fromAt: now }
      await insertTerms(tx, { ...terms, by: actorTag(actor) })
      await record(tx, { act: 'partner.made', by: actor, on: `partner:${id}`, details: { kind: given.kind } }, now)
      return { partner: viewOf(made, await termsOf(tx, [id]), true), key }
    })
  },
})
