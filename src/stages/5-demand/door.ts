/** What other stages may use of this one (pre-orders and lots): nothing else in this folder is theirs to import. */
export { releaseCampaign } from './closing.ts'
export type { AuditRule, Difference } from './ledger.ts'
export { freezeLot } from './lots.ts'
export { listedLines } from './model.ts'
export { fulfilLot, lotById, preordersOfLot, releaseLot } from './store.ts'
export type { Lot } from './store.ts'
export { lots, preorders } from './tables.ts'
export type { PreorderLine } from './tables.ts'
