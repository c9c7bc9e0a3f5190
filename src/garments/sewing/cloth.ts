/** What a draft asks of the cloth: how thick it lies, how far it stretches. Assumptions, by weave and weight. */
import type { ClothFacts } from '../blocks/types.ts'
import type { Material, StyleSpec, Texture } from '../types.ts'

/** Kilograms of a cubic metre of cloth as it lies: thickness = weight ÷ this. Loose and raised cloths are lightest. */
const DENSITY: Readonly<Partial<Record<Texture, number>>> = {
  melton: 270,
  fleece: 150,
  terry: 220,
  fur: 60,
  quilt: 60,
  corduroy: 260,
  herringbone: 300,
  houndstooth: 300,
  jersey: 300,
  rib: 250,
}
const USUAL_DENSITY = 420

/** How much longer a knit becomes across when pulled with a hand, share of its length (BS 4952 at 30 N: 30–100 %). */
const STRETCH: Readonly<Partial<Record<Texture, number>>> = { jersey: 0.4, rib: 0.7, terry: 0.3, fleece: 0.3 }

const thick = (material: Material | undefined): number =>
  material ? Math.max(0.2, material.gsm / (DENSITY[material.texture] ?? USUAL_DENSITY)) : 0.5
const stretch = (material: Material | undefined, otherwise: number): number =>
  material ? (STRETCH[material.texture] ?? 0) : otherwise

/** The facts of a style's cloths; a material that is still to be chosen counts as the usual one. */
export const clothFacts = (materials: StyleSpec['materials']): ClothFacts => ({
  thickMm: Math.round(thick(materials.shell) * 10) / 10,
  stretch: { shell: stretch(materials.shell, 0), rib: stretch(materials.rib, STRETCH.rib ?? 0) },
})
