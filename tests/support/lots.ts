import { gzipSync } from 'node:zlib'
import { and, eq, ne } from 'drizzle-orm'
import { canonicalJson } from '../../src/core/canonical.ts'
import { DAY, newId, type Lang } from '../../src/core/values.ts'
import {
  campaignBuyers,
  campaigns,
  decisions,
  preorders,
  styleCards,
  styles,
  styleVersions,
  type PreorderLine,
} from '../../src/db/schema.ts'
import {
  DEFAULT_RULES,
  deriveStyle,
  MATERIALS,
  sampleSpec,
  styleHash,
  type DerivedStyle,
  type HouseRules,
} from '../../src/garments/index.ts'
import type { Context } from '../../src/stages/context.ts'
import { cardOf } from '../../src/stages/2-designs/card.ts'
import { auditCounters } from '../../src/stages/5-demand/ledger.ts'
import { freezeLot } from '../../src/stages/5-demand/lots.ts'
import { SLICE, type Lot } from '../../src/stages/5-demand/store.ts'
import { arriveLot, fulfilPreorders } from '../../src/stages/5-demand/store/lots.ts'

/** A real T-shirt, derived once for all tests of a file: pattern, markers, cost, hash. */
const rules: HouseRules = { ...DEFAULT_RULES, thresholdUnits: 20 }
let derived: DerivedStyle | undefined
const tee = (): DerivedStyle => (derived ??= deriveStyle(sampleSpec('tee', 'men', MATERIALS), rules))

export interface LotWish {
  /** Hash the merchandiser approved; the style's own by default. */
  approvedHash?: string
  promisedDays?: number
  buyers?: readonly { name: string; lang: Lang; lines: readonly PreorderLine[] }[]
}

export interface MadeLot {
  lot: Lot
  campaignId: string
  styleId: string
  hash: string
}

let numbered = 0

export interface ApprovedStyle {
  styleId: string
  hash: string
  tee: DerivedStyle
}

/** An approved style as stages 2 and 3 leave it; it is not on sale yet. */
export async function approvedStyle(
  { db, clock, engines }: Pick<Context, 'db' | 'clock' | 'engines'>,
  wish: Pick<LotWish, 'approvedHash'> = {},
): Promise<ApprovedStyle> {
  const now = clock.now()
  const { spec, draft, markers, derived } = tee()
  const hash = styleHash(spec, derived, rules)
  const geometryFile = await engines.files.put(gzipSync(canonicalJson({ draft, markers })))
  const styleId = newId()
  await db.write(async (tx) => {
    await tx.insert(styleCards).values({ styleId, version: 1, card: cardOf({ spec, pictures: [] }) })
    await tx
      .insert(styles)
      .values({
        id: styleId,
        number: `FC-26-L${++numbered}-${styleId.slice(-4)}`,
        category: spec.category,
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
        derived,
        rules,
        gates: [],
        hash,
        geometryFile,
        pictures: [],
        generation: {},
        createdAt: now,
      })
      .returning({ id: styleVersions.id })
    await tx
      .insert(decisions)
      .values({
        id: newId(),
        styleId,
        version: 1,
        hash: wish.approvedHash ?? hash,
        kind: 'approve',
        by: 'user:test',
        at: now,
      })
      .returning({ id: decisions.id })
  })
  return { styleId, hash, tee: tee() }
}

/** An approved style, its campaign and confirmed pre-orders, as stages 2 to 5 leave them; nothing is frozen yet. */
export async function gatheredCampaign(context: Context, wish: LotWish = {}): Promise<Omit<MadeLot, 'lot'>> {
  const { db, clock } = context
  const now = clock.now()
  const {
    styleId,
    hash,
    tee: { spec, derived },
  } = await approvedStyle(context, wish)
  const campaignId = newId()
  const [colourway] = spec.colourways
  const colour = colourway?.id ?? ''
  const buyers = wish.buyers ?? [
    {
      name: '王梅',
      lang: 'zh',
      lines: [
        { size: spec.sizes.list[1] ?? '', colourway: colour, quantity: 12 },
        { size: spec.sizes.base, colourway: colour, quantity: 20 },
      ],
    },
    { name: 'Ann', lang: 'en', lines: [{ size: spec.sizes.base, colourway: colour, quantity: 8 }] },
  ]
  const units = buyers.flatMap(({ lines }) => lines).reduce((sum, line) => sum + line.quantity, 0)
  await db.write(async (tx) => {
    await tx
      .insert(campaigns)
      .values({
        id: campaignId,
        slug: `lot-${campaignId}`,
        styleId,
        styleVersion: 1,
        styleHash: hash,
        state: 'open',
        opensAt: now,
        closesAt: new Date(now.getTime() + 21 * DAY),
        thresholdUnits: 20,
        perBuyerCap: 500,
        currency: derived.currency,
        ladder: [...derived.ladder],
        sizes: [...spec.sizes.list],
        colourways: spec.colourways.map(({ id }) => id),
        promisedDays: wish.promisedDays ?? 35,
        lotUnits: units,
        lotBuyers: buyers.length,
        totalUnits: units,
        createdAt: now,
      })
      .returning({ id: campaigns.id })
    await addPreorders(tx, campaignId, buyers, { now, shownPrice: derived.ladder[0]?.unitPrice ?? 0 })
    const held = buyers.map(({ lines }, index) => {
      const units = lines.reduce((sum, line) => sum + line.quantity, 0)
      return { campaignId, buyerKey: `buyer-${index}`, units, lotUnits: units }
    })
    if (held.length) await tx.insert(campaignBuyers).values(held).returning({ key: campaignBuyers.buyerKey })
  })
  await countAnew(context)
  return { campaignId, styleId, hash }
}

/** Every counter as intake would have left it, for rows that a test wrote by itself. */
export const countAnew = ({ db }: Pick<Context, 'db'>) => auditCounters(db, true, [])

const addPreorders = (
  tx: Parameters<Parameters<Context['db']['write']>[0]>[0],
  campaignId: string,
  buyers: NonNullable<LotWish['buyers']>,
  { now, shownPrice }: { now: Date; shownPrice: number },
) =>
  tx
    .insert(preorders)
    .values(
      buyers.map(({ name, lang, lines }, index) => ({
        id: newId(),
        campaignId,
        buyerKey: `buyer-${index}`,
        email: `buyer${index}@example.com`,
        name,
        lang,
        lines: [...lines],
        units: lines.reduce((sum, line) => sum + line.quantity, 0),
        shownPrice,
        state: 'confirmed' as const,
        lot: 1,
        placedAt: now,
        confirmedAt: now,
      })),
    )
    .returning({ id: preorders.id })

/** The same with its first lot frozen: what wakes dispatch. */
export async function frozenLot(context: Context, wish: LotWish = {}): Promise<MadeLot> {
  const made = await gatheredCampaign(context, wish)
  const lot = await context.db.write((tx) =>
    freezeLot(tx, context, { campaignId: made.campaignId, number: 1, reason: 'threshold' }),
  )
  if (!lot) throw new Error('the lot was not frozen')
  return { ...made, lot }
}

/** A lot that arrived at the warehouse and was received by each of its buyers, slice by slice. */
export async function receivedLot({ db, clock }: Context, campaignId: string, number: number): Promise<void> {
  await db.write((tx) => arriveLot(tx, campaignId, number, clock.now()))
  for (let ids: string[] | undefined; !ids || ids.length;) {
    const own = and(eq(preorders.campaignId, campaignId), eq(preorders.lot, number), ne(preorders.state, 'fulfilled'))
    ids = (await db.read.select({ id: preorders.id }).from(preorders).where(own).limit(SLICE)).map(({ id }) => id)
    await db.write((tx) => fulfilPreorders(tx, ids ?? [], clock.now()))
  }
}

/** A frozen lot of 40 of two buyers, whose units their own counters hold as well. */
export async function countedLot(context: Context): Promise<Omit<MadeLot, 'lot'>> {
  const made = await gatheredCampaign(context)
  await context.db.write((tx) =>
    freezeLot(tx, context, { campaignId: made.campaignId, number: 1, reason: 'threshold' }),
  )
  return made
}
