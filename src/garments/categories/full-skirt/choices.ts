import { both, LINING, slot } from '../../blocks/common.ts'
import type { Chosen } from '../../blocks/types.ts'

/** What can be chosen of a full skirt; the first option of each is the usual one. */
export const choices = [
  slot('closure', both('开口', 'Closure'), [
    ['side-zip', '侧缝隐形拉链', 'Concealed zip at the side'],
    ['back-zip', '后中隐形拉链', 'Concealed zip at centre back'],
  ]),
  slot('waist', both('腰头', 'Waist'), [['band', '装腰头', 'Waistband']]),
  slot('pocket', both('口袋', 'Pockets'), [
    ['none', '无', 'None'],
    ['seam', '侧缝袋', 'In-seam'],
  ]),
  LINING,
] as const

export type FullSkirtChoices = Chosen<typeof choices>
