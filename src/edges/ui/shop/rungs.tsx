import { countedUnits, ladderOf } from '../../../stages/4-storefront/model.ts'
import type { RungWithPledges } from '../../../stages/5-demand/pledges.ts'
import { count, price, say, units, type View } from '../view.ts'
import type { Sold } from './list.tsx'

/** A rung with the pieces that accept its price. */
export type ShownRung = RungWithPledges

/** Without pledges every piece accepts every price. */
function plainRungs(campaign: Sold): ShownRung[] {
  const now = countedUnits(campaign)
  return ladderOf(campaign).map(({ fromUnits, unitPrice }) => ({
    fromUnits,
    unitPrice,
    units: now,
    pledged: 0,
    missing: Math.max(0, fromUnits - now),
  }))
}

/**
 * What I pay at each rung of the lot that gathers, and what is missing to it: the ladder as a table.
 * @param pledges the rungs with what was pledged up to a price; none where nothing was
 */
export function Rungs({ view, campaign, pledges }: { view: View; campaign: Sold; pledges?: readonly ShownRung[] }) {
  const rungs = pledges?.length ? pledges : plainRungs(campaign)
  const reached = rungs.findLast(({ missing }) => missing === 0)
  const waiting = reached ? rungs.some(({ pledged }) => pledged > reached.pledged) : rungs.some(({ pledged }) => pledged > 0) // prettier-ignore
  return (
    <>
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
              <td>
                {say(view, { zh: `${units(view, rung.fromUnits)}起`, en: `from ${units(view, rung.fromUnits)}` })}
                {rung.pledged > 0 ? (
                  <span class="how">
                    {say(view, {
                      zh: `其中限价 ${count(view, rung.pledged)} 件`,
                      en: `${count(view, rung.pledged)} pledged up to a price`,
                    })}
                  </span>
                ) : null}
              </td>
              <td class="num">{price(view, rung.unitPrice, campaign.currency)}</td>
              <td class="num">
                {rung.missing === 0 ? say(view, { zh: '已达到', en: 'reached' }) : count(view, rung.missing)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {waiting ? (
        <p class="small soft">
          {say(view, {
            zh: '有人只在更低的价格才要：这些件数计入其接受的阶梯，所以离低价比看上去更近。成交价是各阶梯中接受其价格的件数达到要求的最低一档。',
            en: 'Some pieces are wanted at a lower price only. They count at the prices that they accept, so the cheaper rungs are nearer than they look. Everybody pays the lowest price for which enough pieces accept it.',
          })}
        </p>
      ) : null}
    </>
  )
}
