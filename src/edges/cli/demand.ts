import type { Command } from 'commander'
import { formatMoney, type Currency, type Lang } from '../../core/values.ts'
import { spokenEnd } from '../../core/zones.ts'
import { standingOf } from '../../stages/4-storefront/model.ts'
import { listCampaigns } from '../../stages/4-storefront/actions/list-campaigns.ts'
import { showPledges } from '../../stages/5-demand/actions/show-pledges.ts'
import { tellPatterns } from '../../stages/8-reorders/actions/tell-patterns.ts'
import { listLots } from '../../stages/5-demand/actions/list-lots.ts'
import { auditCounters } from '../../stages/5-demand/actions/audit-counters.ts'
import { actionCommand, LIMIT } from './action-command.ts'
import { handCommands } from './hand.ts'
import { words } from './messages.ts'
import type { Using } from './program.ts'

/** A probability as a table has it; none where nobody can tell. */
const shareOf = (chance: number | null): string | undefined =>
  chance === null ? undefined : `${Math.round(chance * 100)} %`

/** `firstcut campaigns`, `demand`: what is on sale, and whether its counters are right. */
export function demandCommands(program: Command, using: Using, lang: Lang): void {
  const campaigns = program.command('campaigns').description('campaigns, and what a person does with them')
  handCommands(campaigns, using, lang)
  actionCommand(campaigns, using, listCampaigns, ({ storefront }) => storefront.list, {
    name: 'list',
    isDefault: true,
    does: 'campaigns with their counts',
    read: () => ({ limit: LIMIT }),
    as: (done) => done.map(({ campaign, number }) => ({ ...campaign, style: number })),
    async rows(done, { operations }) {
      const { timeZone } = await operations.house()
      return done.map(({ campaign, number, card }) => [
        campaign.id,
        campaign.pausedAt ? words.say(lang, 'campaigns.paused', { state: standingOf(campaign) }) : standingOf(campaign),
        number,
        card.names[lang],
        `${campaign.lotUnits}/${campaign.thresholdUnits}`,
        `+${campaign.pendingUnits}`,
        formatMoney(campaign.ladder[0]?.unitPrice ?? 0, campaign.currency as Currency, lang),
        spokenEnd(campaign.closesAt, lang, timeZone),
      ])
    },
  })
  actionCommand(campaigns, using, tellPatterns, ({ reorders }) => reorders.patterns, {
    name: 'patterns <id>',
    does: 'what in its demand is worth a second look, and what would be left without it; nothing is removed',
    rows: ({ now, patterns, without }) => [
      [words.say(lang, 'patterns.now'), '', '', '', now.units, now.buyers, shareOf(now.chance)],
      ...patterns.map((each) => [
        each.kind,
        each.count,
        each.units,
        each.buyers,
        each.without.units,
        each.without.buyers,
        shareOf(each.without.chance),
      ]),
      [words.say(lang, 'patterns.without'), '', '', '', without.units, without.buyers, shareOf(without.chance)],
    ],
  })
  const demand = program.command('demand').description('the counters and their ledger')
  actionCommand(demand, using, listLots, (line) => line.demand.lotsOf, {
    name: 'lots <id>',
    does: 'lots of a campaign, their prices, and the margin given away',
    rows: (done) =>
      done.map((lot) => [
        lot.number,
        lot.state,
        lot.units,
        formatMoney(lot.unitPrice, lot.currency as Currency, lang),
        formatMoney(lot.ownPrice, lot.currency as Currency, lang),
        formatMoney(lot.givenAway, lot.currency as Currency, lang),
      ]),
  })
  actionCommand(demand, using, showPledges, (line) => line.demand.pledges, {
    name: 'pledges <id>',
    does: 'rungs of the lot that gathers: price, pieces that accept it, those pledged up to a price, what is missing',
    rows: (done) =>
      done.map((rung) => [
        rung.fromUnits,
        formatMoney(rung.unitPrice, rung.currency as Currency, lang),
        rung.units,
        rung.pledged,
        rung.missing,
      ]),
  })
  actionCommand(demand, using, auditCounters, (line) => line.demand.audit, {
    name: 'audit',
    does: 'compare every counter with the rows it counts; nothing means all is well',
    read: () => ({ repair: false }),
    rows: (done) => done.map((each) => [each.campaignId, each.field, each.about, each.counted, each.ledger]),
  })
  actionCommand(demand, using, auditCounters, (line) => line.demand.audit, {
    name: 'rebuild',
    does: 'set the counters right from the rows they count',
    read: () => ({ repair: true }),
  })
}
