import { fullSkirt as block } from './block.ts'
import { layout } from './layout.ts'
import type { CategoryDefinition } from '../definition.ts'
import { cloth, trade } from './trade.ts'
import { words } from './words.ts'

export const fullSkirt: CategoryDefinition<'full-skirt'> = {
  id: 'full-skirt',
  words,
  blocks: { women: block },
  drawing: {
    build: 'skirt',
    usual: { bodyLength: 700, halfWaist: 360, halfHip: 560, halfHem: 900, waistband: 40 },
    layout,
    panelled: () => true,
  },
  trade,
  cloth,
}
