import { both, slot } from '../../blocks/common.ts'
import type { Chosen } from '../../blocks/types.ts'
import { BACK_POCKET, BELT, FLY, LEG_HEM } from '../../families/trousers/choices.ts'

/** What can be chosen of trousers; the first option of each is the usual one. */
export const choices = [
  slot('waist', both('腰头', 'Waist'), [
    ['band', '装腰头', 'Fitted waistband'],
    ['elastic', '松紧腰', 'Elastic waist'],
  ]),
  FLY,
  slot('front', both('前片', 'Front'), [
    ['flat', '平前片', 'Flat front'],
    ['pleat', '烫迹褶', 'Pressed crease'],
  ]),
  slot('pocket', both('侧袋', 'Side pockets'), [
    ['seam', '直插袋', 'In-seam'],
    ['none', '无', 'None'],
  ]),
  BACK_POCKET,
  BELT,
  LEG_HEM,
] as const

export type TrousersChoices = Chosen<typeof choices>
