import { and, asc, desc, eq, inArray, isNull, lt, sql } from 'drizzle-orm'
import { prepared, type Reader, type Tx } from '../../db/database.ts'
import { cardFor, styleCards, styles, styleVersions, type StyleCard } from '../2-designs/door.ts'
import { campaigns, inquiries } from './tables.ts'
import type { CampaignState } from './model.ts'

export type Campaign = typeof campaigns.$inferSelect
export type Inquiry = typeof inquiries.$inferSelect

export async function campaignById(db: Reader, id: string): Promise<Campaign | undefined> {
  const [row] = await db.select().from(campaigns).where(eq(campaigns.id, id))
  return row
}

export async function campaignBySlug(db: Reader, slug: string): Promise<Campaign | undefined> {
  const [row] = await db.select().from(campaigns).where(eq(campaigns.slug, slug))
  return row
}

/** Whether a version of a style has its campaign already. */
export const hasCampaign = async (db: Reader, styleId: string, version: number): Promise<boolean> =>
  (await db.$count(campaigns, and(eq(campaigns.styleId, styleId), eq(campaigns.styleVersion, version)))) > 0

/** The style version a campaign sells, with its style's number and category: long. What names it, is `campaignCard`. */
export async function soldVersion(
  db: Reader,
  campaign: Pick<Campaign, 'styleId' | 'styleVersion'> & Partial<Pick<Campaign, 'words'>>,
) {
  const [row] = await db
    .select({ version: styleVersions, number: styles.number, category: styles.category })
    .from(styleVersions)
    .innerJoin(styles, eq(styles.id, styleVersions.styleId))
    .where(and(eq(styleVersions.styleId, campaign.styleId), eq(styleVersions.version, campaign.styleVersion)))
  if (!row || !campaign.words) return row
  const spec = { ...row.version.spec, ...campaign.words }
  return { ...row, version: { ...row.version, spec } }
}

/** A campaign with what a list or a letter says of the style it sells. */
export interface CampaignCard {
  campaign: Campaign
  /** Number of the style. */
  number: string
  category: string
  card: StyleCard
}
type Found = Omit<CampaignCard, 'card'> & { card: StyleCard | null }

const withCard = async (db: Reader, row: Found): Promise<CampaignCard> => {
  const { styleId, styleVersion: version } = row.campaign
  const card = await cardFor(db, { styleId, version }, row.card)
  const names = row.campaign.words?.names
  return { ...row, card: names ? { ...card, names } : card }
}

const cards = (db: Reader | Tx) =>
  db
    .select({ campaign: campaigns, number: styles.number, category: styles.category, card: styleCards.card })
    .from(campaigns)
    .innerJoin(styles, eq(styles.id, campaigns.styleId))
    .leftJoin(
      styleCards,
      and(eq(styleCards.styleId, campaigns.styleId), eq(styleCards.version, campaigns.styleVersion)),
    )

/** Behind every id of ours in whatever order a database has its words: their last letter is f. (A sign comes first.) */
export const LAST = 'g'
const older = lt(campaigns.id, sql.placeholder('before'))
const some = sql.placeholder('limit')

const everyPage = prepared<{ before: string; limit: number }, Found>((db) =>
  cards(db).where(older).orderBy(desc(campaigns.id)).limit(some),
)

export interface PageWish {
  /** Id of the last one already seen. */
  before?: string | undefined
  limit: number
}

/** Newest first, whatever their state. */
export async function listCampaigns(db: Reader, { before = LAST, limit }: PageWish): Promise<CampaignCard[]> {
  const rows = await everyPage(db, { before, limit })
  return Promise.all(rows.map((row) => withCard(db, row)))
}

const byName = prepared<{ name: string }, Found>((db) => cards(db).where(eq(campaigns.slug, sql.placeholder('name'))))
const byId = prepared<{ name: string }, Found>((db) => cards(db).where(eq(campaigns.id, sql.placeholder('name'))))

/** One by its slug or its id, without the version it sells. */
export async function campaignCard(db: Reader, name: string): Promise<CampaignCard | undefined> {
  const [row] = await byName(db, { name })
  const found = row ?? (await byId(db, { name }))[0]
  return found && withCard(db, found)
}

/** Some of them, by their ids. */
export async function campaignCards(db: Reader, ids: readonly string[]): Promise<Map<string, CampaignCard>> {
  const rows = ids.length ? await cards(db).where(inArray(campaigns.id, [...ids])) : []
  const found = await Promise.all(rows.map((row) => withCard(db, row)))
  return new Map(found.map((each) => [each.campaign.id, each]))
}

export async function insertCampaign(tx: Tx, row: typeof campaigns.$inferInsert): Promise<boolean> {
  const made = await tx.insert(campaigns).values(row).onConflictDoNothing().returning({ id: campaigns.id })
  return made.length === 1
}

/** Move a campaign from one state to another, or find that somebody else did. */
export async function moveCampaign(
  tx: Tx,
  id: string,
  from: CampaignState,
  to: CampaignState,
  endedAt: Date | null = null,
): Promise<boolean> {
  const moved = await tx
    .update(campaigns)
    .set({ state: to, endedAt })
    .where(and(eq(campaigns.id, id), eq(campaigns.state, from)))
    .returning({ id: campaigns.id })
  return moved.length === 1
}

export const addViews = (tx: Tx, id: string, views: number) =>
  tx
    .update(campaigns)
    .set({ views: sql`${campaigns.views} + ${views}` })
    .where(eq(campaigns.id, id))
    .returning({ id: campaigns.id })

export async function insertInquiry(tx: Tx, row: typeof inquiries.$inferInsert): Promise<void> {
  await tx.insert(inquiries).values(row).returning({ id: inquiries.id })
  await tx
    .update(campaigns)
    .set({ inquiries: sql`${campaigns.inquiries} + 1` })
    .where(eq(campaigns.id, row.campaignId))
    .returning({ id: campaigns.id })
}

export async function inquiryById(db: Reader, id: string): Promise<Inquiry | undefined> {
  const [row] = await db.select().from(inquiries).where(eq(inquiries.id, id))
  return row
}

/** Answer it once; a second answer finds nothing to do. */
export async function answerInquiry(
  tx: Tx,
  id: string,
  answer: { answer: string; answeredBy: string; answeredAt: Date; published: boolean },
) {
  const rows = await tx
    .update(inquiries)
    .set(answer)
    .where(and(eq(inquiries.id, id), isNull(inquiries.answeredAt)))
    .returning()
  return rows[0]
}

/** Questions and answers that everybody may read, newest first; who asked is not among it. */
export const publishedAnswers = (db: Reader, campaignId: string): Promise<PublishedAnswer[]> =>
  publishedOf(db, { campaignId })

export type PublishedAnswer = Pick<Inquiry, 'question' | 'answer'>
const publishedOf = prepared<{ campaignId: string }, PublishedAnswer>((db) =>
  db
    .select({ question: inquiries.question, answer: inquiries.answer })
    .from(inquiries)
    .where(and(eq(inquiries.campaignId, sql.placeholder('campaignId')), sql`${inquiries.published}`))
    .orderBy(desc(inquiries.id))
    .limit(20),
)

export const listInquiries = (
  db: Reader,
  filter: { open: boolean; campaignId?: string | undefined; before?: string | undefined; limit: number },
) =>
  db
    .select({ inquiry: inquiries, slug: campaigns.slug, styleId: campaigns.styleId })
    .from(inquiries)
    .innerJoin(campaigns, eq(campaigns.id, inquiries.campaignId))
    .where(
      and(
        filter.open ? isNull(inquiries.answeredAt) : undefined,
        filter.campaignId ? eq(inquiries.campaignId, filter.campaignId) : undefined,
        filter.before ? lt(inquiries.id, filter.before) : undefined,
      ),
    )
    .orderBy(desc(inquiries.id))
    .limit(filter.limit)

/** Verified units by category over all campaigns: what sold is part of every brief for designs. */
export async function soldByCategory(db: Reader): Promise<{ key: 'category'; value: string; units: number }[]> {
  const rows = await db
    .select({ value: styles.category, units: sql`sum(${campaigns.totalUnits})`.mapWith(Number) })
    .from(campaigns)
    .innerJoin(styles, eq(styles.id, campaigns.styleId))
    .groupBy(styles.category)
    .orderBy(asc(styles.category))
  return rows.map(({ value, units }) => ({ key: 'category', value, units }))
}

/** Questions that nobody has answered. */
export const countOpenInquiries = (db: Reader): Promise<number> => db.$count(inquiries, isNull(inquiries.answeredAt))

/** Of these subjects (`campaign:…`) those that are not over. */
export async function campaignsUnderWay(db: Reader, subjects: ReadonlySet<string>): Promise<string[]> {
  const ids = [...subjects].flatMap((subject) => (subject.startsWith('campaign:') ? [subject.slice(9)] : []))
  if (!ids.length) return []
  const rows = await db
    .select({ id: campaigns.id })
    .from(campaigns)
    .where(and(inArray(campaigns.id, ids), inArray(campaigns.state, ['scheduled', 'open', 'dispatching'])))
  return rows.map(({ id }) => `campaign:${id}`)
}
