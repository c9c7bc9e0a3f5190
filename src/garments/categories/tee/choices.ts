import { both, by, slot } from '../../blocks/common.ts'
import type { Chosen } from '../../blocks/types.ts'
import type { Gender } from '../../types.ts'

/** What can be chosen of a T-shirt; the first option of each is the usual one. */
export const choices = (gender: Gender) =>
  [
    slot('collar', both('领型', 'Neckline'), [
      ['crew', '圆领', 'Crew neck'],
      ['v', 'V领', 'V neck'],
      ['scoop', '大圆领', 'Scoop neck'],
    ]),
    by(
      gender,
      slot('shape', both('廓形', 'Shape'), [
        ['straight', '直身', 'Straight'],
        ['fitted', '收腰', 'Fitted'],
      ]),
      slot('shape', both('廓形', 'Shape'), [
        ['fitted', '收腰', 'Fitted'],
        ['straight', '直身', 'Straight'],
      ]),
    ),
    slot('cuff', both('袖口', 'Sleeve edge'), [
      ['hem', '折边', 'Hemmed'],
      ['rib', '罗纹', 'Rib cuff'],
    ]),
    slot('pocket', both('口袋', 'Pocket'), [
      ['none', '无', 'None'],
      ['chest', '左胸贴袋', 'Chest pocket'],
    ]),
  ] as const

export type TeeChoices = Chosen<ReturnType<typeof choices>>
