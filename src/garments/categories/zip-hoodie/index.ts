import { UPPER } from '../../drawing/usual.ts'
import { zipHoodie as block } from './block.ts'
import { layout } from './layout.ts'
import type { CategoryDefinition } from '../definition.ts'
import { cloth, trade } from './trade.ts'
import { words } from './words.ts'

export const zipHoodie: CategoryDefinition<'zip-hoodie'> = {
  id: 'zip-hoodie',
  words,
  blocks: { men: () => block('men'), women: () => block('women') },
  drawing: {
    build: 'top',
    usual: { ...UPPER, bodyLength: 700, halfChest: 580, halfCuff: 95 },
    layout,
  },
  trade,
  cloth,
}
