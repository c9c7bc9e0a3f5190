import { hashOf } from '../../core/canonical.ts'
import { notFound } from '../../core/errors.ts'
import { DAY, dayIn, SECOND } from '../../core/values.ts'
import { type PreorderLine, lotById } from '../5-demand/door.ts'
import {
  geometryHash,
  readColourCodes,
  styleHash,
  withLinks,
  type Brief,
  type BriefOrder,
  type Draft,
  type Pictures,
  type TechPackFile,
} from '../../garments/index.ts'
import type { Context } from '../context.ts'
import type { House } from '../0-house/door.ts'
import { closeUpsForBrief, readDraft, type PictureOptions, type StylePicture } from '../2-designs/door.ts'
import { campaignById, soldVersion } from '../4-storefront/door.ts'
import { refused } from './messages.ts'
import type { DispatchTerms } from './model.ts'
import { readReady } from './ready.ts'
import { approvedHash, revisionsOf, type ProductionOrder } from './store.ts'

const FILE_LINK = 'brief-file'

/** Everything a lot is made from, read and checked. */
export interface LotStyle {
  lot: NonNullable<Awaited<ReturnType<typeof lotById>>>
  campaign: NonNullable<Awaited<ReturnType<typeof campaignById>>>
  sold: NonNullable<Awaited<ReturnType<typeof soldVersion>>>
  draft: Draft
  hashes: { approved: string; sold: string; sent: string }
}

export interface Hashes {
  approved: string | undefined
  campaign: string
  lot: string
  /** Recomputed from the stored parameter set, derived data and rules, not read. */
  stored: string
  geometry: { said: string; drafted: string }
}

/**
 * Approved = sold = sent: one hash in four places, and the patterns are those it covers.
 * @throws Problem 409 `dispatch.identity` naming the places that differ
 */
export function assertIdentity({ approved, campaign, lot, stored, geometry }: Hashes): void {
  const same = approved === campaign && campaign === lot && lot === stored
  if (same && geometry.said === geometry.drafted) return
  const show = (hash: string | undefined) => hash?.slice(0, 12) ?? '–'
  const details = { approved: approved ?? null, campaign, lot, stored, geometry }
  throw refused(
    'dispatch.identity',
    {
      approved: show(approved),
      campaign: show(campaign),
      lot: show(lot),
      stored: show(stored),
      said: show(geometry.said),
      drafted: show(geometry.drafted),
    },
    { details },
  )
}

/** A style as it is sold, read and checked. */
export type SoldStyle = Pick<LotStyle, 'campaign' | 'sold' | 'draft' | 'hashes'>

/**
 * Read what a campaign sells, and prove that it is what was approved.
 * @param lot what a lot froze of it, where there is one
 */
export async function soldStyle(
  context: Context,
  campaignId: string,
  lot?: { styleId: string; styleVersion: number; styleHash: string },
): Promise<SoldStyle> {
  const { db } = context
  const campaign = await campaignById(db.read, campaignId)
  const { styleId, styleVersion } = lot ?? campaign ?? { styleId: '', styleVersion: 0 }
  const sold = campaign && (await soldVersion(db.read, { styleId, styleVersion }))
  if (!campaign || !sold) throw notFound({ en: 'campaign', zh: '预售' }, campaignId)
  const { version } = sold
  const draft = await readDraft(context, version.geometryFile)
  const approved = await approvedHash(db.read, styleId, styleVersion)
  const stored = styleHash(version.spec, version.derived, version.rules)
  assertIdentity({
    approved,
    campaign: campaign.styleHash,
    lot: lot?.styleHash ?? campaign.styleHash,
    stored,
    geometry: { said: version.derived.geometryHash, drafted: geometryHash(draft) },
  })
  return { campaign, sold, draft, hashes: { approved: approved ?? '', sold: campaign.styleHash, sent: stored } }
}

/** Read the lot with the style it froze, and prove that it is the one that was approved and sold. */
export async function lotStyle(context: Context, lotId: string): Promise<LotStyle> {
  const lot = await lotById(context.db.read, lotId)
  if (!lot) throw notFound({ en: 'lot', zh: '批次' }, lotId)
  return { lot, ...(await soldStyle(context, lot.campaignId, lot)) }
}

/** Garments by size in the lot, over its colourways: what is cut together. */
export function bySize(lines: readonly PreorderLine[]): Record<string, number> {
  const sums: Record<string, number> = {}
  for (const { size, quantity } of lines) sums[size] = (sums[size] ?? 0) + quantity
  return sums
}

const isCloseUp = ({ view }: { view: string }): boolean => view.startsWith('detail-')

/** Close-ups of a style that was sold before its details were drawn; none where it has them. */
export const missingCloseUps = async (
  context: Context,
  { sold, draft }: Pick<LotStyle, 'sold' | 'draft'>,
  drawing: PictureOptions | undefined,
): Promise<StylePicture[]> =>
  sold.version.pictures.some(isCloseUp) || !drawing
    ? []
    : closeUpsForBrief(context, { spec: sold.version.spec, draft }, drawing)

/**
 * The style's own pictures, as stored: a picture that was converted would lose the labels inside it. Close-ups are drawn
 * after the approval; a lot that sold sooner has its own.
 */
export async function picturesOf(
  { engines }: Pick<Context, 'engines'>,
  { sold }: Pick<LotStyle, 'sold'>,
  closeUps: readonly StylePicture[],
): Promise<Pictures> {
  const { spec } = sold.version
  const pictures = [...sold.version.pictures, ...closeUps]
  const read = async (colourway: string | undefined, view: string): Promise<Buffer | undefined> => {
    const { files } = pictures.find((each) => each.colourway === colourway && each.view === view) ?? {}
    const hash = files?.['png'] ?? files?.['jpeg'] ?? files?.['jpg']
    return hash === undefined ? undefined : engines.files.get(hash)
  }
  const [first, ...others] = spec.colourways.map(({ id }) => id)
  const [front, back] = [await read(first, 'front'), await read(first, 'back')]
  const details: Buffer[] = []
  for (const view of new Set(pictures.filter(isCloseUp).map((each) => each.view)))
    details.push(...[await read(first, view)].filter((bytes) => bytes !== undefined))
  const colourways: Record<string, Buffer> = {}
  for (const id of others) {
    const picture = await read(id, 'front')
    if (picture) colourways[id] = picture
  }
  return { ...(front ? { front } : {}), ...(back ? { back } : {}), details, colourways }
}

/** How a brief is made: in the studio, or by whatever a test puts in its place. */
export type MakeBrief = (input: BriefOrder) => Promise<{ brief: Brief; files: TechPackFile[] }>

export interface BriefMaking {
  house: House
  terms: DispatchTerms
  makeBrief: MakeBrief
  /** How close-ups are drawn that the style does not have yet; without it the brief has those that there are. */
  pictures?: PictureOptions | undefined
}

export interface OfferFacts {
  offerId: string
  price: number
  shipBy: Date
  answerBy: Date
}

export interface PreparedBrief {
  brief: Brief
  /** File-store hash of the brief as JSON, links left out, and of its canonical form. */
  file: string
  hash: string
}

/**
 * The whole brief for an offer: tech pack files made and stored, the JSON behind the completeness gate.
 * @throws Problem 422 `brief.incomplete` naming every missing field
 */
export async function prepareBrief(
  context: Context,
  order: ProductionOrder,
  style: LotStyle,
  offer: OfferFacts,
  { house, terms, makeBrief, pictures }: BriefMaking,
): Promise<PreparedBrief> {
  const { db, engines, clock } = context
  const { lot, sold } = style
  const { version } = sold
  const day = (at: Date) => dayIn(at, house.timeZone)
  const revisions = await revisionsOf(db.read, lot.styleId, lot.styleVersion)
  const input: BriefOrder = {
    quantities: bySize(lot.quantities),
    id: offer.offerId,
    issuedAt: clock.now().toISOString(),
    order: {
      number: order.number,
      lot: lot.number,
      currency: order.currency,
      price: { basis: 'cmt', unit: offer.price },
      quantities: lot.quantities.map(({ size, colourway, quantity }) => ({ size, colourway, units: quantity })),
      totalUnits: lot.units,
      shipBy: day(offer.shipBy),
      shipTo: terms.shipTo,
      answerBy: offer.answerBy.toISOString(),
    },
    style: {
      id: lot.styleId,
      number: sold.number,
      version: lot.styleVersion,
      hash: style.hashes,
      spec: version.spec,
      derived: version.derived,
      draft: style.draft,
    },
    house: {
      brand: house.nameEn,
      maker: terms.maker ?? '',
      makerAddress: terms.makerAddress ?? '',
      origin: { zh: terms.originZh, en: terms.originEn },
      colourCodes: readColourCodes(house.colourCodes).codes,
    },
    revisions: revisions.map((revision) => ({
      revision: revision.version,
      date: day(revision.createdAt),
      by: house.nameEn,
      change: revision.sentence ? { zh: revision.sentence, en: revision.sentence } : { zh: '首版', en: 'First issue' },
    })),
  }
  const ahead = await readReady(context, style)
  const closeUps = ahead?.closeUps ?? missingCloseUps(context, style, pictures)
  const { brief, files } = await makeBrief({
    ...input,
    ...(ahead && { ready: ahead.ready, patterns: ahead.patterns }),
    pictures: Promise.resolve(closeUps).then((drawn) => picturesOf(context, style, drawn)),
  })
  for (const { bytes } of files) await engines.files.put(bytes)
  return { brief, file: await engines.files.put(Buffer.from(JSON.stringify(brief))), hash: hashOf(brief) }
}

/** What a link's signature covers. Placed anew, an order has new links: those of a factory that is out stop working. */
const linkTo = (link: { orderId: string; placement: number; expires: string; name: string }): string =>
  `${link.orderId}${link.placement > 1 ? `@${link.placement}` : ''}/${link.expires}/${link.name}`

/** Links by which a factory fetches the files of its brief, good until `expires` (seconds since 1970). */
export function fileLinks(
  { engines, baseUrl, clock }: Pick<Context, 'engines' | 'baseUrl' | 'clock'>,
  { id: orderId, placement }: Pick<ProductionOrder, 'id' | 'placement'>,
  linkDays: number,
): (name: string) => string {
  const expires = Math.floor((clock.now().getTime() + linkDays * DAY) / SECOND)
  return (name) => {
    const signature = engines.vault.sign(FILE_LINK, linkTo({ orderId, placement, expires: String(expires), name }))
    return `${baseUrl}/factory/files/${orderId}/${encodeURIComponent(name)}?expires=${expires}&signature=${signature}`
  }
}

/** @throws Problem 403 `brief.link` for a link that was changed, 410 `brief.link-expired` for an old one */
export function checkFileLink(
  { engines, clock }: Pick<Context, 'engines' | 'clock'>,
  link: { orderId: string; placement: number; name: string; expires: string; signature: string },
): void {
  if (!engines.vault.verify(FILE_LINK, linkTo(link), link.signature)) throw refused('brief.link')
  if (Number(link.expires) * SECOND < clock.now().getTime()) throw refused('brief.link-expired')
}

/** The brief as it was sent, with links that work from now on. */
export async function readBrief(context: Context, order: ProductionOrder, linkDays: number): Promise<Brief> {
  if (!order.briefFile) throw notFound({ en: 'brief for order', zh: '生产单' }, order.number)
  const brief = JSON.parse((await context.engines.files.get(order.briefFile)).toString('utf8')) as Brief
  return withLinks(brief, fileLinks(context, order, linkDays))
}
