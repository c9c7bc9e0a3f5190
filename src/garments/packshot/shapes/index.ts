/** Which layout draws which category. */
import type { Full, PackshotInput } from '../input.ts'
import type { Layout } from '../layout.ts'
import { knitLayout } from './knit.ts'
import { shirtLayout } from './shirt.ts'
import { coatLayout, waistcoatLayout } from './woven.ts'

export function layoutOf(input: PackshotInput, measures: Full): Layout {
  switch (input.category) {
    case 'tee':
    case 'sweatshirt':
    case 'hoodie':
    case 'zip-hoodie':
      return knitLayout(input, measures)
    case 'shirt':
      return shirtLayout(input, measures)
    case 'waistcoat':
      return waistcoatLayout(input, measures)
    default:
      return coatLayout(input, measures)
  }
}
