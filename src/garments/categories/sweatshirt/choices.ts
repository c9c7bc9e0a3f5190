import { both, slot } from '../../blocks/common.ts'
import type { Chosen } from '../../blocks/types.ts'
import { RIB } from '../../families/knit/choices.ts'

/** What can be chosen of a sweatshirt; the first option of each is the usual one. */
export const choices = [
  slot('collar', both('领型', 'Neckline'), [['crew', '圆领罗纹', 'Ribbed crew neck']]),
  RIB,
] as const

export type SweatshirtChoices = Chosen<typeof choices>
