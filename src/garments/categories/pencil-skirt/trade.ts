import { SKIRT_ZIP } from '../../openings.ts'
import {
  button,
  RESIN,
  FRONT,
  WAIST,
  WOVEN_THREAD,
  concealedZip,
  CENTRE_BACK,
  LEFT_SIDE,
} from '../../trade/fastenings.ts'
import { SKIRT_FAULTS } from '../../trade/faults.ts'
import type { ClothFit, Trade } from '../definition.ts'

export const trade: Trade = {
  cmt: 40_00,
  shellBand: [0.5, 2.4],
  metres: 0.8,
  buttons: { waist: button(24, 'four', RESIN, WAIST, 20, 0.9), front: button(24, 'four', RESIN, FRONT, 20, 0.9) },
  thread: WOVEN_THREAD,
  zip: (choices) => concealedZip(choices['closure'] === 'side-zip' ? LEFT_SIDE : CENTRE_BACK, () => SKIRT_ZIP),
  hooked: true,
  hanger: false,
  packed: 'folded',
  standard: { men: 'FZ/T 81004-2022', women: 'FZ/T 81004-2022' },
  nextToSkin: true,
  faults: SKIRT_FAULTS,
}

export const cloth: ClothFit = {
  shell: { textures: ['twill', 'denim', 'corduroy', 'houndstooth', 'herringbone', 'check', 'jersey'], gsm: [200, 430] },
  sample: ['twill', 'denim', 'corduroy'],
  sampleSeason: 'all-season',
  interlining: 'light',
  rib: 'heavy',

  worn: 'bottom',
}
