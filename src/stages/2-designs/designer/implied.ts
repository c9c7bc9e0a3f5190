/** What a trend asks of a garment, resolved against what a block can do. */
import type { Localized } from '../../../core/values.ts'
import { own } from '../../../core/own.ts'
import { termOf, VOCABULARY, type Implies } from '../../1-trends/door.ts'
import {
  BLOCKS,
  definitionOf,
  type Block,
  type Parameter,
  type StyleSpec,
  type Texture,
} from '../../../garments/index.ts'
import type { BriefTrend } from './designer.ts'
import {
  both,
  FIT_LABELS,
  fitClass,
  fitParameters,
  LENGTH_LABELS,
  lengthClass,
  lengthParameter,
  type FitClass,
  type LengthClass,
} from './facts.ts'
import { coloursOfLook, LOOKS } from './looks.ts'
import { colourById, isOfColour, nearestColour, type NamedColour } from './palette.ts'

/** Looks as a shop prints them in a name; a look that is not here keeps the trend's own label. */
export const STYLE_TAGS: Readonly<Record<string, Localized>> = {
  military: both('军装风', 'military'),
  'new-chinese': both('新中式', 'new Chinese'),
  workwear: both('工装风', 'workwear'),
  preppy: both('学院风', 'preppy'),
  retro: both('复古', 'retro'),
  minimalist: both('简约', 'minimal'),
  sporty: both('运动风', 'sporty'),
  gorpcore: both('山系', 'outdoor'),
  street: both('街头', 'street'),
  commute: both('通勤', 'office'),
  french: both('法式', 'French-style'),
  'western-cowboy': both('西部风', 'western'),
  androgynous: both('中性风', 'androgynous'),
  dopamine: both('多巴胺', 'bright'),
  maillard: both('美拉德', 'Maillard-brown'),
  nautical: both('海军风', 'nautical'),
  equestrian: both('马术风', 'riding'),
  academia: both('书院风', 'bookish'),
  'american-retro': both('美式复古', 'American vintage'),
  resort: both('度假风', 'holiday'),
  lazy: both('慵懒风', 'easy'),
  'old-money': both('老钱风', 'understated'),
  'quiet-luxury': both('静奢', 'quiet'),
  'mint-mambo': both('薄荷曼波', 'mint'),
  coquette: both('甜美', 'sweet'),
  balletcore: both('芭蕾风', 'ballet-style'),
  'clean-fit': both('清冷感', 'clean-cut'),
  'office-lady': both('白领', 'office'),
  'mob-wife': both('大女主风', 'dramatic'),
  british: both('英伦风', 'British-style'),
  casual: both('休闲', 'casual'),
  pastoral: both('田园', 'prairie'),
}

export type Wish =
  | { key: string; value: string; kind: 'option'; slot: string; option: string }
  | { key: 'length'; value: LengthClass; kind: 'length' }
  | { key: 'silhouette'; value: FitClass; kind: 'fit' }
  /** A place within the parameter's own range, 0 to 1. */
  | { key: string; value: string; kind: 'parameter'; parameter: Parameter; place: number }
  /** Any one of them; `value` is the one it is called by. */
  | { key: 'fabric'; value: Texture; kind: 'texture'; any: readonly Texture[] }
  /** A colour, or the palette of a wave; `value` is the first one's id. */
  | { key: 'colour'; value: string; kind: 'colour'; colours: readonly NamedColour[] }

const LENGTHS: Readonly<Record<string, LengthClass>> = {
  short: 'short',
  cropped: 'short',
  'ultra-short': 'short',
  mini: 'short',
  regular: 'regular',
  'regular-length': 'regular',
  mid: 'regular',
  'mid-length': 'long',
  long: 'long',
  midi: 'long',
  knee: 'long',
  'knee-length': 'long',
  'over-knee': 'long',
  'extra-long': 'extra-long',
  maxi: 'extra-long',
  ankle: 'extra-long',
  'floor-length': 'extra-long',
}
const FITS: Readonly<Record<string, FitClass>> = {
  fitted: 'slim',
  slim: 'slim',
  bodycon: 'slim',
  loose: 'relaxed',
  relaxed: 'relaxed',
  'wide-leg': 'relaxed',
  oversized: 'oversized',
  cocoon: 'oversized',
  lazy: 'relaxed',
}

/** Options of nearly the same look, for blocks that do not have the one a trend names. */
const ALIKE: Readonly<Record<string, readonly string[]>> = {
  stand: ['band', 'mock'],
  band: ['stand'],
  'patch-flap': ['patch', 'flap', 'two-flap'],
  patch: ['patch-flap'],
  flap: ['patch-flap', 'jetted', 'two-flap'],
  welt: ['jetted'],
  chest: ['two-flap'],
  'double-breasted': ['two-button'],
  notched: ['classic'],
}

function optionWish(slotName: string, value: string, block: Block): Wish | undefined {
  const slot = block.construction.find((candidate) => candidate.slot === slotName)
  const option = [value, ...(own(ALIKE, value) ?? [])].find((name) =>
    slot?.options.some((candidate) => candidate.value === name),
  )
  return slot && option ? { key: slotName, value: option, kind: 'option', slot: slotName, option } : undefined
}

function parameterWish(key: string, place: number, block: Block): Wish | undefined {
  const parameter = block.parameters.find((candidate) => candidate.key === key)
  if (!parameter) return undefined
  const fit = fitParameters(block).includes(parameter) ? 'silhouette' : key
  const named = parameter === lengthParameter(block) ? 'length' : fit
  return { key: named, value: `${key}@${place}`, kind: 'parameter', parameter, place }
}

/** The look that a word names: a style, or a colour that is a whole palette. */
export const lookOfWord = ({ attribute, colour }: Implies): string | undefined => {
  if (attribute === undefined || (attribute.key !== 'style' && !own(LOOKS, attribute.value)?.ofColour)) return undefined
  return colour === undefined || attribute.key === 'style' ? attribute.value : undefined
}

/** Looks a trend names, itself or by one of its words. */
const looksOf = (trend: BriefTrend): string[] => trend.implies.flatMap((implied) => lookOfWord(implied) ?? [])

const clothOf = (any: readonly Texture[], block: Block): Wish[] => {
  const shells: readonly Texture[] = definitionOf(block.category).cloth.shell.textures
  // A cloth that no such garment is made of stays asked for: what is missing is told.
  const suited = any.filter((texture) => shells.includes(texture))
  const offered = suited.length > 0 ? suited : any
  return offered[0] ? [{ key: 'fabric', value: offered[0], kind: 'texture', any: offered }] : []
}

/** A colour word keeps its own name and value; what has a colour besides (denim) gets the palette's. */
function colourOfWord(hex: string, attribute: Implies['attribute']): Wish {
  const itself = attribute?.key === 'colour' ? colourById(`trend-${attribute.value}`) : undefined
  const colour = itself ?? nearestColour(hex).colour
  return { key: 'colour', value: colour.id, kind: 'colour', colours: [colour] }
}

/** One thing that a word or a look asks for, and how a block would do it; nothing where it has no way to. */
export interface Part {
  label: Localized
  wish: Wish | undefined
  /** Among the parts of one word or look. */
  weight: number
}

/** What the colours of a wave count for beside its cloth, its details and its silhouette. */
const COLOURS_ARE_THE_LOOK = 3
/** A look is known by its cloth before its details: a coat of melton is no resort wear in whatever colour. */
const CLOTH_OF_A_LOOK = 1.5

const joined = (names: readonly Localized[]): Localized =>
  both(names.map(({ zh }) => zh).join('、'), names.map(({ en }) => en.toLowerCase()).join(', '))

/**
 * Everything that one word asks for, as a block could do it. A measure that other garments have is not asked of this one:
 * "loose" is four eases, of which a T-shirt has two.
 */
export function partsOfWord(
  { construction = {}, texture, colour, parameters = {}, attribute }: Implies,
  block: Block,
): Part[] {
  const part = (label: Localized, wish: Wish | undefined): Part => ({ label, wish, weight: 1 })
  const itself = (wish: Wish): Part => part(sayWish(wish, block), wish)
  const measured = Object.keys(parameters).length > 0
  const length = attribute?.key === 'length' && !measured ? own(LENGTHS, attribute.value) : undefined
  const fit = attribute?.key === 'silhouette' && !measured ? own(FITS, attribute.value) : undefined
  return [
    ...Object.entries(construction).map(([slot, option]) =>
      part(sayOption(slot, option), optionWish(slot, option, block)),
    ),
    ...Object.entries(parameters).flatMap(([key, place]) => {
      const wish = parameterWish(key, place, block)
      return wish ? [itself(wish)] : []
    }),
    ...(texture ? [itself({ key: 'fabric', value: texture, kind: 'texture', any: [texture] })] : []),
    ...(colour ? [itself(colourOfWord(colour, attribute))] : []),
    ...(length ? [itself({ key: 'length', value: length, kind: 'length' })] : []),
    ...(fit ? [itself({ key: 'silhouette', value: fit, kind: 'fit' })] : []),
  ]
}

/** What one word asks that this block can do. */
export const wishesOfWord = (implied: Implies, block: Block): Wish[] =>
  partsOfWord(implied, block).flatMap(({ wish }) => wish ?? [])

/** Everything that a look is known by, as a block could show it; undefined where no garment can show the look. */
export function partsOfLook(id: string, block: Block): Part[] | undefined {
  const look = own(LOOKS, id)
  if (!look) return undefined
  const colours = coloursOfLook(id, look)
  const { textures = [], details = [], fit } = look
  const [first] = colours
  return [
    ...(first
      ? [
          {
            label: joined(colours.map(({ name }) => name)),
            wish: { key: 'colour', value: first.id, kind: 'colour', colours } as const,
            weight: look.ofColour ? COLOURS_ARE_THE_LOOK : 1,
          },
        ]
      : []),
    ...clothOf(textures, block).map((wish) => ({
      label: joined(textures.map(sayTexture)),
      wish,
      weight: CLOTH_OF_A_LOOK,
    })),
    ...details.map(([slot, option]) => ({
      label: sayOption(slot, option),
      wish: optionWish(slot, option, block),
      weight: 1,
    })),
    ...(fit && fitParameters(block).length > 0
      ? [{ label: FIT_LABELS[fit], wish: { key: 'silhouette', value: fit, kind: 'fit' } as const, weight: 1 }]
      : []),
  ]
}

/** What stands for a look in this block; undefined where no garment can show the look. */
export const lookParts = (look: string, block: Block): Wish[] | undefined =>
  partsOfLook(look, block)?.flatMap(({ wish }) => wish ?? [])

/** A cloth's look by the word of the vocabulary that asks for nothing else. */
export const sayTexture = (texture: string): Localized =>
  termOf(texture)?.label ??
  VOCABULARY.find(({ kind, implies }) => kind === 'fabric' && implies.texture === texture)?.label ??
  both(texture, texture)

const optionNames = new Map<string, Localized>()
/** An option in words, also one that only other blocks have. */
export function sayOption(slotName: string, option: string): Localized {
  const name = `${slotName} ${option}`
  const said = optionNames.get(name) ?? optionIn(slotName, option)
  optionNames.set(name, said)
  return said
}
function optionIn(slotName: string, option: string): Localized {
  for (const block of BLOCKS)
    for (const { slot, options } of block.construction)
      for (const { value, label } of options) if (slot === slotName && value === option) return label
  return termOf(option)?.label ?? both(`${slotName}: ${option}`, `${slotName}: ${option}`)
}

/**
 * Everything a trend asks that this block can do, closest words first: what the term itself says goes before what its
 * parts say, and before what its look stands for.
 */
export function wishesOf(trend: BriefTrend, block: Block): Wish[] {
  const said = trend.implies.flatMap((implied) => wishesOfWord(implied, block))
  const looks = looksOf(trend).flatMap((look) => lookParts(look, block) ?? [])
  const wishes: Wish[] = []
  for (const wish of [...said, ...looks])
    if (!wishes.some((other) => subjectOf(other) === subjectOf(wish))) wishes.push(wish)
  return wishes
}

/** What two wishes must not both decide. */
export const subjectOf = (wish: Wish): string =>
  wish.kind === 'parameter' ? `parameter ${wish.parameter.key}` : wish.key

/** Does the block have anything to do with this trend: named as the garment, or a part of it can be made? */
export function concerns(trend: BriefTrend, block: Block, wishes: readonly Wish[]): boolean {
  const categories = trend.implies.flatMap(({ category }) => category ?? [])
  const genders = trend.implies.flatMap(({ gender }) => gender ?? [])
  if (categories.length > 0) return categories.includes(block.category)
  if (genders.length > 0 && !genders.includes(block.gender)) return false
  if (wishes.length === 0 || hasMoreThanColour(wishes)) return wishes.length > 0
  // A colour that comes with a shape or a cloth is the lesser part of it; a wave of colour is nothing else.
  return !BLOCKS.some((other) => hasMoreThanColour(wishesOf(trend, other)))
}

const hasMoreThanColour = (wishes: readonly Wish[]): boolean => wishes.some(({ kind }) => kind !== 'colour')

/** Is the look's name deserved: its colours are there where they are the look, else another of the parts that stand for it. */
export const deserves = (spec: StyleSpec, block: Block, look: string): boolean => {
  const parts = lookParts(look, block)
  if (parts === undefined) return true
  const byColour = own(LOOKS, look)?.ofColour === true || parts.every(({ kind }) => kind === 'colour')
  return parts.some((wish) => byColour === (wish.kind === 'colour') && meets(spec, block, wish))
}

/** Looks a style may be named after, with the trend that says so. */
export const deservedLooks = (spec: StyleSpec, block: Block, trend: BriefTrend): string[] =>
  looksOf(trend).filter((look) => own(LOOKS, look) !== undefined && deserves(spec, block, look))

/** A colour is there in one colourway; a palette in two, or in all where there are fewer. */
function inColours({ colourways }: StyleSpec, colours: readonly NamedColour[]): boolean {
  const shells = colourways.map((way) => way.colours['shell'] ?? '#808080')
  const of = shells.filter((hex) => colours.some((colour) => isOfColour(hex, colour))).length
  return of >= Math.min(colours.length, shells.length, 2) && of > 0
}

/** How near a parameter has to be to a wished place, as a share of its range. */
const NEAR = 0.16

/** Does the style do what the wish asks? */
export function meets(spec: StyleSpec, block: Block, wish: Wish): boolean {
  switch (wish.kind) {
    case 'option':
      return spec.construction[wish.slot] === wish.option
    case 'length':
      return lengthClass(spec, block) === wish.value
    case 'fit':
      return fitClass(spec, block) === wish.value
    case 'parameter': {
      const { key, min, max, default: preset } = wish.parameter
      return max > min && Math.abs(((spec.parameters[key] ?? preset) - min) / (max - min) - wish.place) <= NEAR
    }
    case 'texture':
      return wish.any.some((texture) => texture === spec.materials.shell?.texture)
    case 'colour':
      return inColours(spec, wish.colours)
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
    case 'parameter':
      return both(
        `${wish.parameter.label.zh}${wish.place >= 0.5 ? '偏大' : '偏小'}`,
        `${wish.place >= 0.5 ? 'more' : 'less'} ${wish.parameter.label.en.toLowerCase()}`,
      )
    case 'texture':
      return sayTexture(wish.value)
    case 'colour':
      return joined(wish.colours.map(({ name }) => name))
  }
}
