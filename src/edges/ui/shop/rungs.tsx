import { countedUnits, ladderOf } from '../../../stages/4-storefront/model.ts'
import { count, price, say, units, type View } from '../view.ts'
import type { Sold } from './list.tsx'

/** What I pay at each rung of the lot that gathers, and what is missing to it: the ladder as a table. */
export function Rungs({ view, campaign }: { view: View; campaign: Sold }) {
  const now = countedUnits(campaign)
  const rungs = ladderOf(campaign)
  const reached = rungs.findLast(({ fromUnits }) => fromUnits <= now)
  return (
    <table class="rungs">
      <thead>
        <tr>
          <th scope="col">{say(view, { zh: '这一批达到', en: 'Ordered together' })}</th>
          <th scope="col" class="num">
            {say(view, { zh: '每件付', en: 'I pay, each' })}
          </th>
          <th scope="col" class="num">
            {say(view, { zh: '还差', en: 'Missing' })}
          </th>
        </tr>
      </thead>
      <tbody>
        {rungs.map((rung) => (
          <tr {...(rung === reached ? { 'aria-current': 'true' as const } : {})}>
            <td>{say(view, { zh: `${units(view, rung.fromUnits)}起`, en: `from ${units(view, rung.fromUnits)}` })}</td>
            <td class="num">{price(view, rung.unitPrice, campaign.currency)}</td>
            <td class="num">
              {rung.fromUnits <= now ? say(view, { zh: '已达到', en: 'reached' }) : count(view, rung.fromUnits - now)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
