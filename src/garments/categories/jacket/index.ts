import { UPPER } from '../../drawing/usual.ts'
import { jacket as block } from './block.ts'
import { layout } from './layout.ts'
import type { CategoryDefinition } from '../definition.ts'
import { cloth, trade } from './trade.ts'
import { words } from './words.ts'

export const jacket: CategoryDefinition<'jacket'> = {
  id: 'jacket',
  words,
  blocks: { men: () => block('men'), women: () => block('women') },
  drawing: {
    build: 'top',
    usual: { ...UPPER, bodyLength: 740, halfChest: 560, halfCuff: 140, armhole: 260 },
    layout,
  },
  trade,
  cloth,
}
