/** Going ahead: a lot before its time, an order above the cap, a message to everybody who ordered. */
import { z } from 'zod'
import { named } from '../../../core/parse.ts'
import { paragraphs } from '../../../core/typed.ts'
import { formatMoney } from '../../../core/values.ts'
import { spokenEnd } from '../../../core/zones.ts'
import { withNotice } from '../../../core/notice.ts'
import { queueLetters } from '../../../db/mailbox.ts'
import { readHouse } from '../../0-house/door.ts'
import { answerInquiry, campaignCard, inquiryById, pricesOf, type Campaign } from '../../4-storefront/door.ts'
import { freezeLot } from '../lots.ts'
import { letters, refused } from '../messages.ts'
import { personKey } from '../model.ts'
import { allow, disallow } from '../store/hand.ts'
import type { Hand } from './kinds.ts'
import { announce } from './telling.ts'

/** What has gathered is made now, whatever its goal. Until it goes out it can be taken back, and buyers may leave. */
export const dispatching: Hand = {
  async begin(_tx, _context, campaign) {
    if (campaign.stoppedAt || (campaign.state !== 'open' && campaign.state !== 'dispatching'))
      throw refused('hand.over')
    if (campaign.lotUnits === 0) throw refused('hand.nothing')
    return { lot: campaign.lot }
  },
  async finish(tx, context, { id }, act) {
    // A lot that went by itself meanwhile has gone.
    await freezeLot(tx, context, {
      campaignId: id,
      number: Number(act.before['lot']),
      reason: 'reorder',
      actId: act.id,
    })
  },
  async undo() {
    // Nothing was done yet.
  },
  sum: (campaign) => campaign.lotUnits * pricesOf(campaign).unitPrice,
}

export const message = {
  zh: named(paragraphs(2, 4000), '中文内容', 'In Chinese'),
  en: named(paragraphs(2, 4000), '英文内容', 'In English'),
} as const

export const messaging: Hand = {
  async begin(_tx, _context, campaign) {
    if (!campaign.soldOrders) throw refused('hand.nobody')
    return {}
  },
  finish: announce,
  async undo() {
    // Nobody was told yet.
  },
}

export const quote = {
  inquiryId: named(z.string().min(1), '咨询', 'Question'),
  units: named(z.int().min(1).max(1_000_000), '最多件数', 'Units at most'),
} as const

/** What a unit costs with so many more, as things stand. */
const priceFor = (campaign: Campaign, units: number): number =>
  pricesOf({ ...campaign, lotUnits: campaign.lotUnits + units, totalUnits: campaign.totalUnits + units }).unitPrice

/** Whoever asked about more than the cap may order so much; the answer says at which price and until when. */
export const quoting: Hand = {
  async begin(tx, { engines }, campaign, what) {
    const inquiry = await inquiryById(tx, String(what['inquiryId']))
    if (!inquiry?.email || inquiry.campaignId !== campaign.id) throw refused('hand.no-question', undefined, { field: 'inquiryId' }) // prettier-ignore
    const units = Number(what['units'])
    if (units <= campaign.perBuyerCap)
      throw refused('hand.below-cap', { cap: campaign.perBuyerCap }, { field: 'units' })
    if (campaign.endedAt || campaign.stoppedAt) throw refused('hand.over')
    const buyerKey = personKey(engines.vault, inquiry.email)
    return { buyerKey, units: await allow(tx, { campaignId: campaign.id, buyerKey, units }) }
  },
  async finish(tx, context, campaign, { id, what, by }) {
    const { clock, engines, baseUrl } = context
    const [inquiry, sold, { timeZone }] = [await inquiryById(tx, String(what['inquiryId'])), await campaignCard(tx, campaign.id), await readHouse(tx)] // prettier-ignore
    if (!inquiry || !sold) return
    const units = Number(what['units'])
    const { email, lang } = inquiry
    const answer = letters.say(lang, 'quote.body', {
      style: sold.card.names,
      units,
      price: formatMoney(priceFor(campaign, units), campaign.currency, lang),
      closes: spokenEnd(campaign.closesAt, lang, timeZone),
      link: `${baseUrl}/shop/${campaign.slug}`,
    })
    await answerInquiry(tx, inquiry.id, { answer, answeredBy: by, answeredAt: clock.now(), published: false })
    const letter = { dedupeKey: `act:${id}`, about: `campaign:${campaign.id}`, to: email, lang, subject: letters.say(lang, 'quote.subject', { style: sold.card.names }), body: answer } // prettier-ignore
    await queueLetters(tx, [withNotice(baseUrl)(letter)], clock.now(), engines.vault)
  },
  async undo(tx, _context, { id }, { before }) {
    const buyerKey = String(before['buyerKey'])
    if (typeof before['units'] === 'number') await allow(tx, { campaignId: id, buyerKey, units: before['units'] })
    else await disallow(tx, id, buyerKey)
  },
  sum: (campaign, what) => Number(what['units']) * priceFor(campaign, Number(what['units'])),
}
