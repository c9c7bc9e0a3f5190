/** A version as lists show it: a hundredth of what the version is. */
import type { Localized } from '../../core/values.ts'
import type { StyleSpec } from '../../garments/types.ts'
import type { StylePicture } from './tables.ts'

export interface CardColourway {
  id: string
  name: Localized
  /** Of its cloth, its contrast and its buttons: what a swatch is drawn from. */
  colours: Readonly<Record<string, string>>
}

export interface StyleCard {
  names: Localized
  colourways: CardColourway[]
  /** Its front in the leading colourway, in all widths. */
  front: StylePicture[]
  /** How many pictures the version has: what is drawn from them is drawn anew when there is another. */
  pictures: number
}

const ON_A_SWATCH: ReadonlySet<string> = new Set(['shell', 'contrast', 'button'])

export function cardOf({
  spec,
  pictures,
}: {
  spec: Pick<StyleSpec, 'names' | 'colourways'>
  pictures: readonly StylePicture[]
}): StyleCard {
  const leading = pictures.find(({ view }) => view === 'front')?.colourway
  return {
    names: spec.names,
    colourways: spec.colourways.map(({ id, name, colours }) => ({
      id,
      name,
      colours: Object.fromEntries(Object.entries(colours).filter(([role]) => ON_A_SWATCH.has(role))),
    })),
    front: pictures.filter(({ view, colourway }) => view === 'front' && colourway === leading),
    pictures: pictures.length,
  }
}
