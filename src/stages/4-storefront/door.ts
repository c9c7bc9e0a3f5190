/** What other stages may use of this one (campaigns): nothing else in this folder is theirs to import. */
export { ladderAt } from './model.ts'
export {
  campaignById,
  campaignCard,
  campaignCards,
  moveCampaign,
  soldVersion,
  type Campaign,
  type CampaignCard,
} from './store.ts'
export {
  addPending,
  closingDue,
  countBuyer,
  dropWaiting,
  emptyLot,
  intakeFacts,
  moveToNextLot,
  openingDue,
  repairCounter,
  takeFromTotal,
  takePending,
  takeVerified,
  verifyUnits,
} from './store/counters.ts'
export type { IntakeFacts } from './store/counters.ts'
export { campaigns, inquiries } from './tables.ts'
