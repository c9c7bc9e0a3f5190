import { withNotice } from '../../core/notice.ts'
import { formatMoney, type Localized } from '../../core/values.ts'
import { queueLetters, type NewLetter } from '../../db/mailbox.ts'
import { campaignCard, endedBy, type Campaign } from '../4-storefront/door.ts'
import type { Context } from '../context.ts'
import { leftOutLetter, releasedLetter, type ReleasedWhy } from './letters.ts'
import type { Lot, Preorder } from './store.ts'
import { letGo, releasedAmong, releaseOf, releaseOn, slice } from './store/releasing.ts'

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

/** Whose pledge does not accept what its lot costs. */
export const letterOfPrice = (
  { id, campaignId, email, name, lang }: Preorder,
  style: Localized,
  { unitPrice, currency }: Pick<Lot, 'unitPrice' | 'currency'>,
): NewLetter => ({
  dedupeKey: `preorder:${id}:released`,
  about: `campaign:${campaignId}`,
  to: email,
  lang,
  ...leftOutLetter(lang, { name, style, price: formatMoney(unitPrice, currency, lang) }),
})

/**
 * Let go and tell those who wait when their campaign ends: a slice of them in a transaction, with the mark from which
 * whoever comes next goes on. Those whose lot was called off hear of it from production.
 */
export async function tellReleased(context: Context, campaignId: string, why: ReleasedWhy): Promise<void> {
  const { db, clock, engines } = context
  const sold = await campaignCard(db.read, campaignId)
  if (!sold) return
  const { names } = sold.card
  // A person was asked about it, and stopped it.
  const stopped = endedBy(sold.campaign)
  const byHand = stopped === 'stopped' && sold.campaign.undecidedAt ? 'few-buyers' : stopped
  const whyOf = (confirmedAt: Date | null) => byHand ?? (why === 'small-rest' && !confirmedAt ? 'unconfirmed' : why)
  for (;;) {
    const { after, done } = await releaseOf(db.read, campaignId)
    if (done) return
    const ids = await slice(db.read, campaignId, after)
    await db.write(
      async (tx) => {
        const now = clock.now()
        if (!(await releaseOn(tx, campaignId, after, { after: ids.at(-1) ?? after, done: !ids.length }))) return
        if (!ids.length) return
        await letGo(tx, campaignId, ids, now)
        const letters = (await releasedAmong(tx, ids)).map((preorder) =>
          letterOfRelease({ ...preorder, campaignId }, names, whyOf(preorder.confirmedAt)),
        )
        await queueLetters(tx, letters.map(withNotice(context.baseUrl)), now, engines.vault)
      },
      { atomic: true },
    )
  }
}
