import { both, slot } from '../../blocks/common.ts'
import type { Chosen } from '../../blocks/types.ts'
import { BACK_POCKET, BELT, FLY, LEG_HEM } from '../../families/trousers/choices.ts'

/** What can be chosen of chinos; the first option of each is the usual one. */
export const choices = [
  slot('waist', both('腰头', 'Waist'), [['band', '装腰头', 'Fitted waistband']]),
  FLY,
  slot('front', both('前片', 'Front'), [['flat', '平前片', 'Flat front']]),
  slot('pocket', both('侧袋', 'Side pockets'), [['slant', '斜插袋', 'Slant']]),
  BACK_POCKET,
  BELT,
  LEG_HEM,
] as const

export type ChinosChoices = Chosen<typeof choices>
