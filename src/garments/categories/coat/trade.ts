import { button, HORN, FRONT, POCKET, TAILORED_THREAD } from '../../trade/fastenings.ts'
import { TAILORED_FAULTS } from '../../trade/faults.ts'
import type { ClothFit, Trade } from '../definition.ts'

export const trade: Trade = {
  cmt: 195_00,
  shellBand: [2.2, 8],
  metres: 3.0,
  buttons: {
    front: button(44, 'four', HORN, FRONT, 90, 4.2),
    cuff: button(28, 'four', HORN, { zh: '后腰带、肩襻', en: 'Half belt and epaulettes' }, 45, 1.4),
    pocket: button(36, 'four', HORN, POCKET, 60, 2.6),
  },
  thread: TAILORED_THREAD,
  padsMm: 12,
  hanger: true,
  packed: 'hung',
  standard: { men: 'GB/T 2664-2017', women: 'GB/T 2665-2017' },
  nextToSkin: false,
  faults: TAILORED_FAULTS,
}

export const cloth: ClothFit = {
  shell: {
    textures: ['melton', 'herringbone', 'check', 'houndstooth', 'twill', 'quilt', 'corduroy', 'fur'],
    gsm: [180, 720],
  },
  sample: ['melton', 'herringbone', 'twill'],
  sampleSeason: 'winter',
  interlining: 'canvas',
  rib: 'heavy',
  quilted: true,
  seasons: { summer: 0.1 },
  worn: 'outer',
}
