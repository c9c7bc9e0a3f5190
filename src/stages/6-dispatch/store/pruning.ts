/** Messages of orders that are over, with every attempt to deliver them; the factory portal's ended sessions. */
import { and, asc, gt, inArray, lt, ne, notInArray, or, sql } from 'drizzle-orm'
import { oldestIdAt } from '../../../core/values.ts'
import type { Reader, Tx } from '../../../db/database.ts'
import type { PrunePage } from '../../0-house/door.ts'
import { attempts, messages, portalAccess, productionOrders } from '../tables.ts'
import { OVER } from '../life.ts'

const settled = ne(messages.state, sql`'due'`)

/** Without what was said in them: that stands in the order, and is sealed here. */
export async function oldMessages(db: Reader, { before, after, limit }: PrunePage) {
  const rows = await db
    .select({
      id: messages.id,
      factoryId: messages.factoryId,
      orderId: messages.orderId,
      type: messages.type,
      sequence: messages.sequence,
      state: messages.state,
      createdAt: messages.createdAt,
      settledAt: messages.settledAt,
    })
    .from(messages)
    .where(and(lt(messages.id, oldestIdAt(before)), after === undefined ? undefined : gt(messages.id, after), settled))
    .orderBy(asc(messages.id))
    .limit(limit)
  const ids = rows.map(({ id }) => id)
  const tried = ids.length ? await db.select().from(attempts).where(inArray(attempts.messageId, ids)) : []
  return rows.map((row) => ({ ...row, attempts: tried.filter(({ messageId }) => messageId === row.id) }))
}

export async function deleteMessages(tx: Tx, ids: readonly string[]): Promise<number> {
  const over = await tx
    .select({ id: messages.id })
    .from(messages)
    .where(and(inArray(messages.id, [...ids]), settled))
  const still = over.map(({ id }) => id)
  if (!still.length) return 0
  await tx.delete(attempts).where(inArray(attempts.messageId, still))
  await tx.delete(messages).where(inArray(messages.id, still))
  return still.length
}

export const oldPortalAccess = (db: Reader, { before, after, limit }: PrunePage) =>
  db
    .select({ id: portalAccess.tokenHash })
    .from(portalAccess)
    .where(and(lt(portalAccess.expiresAt, before), after === undefined ? undefined : gt(portalAccess.tokenHash, after)))
    .orderBy(asc(portalAccess.tokenHash))
    .limit(limit)

export async function deletePortalAccess(tx: Tx, ids: readonly string[]): Promise<number> {
  const gone = await tx
    .delete(portalAccess)
    .where(inArray(portalAccess.tokenHash, [...ids]))
    .returning({ id: portalAccess.tokenHash })
  return gone.length
}

/** Orders that are not over, by themselves, by their lot and by their campaign: what they are called in the log. */
export async function ordersUnderWay(db: Reader, subjects: ReadonlySet<string>): Promise<string[]> {
  const idsOf = (kind: string) =>
    [...subjects].filter((subject) => subject.startsWith(`${kind}:`)).map((subject) => subject.slice(kind.length + 1))
  const [orders, lots, campaigns] = [idsOf('order'), idsOf('lot'), idsOf('campaign')]
  const asked = [
    ...(orders.length ? [inArray(productionOrders.id, orders)] : []),
    ...(lots.length ? [inArray(productionOrders.lotId, lots)] : []),
    ...(campaigns.length ? [inArray(productionOrders.campaignId, campaigns)] : []),
  ]
  if (!asked.length) return []
  const { id, lotId, campaignId, state } = productionOrders
  const rows = await db
    .select({ id, lotId, campaignId })
    .from(productionOrders)
    .where(and(or(...asked), notInArray(state, [...OVER])))
  return rows.flatMap((row) => [`order:${row.id}`, `lot:${row.lotId}`, `campaign:${row.campaignId}`])
}
