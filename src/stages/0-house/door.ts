/** What other stages may use of this one (the house’s terms and who may ask): nothing else in this folder is theirs to import. */
export { readHouse, rulesOf, VERIFICATIONS } from './house.ts'
export type { House, Verification } from './house.ts'
export { acceptedAs, versionIn } from './sale-terms.ts'
export { currentTerms } from './store/sale-terms.ts'
export { readSetting, writeSetting } from './store.ts'
export type { HoldsPeople, Prunable, PrunePage, Upkeep } from './upkeep.ts'
