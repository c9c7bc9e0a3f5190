import { button, HORN, FRONT, CUFF, POCKET, TAILORED_THREAD } from '../../trade/fastenings.ts'
import { TAILORED_FAULTS } from '../../trade/faults.ts'
import type { ClothFit, Trade } from '../definition.ts'

export const trade: Trade = {
  cmt: 180_00,
  shellBand: [1.5, 4.5],
  metres: 1.8,
  buttons: {
    front: button(32, 'four', HORN, FRONT, 60, 2),
    cuff: button(24, 'four', HORN, CUFF, 35, 1),
    pocket: button(24, 'four', HORN, POCKET, 35, 1),
  },
  thread: TAILORED_THREAD,
  padsMm: 9,
  hanger: true,
  packed: 'hung',
  standard: { men: 'FZ/T 81008-2021', women: 'FZ/T 81008-2021' },
  nextToSkin: false,
  faults: TAILORED_FAULTS,
}

export const cloth: ClothFit = {
  shell: {
    textures: ['twill', 'herringbone', 'houndstooth', 'check', 'linen', 'corduroy', 'jersey', 'denim'],
    gsm: [180, 440],
  },
  sample: ['twill', 'herringbone', 'linen'],
  sampleSeason: 'all-season',
  interlining: 'canvas',
  rib: 'heavy',

  worn: 'outer',
}
