import { choicesIn } from '../../blocks/common.ts'
import type { Full, PackshotInput } from '../../drawing/input.ts'
import type { Layout } from '../../drawing/layout.ts'
import { tailoredLayout } from '../../families/tailored/layout.ts'
import { choices } from './choices.ts'

const CLOSURES = { 'double-breasted': 'double', 'single-breasted': 'single', concealed: 'concealed' } as const

export function layout(input: PackshotInput, m: Full): Layout {
  const chosen = choicesIn(choices, input.construction)
  return tailoredLayout(input, m, {
    kind: 'coat',
    closure: CLOSURES[chosen.closure],
    collar: chosen.collar,
    pockets: chosen.pocket,
    chestPocket: chosen.chestPocket === 'welt',
    belt: chosen.belt,
    cuff: chosen.cuff === 'turn-up' ? 'turned' : 'plain',
    epaulettes: chosen.shoulder === 'epaulette',
    lined: chosen.lining !== 'none',
    vent: false,
  })
}
