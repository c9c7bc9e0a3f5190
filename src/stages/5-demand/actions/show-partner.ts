import { may } from '../../../core/actor.ts'
import { byId } from '../../../core/parse.ts'
import { action } from '../../action.ts'
import type { DemandContext } from '../options.ts'
import { partnerFor } from '../partners/finding.ts'
import { partnerView, viewOf } from '../partners/model.ts'
import { termsOf } from '../store/partners.ts'

/** A partner, for the house and for itself. @throws Problem 403, 404 */
export const showPartner = action({
  name: 'partners.show',
  scope: 'anyone',
  input: byId,
  output: partnerView,
  async run({ db }: DemandContext, actor, { id }) {
    const partner = await partnerFor(db.read, actor, id)
    const isItself = actor.kind === 'partner'
    return viewOf(partner, await termsOf(db.read, [id]), isItself || may(actor, 'people'))
  },
})
