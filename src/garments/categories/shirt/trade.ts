import { button, PEARL, FRONT, CUFF, POCKET, WOVEN_THREAD } from '../../trade/fastenings.ts'
import { SHIRT_FAULTS } from '../../trade/faults.ts'
import type { ClothFit, Trade } from '../definition.ts'

export const trade: Trade = {
  cmt: 40_00,
  shellBand: [1.3, 4],
  metres: 1.65,
  buttons: {
    front: button(18, 'four', PEARL, FRONT, 12, 0.5),
    cuff: button(16, 'four', PEARL, CUFF, 11, 0.4),
    pocket: button(18, 'four', PEARL, POCKET, 12, 0.5),
  },
  thread: WOVEN_THREAD,
  hanger: false,
  packed: 'folded',
  standard: { men: 'GB/T 2660-2017', women: 'GB/T 2660-2017' },
  nextToSkin: true,
  faults: SHIRT_FAULTS,
}

export const cloth: ClothFit = {
  shell: { textures: ['poplin', 'linen', 'stripe', 'check', 'denim', 'satin'], gsm: [100, 280] },
  sample: ['poplin', 'linen', 'stripe'],
  sampleSeason: 'all-season',
  interlining: 'firm',
  rib: 'heavy',

  worn: 'top',
}
