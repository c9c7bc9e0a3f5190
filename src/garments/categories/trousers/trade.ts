import { button, RESIN, POCKET, WAIST, WOVEN_THREAD, FLY_ZIP } from '../../trade/fastenings.ts'
import { TROUSERS_FAULTS } from '../../trade/faults.ts'
import type { ClothFit, Trade } from '../definition.ts'

export const trade: Trade = {
  cmt: 46_00,
  shellBand: [1.3, 4.2],
  metres: 1.6,
  buttons: {
    waist: button(24, 'four', RESIN, WAIST, 20, 0.9),
    pocket: button(24, 'four', RESIN, POCKET, 20, 0.9),
    front: button(24, 'four', RESIN, WAIST, 20, 0.9),
  },
  thread: WOVEN_THREAD,
  zip: (choices) => (choices['closure'] === 'button' ? undefined : FLY_ZIP),
  hooked: true,
  hanger: false,
  packed: 'folded',
  standard: { men: 'GB/T 2666-2017', women: 'GB/T 2666-2017' },
  nextToSkin: true,
  faults: TROUSERS_FAULTS,
}

export const cloth: ClothFit = {
  shell: { textures: ['twill', 'linen', 'corduroy', 'herringbone', 'check', 'denim'], gsm: [180, 430] },
  sample: ['twill', 'linen', 'denim'],
  sampleSeason: 'all-season',
  interlining: 'light',
  rib: 'heavy',

  worn: 'bottom',
}
