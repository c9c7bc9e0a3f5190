import { UPPER } from '../../drawing/usual.ts'
import { coat as block } from './block.ts'
import { layout } from './layout.ts'
import type { CategoryDefinition } from '../definition.ts'
import { cloth, trade } from './trade.ts'
import { words } from './words.ts'

export const coat: CategoryDefinition<'coat'> = {
  id: 'coat',
  words,
  blocks: { men: () => block('men'), women: () => block('women') },
  drawing: {
    build: 'top',
    usual: {
      ...UPPER,
      bodyLength: 1080,
      halfChest: 580,
      halfHem: 650,
      shoulder: 470,
      sleeveLength: 640,
      halfBicep: 215,
      halfCuff: 155,
      armhole: 275,
      waistLength: 440,
      collarHeight: 90,
    },
    layout,
    standing: [
      {
        feature: 'part:pleat',
        view: 'back',
        words: {
          zh: '后背褶裥：后中自肩胛下起暗褶，后下摆片按版型折线对褶，烫实，不豁口',
          en: 'Back pleats: inverted at the centre from below the shoulder blades, the skirt folded as the pattern marks; pressed sharp, closed at rest',
        },
      },
    ],
  },
  trade,
  cloth,
}
