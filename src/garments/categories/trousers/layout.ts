import { choicesIn } from '../../blocks/common.ts'
import type { Full, PackshotInput } from '../../drawing/input.ts'
import type { Layout } from '../../drawing/layout.ts'
import { trouserLayout } from '../../families/trousers/layout.ts'
import { choices } from './choices.ts'

export function layout(input: PackshotInput, m: Full): Layout {
  const chosen = choicesIn(choices, input.construction)
  return trouserLayout(input, m, {
    casual: false,
    creased: chosen.front === 'pleat',
    darted: false,
    turnUps: chosen.hem === 'turn-up',
    pockets: chosen.pocket,
    backPockets: chosen.backPocket === 'welt',
    elastic: chosen.waist === 'elastic',
    loops: chosen.belt === 'loops',
    buttonFly: chosen.closure === 'button',
  })
}
