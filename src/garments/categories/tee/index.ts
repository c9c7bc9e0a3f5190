import { UPPER } from '../../drawing/usual.ts'
import { tee as block } from './block.ts'
import { layout } from './layout.ts'
import type { CategoryDefinition } from '../definition.ts'
import { cloth, trade } from './trade.ts'
import { words } from './words.ts'

export const tee: CategoryDefinition<'tee'> = {
  id: 'tee',
  words,
  blocks: { men: () => block('men'), women: () => block('women') },
  drawing: {
    build: 'top',
    usual: {
      ...UPPER,
      bodyLength: 700,
      halfChest: 530,
      sleeveLength: 215,
      halfCuff: 180,
      halfBicep: 200,
      collarHeight: 20,
      ribHeight: 20,
    },
    layout,
  },
  trade,
  cloth,
}
