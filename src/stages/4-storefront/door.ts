/** What other stages may use of this one (campaigns): nothing else in this folder is theirs to import. */
export { ladderAt } from './model.ts'
export { campaignById, moveCampaign, soldVersion } from './store.ts'
export type { Campaign } from './store.ts'
export { campaigns, inquiries } from './tables.ts'
