/** Cloth that is bought by weight: mills sell knits by the kilogram, and a cutting room counts them in metres. */
import type { Material, Texture } from '../types.ts'

const KNITS: ReadonlySet<Texture> = new Set<Texture>(['jersey', 'rib', 'fleece', 'terry'])

/** Kilograms of a running metre over the full width; nothing for cloth that is sold by the metre. */
export const kgPerMetre = ({ texture, gsm, widthMm }: Material): number | undefined =>
  KNITS.has(texture) ? Math.round(gsm * widthMm * 1e-3) / 1e3 : undefined

/** Metres of it in kilograms, to the gram. */
export const kgOf = (metres: number, perMetre: number): number => Math.round(metres * perMetre * 1e3) / 1e3
