import type { Localized } from '../../core/values.ts'
import type { Category } from '../types.ts'

/** One ligne is 1/40 inch: how buttons are sized in the trade. */
export const MM_PER_LIGNE = 0.635

export type ButtonUse = 'front' | 'cuff' | 'pocket' | 'waist'

export interface ButtonKind {
  ligne: number
  holes: 'two' | 'four' | 'shank'
  material: Localized
  placement: Localized
  /** Assumed price, CNY fen. */
  fen: number
  grams: number
}

export const HOLES: Readonly<Record<ButtonKind['holes'], Localized>> = {
  two: { zh: '2 眼', en: '2 holes' },
  four: { zh: '4 眼', en: '4 holes' },
  shank: { zh: '有脚', en: 'shank' },
}

const HORN: Localized = { zh: '仿牛角树脂', en: 'horn-look resin' }
const RESIN: Localized = { zh: '树脂', en: 'resin' }
const SHELL: Localized = { zh: '仿贝树脂', en: 'mother-of-pearl look resin' }
const METAL: Localized = { zh: '金属', en: 'metal' }
const FRONT: Localized = { zh: '门襟', en: 'Front closure' }
const CUFF: Localized = { zh: '袖口', en: 'Cuffs' }
const POCKET: Localized = { zh: '袋盖', en: 'Pocket flaps' }
const WAIST: Localized = { zh: '腰头', en: 'Waistband' }

const kind = (
  ligne: number,
  holes: ButtonKind['holes'],
  material: Localized,
  placement: Localized,
  fen: number,
  grams: number,
): ButtonKind => ({ ligne, holes, material, placement, fen, grams })

/** Button sizes by category and place, as shops of each trade sew them; prices are assumptions. */
export const BUTTONS: Readonly<Partial<Record<Category, Partial<Record<ButtonUse, ButtonKind>>>>> = {
  coat: {
    front: kind(44, 'four', HORN, FRONT, 90, 4.2),
    cuff: kind(28, 'four', HORN, { zh: '后腰带、肩襻', en: 'Half belt and epaulettes' }, 45, 1.4),
    pocket: kind(36, 'four', HORN, POCKET, 60, 2.6),
  },
  jacket: {
    front: kind(32, 'four', HORN, FRONT, 60, 2),
    cuff: kind(24, 'four', HORN, CUFF, 35, 1),
    pocket: kind(24, 'four', HORN, POCKET, 35, 1),
  },
  waistcoat: { front: kind(24, 'four', HORN, FRONT, 35, 1), pocket: kind(24, 'four', HORN, POCKET, 35, 1) },
  shirt: {
    front: kind(18, 'four', SHELL, FRONT, 12, 0.5),
    cuff: kind(16, 'four', SHELL, CUFF, 11, 0.4),
    pocket: kind(18, 'four', SHELL, POCKET, 12, 0.5),
  },
  tee: { front: kind(18, 'two', RESIN, FRONT, 10, 0.4) },
  dress: { front: kind(20, 'two', SHELL, FRONT, 14, 0.6), cuff: kind(18, 'two', SHELL, CUFF, 12, 0.5) },
  trousers: {
    waist: kind(24, 'four', RESIN, WAIST, 20, 0.9),
    pocket: kind(24, 'four', RESIN, POCKET, 20, 0.9),
    front: kind(24, 'four', RESIN, WAIST, 20, 0.9),
  },
  chinos: {
    waist: kind(27, 'shank', METAL, WAIST, 35, 2.2),
    pocket: kind(24, 'four', RESIN, POCKET, 20, 0.9),
    front: kind(27, 'shank', METAL, WAIST, 35, 2.2),
  },
  'pencil-skirt': { waist: kind(24, 'four', RESIN, WAIST, 20, 0.9), front: kind(24, 'four', RESIN, FRONT, 20, 0.9) },
  'full-skirt': { waist: kind(24, 'four', RESIN, WAIST, 20, 0.9), front: kind(24, 'four', RESIN, FRONT, 20, 0.9) },
  sweatshirt: { front: kind(20, 'four', RESIN, FRONT, 12, 0.6) },
  hoodie: { front: kind(20, 'four', RESIN, FRONT, 12, 0.6) },
  'zip-hoodie': { front: kind(20, 'four', RESIN, FRONT, 12, 0.6) },
}

export interface ThreadKind {
  /** g per 1000 m. */
  tex: number
  /** m of thread per m of seam, neatened edges included: lockstitch ≈ 2.5–3, three-thread overlock ≈ 12–14 (thread makers' consumption tables). */
  perMetre: number
  /** m on a cone, and its assumed price in fen. */
  cone: number
  fen: number
}

const KNITS: readonly Category[] = ['tee', 'sweatshirt', 'hoodie', 'zip-hoodie']
const HEAVY: readonly Category[] = ['coat', 'jacket', 'waistcoat']

/** Knits are overlocked throughout; tailored seams are lockstitch, pressed open under a lining. */
export function threadOf(category: Category): ThreadKind {
  if (KNITS.includes(category)) return { tex: 27, perMetre: 15, cone: 5000, fen: 900 }
  if (HEAVY.includes(category)) return { tex: 40, perMetre: 4, cone: 3000, fen: 950 }
  return { tex: 30, perMetre: 9, cone: 5000, fen: 1000 }
}
