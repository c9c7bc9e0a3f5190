/** What is sold, as the pages that everybody opens ask for it: only what changes of it. */
import { and, desc, eq, isNull, lt, sql, type SQL } from 'drizzle-orm'
import { prepared, type Reader } from '../../../db/database.ts'
import { styleCards } from '../../2-designs/door.ts'
import type { CampaignState } from '../model.ts'
import { LAST, type Campaign, type PageWish } from '../store.ts'
import { campaigns, onSale } from '../tables.ts'

/** What changes of a campaign and is shown, in the order in which a line of it says it. */
const CHANGING = [
  'state',
  'lot',
  'lotUnits',
  'lotBuyers',
  'totalUnits',
  'pendingUnits',
  'pledgedUnits',
  'edition',
] as const
export type Changing = Pick<Campaign, (typeof CHANGING)[number] | 'collecting'>

const words = sql`concat_ws(' ', ${sql.join(
  [
    campaigns.id,
    sql`coalesce(${styleCards.pictures}, -1)`,
    sql`case when ${campaigns.collecting} then 1 else 0 end`,
    ...CHANGING.map((name) => campaigns[name]),
  ],
  sql`, `,
)})`

const page = prepared<Required<PageWish>, { line: string }>((db) =>
  db
    .select({ line: words as SQL<string> })
    .from(campaigns)
    .leftJoin(
      styleCards,
      and(eq(styleCards.styleId, campaigns.styleId), eq(styleCards.version, campaigns.styleVersion)),
    )
    .where(
      and(
        sql`${onSale(campaigns.state)} = true`,
        isNull(campaigns.stoppedAt),
        lt(campaigns.id, sql.placeholder('before')),
      ),
    )
    .orderBy(desc(campaigns.id))
    .limit(sql.placeholder('limit')),
)

/**
 * A line for each campaign that is sold, newest first, with all that may have changed of it: two lines that are the same
 * say the same. One value for each row, because the driver and the query builder take longer for seven than the database.
 */
export async function linesOnSale(db: Reader, { before = LAST, limit }: PageWish): Promise<string[]> {
  const rows = await page(db, { before, limit })
  return rows.map(({ line }) => line)
}

export interface Line {
  id: string
  /** Of its style's card; -1 where there is no card. */
  pictures: number
  changing: Changing
}

export function readLine(line: string): Line {
  const [id = '', pictures, collecting, state, ...numbers] = line.split(' ')
  const [lot = 0, lotUnits = 0, lotBuyers = 0, totalUnits = 0, pendingUnits = 0, pledgedUnits = 0, edition = 0] =
    numbers.map(Number)
  const changing = {
    collecting: collecting === '1',
    state: state as CampaignState,
    lot,
    lotUnits,
    lotBuyers,
    totalUnits,
    pendingUnits,
    pledgedUnits,
    edition,
  }
  return { id, pictures: Number(pictures), changing }
}
