import { button, RESIN, METAL, POCKET, WAIST, WOVEN_THREAD, FLY_ZIP } from '../../trade/fastenings.ts'
import { TROUSERS_FAULTS } from '../../trade/faults.ts'
import type { ClothFit, Trade } from '../definition.ts'

export const trade: Trade = {
  cmt: 46_00,
  shellBand: [1.3, 4.2],
  metres: 1.5,
  buttons: {
    waist: button(27, 'shank', METAL, WAIST, 35, 2.2),
    pocket: button(24, 'four', RESIN, POCKET, 20, 0.9),
    front: button(27, 'shank', METAL, WAIST, 35, 2.2),
  },
  thread: WOVEN_THREAD,
  zip: (choices) => (choices['closure'] === 'button' ? undefined : FLY_ZIP),
  hanger: false,
  packed: 'folded',
  standard: { men: 'FZ/T 81007-2022', women: 'FZ/T 81007-2022' },
  nextToSkin: true,
  faults: TROUSERS_FAULTS,
}

export const cloth: ClothFit = {
  shell: { textures: ['twill', 'corduroy', 'canvas', 'linen', 'denim'], gsm: [180, 410] },
  sample: ['twill', 'corduroy', 'canvas'],
  sampleSeason: 'all-season',
  interlining: 'light',
  rib: 'heavy',

  worn: 'bottom',
}
