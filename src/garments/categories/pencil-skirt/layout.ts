import { choicesIn } from '../../blocks/common.ts'
import type { Full, PackshotInput } from '../../drawing/input.ts'
import type { Layout } from '../../drawing/layout.ts'
import { skirtLayout } from '../../families/skirt/layout.ts'
import { choices } from './choices.ts'

export function layout(input: PackshotInput, m: Full): Layout {
  const { closure, vent } = choicesIn(choices, input.construction)
  return skirtLayout(input, m, { sideZip: closure === 'side-zip', vent: vent === 'vent', seamPockets: false })
}
