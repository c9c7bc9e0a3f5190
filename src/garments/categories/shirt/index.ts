import { UPPER } from '../../drawing/usual.ts'
import { shirt as block } from './block.ts'
import { layout } from './layout.ts'
import type { CategoryDefinition } from '../definition.ts'
import { cloth, trade } from './trade.ts'
import { words } from './words.ts'

export const shirt: CategoryDefinition<'shirt'> = {
  id: 'shirt',
  words,
  blocks: { men: () => block('men'), women: () => block('women') },
  drawing: {
    build: 'top',
    usual: { ...UPPER, bodyLength: 760, halfChest: 560, halfCuff: 115 },
    layout,
  },
  trade,
  cloth,
}
