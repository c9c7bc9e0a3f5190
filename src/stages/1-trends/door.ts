/** What other stages may use of this one (trends and their vocabulary): nothing else in this folder is theirs to import. */
export { trends } from './tables.ts'
export { termOf } from './vocabulary/index.ts'
export type { Implies } from './vocabulary/term.ts'
