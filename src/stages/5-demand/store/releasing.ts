/** How the buyers of a campaign that ended are let go: slice by slice, oldest first. */
import { and, asc, eq, gt, inArray, isNotNull, isNull, or } from 'drizzle-orm'
import type { Reader, Tx } from '../../../db/database.ts'
import { campaigns, dropWaiting } from '../../4-storefront/door.ts'
import { preorders, releases } from '../tables.ts'
import { dropUnconfirmed } from './counts.ts'
import { SLICE } from '../store.ts'
import { giveBackUnits } from './lots.ts'
import { dropRungs } from './pledges.ts'

/**
 * Everything still waiting in a campaign is let go: nobody pays. Decided now, with as many pre-orders as go along in one
 * slice; the others follow with the letters to them.
 */
export async function releaseWaiting(tx: Tx, campaignId: string, now: Date): Promise<void> {
  await dropWaiting(tx, campaignId)
  await dropUnconfirmed(tx, campaignId)
  await dropRungs(tx, campaignId)
  await tx.insert(releases).values({ campaignId }).onConflictDoNothing()
  await letGo(tx, campaignId, await slice(tx, campaignId, ''), now)
}

/** How far they were let go and told; the beginning for a campaign that an earlier version ended. */
export async function releaseOf(db: Reader, campaignId: string): Promise<{ after: string; done: boolean }> {
  const [row] = await db.select().from(releases).where(eq(releases.campaignId, campaignId))
  return row ?? { after: '', done: false }
}

/** Go on from there. @returns false when somebody else has gone on already */
export async function releaseOn(
  tx: Tx,
  campaignId: string,
  from: string,
  to: { after: string; done: boolean },
): Promise<boolean> {
  await tx.insert(releases).values({ campaignId }).onConflictDoNothing()
  const moved = await tx
    .update(releases)
    .set(to)
    .where(and(eq(releases.campaignId, campaignId), eq(releases.after, from), eq(releases.done, false)))
    .returning({ id: releases.campaignId })
  return moved.length === 1
}

/** The next pre-orders of a campaign, whatever they are. @returns their ids, oldest first */
export async function slice(db: Reader, campaignId: string, after: string): Promise<string[]> {
  const rows = await db
    .select({ id: preorders.id })
    .from(preorders)
    .where(and(eq(preorders.campaignId, campaignId), gt(preorders.id, after)))
    .orderBy(asc(preorders.id))
    .limit(SLICE)
  return rows.map(({ id }) => id)
}

/** Those of them that wait for the lot which will not be, or were never confirmed, are released. */
export async function letGo(tx: Tx, campaignId: string, ids: readonly string[], now: Date): Promise<void> {
  if (!ids.length) return
  const [campaign] = await tx.select({ lot: campaigns.lot }).from(campaigns).where(eq(campaigns.id, campaignId))
  if (!campaign) return
  const gathered = await tx
    .update(preorders)
    .set({ state: 'released', endedAt: now, letterDue: false, lot: null })
    .where(
      and(
        inArray(preorders.id, [...ids]),
        eq(preorders.state, 'confirmed'),
        or(isNull(preorders.lot), eq(preorders.lot, campaign.lot)),
      ),
    )
    .returning({ buyerKey: preorders.buyerKey, units: preorders.units, pledged: preorders.pledged })
  await giveBackUnits(tx, campaignId, gathered, campaign.lot)
  await tx
    .update(preorders)
    .set({ state: 'released', endedAt: now, letterDue: false })
    .where(and(inArray(preorders.id, [...ids]), eq(preorders.state, 'pending')))
    .returning({ id: preorders.id })
}

/** Those of them who were let go with their campaign and are told. Whose lot was called off is not among them. */
export const releasedAmong = (db: Reader, ids: readonly string[]) =>
  db
    .select({
      id: preorders.id,
      email: preorders.email,
      name: preorders.name,
      lang: preorders.lang,
      confirmedAt: preorders.confirmedAt,
    })
    .from(preorders)
    .where(
      and(
        inArray(preorders.id, [...ids]),
        eq(preorders.state, 'released'),
        isNull(preorders.lot),
        // Whose letter was held is a stranger who was never asked, and is not written now either.
        or(isNull(preorders.origin), isNotNull(preorders.confirmedAt)),
      ),
    )
