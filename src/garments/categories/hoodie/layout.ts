import { choicesIn } from '../../blocks/common.ts'
import type { Full, PackshotInput } from '../../drawing/input.ts'
import type { Layout } from '../../drawing/layout.ts'
import { knitLayout } from '../../families/knit/layout.ts'
import { choices } from './choices.ts'

export function layout(input: PackshotInput, m: Full): Layout {
  const { hood, pocket } = choicesIn(choices, input.construction)
  return knitLayout(input, m, {
    neck: 'crew',
    ribHem: true,
    ribCuffs: true,
    light: false,
    // the pullover hoodie is cut with raglan sleeves
    raglan: true,
    hood: { lining: hood, zipped: false, strip: true, pouch: pocket === 'kangaroo' },
  })
}
