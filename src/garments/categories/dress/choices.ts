import { both, LINING, slot } from '../../blocks/common.ts'
import type { Chosen } from '../../blocks/types.ts'

/** What can be chosen of a dress; the first option of each is the usual one. */
export const choices = [
  slot('skirt', both('裙身', 'Skirt'), [
    ['flared', '喇叭裙摆', 'Flared panels'],
    ['pencil', '直身裙摆', 'Pencil'],
  ]),
  slot('collar', both('领口', 'Neckline'), [
    ['round', '圆领', 'Round'],
    ['v', 'V领', 'V neck'],
  ]),
  slot('sleeve', both('袖子', 'Sleeve'), [
    ['short', '短袖', 'Short'],
    ['long', '长袖', 'Long'],
    ['none', '无袖', 'Sleeveless'],
  ]),
  slot('closure', both('开口', 'Closure'), [['back-zip', '后中隐形拉链', 'Concealed zip at centre back']]),
  slot('vent', both('开衩', 'Vent'), [
    ['vent', '后中开衩', 'Back vent'],
    ['none', '无', 'None'],
  ]),
  slot('belt', both('腰带', 'Belt'), [
    ['none', '无', 'None'],
    ['tie', '系带', 'Tie belt'],
  ]),
  slot('pocket', both('口袋', 'Pockets'), [
    ['none', '无', 'None'],
    ['seam', '侧缝袋', 'In-seam'],
  ]),
  LINING,
] as const

export type DressChoices = Chosen<typeof choices>
