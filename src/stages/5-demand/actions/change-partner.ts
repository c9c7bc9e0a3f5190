import { z } from 'zod'
import { actorTag, may } from '../../../core/actor.ts'
import { byId } from '../../../core/parse.ts'
import { newId } from '../../../core/values.ts'
import { record } from '../../../db/security-log.ts'
import { action } from '../../action.ts'
import type { DemandContext } from '../options.ts'
import { partnerShape, partnerView, viewOf } from '../partners/model.ts'
import { noPartner } from '../partners/finding.ts'
import { changePartner as change, insertTerms, partnerById, termsOf } from '../store/partners.ts'

/**
 * What is said of a partner, and whether it sells. A commission holds for what is ordered from now on; a partner who is
 * stopped keeps what it has sold.
 * @throws Problem 404
 */
export const changePartner = action({
  name: 'partners.change',
  scope: 'campaigns',
  input: byId.extend(z.object(partnerShape).extend({ stopped: z.boolean() }).partial().shape),
  output: partnerView,
  async run({ db, clock }: DemandContext, actor, { id, commission, stopped, ...said }) {
    const now = clock.now()
    return db.write(async (tx) => {
      const before = await partnerById(tx, id)
      if (!before) throw noPartner(id)
      const given = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined))
      if (given['contactName'] === '') given['contactName'] = null
      const moves = stopped !== undefined && stopped !== (before.stoppedAt !== null)
      const set = { ...given, ...(moves ? { stoppedAt: stopped ? now : null } : {}) }
      const row = Object.keys(set).length ? ((await change(tx, id, set)) ?? before) : before
      if (commission !== undefined)
        await insertTerms(tx, { id: newId(), partnerId: id, commission: Math.round(commission * 100), fromAt: now, by: actorTag(actor) }) // prettier-ignore
      const fields = [...Object.keys(given), ...(commission === undefined ? [] : ['commission'])]
      const on = `partner:${id}` as const
      if (fields.length) await record(tx, { act: 'partner.changed', by: actor, on, details: { fields } }, now)
      if (moves) await record(tx, { act: stopped ? 'partner.stopped' : 'partner.resumed', by: actor, on, details: {} }, now) // prettier-ignore
      return viewOf(row, await termsOf(tx, [id]), may(actor, 'people'))
    })
  },
})
