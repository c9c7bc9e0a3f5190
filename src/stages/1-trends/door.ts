/** What other stages may use of this one (trends and their vocabulary): nothing else in this folder is theirs to import. */
export { trends } from './tables.ts'
export { leadDaysOf, openingOf } from './timing.ts'
export type { Opening } from './timing.ts'
export type { TermForecast } from './model.ts'
export { termOf, VOCABULARY, wordsWithin } from './vocabulary/index.ts'
export { makingOf } from './vocabulary/near.ts'
export type { Implies, Term } from './vocabulary/term.ts'
