/** What other stages may use of this one (what was decided about a style): nothing else in this folder is theirs to import. */
export { campaignTerms, costedFor, settledTerms } from './model.ts'
export { decisions } from './tables.ts'
