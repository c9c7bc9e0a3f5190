/** What a buyer pays: the price that was shown, the one that was reached, and why. */
import type { ComponentChildren } from 'preact'
import type { Campaign, Lot, Preorder } from '../../../db/rows.ts'
import { countedUnits, ladderOf, pricesOf } from '../../../stages/4-storefront/model.ts'
import { price, say, units, type View } from '../view.ts'

type Row = readonly [label: string, value: ComponentChildren]

/** Why it is that price and no other. */
function why(view: View, { shownPrice }: Preorder, campaign: Campaign, lot: Lot): string {
  const rungs = ladderOf({ ...campaign, lot: lot.number })
  const reached = rungs.findLast(({ fromUnits }) => fromUnits <= lot.units)
  if (campaign.pricing === 'lot' && reached?.unitPrice === lot.unitPrice)
    return say(view, {
      zh: `这一批共 ${units(view, lot.units)}，达到“${units(view, reached.fromUnits)}起”的阶梯。`,
      en: `The lot came to ${units(view, lot.units)}, and so to the step from ${units(view, reached.fromUnits)}.`,
    })
  if (lot.unitPrice === shownPrice)
    return say(view, {
      zh: '即下单时所示的最高单价，没有更高。',
      en: 'What was shown when you ordered, and not more.',
    })
  return say(view, {
    zh: `这一批共 ${units(view, lot.units)}，按全部批次累计的阶梯，且不高于同批任何人下单时所示的单价。`,
    en: `The lot came to ${units(view, lot.units)}; the step of all lots together, and not more than anybody in it was shown.`,
  })
}

/** Prices as rows of facts. */
export function priceRows(view: View, preorder: Preorder, campaign: Campaign, lot: Lot | undefined): Row[] {
  const num = (amount: number) => <span class="num">{price(view, amount, campaign.currency)}</span>
  const shown: Row = [
    say(view, { zh: '下单时所示最高单价', en: 'Shown when ordered, at most' }),
    num(preorder.shownPrice),
  ]
  if (lot)
    return [
      shown,
      [say(view, { zh: '成交单价', en: 'Price reached, each' }), num(lot.unitPrice)],
      [say(view, { zh: '为什么', en: 'Why' }), why(view, preorder, campaign, lot)],
      [say(view, { zh: '合计', en: 'Altogether' }), num(lot.unitPrice * preorder.units)],
    ]
  if (preorder.state !== 'confirmed' && preorder.state !== 'pending') return [shown]
  const reached = pricesOf(campaign).unitPrice
  // What counts up to a price only may be below what is reached now: then none of it counts.
  const now = preorder.pledged === null ? Math.min(reached, preorder.shownPrice) : reached
  return [
    shown,
    [
      say(view, {
        zh: `目前单价（本批已有 ${units(view, countedUnits(campaign))}）`,
        en: `As things stand, each (${units(view, countedUnits(campaign))} so far)`,
      }),
      num(now),
    ],
  ]
}
