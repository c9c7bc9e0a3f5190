import { pencilSkirt as block } from './block.ts'
import { layout } from './layout.ts'
import type { CategoryDefinition } from '../definition.ts'
import { cloth, trade } from './trade.ts'
import { words } from './words.ts'

export const pencilSkirt: CategoryDefinition<'pencil-skirt'> = {
  id: 'pencil-skirt',
  words,
  blocks: { women: block },
  drawing: {
    build: 'skirt',
    usual: { bodyLength: 600, halfWaist: 360, halfHip: 490, halfHem: 450, waistband: 35 },
    layout,
  },
  trade,
  cloth,
}
