import { button, HORN, FRONT, POCKET, TAILORED_THREAD } from '../../trade/fastenings.ts'
import { TAILORED_FAULTS } from '../../trade/faults.ts'
import type { ClothFit, Trade } from '../definition.ts'

export const trade: Trade = {
  cmt: 75_00,
  shellBand: [0.5, 2.4],
  metres: 0.9,
  buttons: { front: button(24, 'four', HORN, FRONT, 35, 1), pocket: button(24, 'four', HORN, POCKET, 35, 1) },
  thread: TAILORED_THREAD,
  hanger: true,
  packed: 'hung',
  standard: { men: 'FZ/T 81007-2022', women: 'FZ/T 81007-2022' },
  nextToSkin: false,
  faults: TAILORED_FAULTS,
}

export const cloth: ClothFit = {
  shell: { textures: ['twill', 'herringbone', 'houndstooth', 'check', 'linen', 'corduroy', 'quilt'], gsm: [170, 440] },
  sample: ['twill', 'herringbone', 'linen'],
  sampleSeason: 'all-season',
  interlining: 'light',
  rib: 'heavy',

  worn: 'outer',
}
