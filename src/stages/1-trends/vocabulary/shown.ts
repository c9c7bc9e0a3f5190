/** Words that say nothing a garment of ours could show: lace, embroidery, an occasion. */
import { termOf } from './index.ts'
import type { Implies, Term } from './term.ts'

const says = ({ category, construction, texture, attribute, colour, parameters }: Implies): boolean =>
  [category, texture, attribute, colour].some((each) => each !== undefined) ||
  [construction, parameters].some((each) => Object.keys(each ?? {}).length > 0)

/** Whether a design can show a term: what it implies itself, or one of the words said inside it does. */
export const canBeShown = ({ implies, parts }: Pick<Term, 'implies' | 'parts'>): boolean =>
  says(implies) || parts.some((part) => says(termOf(part)?.implies ?? {}))
