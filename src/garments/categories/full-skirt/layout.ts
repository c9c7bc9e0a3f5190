import { choicesIn } from '../../blocks/common.ts'
import type { Full, PackshotInput } from '../../drawing/input.ts'
import type { Layout } from '../../drawing/layout.ts'
import { skirtLayout } from '../../families/skirt/layout.ts'
import { choices } from './choices.ts'

export function layout(input: PackshotInput, m: Full): Layout {
  const { closure, pocket } = choicesIn(choices, input.construction)
  return skirtLayout(input, m, {
    panels: input.counts?.['panels'] ?? 6,
    sideZip: closure === 'side-zip',
    vent: false,
    seamPockets: pocket === 'seam',
  })
}
