import { both, LINING, slot } from '../../blocks/common.ts'
import type { Chosen } from '../../blocks/types.ts'

/** What can be chosen of a pencil skirt; the first option of each is the usual one. */
export const choices = [
  slot('closure', both('开口', 'Closure'), [
    ['back-zip', '后中隐形拉链', 'Concealed zip at centre back'],
    ['side-zip', '侧缝隐形拉链', 'Concealed zip at the side'],
  ]),
  slot('vent', both('开衩', 'Vent'), [
    ['vent', '后中开衩', 'Back vent'],
    ['none', '无', 'None'],
  ]),
  slot('waist', both('腰头', 'Waist'), [['band', '装腰头', 'Waistband']]),
  LINING,
] as const

export type PencilSkirtChoices = Chosen<typeof choices>
