import type { AuditRule, Difference, PreorderLine } from '../5-demand/door.ts'
import { orderById } from '../6-dispatch/door.ts'
import { variantOf } from './serving.ts'
import { piecesSettled, shipmentsHolding } from './store/pieces.ts'
import { allReturns } from './store/returns.ts'

/** The counter that counted lots keep, and the rule that the audit of demand holds against it. */
export const COUNTERS = {
  'pieces.spare': 'pieces.spare: what came and came back, without what shipments and exchanges hold',
} as const

/** Pieces are things that lie in a room: what differs here is told and counted anew, never "set right". */
export const auditPieces: AuditRule = {
  async differences(db) {
    const held = new Map<string, number>()
    const found: Difference[] = []
    const count = (orderId: string, lines: readonly PreorderLine[], times: 1 | -1) => {
      for (const line of lines) {
        const key = `${orderId}\n${variantOf(line)}`
        held.set(key, (held.get(key) ?? 0) + times * line.quantity)
      }
    }
    for await (const { orderId, lines } of shipmentsHolding(db)) count(orderId, lines, 1)
    for await (const { orderId, state, good, backAt, lines, want } of allReturns(db)) {
      if (good && backAt) count(orderId, lines, -1)
      if (state === 'to-send' || state === 'sent') count(orderId, want, 1)
    }
    for await (const piece of piecesSettled(db)) {
      const ledger = piece.came - (held.get(`${piece.orderId}\n${variantOf(piece)}`) ?? 0)
      if (piece.spare === ledger) continue
      const order = await orderById(db, piece.orderId)
      found.push({
        campaignId: order?.campaignId ?? '',
        about: `${order?.number} ${piece.colourway} ${piece.size}`,
        field: 'pieces.spare',
        counted: piece.spare,
        ledger,
      })
    }
    return found
  },
}
