import { UPPER } from '../../drawing/usual.ts'
import { sweatshirt as block } from './block.ts'
import { layout } from './layout.ts'
import type { CategoryDefinition } from '../definition.ts'
import { cloth, trade } from './trade.ts'
import { words } from './words.ts'

export const sweatshirt: CategoryDefinition<'sweatshirt'> = {
  id: 'sweatshirt',
  words,
  blocks: { men: () => block('men'), women: () => block('women') },
  drawing: {
    build: 'top',
    usual: { ...UPPER, bodyLength: 690, halfChest: 570, halfCuff: 95, collarHeight: 25 },
    layout,
  },
  trade,
  cloth,
}
