import { choicesIn } from '../../blocks/common.ts'
import type { Full, PackshotInput } from '../../drawing/input.ts'
import type { Layout } from '../../drawing/layout.ts'
import { knitLayout } from '../../families/knit/layout.ts'
import { choices } from './choices.ts'

export function layout(input: PackshotInput, m: Full): Layout {
  const { collar, cuff, pocket } = choicesIn(choices(input.gender), input.construction)
  return knitLayout(input, m, {
    neck: collar,
    ribHem: false,
    ribCuffs: cuff === 'rib',
    light: true,
    chestPocket: pocket === 'chest',
  })
}
