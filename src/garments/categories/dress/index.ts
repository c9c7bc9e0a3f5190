import { UPPER } from '../../drawing/usual.ts'
import { dress as block } from './block.ts'
import { layout } from './layout.ts'
import type { CategoryDefinition } from '../definition.ts'
import { cloth, trade } from './trade.ts'
import { words } from './words.ts'

export const dress: CategoryDefinition<'dress'> = {
  id: 'dress',
  words,
  blocks: { women: block },
  drawing: {
    build: 'top',
    usual: {
      ...UPPER,
      bodyLength: 1020,
      halfChest: 460,
      halfWaist: 390,
      halfHem: 780,
      shoulder: 370,
      sleeveLength: 220,
      halfCuff: 150,
      halfBicep: 165,
      armhole: 210,
      waistLength: 410,
    },
    layout,
    panelled: (choices) => choices['skirt'] !== 'pencil',
    idle: (slot, choices) => slot === 'vent' && choices['skirt'] !== 'pencil',
    unled: ['shirtLock'],
  },
  trade,
  cloth,
}
