import { withNotice } from '../../core/notice.ts'
import type { Localized } from '../../core/values.ts'
import { queueLetters, type NewLetter } from '../../db/mailbox.ts'
import { campaignCard, type Campaign } from '../4-storefront/door.ts'
import type { Context } from '../context.ts'
import { releasedLetter, type ReleasedWhy } from './letters.ts'
import { releasedWithCampaign, type Preorder } from './store.ts'

/** A campaign that has made nothing when its time is up is one below its threshold. */
export const isLotless = (state: Campaign['state']): boolean => state === 'open' || state === 'released'

/** One per pre-order, whoever finds first that it was let go. */
export const letterOfRelease = (
  { id, campaignId, email, name, lang }: Pick<Preorder, 'id' | 'campaignId' | 'email' | 'name' | 'lang'>,
  style: Localized,
  why: ReleasedWhy,
): NewLetter => ({
  dedupeKey: `preorder:${id}:released`,
  about: `campaign:${campaignId}`,
  to: email,
  lang,
  ...releasedLetter(lang, { name, style, why }),
})

/** Tell those who were let go when their campaign ended. Those whose lot was called off hear of it from production. */
export async function tellReleased(context: Context, campaignId: string, why: ReleasedWhy): Promise<void> {
  const { db, clock, engines } = context
  const sold = await campaignCard(db.read, campaignId)
  if (!sold) return
  const released = await releasedWithCampaign(db.read, campaignId)
  const letters = released.map((preorder) =>
    letterOfRelease(
      { ...preorder, campaignId },
      sold.card.names,
      why === 'small-rest' && !preorder.confirmedAt ? 'unconfirmed' : why,
    ),
  )
  await db.write((tx) => queueLetters(tx, letters.map(withNotice(context.baseUrl)), clock.now(), engines.vault), {
    atomic: true,
  })
}
