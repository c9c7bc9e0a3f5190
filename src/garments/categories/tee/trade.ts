import { button, RESIN, FRONT, KNIT_THREAD } from '../../trade/fastenings.ts'
import { KNIT_FAULTS } from '../../trade/faults.ts'
import type { ClothFit, Trade } from '../definition.ts'

export const trade: Trade = {
  cmt: 15_00,
  shellBand: [0.7, 2.6],
  metres: 1.0,
  buttons: { front: button(18, 'two', RESIN, FRONT, 10, 0.4) },
  thread: KNIT_THREAD,
  hanger: false,
  packed: 'folded',
  standard: { men: 'GB/T 22849-2014', women: 'GB/T 22849-2014' },
  nextToSkin: true,
  faults: KNIT_FAULTS,
}

export const cloth: ClothFit = {
  shell: { textures: ['jersey', 'rib'], gsm: [150, 285] },
  sample: ['jersey'],
  sampleSeason: 'all-season',
  interlining: 'light',
  rib: 'light',

  seasons: { winter: 0.5 },
  worn: 'top',
}
