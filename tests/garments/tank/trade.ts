import type { ClothFit, Trade } from '../../../src/garments/categories/definition.ts'
import { KNIT_FAULTS } from '../../../src/garments/trade/faults.ts'
import { KNIT_THREAD } from '../../../src/garments/trade/fastenings.ts'

export const trade: Trade = {
  cmt: 7_00,
  shellBand: [0.5, 2.6],
  metres: 0.8,
  buttons: {},
  thread: KNIT_THREAD,
  hanger: false,
  packed: 'folded',
  standard: { men: 'GB/T 22849-2014', women: 'GB/T 22849-2014' },
  nextToSkin: true,
  faults: KNIT_FAULTS,
}

export const cloth: ClothFit = {
  shell: { textures: ['jersey', 'rib'], gsm: [140, 285] },
  sample: ['jersey'],
  sampleSeason: 'summer',
  interlining: 'light',
  rib: 'light',
  seasons: { winter: 0.2 },
  worn: 'top',
}
