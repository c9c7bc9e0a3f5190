import { BOTTOMS } from './bottoms.ts'
import { CLOTH } from './cloth.ts'
import { DETAILS } from './details.ts'
import { DRESSES } from './dresses.ts'
import { MOODS } from './moods.ts'
import { NAMED_COLOURS } from './named-colours.ts'
import { OUTERWEAR } from './outerwear.ts'
import { SHAPES } from './shapes.ts'
import type { Term } from './term.ts'
import { TOPS } from './tops.ts'

/** Every term the house knows. A term that is not here is not counted: add it, with what it implies. */
export const VOCABULARY: readonly Term[] = [
  ...OUTERWEAR,
  ...TOPS,
  ...BOTTOMS,
  ...DRESSES,
  ...SHAPES,
  ...CLOTH,
  ...NAMED_COLOURS,
  ...DETAILS,
  ...MOODS,
]

const byId: ReadonlyMap<string, Term> = new Map(VOCABULARY.map((term) => [term.id, term]))

/** A term by its id (`military-overcoat`), or undefined when the vocabulary no longer has it. */
export const termOf = (id: string): Term | undefined => byId.get(id)

/** The words said inside a term that ask for something beside it: 军大衣 is 大衣 and 军旅; butter yellow asks for no yellow. */
export const wordsWithin = ({ kind, parts }: Term): Term[] =>
  parts.flatMap((part) => termOf(part) ?? []).filter((part) => kind !== 'colour' || part.kind !== 'colour')
