import { both, slot } from '../../blocks/common.ts'
import type { Chosen } from '../../blocks/types.ts'
import { HOOD, RIB } from '../../families/knit/choices.ts'

/** What can be chosen of a hoodie; the first option of each is the usual one. */
export const choices = [
  HOOD,
  slot('rib', RIB.label, [['rib', '罗纹', 'Rib bands']]),
  slot('pocket', both('口袋', 'Pocket'), [
    ['kangaroo', '袋鼠袋', 'Kangaroo pocket'],
    ['none', '无', 'None'],
  ]),
] as const

export type HoodieChoices = Chosen<typeof choices>
