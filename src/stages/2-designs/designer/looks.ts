/**
 * What belongs to a look or a wave of colour when a trend says nothing closer: its palette, the cloths and details it is known
 * by, its silhouette. Written down from what the trade shows under these words; nobody has measured them. No emblem, insignia
 * or star belongs to any (gate G7).
 */
import type { Texture } from '../../../garments/index.ts'
import type { FitClass } from './facts.ts'
import { both } from './facts.ts'
import { colourById, colourOfItsOwn, type NamedColour } from './palette.ts'

/** A colour of the palette by its id, or one of the look's own. */
type LookColour = string | readonly [id: string, zh: string, en: string, hex: string]

export interface Look {
  colours?: readonly LookColour[]
  /** The colours are the look: they count twice, and it bears its name by them. */
  ofColour?: true
  /** Any one of them. */
  textures?: readonly Texture[]
  details?: readonly (readonly [slot: string, option: string])[]
  fit?: FitClass
}

const TAILORED: readonly Texture[] = ['herringbone', 'melton', 'twill', 'linen', 'poplin']

export const LOOKS: Readonly<Record<string, Look>> = {
  // Waves of colour.
  maillard: {
    colours: ['tea', 'caramel', 'walnut', 'camel', 'espresso', 'sandalwood'],
    ofColour: true,
    textures: ['corduroy', 'melton', 'herringbone', 'twill', 'fur'],
  },
  dopamine: {
    colours: [
      ['vivid-yellow', '明黄', 'Vivid yellow', '#ffd02e'],
      ['vivid-pink', '亮玫红', 'Vivid pink', '#f2458d'],
      ['vivid-blue', '电光蓝', 'Electric blue', '#2f7bf0'],
      ['vivid-orange', '亮橙', 'Vivid orange', '#ff7a2b'],
      ['vivid-green', '草绿', 'Grass green', '#45b964'],
    ],
    ofColour: true,
    fit: 'relaxed',
  },
  'mint-mambo': {
    colours: [
      ['mambo-mint', '薄荷绿', 'Mambo mint', '#a5dcc6'],
      'moon-white',
      ['mambo-aqua', '海盐蓝绿', 'Sea-salt aqua', '#7fcbc4'],
      'jade',
      'sky',
    ],
    ofColour: true,
    textures: ['linen', 'poplin', 'satin', 'jersey', 'terry'],
  },
  'earth-tones': { colours: ['khaki', 'tea', 'olive', 'sand', 'terracotta', 'walnut'], ofColour: true },
  'light-colour': { colours: ['ivory', 'sky', 'lotus-pink', 'butter', 'lilac', 'celadon'], ofColour: true },
  'dark-colour': { colours: ['ink-black', 'midnight', 'charcoal', 'aubergine', 'pine'], ofColour: true },
  'black-white': { colours: ['ink-black', 'chalk'], ofColour: true },
  // Looks.
  military: {
    colours: ['army-green'],
    details: [
      ['shoulder', 'epaulette'],
      ['closure', 'double-breasted'],
      ['pocket', 'patch-flap'],
    ],
  },
  'new-chinese': {
    colours: ['moon-white', 'palace-red', 'ink-black', 'stone-green', 'pine', 'raven'],
    textures: ['satin', 'linen', 'melton', 'poplin'],
    details: [
      ['collar', 'stand'],
      ['closure', 'concealed'],
    ],
  },
  'old-money': {
    colours: ['camel', 'navy', 'ivory', 'burgundy', 'pine'],
    textures: ['herringbone', 'houndstooth', 'melton', 'poplin', 'linen', 'corduroy'],
    details: [
      ['collar', 'notched'],
      ['pocket', 'flap'],
    ],
    fit: 'regular',
  },
  'quiet-luxury': {
    colours: ['oat', 'oatmilk', 'stone', 'mist', 'espresso'],
    textures: ['melton', 'satin', 'twill', 'jersey', 'linen'],
    details: [
      ['closure', 'concealed'],
      ['pocket', 'welt'],
    ],
    fit: 'relaxed',
  },
  coquette: {
    colours: ['peach-blossom', 'ivory', 'lotus-pink', 'chalk', 'dusty-rose'],
    textures: ['satin', 'poplin', 'jersey', 'corduroy'],
    details: [
      ['belt', 'tie'],
      ['skirt', 'flared'],
      ['shape', 'fitted'],
    ],
    fit: 'slim',
  },
  balletcore: {
    colours: ['lotus-pink', 'chalk', 'mist', 'peach-blossom'],
    textures: ['jersey', 'satin', 'rib'],
    details: [
      ['skirt', 'flared'],
      ['collar', 'scoop'],
      ['shape', 'fitted'],
    ],
    fit: 'slim',
  },
  'clean-fit': {
    colours: ['chalk', 'mist', 'raven', 'haze-blue', 'soft-black'],
    textures: ['poplin', 'twill', 'jersey', 'linen'],
    fit: 'regular',
  },
  workwear: {
    textures: ['canvas', 'denim', 'twill', 'corduroy'],
    details: [['pocket', 'patch']],
    colours: ['khaki', 'indigo', 'olive', 'rust'],
  },
  preppy: {
    textures: ['check', 'stripe', 'poplin', 'corduroy'],
    colours: ['navy', 'burgundy', 'ivory', 'pine'],
    fit: 'regular',
  },
  minimalist: {
    colours: ['chalk', 'ink-black', 'mist', 'oat'],
    details: [
      ['closure', 'concealed'],
      ['pocket', 'welt'],
    ],
  },
  retro: {
    colours: ['rust', 'turmeric', 'stone-green', 'walnut', 'burgundy'],
    textures: ['corduroy', 'check', 'herringbone', 'houndstooth', 'denim'],
  },
  street: { fit: 'oversized' },
  sporty: { fit: 'relaxed', textures: ['terry', 'jersey', 'fleece'] },
  gorpcore: {
    colours: ['moss', 'rust', 'slate', 'olive'],
    textures: ['quilt', 'fleece', 'canvas', 'twill'],
    details: [['pocket', 'patch-flap']],
  },
  british: { textures: ['check', 'herringbone', 'houndstooth'], colours: ['walnut', 'pine', 'navy'] },
  androgynous: { fit: 'relaxed', colours: ['charcoal', 'navy', 'chalk'] },
  nautical: { textures: ['stripe', 'twill', 'jersey'], colours: ['navy', 'chalk', 'cinnabar'] },
  equestrian: { textures: ['corduroy', 'herringbone', 'twill'], colours: ['walnut', 'ink-black', 'ivory', 'pine'] },
  academia: {
    textures: ['herringbone', 'check', 'corduroy', 'houndstooth'],
    colours: ['tea', 'burgundy', 'pine', 'charcoal'],
  },
  'western-cowboy': { textures: ['denim', 'corduroy'], colours: ['denim-blue', 'sandalwood', 'sand'] },
  'american-retro': { textures: ['denim', 'corduroy', 'check', 'terry'], colours: ['denim-blue', 'burgundy', 'ivory'] },
  resort: { textures: ['linen', 'poplin', 'stripe'], colours: ['ivory', 'lake', 'persimmon', 'sand'], fit: 'relaxed' },
  lazy: {
    fit: 'relaxed',
    colours: ['oatmilk', 'mist', 'flax'],
    textures: ['terry', 'linen', 'jersey', 'fleece', 'melton'],
  },
  pastoral: {
    textures: ['linen', 'check', 'poplin', 'corduroy'],
    colours: ['sage', 'butter', 'dusty-rose', 'ivory'],
    details: [['skirt', 'flared']],
  },
  french: {
    textures: ['satin', 'stripe', 'linen', 'herringbone'],
    colours: ['navy', 'ivory', 'cinnabar', 'ink-black'],
    fit: 'regular',
  },
  commute: { textures: TAILORED, colours: ['charcoal', 'navy', 'oat', 'haze-blue'], fit: 'regular' },
  'office-lady': { textures: TAILORED, colours: ['charcoal', 'ivory', 'ink-black'], fit: 'slim' },
  'mob-wife': {
    textures: ['fur', 'satin'],
    colours: ['ink-black', 'espresso', 'burgundy'],
    details: [['collar', 'fur']],
  },
}

const known = new Map<string, readonly NamedColour[]>()
/** The colours of a look, its first one first. */
export function coloursOfLook(id: string, { colours = [] }: Look): readonly NamedColour[] {
  const made =
    known.get(id) ??
    colours.flatMap((colour) => {
      if (typeof colour === 'string') return colourById(colour) ?? []
      const [own, zh, en, hex] = colour
      return [colourOfItsOwn(own, both(zh, en), hex)]
    })
  known.set(id, made)
  return made
}
