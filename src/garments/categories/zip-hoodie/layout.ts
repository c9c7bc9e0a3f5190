import { choicesIn } from '../../blocks/common.ts'
import type { Full, PackshotInput } from '../../drawing/input.ts'
import type { Layout } from '../../drawing/layout.ts'
import { knitLayout } from '../../families/knit/layout.ts'
import { choices } from './choices.ts'

export function layout(input: PackshotInput, m: Full): Layout {
  const { hood, pocket, rib } = choicesIn(choices, input.construction)
  return knitLayout(input, m, {
    neck: 'crew',
    ribHem: rib === 'rib',
    ribCuffs: rib === 'rib',
    light: false,
    hood: { lining: hood, zipped: true, strip: false, pouch: pocket === 'patch' },
  })
}
