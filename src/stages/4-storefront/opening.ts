import { system } from '../../core/actor.ts'
import type { EventPayload } from '../../core/events.ts'
import { notFound } from '../../core/errors.ts'
import { newId } from '../../core/values.ts'
import { pricingOf, rungsFrom, styleHash } from '../../garments/index.ts'
import { readHouse } from '../0-house/door.ts'
import { styleById, versionOf } from '../2-designs/door.ts'
import { campaignTerms, costedFor, settledTerms } from '../3-approvals/door.ts'
import type { Context } from '../context.ts'
import { refused } from './messages.ts'
import { hasCampaign, insertCampaign } from './store.ts'

/** `fc-26-0007-wool-overcoat`: readable, stable, safe in an address; the number makes it unique. */
export function slugOf(number: string, name: string, version: number): string {
  const words = name
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 60)
  return [number.toLowerCase(), version > 1 ? `v${version}` : '', words].filter(Boolean).join('-')
}

/**
 * An approved style opens as a campaign, once per version, after its hash was computed anew.
 * @throws Problem 404, 409 `campaigns.identity`, 422 for terms that cannot be
 */
export async function openApproved(context: Context, payload: EventPayload<'approvals.approved'>): Promise<void> {
  const { db, clock, outbox } = context
  const { styleId } = payload
  // Run again later, its dates may have passed; it has nothing to do any more.
  if (await hasCampaign(db.read, styleId, payload.version)) return
  const version = await versionOf(db.read, styleId, payload.version)
  const style = await styleById(db.read, styleId)
  if (!version || !style) throw notFound({ en: 'style', zh: '款式' }, styleId)
  if (styleHash(version.spec, version.derived, version.rules) !== payload.hash) throw refused('campaigns.identity')
  const house = await readHouse(db.read)
  const now = clock.now()
  const terms = settledTerms(campaignTerms.parse(payload.campaign ?? {}), house, costedFor(version), now)
  await db.write(async (tx) => {
    const id = newId()
    const open = terms.opensAt <= now
    const made = await insertCampaign(tx, {
      id,
      slug: slugOf(style.number, version.spec.names.en, version.version),
      styleId,
      styleVersion: payload.version,
      styleHash: payload.hash,
      state: open ? 'open' : 'scheduled',
      ...terms,
      currency: version.derived.currency,
      ladder: [...version.derived.ladder],
      pricing: house.pricing,
      laterLadder: rungsFrom(pricingOf(version.spec, version.derived, version.rules), house.reorderMinUnits),
      sizes: [...version.spec.sizes.list],
      colourways: version.spec.colourways.map((colourway) => colourway.id),
      createdAt: now,
    })
    if (made && open) await outbox.emit(tx, system('storefront'), 'storefront.opened', { campaignId: id }, now)
  })
}
