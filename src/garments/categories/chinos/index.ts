import { chinos as block } from './block.ts'
import { layout } from './layout.ts'
import type { CategoryDefinition } from '../definition.ts'
import { cloth, trade } from './trade.ts'
import { words } from './words.ts'

export const chinos: CategoryDefinition<'chinos'> = {
  id: 'chinos',
  words,
  blocks: { men: () => block('men'), women: () => block('women') },
  drawing: {
    build: 'trousers',
    usual: {
      halfWaist: 420,
      halfHip: 520,
      frontRise: 265,
      backRise: 375,
      inseam: 790,
      halfThigh: 300,
      halfKnee: 215,
      halfLegOpening: 175,
      waistband: 40,
    },
    layout,
  },
  trade,
  cloth,
}
