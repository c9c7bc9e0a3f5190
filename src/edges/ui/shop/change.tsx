/** Other sizes, colours or pieces of what was ordered, as long as its lot gathers. */
import type { Campaign, Colourway, Preorder } from '../../../db/rows.ts'
import type { Sent } from '../parts.tsx'
import { ending, price, say, type View } from '../view.ts'
import { Quantities, quantityField } from './forms.tsx'

interface ChangeFormProps {
  view: View
  preorder: Preorder
  campaign: Campaign
  colourways: readonly Colourway[]
  sent: Sent
  action: string
}

/** What stands in the fields: what was typed and refused, or what is ordered now. */
function valuesOf({ lines }: Preorder, sent: Sent): Record<string, string> {
  if (sent.failure?.extra.field?.startsWith('lines')) return { ...sent.values }
  const units = new Map<string, number>()
  for (const { size, colourway, quantity } of lines) {
    const name = quantityField(colourway, size)
    units.set(name, (units.get(name) ?? 0) + quantity)
  }
  return Object.fromEntries([...units].map(([name, quantity]) => [name, String(quantity)]))
}

export function ChangeForm({ view, preorder, campaign, colourways, sent, action }: ChangeFormProps) {
  const refused = sent.failure?.extra.field?.startsWith('lines') ? sent.failure : undefined
  const { shownPrice } = preorder
  return (
    <details class="fold" open={refused !== undefined}>
      <summary>{say(view, { zh: '修改尺码、配色或件数', en: 'Change size, colour or pieces' })}</summary>
      <form
        class="form"
        method="post"
        action={action}
        data-price={String(shownPrice)}
        data-currency={campaign.currency}
      >
        <div>
          <Quantities
            view={view}
            campaign={campaign}
            colourways={colourways}
            values={valuesOf(preorder, sent)}
            refused={refused !== undefined}
          />
          {refused ? (
            <p class="field-error" role="alert">
              {refused.say(view.lang)}
            </p>
          ) : null}
          <p class="hint">
            {say(view, {
              zh: `这一批投产前、且不晚于 ${ending(view, campaign.closesAt)} 可以修改。单价仍不高于 ${price(view, shownPrice, campaign.currency)}，每人最多 ${campaign.perBuyerCap} 件。`,
              en: `You can change it until the lot goes into production, and until ${ending(view, campaign.closesAt)} at the latest. The price stays at most ${price(view, shownPrice, campaign.currency)} each; at most ${campaign.perBuyerCap} for one person.`,
            })}
          </p>
        </div>
        <p class="sum" data-sum aria-live="polite" />
        <button type="submit" class="second wide">
          {say(view, { zh: '保存修改', en: 'Save the change' })}
        </button>
      </form>
    </details>
  )
}

/** Said where it could be changed once: since when, and why not any more. */
export function NoMoreChanges({ view, at }: { view: View; at: Date }) {
  return (
    <p class="small soft">
      {say(view, {
        zh: `这一批已于 ${ending(view, at)} 成批，尺码、配色和件数从那时起不能再改；收货地址在寄出前仍可修改。`,
        en: `The lot was full on ${ending(view, at)}. Since then sizes, colours and pieces can no longer be changed; where it is sent can, until it leaves.`,
      })}
    </p>
  )
}
