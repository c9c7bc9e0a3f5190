import { authorize, type Actor } from '../../../core/actor.ts'
import { notFound } from '../../../core/errors.ts'
import type { Reader } from '../../../db/database.ts'
import { partnerById, type Partner } from '../store/partners.ts'

export const noPartner = (id: string) => notFound({ en: 'partner', zh: '合作方' }, id)

/**
 * A partner, for the house or for itself.
 * @throws Problem 403 for another partner and for whoever may not look, 404
 */
export async function partnerFor(db: Reader, actor: Actor, id: string): Promise<Partner> {
  if (actor.kind !== 'partner' || actor.id !== id) authorize(actor, 'campaigns:read')
  const partner = await partnerById(db, id)
  if (!partner) throw noPartner(id)
  return partner
}
