import { z } from 'zod'
import { anonymous } from '../../../core/actor.ts'
import { notFound } from '../../../core/errors.ts'
import { byId } from '../../../core/parse.ts'
import { HOUR, LANGS, newId } from '../../../core/values.ts'
import { take, tooMany, type Allowance } from '../../../db/limits.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { inquirySchema } from '../model.ts'
import { hiddenFrom } from '../showing.ts'
import { campaignById, insertInquiry } from '../store.ts'

/** Questions in an hour by one address, and from one network; a machine asks for as many people as twenty of these. */
const INQUIRIES_AN_HOUR = { address: 5, network: 10, account: 200 } as const

function inquiryAllowances(email: string, origin: string | undefined): Allowance[] {
  const { address, network, account } = INQUIRIES_AN_HOUR
  const most = origin?.startsWith('net:') ? network : account
  return [
    { of: 'inquiries.address', by: email.toLowerCase(), most: address, windowMs: HOUR },
    ...(origin === undefined ? [] : [{ of: 'inquiries.origin', by: origin, most, windowMs: HOUR }]),
  ]
}

/** @throws Problem 404, 410, 429 `limits.too-many` */
export const askAboutStyle = action({
  name: 'storefront.ask',
  scope: 'anyone',
  input: byId.extend({
    ...inquirySchema.shape,
    lang: z.enum(LANGS),
    /** Whom it counts against: a network or an account. */
    origin: z.string().optional(),
  }),
  output: z.object({ id: z.string() }),
  async run({ db, clock, outbox }: Context, _actor, { id: campaignId, origin, ...inquiry }) {
    const campaign = await campaignById(db.read, campaignId)
    if (!campaign) throw notFound({ en: 'campaign', zh: '预售' }, campaignId)
    const hidden = hiddenFrom(anonymous, campaign)
    if (hidden) throw hidden
    const id = newId()
    const now = clock.now()
    await db.write(
      async (tx) => {
        const over = await take(tx, inquiryAllowances(inquiry.email, origin), now)
        if (over !== undefined) throw tooMany(over)
        await insertInquiry(tx, { id, campaignId, ...inquiry, askedAt: now })
        await outbox.emit(tx, anonymous, 'storefront.asked', { inquiryId: id }, now)
      },
      { atomic: true },
    )
    return { id }
  },
})
