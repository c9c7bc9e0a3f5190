/** Where a garment opens, shared by its pattern, its bill of materials and its picture. Lengths in mm. */

const to10 = (mm: number): number => Math.round(mm / 10) * 10

/** Concealed zip of a skirt, from the waist seam down. */
export const SKIRT_ZIP = 200
/** Concealed zip of a dress, from the neck down the centre back over the waist. @param waistLength HPS to waist seam */
export const dressZip = (waistLength: number): number => to10(Math.max(400, waistLength + 160))
/** Zip or buttons of a fly: most of the rise. @param frontRise waistband included */
export const flyLength = (frontRise: number): number => to10(Math.max(100, Math.min(220, frontRise * 0.62)))

/** How far a fly's facing reaches below the end of its zip. */
export const BELOW_ZIP = 20

/** The mouth of a pocket that opens in a side seam: where it begins along the seam below the waist, and how long it is. */
export interface Mouth {
  from: number
  length: number
}
export const SKIRT_MOUTH: Mouth = { from: 45, length: 160 }
export const TROUSER_MOUTH: Mouth = { from: 25, length: 160 }
