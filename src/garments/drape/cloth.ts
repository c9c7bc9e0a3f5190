/**
 * How cloth behaves, by weave and weight. Stiffness along warp and weft and on the bias in N/m of width, bending in µN·m (1
 * gf·cm²/cm of the KES instruments is 98 µN·m), thickness in mm.
 *
 * Where the numbers come from. Bending: bending lengths c as the trade's handbooks have them by kind of cloth (Peirce 1930; Fan,
 * Yu and Hunter, Engineering Apparel Fabrics and Garments, 2004; Sanad, Cassidy and Cheung, Fabric and garment drape
 * measurement, 2012), turned into rigidity by Peirce's G = w·c³ with the weight of the cloth at hand; the lengths were chosen
 * inside those ranges so that each class passes the simulated drape test ({@link ./drape-test.ts}). Stretch: stiffness at small
 * extensions, of the order of KES and FAST figures (wovens 5–20 N/m per 0.1 %, jersey ten times less), set lower than
 * measured where the solver could not hold it; the bias as a share of the warp, ours. They are classes, not a mill's sheet.
 */
import type { Material, Texture } from '../types.ts'

export interface Cloth {
  gsm: number
  warp: number
  weft: number
  bias: number
  bend: number
  thickness: number
}
/** Classes that textures fall into, and what the drape test says of them. */
export type ClothClass =
  | 'jersey'
  | 'rib'
  | 'fleece'
  | 'satin'
  | 'poplin'
  | 'linen'
  | 'twill'
  | 'canvas'
  | 'melton'
  | 'quilt'

interface ClassFacts {
  /** Bending length, mm (Peirce). */
  bendingLength: number
  warp: number
  weft: number
  bias: number
  /** kg of a cubic metre as it lies. */
  density: number
}

export const CLASSES: Readonly<Record<ClothClass, ClassFacts>> = {
  jersey: { bendingLength: 11, warp: 260, weft: 170, bias: 110, density: 300 },
  rib: { bendingLength: 12, warp: 200, weft: 70, bias: 80, density: 250 },
  fleece: { bendingLength: 14, warp: 320, weft: 220, bias: 140, density: 200 },
  satin: { bendingLength: 12.5, warp: 700, weft: 600, bias: 70, density: 420 },
  poplin: { bendingLength: 17, warp: 800, weft: 700, bias: 100, density: 420 },
  linen: { bendingLength: 20, warp: 800, weft: 700, bias: 110, density: 420 },
  twill: { bendingLength: 20, warp: 1000, weft: 800, bias: 170, density: 420 },
  canvas: { bendingLength: 25, warp: 1100, weft: 1000, bias: 220, density: 420 },
  melton: { bendingLength: 22, warp: 900, weft: 800, bias: 300, density: 270 },
  quilt: { bendingLength: 27, warp: 700, weft: 700, bias: 250, density: 60 },
}

const CLASS_OF: Readonly<Record<Texture, ClothClass>> = {
  jersey: 'jersey',
  rib: 'rib',
  terry: 'fleece',
  fleece: 'fleece',
  satin: 'satin',
  poplin: 'poplin',
  check: 'poplin',
  stripe: 'poplin',
  linen: 'linen',
  twill: 'twill',
  herringbone: 'twill',
  houndstooth: 'twill',
  corduroy: 'twill',
  denim: 'canvas',
  canvas: 'canvas',
  melton: 'melton',
  quilt: 'quilt',
  fur: 'melton',
}
export const classOf = (texture: Texture): ClothClass => CLASS_OF[texture]

const GRAVITY = 9.81

/** A cloth of a class at a weight. @param gsm grams per square metre */
export function clothOfClass(name: ClothClass, gsm: number): Cloth {
  const { bendingLength, warp, weft, bias, density } = CLASSES[name]
  // Peirce: rigidity is weight times the cube of the bending length.
  const bend = gsm * 1e-3 * GRAVITY * (bendingLength * 1e-3) ** 3 * 1e6
  return { gsm, warp, weft, bias, bend, thickness: Math.max(0.25, gsm / density) }
}

/** @param layers a band that is cut double counts twice, and is stitched flat */
export function clothOf(material: Pick<Material, 'texture' | 'gsm'>, layers = 1): Cloth {
  const cloth = clothOfClass(classOf(material.texture), material.gsm)
  if (layers === 1) return cloth
  const { gsm, warp, weft, bias, bend, thickness } = cloth
  return {
    gsm: gsm * layers,
    warp: warp * layers,
    weft: weft * layers,
    bias: bias * layers,
    bend: bend * 2 * layers,
    thickness: thickness * layers,
  }
}

/** With interlining fused on: a waistband, a collar. It hardly stretches and hardly bends. */
export const fused = (cloth: Cloth): Cloth => ({
  gsm: cloth.gsm + 90,
  warp: Math.max(6000, cloth.warp),
  weft: Math.max(9000, cloth.weft),
  bias: Math.max(3000, cloth.bias),
  bend: Math.max(250, cloth.bend * 4),
  thickness: cloth.thickness + 0.3,
})

/** With a light interlining all over, as fronts of coats and waistcoats have it. */
export const backed = (cloth: Cloth): Cloth => ({
  gsm: cloth.gsm + 60,
  warp: cloth.warp * 2,
  weft: cloth.weft * 2,
  bias: cloth.bias * 2,
  bend: cloth.bend * 2,
  thickness: cloth.thickness + 0.2,
})
