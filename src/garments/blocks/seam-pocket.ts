/** Pockets that open in a seam, and zips that end in one: the notches of both panels and of the bag. */
import { pointAlong } from '../geometry.ts'
import type { Mouth } from '../openings.ts'
import type { Point } from '../types.ts'
import { polygon } from './common.ts'
import type { Context, CutRow, PlacedNotch, Shape } from './types.ts'

/** Top and bottom of a mouth on a seam that starts at the waist: the same way down on every panel, so that they meet. */
export const mouthNotches = (seam: readonly Point[], { from, length }: Mouth): PlacedNotch[] =>
  [from, from + length].map((mm) => ({ ...pointAlong(seam, mm), kind: 'single' }))

/** A notch where a zip ends, so far down a seam; doubled, to be told from a pocket's. */
export const zipNotch = (seam: readonly Point[], mm: number): PlacedNotch => ({
  ...pointAlong(seam, mm),
  kind: 'double',
})

/** A bag whose straight edge lies along the seam from the waist down, its top caught in the waist seam. */
export const bagShape = (width: number, length: number): Shape =>
  polygon({
    tl: { x: 0, y: 0 },
    tr: { x: width, y: 0 },
    br: { x: width, y: length * 0.77 },
    low: { x: width * 0.73, y: length },
    bl: { x: 0, y: length },
  })

/** The row of the bags of two pockets: two halves each. @param part any part of the draft */
export const bagRow = (
  part: string,
  { width, length }: { width: number; length: number },
  mouth: Mouth,
  when: (ctx: Context) => boolean,
): CutRow => ({
  id: 'pocketBag',
  part,
  role: 'pocketing',
  count: 4,
  mirrored: true,
  shape: () => bagShape(width, length),
  placed: () =>
    mouthNotches(
      [
        { x: 0, y: 0 },
        { x: 0, y: length },
      ],
      mouth,
    ),
  when,
})
/** A skirt's bag, finished. */
export const SKIRT_BAG = { width: 150, length: 260 }
