/** What other stages may use of this one (campaigns): nothing else in this folder is theirs to import. */
export {
  endedBy,
  floorOf,
  goalReached,
  lacksBuyers,
  ladderOf,
  ownPriceOf,
  pricesOf,
  standingOf,
  type Priced,
} from './model.ts'
export { dealWords } from './saying.ts'
export {
  answerInquiry,
  campaignById,
  campaignCard,
  campaignCards,
  inquiryById,
  moveCampaign,
  soldVersion,
  type Campaign,
  type CampaignCard,
} from './store.ts'
export {
  addPending,
  beginCollecting,
  changeVerified,
  closingDue,
  countBuyer,
  countPledges,
  dropWaiting,
  endCollecting,
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
export type { Gathered, IntakeFacts } from './store/counters.ts'
export {
  beginStop,
  changeTerms,
  beginUndecided,
  endStop,
  endUndecided,
  noteStopped,
  pauseCampaign,
  putUpAgain,
  resumeCampaign,
  takeBackStop,
  takeDown,
  takePictures,
} from './store/hand.ts'

export { campaigns, inquiries } from './tables.ts'
export { hiddenFrom } from './showing.ts'
