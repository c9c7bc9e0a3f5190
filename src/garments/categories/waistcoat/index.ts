import { UPPER } from '../../drawing/usual.ts'
import { waistcoat as block } from './block.ts'
import { layout } from './layout.ts'
import type { CategoryDefinition } from '../definition.ts'
import { cloth, trade } from './trade.ts'
import { words } from './words.ts'

export const waistcoat: CategoryDefinition<'waistcoat'> = {
  id: 'waistcoat',
  words,
  blocks: { men: () => block('men'), women: () => block('women') },
  drawing: {
    build: 'top',
    usual: { ...UPPER, bodyLength: 600, halfChest: 510, shoulder: 340, frontNeckDrop: 280 },
    layout,
  },
  trade,
  cloth,
}
