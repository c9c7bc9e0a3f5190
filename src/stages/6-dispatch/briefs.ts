import { gunzip } from 'node:zlib'
import { promisify } from 'node:util'
import { canonicalJson, sha256 } from '../../core/canonical.ts'
import { notFound, problem } from '../../core/errors.ts'
import { DAY, dayIn, SECOND } from '../../core/values.ts'
import type { PreorderLine } from '../../db/schema.ts'
import {
  assertComplete,
  buildBrief,
  clothOf,
  geometryHash,
  MATERIAL_ROLES,
  styleHash,
  techPackFiles,
  withLinks,
  type Brief,
  type BriefInput,
  type Draft,
  type Marker,
} from '../../garments/index.ts'
import type { Context } from '../context.ts'
import type { House } from '../house.ts'
import { campaignById, soldVersion } from '../4-storefront/store.ts'
import { lotById } from '../5-demand/store.ts'
import type { DispatchTerms } from './model.ts'
import { approvedHash, revisionsOf, type ProductionOrder } from './store.ts'

const FILE_LINK = 'brief-file'
/** Time a marker search may take for a brief, per material: it is sent in the background. */
const MARKER_BUDGET_MS = 1500
const MOST_IN_MARKER = 4

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
  throw problem(
    'dispatch.identity',
    409,
    {
      en: `The brief is not sent: what was approved (${show(approved)}), sold (${show(campaign)}), frozen in the lot (${show(lot)}) and is stored now (${show(stored)}), or its patterns (${show(geometry.said)} / ${show(geometry.drafted)}), are not the same. Restore the style version that was sold, then try again.`,
      zh: `生产单未发送：审批版本（${show(approved)}）、销售版本（${show(campaign)}）、批次版本（${show(lot)}）与当前存储版本（${show(stored)}）或其纸样（${show(geometry.said)} / ${show(geometry.drafted)}）不一致。请恢复所售款式版本后重试。`,
    },
    { details },
  )
}

/** Read the lot with the style it froze, and prove that it is the one that was approved and sold. */
export async function lotStyle({ db, engines }: Context, lotId: string): Promise<LotStyle> {
  const lot = await lotById(db.read, lotId)
  const campaign = lot && (await campaignById(db.read, lot.campaignId))
  const sold = campaign && (await soldVersion(db.read, { styleId: lot.styleId, styleVersion: lot.styleVersion }))
  if (!lot || !campaign || !sold) throw notFound({ en: 'lot', zh: '批次' }, lotId)
  const { version } = sold
  const packed = await engines.files.get(version.geometryFile)
  const { draft } = JSON.parse((await promisify(gunzip)(packed)).toString('utf8')) as { draft: Draft }
  const approved = await approvedHash(db.read, lot.styleId, lot.styleVersion)
  const stored = styleHash(version.spec, version.derived, version.rules)
  assertIdentity({
    approved,
    campaign: campaign.styleHash,
    lot: lot.styleHash,
    stored,
    geometry: { said: version.derived.geometryHash, drafted: geometryHash(draft) },
  })
  return { lot, campaign, sold, draft, hashes: { approved: approved ?? '', sold: campaign.styleHash, sent: stored } }
}

/**
 * Garments by size for one marker that follows the lot's proportions (largest remainder), at most `most` of them.
 */
export function markerMix(quantities: readonly PreorderLine[], most = MOST_IN_MARKER): Map<string, number> {
  const bySize = new Map<string, number>()
  for (const { size, quantity } of quantities) bySize.set(size, (bySize.get(size) ?? 0) + quantity)
  const total = [...bySize.values()].reduce((sum, count) => sum + count, 0)
  const places = Math.min(most, total)
  const shares = [...bySize].map(([size, count], index) => {
    const share = (count / total) * places
    return { size, index, whole: Math.floor(share), rest: share - Math.floor(share) }
  })
  let left = places - shares.reduce((sum, { whole }) => sum + whole, 0)
  for (const share of [...shares].sort((a, b) => b.rest - a.rest || a.index - b.index))
    if (left > 0) {
      share.whole++
      left--
    }
  return new Map(shares.filter(({ whole }) => whole > 0).map(({ size, whole }) => [size, whole]))
}

/** One marker for each material, mixed as the lot is, worked out on a studio thread. */
async function lotMarkers({ studio }: Context, { lot, sold, draft }: LotStyle): Promise<Marker[]> {
  const mix = markerMix(lot.quantities)
  const markers: Marker[] = []
  for (const role of MATERIAL_ROLES) {
    const material = sold.version.spec.materials[role]
    const pieces = draft.sizes.flatMap(({ size, pieces }) => {
      const copies = mix.get(size) ?? 0
      return copies ? pieces.filter((piece) => piece.role === role).map((piece) => ({ piece, size, copies })) : []
    })
    if (material && pieces.length)
      markers.push(
        await studio.improveMarker({ pieces, cloth: clothOf(role, material), budgetMs: MARKER_BUDGET_MS, stripMm: 6 }),
      )
  }
  return markers
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
  { house, terms }: { house: House; terms: DispatchTerms },
): Promise<PreparedBrief> {
  const { db, engines, clock } = context
  const { lot, campaign, sold } = style
  const { version } = sold
  const day = (at: Date) => dayIn(at, house.timeZone)
  const rung = campaign.ladder.findLast(({ unitPrice }) => unitPrice === lot.unitPrice)
  const revisions = await revisionsOf(db.read, lot.styleId, lot.styleVersion)
  const input: BriefInput = {
    id: offer.offerId,
    issuedAt: clock.now().toISOString(),
    order: {
      number: order.number,
      lot: lot.number,
      rung: { fromUnits: rung?.fromUnits, unitPrice: lot.unitPrice },
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
    },
    revisions: revisions.map((revision) => ({
      revision: revision.version,
      date: day(revision.createdAt),
      by: house.nameEn,
      change: revision.sentence ? { zh: revision.sentence, en: revision.sentence } : { zh: '首版', en: 'First issue' },
    })),
    markers: await lotMarkers(context, style),
  }
  const made = await techPackFiles(input)
  for (const { bytes } of made) await engines.files.put(bytes)
  const files = made.map(({ name, kind, mime, bytes, sha256: hash }) => ({
    name,
    kind,
    mime,
    sha256: hash,
    bytes: bytes.length,
    url: null,
  }))
  const brief = assertComplete(buildBrief({ ...input, files }))
  return {
    brief,
    file: await engines.files.put(Buffer.from(JSON.stringify(brief))),
    hash: sha256(canonicalJson(brief)),
  }
}

/** Links by which a factory fetches the files of its brief, good until `expires` (seconds since 1970). */
export function fileLinks(
  { engines, baseUrl, clock }: Pick<Context, 'engines' | 'baseUrl' | 'clock'>,
  orderId: string,
  linkDays: number,
): (name: string) => string {
  const expires = Math.floor((clock.now().getTime() + linkDays * DAY) / SECOND)
  return (name) => {
    const signature = engines.vault.sign(FILE_LINK, `${orderId}/${expires}/${name}`)
    return `${baseUrl}/factory/files/${orderId}/${encodeURIComponent(name)}?expires=${expires}&signature=${signature}`
  }
}

/** @throws Problem 403 `brief.link` for a link that was changed, 410 `brief.link-expired` for an old one */
export function checkFileLink(
  { engines, clock }: Pick<Context, 'engines' | 'clock'>,
  link: { orderId: string; name: string; expires: string; signature: string },
): void {
  if (!engines.vault.verify(FILE_LINK, `${link.orderId}/${link.expires}/${link.name}`, link.signature))
    throw problem('brief.link', 403, {
      en: 'This file link is not valid. Use it exactly as it stands in the brief, or fetch the brief again.',
      zh: '文件链接无效。请使用生产单中的完整链接，或重新获取生产单。',
    })
  if (Number(link.expires) * SECOND < clock.now().getTime())
    throw problem('brief.link-expired', 410, {
      en: 'This file link has expired. Fetch the brief again for fresh links.',
      zh: '文件链接已过期，请重新获取生产单以取得新链接。',
    })
}

/** The brief as it was sent, with links that work from now on. */
export async function readBrief(context: Context, order: ProductionOrder, linkDays: number): Promise<Brief> {
  if (!order.briefFile) throw notFound({ en: 'brief for order', zh: '生产单' }, order.number)
  const brief = JSON.parse((await context.engines.files.get(order.briefFile)).toString('utf8')) as Brief
  return withLinks(brief, fileLinks(context, order.id, linkDays))
}
