import type { Command } from 'commander'
import { system } from '../../core/actor.ts'
import { formatMoney, type Currency, type Lang } from '../../core/values.ts'
import { spokenEnd } from '../../core/zones.ts'
import type { Using } from './program.ts'

const me = system('cli')
const LIMIT = 100

/** `firstcut campaigns`, `demand`: what is on sale, and whether its counters are right. */
export function demandCommands(program: Command, using: Using, lang: Lang): void {
  program
    .command('campaigns')
    .description('campaigns with their counts')
    .action(
      using(async ({ storefront, operations }) => {
        const [json, { timeZone }] = await Promise.all([storefront.list(me, { limit: LIMIT }), operations.house()])
        return {
          json: json.map(({ campaign, number }) => ({ ...campaign, style: number })),
          rows: json.map(({ campaign, number, card }) => [
            campaign.id,
            campaign.state,
            number,
            card.names[lang],
            `${campaign.lotUnits}/${campaign.thresholdUnits}`,
            `+${campaign.pendingUnits}`,
            formatMoney(campaign.ladder[0]?.unitPrice ?? 0, campaign.currency as Currency, lang),
            spokenEnd(campaign.closesAt, lang, timeZone),
          ]),
        }
      }),
    )
  const demand = program.command('demand').description('the counters and their ledger')
  demand
    .command('audit')
    .description('compare every counter with the rows it counts; nothing means all is well')
    .action(
      using(async (line) => {
        const json = await line.demand.audit(me, { repair: false })
        return { json, rows: json.map((each) => [each.campaignId, each.field, each.about, each.counted, each.ledger]) }
      }),
    )
  demand
    .command('rebuild')
    .description('set the counters right from the rows they count')
    .action(using(async (line) => ({ json: await line.demand.audit(me, { repair: true }) })))
}
