import { z } from 'zod'
import { versionOf } from '../../2-designs/door.ts'
import { campaignById, campaignCard } from '../../4-storefront/door.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { insightOf } from '../return-insight.ts'
import { deliveredBySize, returnsOfStyle, stylesReturned } from '../store/returns.ts'

/** Styles looked at in one answer: those of which something came back last. */
const STYLES = 20

/**
 * What comes back and why, by style: the share of delivered pieces with its interval, by reason, by size, and where it does not
 * fit. Below thirty delivered pieces no share is told.
 */
export const tellReturns = action({
  name: 'production.tell-returns',
  scope: 'read',
  input: z.object({ styleId: z.string().optional() }),
  output: z.array(
    z.looseObject({ styleId: z.string(), all: z.looseObject({ returned: z.int(), delivered: z.int() }) }),
  ),
  async run({ db }: Context, _actor, { styleId }) {
    const told = []
    for (const each of await stylesReturned(db.read, STYLES, styleId)) {
      const [campaign, sold] = [
        await campaignById(db.read, each.campaignId),
        await campaignCard(db.read, each.campaignId),
      ]
      const style = campaign && (await versionOf(db.read, each.styleId, campaign.styleVersion))
      const { measures, ...insight } = insightOf(
        await returnsOfStyle(db.read, each.styleId),
        await deliveredBySize(db.read, each.styleId),
        campaign?.sizes ?? [],
      )
      told.push({
        styleId: each.styleId,
        names: sold?.card.names ?? { zh: '', en: '' },
        ...insight,
        measures: measures.map((row) => ({
          ...row,
          name: style?.derived.points.find(({ code }) => code === row.code)?.name ?? { zh: row.code, en: row.code },
        })),
      })
    }
    return told
  },
})
