import { both, slot } from '../../../src/garments/blocks/common.ts'
import type { Chosen } from '../../../src/garments/blocks/types.ts'

export const choices = [
  slot('collar', both('领型', 'Neckline'), [
    ['round', '圆领', 'Round neck'],
    ['deep', '深圆领', 'Deep round neck'],
  ]),
  slot('edge', both('包边', 'Binding'), [
    ['self', '本布包边', 'Self binding'],
    ['rib', '罗纹包边', 'Rib binding'],
  ]),
] as const

export type TankChoices = Chosen<typeof choices>
