/** What a partner sold and what it earns by it: only what is true now. */
import { z } from 'zod'
import { toCsv } from '../../../core/csv.ts'
import { CURRENCIES, grouped, type Currency, type Lang, type Minor } from '../../../core/values.ts'
import type { Reader } from '../../../db/database.ts'
import { campaignCards, floorOf, soldVersion, type CampaignCard } from '../../4-storefront/door.ts'
import { words } from '../messages.ts'
import { soldBy, termsOf, type Sold } from '../store/partners.ts'
import { shareOf, termsAfter, type Terms, type UnitMoney } from './terms.ts'

const money = z.int().describe('Minor units of `currency`.')
/** Pieces by what became of them. Only those that are with their buyers have earned anything. */
const pieces = z.object({
  pending: z.int().describe('Not verified: they count nowhere.'),
  confirmed: z.int().describe('Verified, and gathering for a lot.'),
  inLot: z.int().describe('Being made, or on their way.'),
  fulfilled: z.int().describe('With their buyers.'),
  cancelled: z.int(),
  released: z.int(),
})
type Pieces = z.infer<typeof pieces>

export const statementRow = z.object({
  campaignId: z.string(),
  style: z.string().describe('Number of the style.'),
  name: z.object({ zh: z.string(), en: z.string() }),
  lot: z.int().nullable().describe('Null for what went into no lot: it gathers, or came to nothing.'),
  currency: z.enum(CURRENCIES),
  commission: z
    .number()
    .nullable()
    .describe('Percent of the price, by the terms of the moment the orders were placed in.'),
  price: money.nullable().describe('The partner’s own price, where that was agreed.'),
  orders: z.int().describe('Verified orders that stand.'),
  pieces,
  unitPrice: money.nullable().describe('What everybody in the lot pays.'),
  share: money.nullable().describe('What the partner gets of one unit.'),
  expected: money.describe('Of what is being made; earned when it is with its buyers.'),
  earned: money.describe('Of what is with its buyers.'),
  margin: z
    .object({
      unit: money.describe('Of one unit, before the share.'),
      left: money.describe('Of one unit, after the share.'),
      floor: money.describe('The lowest price that leaves the house’s margin in a lot of this size.'),
    })
    .nullable()
    .describe('Only for the house.'),
})
export type StatementRow = z.infer<typeof statementRow>

export const statementSchema = z.object({
  partner: z.object({ id: z.string(), name: z.string() }),
  rows: z.array(statementRow),
  totals: z.array(
    z.object({ currency: z.enum(CURRENCIES), orders: z.int(), pieces: z.int(), expected: money, earned: money }),
  ),
})
export type Statement = z.infer<typeof statementSchema>

const STATE = {
  pending: 'pending',
  confirmed: 'confirmed',
  'in-lot': 'inLot',
  fulfilled: 'fulfilled',
  cancelled: 'cancelled',
  released: 'released',
} as const satisfies Record<Sold['state'], keyof Pieces>
const STANDS: readonly Sold['state'][] = ['confirmed', 'in-lot', 'fulfilled']

/** What a unit of a lot comes to, from what its style was costed with. */
async function moneyOf(db: Reader, { campaign }: CampaignCard): Promise<(lot: Sold['lot'] & object) => UnitMoney> {
  const sold = await soldVersion(db, campaign)
  const marginPercent = sold?.version.rules.marginPercent ?? 0
  return ({ units, unitPrice }) => {
    const floor = floorOf(campaign, sold?.version.derived.priceFloor, units)
    return { unitPrice, floor, cost: Math.ceil((floor * (100 - marginPercent)) / 100) }
  }
}

/** One row: a campaign, a lot of it, and the terms under which it was sold. */
function rowOf(
  { campaign, number, card }: CampaignCard,
  sold: readonly Sold[],
  terms: Terms | undefined,
  of: UnitMoney | undefined,
): StatementRow {
  const counted: Pieces = { pending: 0, confirmed: 0, inLot: 0, fulfilled: 0, cancelled: 0, released: 0 }
  for (const { state, units } of sold) counted[STATE[state]] += units
  const share = of && terms ? shareOf(terms, of) : null
  return {
    campaignId: campaign.id,
    style: number,
    name: card.names,
    lot: sold[0]?.lot?.number ?? null,
    currency: campaign.currency,
    commission: terms?.commission === null || terms === undefined ? null : terms.commission / 100,
    price: terms?.price ?? null,
    orders: sold.reduce((sum, { state, orders }) => sum + (STANDS.includes(state) ? orders : 0), 0),
    pieces: counted,
    unitPrice: of?.unitPrice ?? null,
    share,
    expected: (share ?? 0) * counted.inLot,
    earned: (share ?? 0) * counted.fulfilled,
    margin: of ? { unit: of.unitPrice - of.cost, left: of.unitPrice - of.cost - (share ?? 0), floor: of.floor } : null,
  }
}

function totalsOf(rows: readonly StatementRow[]): Statement['totals'] {
  return [...grouped(rows, ({ currency }) => currency)].map(([currency, own]) => {
    const sum = (valueOf: (row: StatementRow) => Minor) => own.reduce((all, row) => all + valueOf(row), 0)
    return {
      currency: currency satisfies Currency,
      orders: sum(({ orders }) => orders),
      pieces: sum(({ pieces: { confirmed, inLot, fulfilled } }) => confirmed + inLot + fulfilled),
      expected: sum(({ expected }) => expected),
      earned: sum(({ earned }) => earned),
    }
  })
}

/** @param forHouse with the margin, which is nobody else's to see */
export async function statementOf(
  db: Reader,
  partner: { id: string; name: string },
  forHouse: boolean,
): Promise<Statement> {
  const [sold, terms] = await Promise.all([soldBy(db, partner.id), termsOf(db, [partner.id])])
  const cards = await campaignCards(db, [...new Set(sold.map(({ campaignId }) => campaignId))])
  const rows: StatementRow[] = []
  for (const [campaignId, own] of grouped(sold, (each) => each.campaignId)) {
    const card = cards.get(campaignId)
    if (!card) continue
    const unitMoney = own.some(({ lot }) => lot) ? await moneyOf(db, card) : undefined
    const byLot = grouped(
      own.map((each) => ({ ...each, terms: termsAfter(terms, each.agreed, campaignId) })),
      (each) => `${each.lot?.number ?? ''} ${each.terms?.id ?? ''}`,
    )
    for (const some of byLot.values()) {
      const [first] = some
      const row = rowOf(card, some, first?.terms, first?.lot ? unitMoney?.(first.lot) : undefined)
      rows.push(forHouse ? row : { ...row, margin: null })
    }
  }
  // The newest campaign first: ids are in the order of time.
  rows.sort((a, b) => b.campaignId.localeCompare(a.campaignId) || (a.lot ?? 0) - (b.lot ?? 0))
  return { partner: { id: partner.id, name: partner.name }, rows, totals: totalsOf(rows) }
}

const amount = (of: Minor | null): string => (of === null ? '' : (of / 100).toFixed(2))

/** As a spreadsheet reads it: amounts in whole units of the currency that stands beside them. */
export function statementCsv({ rows }: Statement, lang: Lang, forHouse: boolean): string {
  const columns = [
    'style',
    'name',
    'lot',
    'currency',
    'commission',
    'price',
    'orders',
    'pending',
    'confirmed',
    'in-lot',
    'fulfilled',
    'cancelled',
    'released',
    'unit-price',
    'share',
    'expected',
    'earned',
    ...(forHouse ? (['margin', 'margin-left'] as const) : []),
  ] as const
  const lines = rows.map((row) => [
    row.style,
    row.name[lang],
    row.lot ?? '',
    row.currency,
    row.commission ?? '',
    amount(row.price),
    row.orders,
    ...Object.values(row.pieces),
    amount(row.unitPrice),
    amount(row.share),
    amount(row.expected),
    amount(row.earned),
    ...(forHouse ? [amount(row.margin?.unit ?? null), amount(row.margin?.left ?? null)] : []),
  ])
  return toCsv([columns.map((column) => words.say(lang, `statement.${column}`)), ...lines])
}
