import { actorTag, may } from '../../../core/actor.ts'
import { notFound } from '../../../core/errors.ts'
import { byId } from '../../../core/parse.ts'
import { newId } from '../../../core/values.ts'
import { record } from '../../../db/security-log.ts'
import { campaignById, floorOf, soldVersion } from '../../4-storefront/door.ts'
import { action } from '../../action.ts'
import { refused } from '../messages.ts'
import type { DemandContext } from '../options.ts'
import { noPartner } from '../partners/finding.ts'
import { agreement, partnerView, viewOf } from '../partners/model.ts'
import { insertTerms, partnerById, termsOf } from '../store/partners.ts'

/**
 * What a partner gets in one campaign, for what is ordered from now on: a commission or a price of its own, and with
 * neither what it gets everywhere.
 * @throws Problem 404; 422 `partners.both`, `partners.floor` for a price that no lot of this style can be sold at
 */
export const agreeTerms = action({
  name: 'partners.agree',
  scope: 'campaigns',
  input: byId.extend(agreement),
  output: partnerView,
  async run({ db, clock }: DemandContext, actor, { id, campaignId, commission, price }) {
    if (commission !== null && price !== null) throw refused('partners.both', undefined, { field: 'price' })
    const now = clock.now()
    const campaign = await campaignById(db.read, campaignId)
    if (!campaign) throw notFound({ en: 'campaign', zh: '预售' }, campaignId)
    const floor = price === null ? 0 : floorOf(campaign, (await soldVersion(db.read, campaign))?.version.derived.priceFloor, Infinity) // prettier-ignore
    if (price !== null && price < floor)
      throw refused('partners.floor', { floor: (floor / 100).toFixed(2), currency: campaign.currency }, { field: 'price' }) // prettier-ignore
    return db.write(async (tx) => {
      const row = await partnerById(tx, id)
      if (!row) throw noPartner(id)
      const terms = newId()
      const hundredths = commission === null ? null : Math.round(commission * 100)
      await insertTerms(tx, { id: terms, partnerId: id, campaignId, commission: hundredths, price, fromAt: now, by: actorTag(actor) }) // prettier-ignore
      const details = { terms, campaign: campaignId }
      await record(tx, { act: 'partner.agreed', by: actor, on: `partner:${id}`, details }, now)
      return viewOf(row, await termsOf(tx, [id]), may(actor, 'people'))
    })
  },
})
