import { trousers as block } from './block.ts'
import { layout } from './layout.ts'
import type { CategoryDefinition } from '../definition.ts'
import { cloth, trade } from './trade.ts'
import { words } from './words.ts'

export const trousers: CategoryDefinition<'trousers'> = {
  id: 'trousers',
  words,
  blocks: { men: () => block('men'), women: () => block('women') },
  drawing: {
    build: 'trousers',
    usual: {
      halfWaist: 420,
      halfHip: 530,
      frontRise: 275,
      backRise: 385,
      inseam: 800,
      halfThigh: 315,
      halfKnee: 235,
      halfLegOpening: 200,
      waistband: 40,
    },
    layout,
  },
  trade,
  cloth,
}
