import { choicesIn } from '../../blocks/common.ts'
import type { Full, PackshotInput } from '../../drawing/input.ts'
import type { Layout } from '../../drawing/layout.ts'
import { tailoredLayout } from '../../families/tailored/layout.ts'
import { choices } from './choices.ts'

const BUTTONS = { 'one-button': 1, 'two-button': 2, 'three-button': 3 } as const

export function layout(input: PackshotInput, m: Full): Layout {
  const chosen = choicesIn(choices, input.construction)
  return tailoredLayout(input, m, {
    kind: 'jacket',
    closure: 'single',
    buttons: BUTTONS[chosen.closure],
    collar: 'notched',
    pockets: chosen.pocket === 'jetted' ? 'welt' : chosen.pocket,
    chestPocket: chosen.chestPocket === 'welt',
    belt: 'none',
    cuff: chosen.cuff,
    epaulettes: false,
    lined: chosen.lining !== 'none',
    vent: chosen.back === 'centre-vent',
  })
}
