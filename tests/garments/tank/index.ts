/** A garment that the house does not make: what a new category is in its own folder, for added-category.test.ts. */
import type { CategoryDefinition } from '../../../src/garments/categories/definition.ts'
import { UPPER } from '../../../src/garments/drawing/usual.ts'
import { block } from './block.ts'
import { layout } from './layout.ts'
import { cloth, trade } from './trade.ts'
import { words } from './words.ts'

export const tank: CategoryDefinition<'tank'> = {
  id: 'tank',
  words,
  blocks: { men: () => block('men'), women: () => block('women') },
  drawing: { build: 'top', usual: { ...UPPER, bodyLength: 660, halfChest: 500, shoulder: 360 }, layout },
  trade,
  cloth,
}
