/** Buttons, threads and zips as the trade sells them: what categories choose from. */
import type { Localized } from '../../core/values.ts'
import { boxOf } from '../geometry.ts'
import { BELOW_ZIP, flyLength } from '../openings.ts'
import type { SizeDraft } from '../types.ts'

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

export const HORN: Localized = { zh: '仿牛角树脂', en: 'horn-look resin' }
export const RESIN: Localized = { zh: '树脂', en: 'resin' }
export const PEARL: Localized = { zh: '仿贝树脂', en: 'mother-of-pearl look resin' }
export const METAL: Localized = { zh: '金属', en: 'metal' }
export const FRONT: Localized = { zh: '门襟', en: 'Front closure' }
export const CUFF: Localized = { zh: '袖口', en: 'Cuffs' }
export const POCKET: Localized = { zh: '袋盖', en: 'Pocket flaps' }
export const WAIST: Localized = { zh: '腰头', en: 'Waistband' }

/** A kind of button. @param fen assumed price, CNY */
export const button = (
  ligne: number,
  holes: ButtonKind['holes'],
  material: Localized,
  placement: Localized,
  fen: number,
  grams: number,
): ButtonKind => ({ ligne, holes, material, placement, fen, grams })

export interface ThreadKind {
  /** g per 1000 m. */
  tex: number
  /** m of thread per m of seam, neatened edges included: lockstitch ≈ 2.5–3, three-thread overlock ≈ 12–14 (thread makers' consumption tables). */
  perMetre: number
  /** m on a cone, and its assumed price in fen. */
  cone: number
  fen: number
}

/** Knits are overlocked throughout. */
export const KNIT_THREAD: ThreadKind = { tex: 27, perMetre: 15, cone: 5000, fen: 900 }
/** Tailored seams are lockstitch, pressed open under a lining. */
export const TAILORED_THREAD: ThreadKind = { tex: 40, perMetre: 4, cone: 3000, fen: 950 }
/** Sewn with lockstitch and neatened edges. */
export const WOVEN_THREAD: ThreadKind = { tex: 30, perMetre: 9, cone: 5000, fen: 1000 }

export interface ZipKind {
  code: string
  name: Localized
  kind: Localized
  placement: Localized
  /** In tens of mm when it is bought. */
  length: (size: SizeDraft) => number
  fenPer100mm: number
}

/** Most of the rise, but no longer than the fly: chinos have a shaped one, as long as their design draws it. */
function flyZip({ measures, pieces }: SizeDraft): number {
  const facing = pieces.find(({ id }) => id === 'flyFacing')
  const box = facing && boxOf(facing.seam)
  // In tens downwards; a hair is added because the facing of trousers is made to fit and must not lose ten to rounding.
  const room = box ? Math.floor((box.y1 - box.y0 - BELOW_ZIP) / 10 + 0.01) * 10 : Infinity
  return Math.min(flyLength(measures.frontRise ?? 260), room)
}

export const FLY_ZIP: ZipKind = {
  code: 'ZIP-FLY-4YG',
  name: { zh: '4号金属门襟拉链', en: 'Fly zip, metal no. 4' },
  kind: { zh: '4号闭尾，自锁拉头', en: 'no. 4 closed end, auto-lock slider' },
  placement: { zh: '前门襟', en: 'Fly' },
  length: flyZip,
  fenPer100mm: 80,
}

/** @param placement the seam it is set in @param length from its top, by size */
export const concealedZip = (placement: Localized, length: ZipKind['length']): ZipKind => ({
  code: 'ZIP-INV-3',
  name: { zh: '3号隐形拉链', en: 'Concealed zip no. 3' },
  kind: { zh: '3号隐形闭尾，尼龙', en: 'no. 3 concealed, closed end, nylon coil' },
  placement,
  length,
  fenPer100mm: 60,
})
export const CENTRE_BACK: Localized = { zh: '后中缝', en: 'Centre back seam' }
export const LEFT_SIDE: Localized = { zh: '左侧缝', en: 'Left side seam' }

/** A front zip runs from neck seam to hem. */
export const FRONT_ZIP: ZipKind = {
  code: 'ZIP-OPEN-5',
  name: { zh: '5号开尾拉链', en: 'Open-end zip no. 5' },
  kind: { zh: '5号开尾，金属牙，自锁拉头', en: 'no. 5 open end, metal teeth, auto-lock slider' },
  placement: { zh: '前中', en: 'Centre front' },
  length: ({ measures }) =>
    (measures.bodyLength ?? 650) - (measures.frontNeckDrop ?? 80) - (measures.ribHeight ?? 0) * 0.1,
  fenPer100mm: 110,
}
