/** Which layout draws which category. */
import type { Full, PackshotInput } from '../input.ts'
import type { Layout } from '../layout.ts'
import { coatLayout } from './coat.ts'
import { dressLayout } from './dress.ts'
import { knitLayout } from './knit.ts'
import { shirtLayout } from './shirt.ts'
import { skirtLayout } from './skirts.ts'
import { trouserLayout } from './trousers.ts'
import { waistcoatLayout } from './waistcoat.ts'

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
    case 'trousers':
    case 'chinos':
      return trouserLayout(input, measures)
    case 'pencil-skirt':
    case 'full-skirt':
      return skirtLayout(input, measures)
    case 'dress':
      return dressLayout(input, measures)
    default:
      return coatLayout(input, measures)
  }
}
