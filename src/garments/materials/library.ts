import type { Material } from '../types.ts'
import { LIGHT } from './light.ts'
import { OUTERWEAR } from './outerwear.ts'
import { toMaterial } from './row.ts'

/** Every material the house starts with, complete. An operator edits a copy of it; prices are assumptions (row.ts). */
export const MATERIAL_LIBRARY: readonly Material[] = [...OUTERWEAR, ...LIGHT].map(toMaterial)
