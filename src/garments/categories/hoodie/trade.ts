import { button, RESIN, FRONT, KNIT_THREAD } from '../../trade/fastenings.ts'
import { KNIT_FAULTS } from '../../trade/faults.ts'
import type { ClothFit, Trade } from '../definition.ts'

export const trade: Trade = {
  cmt: 40_00,
  shellBand: [1.3, 4.2],
  metres: 1.7,
  buttons: { front: button(20, 'four', RESIN, FRONT, 12, 0.6) },
  thread: KNIT_THREAD,
  hanger: false,
  packed: 'folded',
  standard: { men: 'FZ/T 73020-2019', women: 'FZ/T 73020-2019' },
  nextToSkin: true,
  faults: KNIT_FAULTS,
}

export const cloth: ClothFit = {
  shell: { textures: ['terry', 'fleece'], gsm: [260, 400] },
  sample: ['terry', 'fleece'],
  sampleSeason: 'all-season',
  interlining: 'light',
  rib: 'heavy',

  seasons: { summer: 0.1 },
  worn: 'top',
}
