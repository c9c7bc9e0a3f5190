import { DAY, newId } from '../../src/core/values.ts'
import { campaigns, styleCards, styles, styleVersions } from '../../src/db/schema.ts'
import { cardOf } from '../../src/stages/2-designs/card.ts'
import type { Derived, HouseRules, StyleSpec } from '../../src/garments/types.ts'
import type { Context } from '../../src/stages/context.ts'

export interface CampaignWish {
  thresholdUnits?: number
  minBuyers?: number
  closing?: 'collect' | 'atGoal' | 'atRung'
  closingUnits?: number
  pricing?: 'lot' | 'total'
  perBuyerCap?: number
  ladder?: { fromUnits: number; unitPrice: number }[]
  days?: number
  opensInDays?: number
}

let made = 0

/**
 * An open campaign with a style behind it, written straight into the tables: for tests of what happens from the
 * pre-order on, which do not look at the garment.
 */
export async function openCampaign(
  context: Context,
  wish: CampaignWish = {},
): Promise<{ id: string; styleId: string }> {
  const now = context.clock.now()
  const opensAt = new Date(now.getTime() + (wish.opensInDays ?? 0) * DAY)
  const styleId = newId()
  const id = newId()
  const name = { zh: '双排扣军大衣', en: 'Double-breasted overcoat' }
  const colourway = (key: string, zh: string, en: string) => ({
    id: key,
    name: { zh, en },
    colours: { shell: '#556b2f' },
  })
  const spec = {
    names: name,
    story: name,
    colourways: [colourway('olive', '军绿', 'Olive'), colourway('navy', '藏青', 'Navy')],
    sizes: { system: 'alpha-men', base: 'M', list: ['S', 'M', 'L', 'XL', 'XXL'] },
  } as unknown as StyleSpec
  await context.db.write(async (tx) => {
    await tx.insert(styleCards).values({ styleId, version: 1, card: cardOf({ spec, pictures: [] }) })
    await tx
      .insert(styles)
      .values({
        id: styleId,
        number: `FC-26-T${++made}-${styleId.slice(-4)}`,
        category: 'coat',
        state: 'approved',
        version: 1,
        trendIds: [],
        createdAt: now,
      })
      .returning({ id: styles.id })
    await tx
      .insert(styleVersions)
      .values({
        id: newId(),
        styleId,
        version: 1,
        spec,
        derived: { currency: 'CNY' } as unknown as Derived,
        rules: { thresholdUnits: wish.thresholdUnits ?? 100 } as unknown as HouseRules,
        gates: [],
        hash: 'h'.repeat(64),
        geometryFile: 'g'.repeat(64),
        pictures: [],
        generation: {},
        createdAt: now,
      })
      .returning({ id: styleVersions.id })
    await tx
      .insert(campaigns)
      .values({
        id,
        slug: `test-${id}`,
        styleId,
        styleVersion: 1,
        styleHash: 'h'.repeat(64),
        state: opensAt <= now ? 'open' : 'scheduled',
        opensAt,
        closesAt: new Date(opensAt.getTime() + (wish.days ?? 21) * DAY),
        thresholdUnits: wish.thresholdUnits ?? 100,
        ...(wish.closing && { closing: wish.closing, closingUnits: wish.closingUnits ?? null }),
        ...(wish.pricing && {
          pricing: wish.pricing,
          laterLadder: [
            { fromUnits: 30, unitPrice: 57_900, floor: 57_500 },
            { fromUnits: 200, unitPrice: 50_900, floor: 50_100 },
          ],
        }),
        minBuyers: wish.minBuyers ?? 1,
        perBuyerCap: wish.perBuyerCap ?? 50,
        currency: 'CNY',
        ladder: wish.ladder ?? [
          { fromUnits: 1, unitPrice: 54_000 },
          { fromUnits: 200, unitPrice: 49_900 },
          { fromUnits: 500, unitPrice: 46_900 },
        ],
        sizes: ['S', 'M', 'L', 'XL', 'XXL'],
        colourways: ['olive', 'navy'],
        promisedDays: 35,
        createdAt: now,
      })
      .returning({ id: campaigns.id })
  })
  return { id, styleId }
}
