/** What a trend asks of a garment, resolved against what a block can do. */
import type { Localized } from '../../core/values.ts'
import type { Block, StyleSpec, Texture } from '../../garments/index.ts'
import { TEXTURES } from '../../garments/index.ts'
import type { BriefTrend } from './designer.ts'
import { both, FIT_LABELS, fitClass, LENGTH_LABELS, lengthClass, type FitClass, type LengthClass } from './facts.ts'
import { lexiconFor, tokenize, type Meaning } from './lexicon.ts'
import { colourById, FAMILY_WORDS, nearestColour, type ColourFamily } from './palette.ts'

/** Looks that are no single part of a garment: kept as a tag, with the parts a block may have for it. */
export const STYLE_TAGS: Readonly<Record<string, Localized>> = {
  military: both('军装风', 'military'),
  'new-chinese': both('新中式', 'new Chinese'),
  chinese: both('国风', 'Chinese-style'),
  workwear: both('工装风', 'workwear'),
  preppy: both('学院风', 'preppy'),
  retro: both('复古', 'retro'),
  minimal: both('简约', 'minimal'),
  sporty: both('运动风', 'sporty'),
  outdoor: both('户外风', 'outdoor'),
  street: both('街头', 'street'),
  commuter: both('通勤', 'office'),
  romantic: both('法式浪漫', 'romantic'),
  western: both('西部风', 'western'),
  boyish: both('中性风', 'boyish'),
  dopamine: both('多巴胺穿搭', 'bright dressing'),
  'old-money': both('老钱风', 'quiet luxury look'),
}

export type Wish =
  | { key: string; value: string; kind: 'option'; slot: string; option: string }
  | { key: 'length'; value: LengthClass; kind: 'length' }
  | { key: 'silhouette'; value: FitClass; kind: 'fit' }
  | { key: 'fabric'; value: Texture; kind: 'texture' }
  | { key: 'colour'; value: string; kind: 'colour' }

const LENGTHS: Readonly<Record<string, LengthClass>> = {
  short: 'short',
  cropped: 'short',
  crop: 'short',
  mini: 'short',
  regular: 'regular',
  mid: 'regular',
  long: 'long',
  midi: 'long',
  'knee-length': 'long',
  'extra-long': 'extra-long',
  maxi: 'extra-long',
  'ankle-length': 'extra-long',
}
const FITS: Readonly<Record<string, FitClass>> = {
  slim: 'slim',
  fitted: 'slim',
  skinny: 'slim',
  tight: 'slim',
  regular: 'regular',
  straight: 'regular',
  relaxed: 'relaxed',
  loose: 'relaxed',
  wide: 'relaxed',
  oversized: 'oversized',
  oversize: 'oversized',
  boxy: 'oversized',
  cocoon: 'oversized',
}

const isTexture = (value: string): value is Texture => (TEXTURES as readonly string[]).includes(value)

function colourWish(value: string): Wish | undefined {
  if (value.startsWith('#')) return { key: 'colour', value: nearestColour(value).colour.id, kind: 'colour' }
  const family = FAMILY_WORDS[value as ColourFamily] as (typeof FAMILY_WORDS)[ColourFamily] | undefined
  const id = colourById(value)?.id ?? (family ? family.typical : undefined)
  if (id) return { key: 'colour', value: id, kind: 'colour' }
  return undefined
}

function wishOfMeaning(meaning: Meaning): Wish | undefined {
  switch (meaning.kind) {
    case 'option':
      return { key: meaning.slot, value: meaning.option, kind: 'option', slot: meaning.slot, option: meaning.option }
    case 'texture': {
      const texture = meaning.textures[0]
      return texture ? { key: 'fabric', value: texture, kind: 'texture' } : undefined
    }
    case 'colour':
      return { key: 'colour', value: meaning.id, kind: 'colour' }
    case 'family':
      return { key: 'colour', value: FAMILY_WORDS[meaning.family].typical, kind: 'colour' }
    default:
      return undefined
  }
}

/** One implied key and value as what this block can do about it; undefined where it can do nothing. */
function wishOf(key: string, value: string, block: Block): Wish | undefined {
  if (key === 'length') return LENGTHS[value] ? { key, value: LENGTHS[value], kind: 'length' } : undefined
  if (key === 'silhouette' || key === 'fit')
    return FITS[value] ? { key: 'silhouette', value: FITS[value], kind: 'fit' } : undefined
  if (key === 'colour' || key === 'color') return colourWish(value)
  const slot = block.construction.find((candidate) => candidate.slot === key)
  if (slot?.options.some((option) => option.value === value))
    return { key, value, kind: 'option', slot: key, option: value }
  if ((key === 'fabric' || key === 'material' || key === 'texture' || key === 'pattern') && isTexture(value))
    return { key: 'fabric', value, kind: 'texture' }
  // A vocabulary may say it otherwise than the block ("epaulettes" for shoulder: epaulette): read it as words.
  const [token] = tokenize(value.replaceAll('-', ' '), lexiconFor(block, [])).filter(({ meanings }) =>
    meanings.some((meaning) => wishOfMeaning(meaning)),
  )
  const meanings = token?.meanings ?? []
  const chosen = meanings.find((meaning) => meaning.kind === 'option' && meaning.slot === key) ?? meanings[0]
  return chosen ? wishOfMeaning(chosen) : undefined
}

/** Everything a trend asks that this block can do. */
export function wishesOf(trend: BriefTrend, block: Block): Wish[] {
  const wishes = Object.entries(trend.implies).flatMap(([key, values]) =>
    ['category', 'gender', 'season', 'style'].includes(key)
      ? []
      : values.flatMap((value) => wishOf(key, value, block) ?? []),
  )
  // A look stands for parts where the block has them.
  const looks = trend.implies['style'] ?? []
  const parts = looks
    .flatMap((look) => LOOK_PARTS[look] ?? [])
    .flatMap(([key, value]) => wishOf(key, value, block) ?? [])
  const asked = new Set(wishes.map(({ key }) => key))
  return [...wishes, ...parts.filter(({ key }) => !asked.has(key))]
}

/** What belongs to a look when the trend says nothing closer. No emblem, insignia or star belongs to any (gate G7). */
const LOOK_PARTS: Readonly<Record<string, readonly (readonly [key: string, value: string])[]>> = {
  military: [
    ['shoulder', 'epaulette'],
    ['closure', 'double-breasted'],
    ['pocket', 'patch-flap'],
    ['colour', 'army-green'],
  ],
  'new-chinese': [
    ['collar', 'stand'],
    ['collar', 'band'],
    ['closure', 'concealed'],
  ],
  chinese: [
    ['collar', 'stand'],
    ['collar', 'band'],
  ],
  workwear: [
    ['pocket', 'patch'],
    ['fabric', 'canvas'],
    ['silhouette', 'relaxed'],
  ],
  preppy: [
    ['fabric', 'check'],
    ['colour', 'navy'],
  ],
  minimal: [
    ['closure', 'concealed'],
    ['pocket', 'welt'],
  ],
  street: [['silhouette', 'oversized']],
  sporty: [['silhouette', 'relaxed']],
  outdoor: [
    ['fabric', 'fleece'],
    ['colour', 'moss'],
  ],
  'old-money': [
    ['colour', 'camel'],
    ['fabric', 'herringbone'],
  ],
}

/** Does the block have anything to do with this trend: named as the garment, or a part of it can be made? */
export const concerns = (trend: BriefTrend, block: Block, wishes: readonly Wish[]): boolean => {
  const named = trend.implies['category'] ?? []
  const genders = trend.implies['gender'] ?? []
  if (genders.length > 0 && !genders.includes(block.gender)) return false
  return named.length > 0
    ? named.includes(block.category)
    : wishes.some(({ kind }) => kind !== 'colour') || onlyColour(trend)
}
/** A trend that is nothing but a colour can be any garment. */
const onlyColour = (trend: BriefTrend): boolean =>
  Object.keys(trend.implies).length > 0 && Object.keys(trend.implies).every((key) => key === 'colour')

/** Is the look's name deserved: one of the parts that stand for it is there. */
export const deserves = (spec: StyleSpec, block: Block, look: string): boolean => {
  const parts = LOOK_PARTS[look] ?? []
  const wishes = parts.flatMap(([key, value]) => wishOf(key, value, block) ?? [])
  return parts.length === 0 || wishes.some((wish) => wish.kind !== 'colour' && meets(spec, block, wish))
}

/** Does the style do what the wish asks? */
export function meets(spec: StyleSpec, block: Block, wish: Wish): boolean {
  switch (wish.kind) {
    case 'option':
      return spec.construction[wish.slot] === wish.option
    case 'length':
      return lengthClass(spec, block) === wish.value
    case 'fit':
      return fitClass(spec, block) === wish.value
    case 'texture':
      return spec.materials.shell?.texture === wish.value
    case 'colour':
      return spec.colourways.some(
        ({ colours }) => nearestColour(colours['shell'] ?? '#808080').colour.id === wish.value,
      )
  }
}

export const sayWish = (wish: Wish, block: Block): Localized => {
  switch (wish.kind) {
    case 'option':
      return (
        block.construction.find(({ slot }) => slot === wish.slot)?.options.find(({ value }) => value === wish.option)
          ?.label ?? both(wish.value, wish.value)
      )
    case 'length':
      return LENGTH_LABELS[wish.value]
    case 'fit':
      return FIT_LABELS[wish.value]
    case 'texture':
      return both(wish.value, wish.value)
    case 'colour':
      return colourById(wish.value)?.name ?? both(wish.value, wish.value)
  }
}
