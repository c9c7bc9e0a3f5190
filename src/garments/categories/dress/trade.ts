import { dressZip } from '../../openings.ts'
import { button, PEARL, FRONT, CUFF, WOVEN_THREAD, concealedZip, CENTRE_BACK } from '../../trade/fastenings.ts'
import { DRESS_FAULTS } from '../../trade/faults.ts'
import type { ClothFit, Trade } from '../definition.ts'

export const trade: Trade = {
  cmt: 68_00,
  shellBand: [1.2, 8],
  metres: 2.0,
  buttons: { front: button(20, 'two', PEARL, FRONT, 14, 0.6), cuff: button(18, 'two', PEARL, CUFF, 12, 0.5) },
  thread: WOVEN_THREAD,
  zip: () => concealedZip(CENTRE_BACK, ({ measures }) => dressZip(measures.waistLength ?? 400)),
  hanger: true,
  packed: 'folded',
  standard: { men: 'FZ/T 81004-2022', women: 'FZ/T 81004-2022' },
  nextToSkin: true,
  faults: DRESS_FAULTS,
}

export const cloth: ClothFit = {
  shell: {
    textures: ['poplin', 'linen', 'satin', 'stripe', 'check', 'twill', 'denim', 'corduroy', 'jersey'],
    gsm: [100, 330],
  },
  sample: ['poplin', 'linen', 'satin'],
  sampleSeason: 'all-season',
  interlining: 'firm',
  rib: 'light',

  worn: 'top',
}
