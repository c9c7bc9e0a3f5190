import { both, slot } from '../../blocks/common.ts'
import type { Chosen } from '../../blocks/types.ts'
import { HOOD, RIB } from '../../families/knit/choices.ts'

/** What can be chosen of a zip hoodie; the first option of each is the usual one. */
export const choices = [
  slot('closure', both('门襟', 'Closure'), [['zip', '开尾拉链', 'Open-end zip']]),
  HOOD,
  RIB,
  slot('pocket', both('口袋', 'Pockets'), [
    ['patch', '两侧贴袋', 'Patch pockets'],
    ['none', '无', 'None'],
  ]),
] as const

export type ZipHoodieChoices = Chosen<typeof choices>
