/** What a trend asks of a garment, resolved against what a block can do. */
import type { Localized } from '../../../core/values.ts'
import { own } from '../../../core/own.ts'
import type { Implies } from '../../1-trends/door.ts'
import { BLOCKS, type Block, type Parameter, type StyleSpec, type Texture } from '../../../garments/index.ts'
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
import { colourById, nearestColour } from './palette.ts'

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
  | { key: 'fabric'; value: Texture; kind: 'texture' }
  | { key: 'colour'; value: string; kind: 'colour' }

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

/** What belongs to a look when the trend says nothing closer. No emblem, insignia or star belongs to any (gate G7). */
const LOOK_PARTS: Readonly<Record<string, (block: Block) => (Wish | undefined)[]>> = {
  military: (b) => [
    optionWish('shoulder', 'epaulette', b),
    optionWish('closure', 'double-breasted', b),
    optionWish('pocket', 'patch-flap', b),
    { key: 'colour', value: 'army-green', kind: 'colour' },
  ],
  'new-chinese': (b) => [optionWish('collar', 'stand', b), optionWish('closure', 'concealed', b)],
  workwear: (b) => [optionWish('pocket', 'patch', b), { key: 'fabric', value: 'canvas', kind: 'texture' }],
  preppy: () => [
    { key: 'fabric', value: 'check', kind: 'texture' },
    { key: 'colour', value: 'navy', kind: 'colour' },
  ],
  minimalist: (b) => [optionWish('closure', 'concealed', b), optionWish('pocket', 'welt', b)],
  street: () => [{ key: 'silhouette', value: 'oversized', kind: 'fit' }],
  sporty: () => [{ key: 'silhouette', value: 'relaxed', kind: 'fit' }],
  gorpcore: (b) => [optionWish('pocket', 'patch-flap', b), { key: 'colour', value: 'moss', kind: 'colour' }],
  'old-money': () => [
    { key: 'fabric', value: 'herringbone', kind: 'texture' },
    { key: 'colour', value: 'camel', kind: 'colour' },
  ],
  british: () => [{ key: 'fabric', value: 'check', kind: 'texture' }],
  androgynous: () => [{ key: 'silhouette', value: 'relaxed', kind: 'fit' }],
  dopamine: () => [{ key: 'colour', value: 'ginkgo', kind: 'colour' }],
  nautical: () => [
    { key: 'fabric', value: 'stripe', kind: 'texture' },
    { key: 'colour', value: 'navy', kind: 'colour' },
  ],
  equestrian: () => [
    { key: 'fabric', value: 'corduroy', kind: 'texture' },
    { key: 'colour', value: 'walnut', kind: 'colour' },
  ],
  academia: () => [
    { key: 'fabric', value: 'herringbone', kind: 'texture' },
    { key: 'colour', value: 'tea', kind: 'colour' },
  ],
  'western-cowboy': () => [{ key: 'fabric', value: 'denim', kind: 'texture' }],
  'american-retro': () => [{ key: 'fabric', value: 'denim', kind: 'texture' }],
  resort: () => [{ key: 'fabric', value: 'linen', kind: 'texture' }],
  lazy: () => [{ key: 'silhouette', value: 'relaxed', kind: 'fit' }],
  maillard: () => [{ key: 'colour', value: 'tea', kind: 'colour' }],
}

/** Looks a trend names, itself or by one of its words. */
const looksOf = (trend: BriefTrend): string[] =>
  trend.implies.flatMap(({ attribute }) => (attribute?.key === 'style' ? [attribute.value] : []))

/** What one word asks that this block can do. */
export const wishesOfWord = (
  { construction = {}, texture, colour, parameters = {}, attribute }: Implies,
  block: Block,
): Wish[] =>
  [
    ...Object.entries(construction).map(([slot, option]) => optionWish(slot, option, block)),
    ...Object.entries(parameters).map(([key, place]) => parameterWish(key, place, block)),
    texture ? ({ key: 'fabric', value: texture, kind: 'texture' } as const) : undefined,
    colour ? ({ key: 'colour', value: nearestColour(colour).colour.id, kind: 'colour' } as const) : undefined,
    attribute?.key === 'length' && own(LENGTHS, attribute.value) && Object.keys(parameters).length === 0
      ? ({ key: 'length', value: own(LENGTHS, attribute.value) ?? 'regular', kind: 'length' } as const)
      : undefined,
    attribute?.key === 'silhouette' && own(FITS, attribute.value) && Object.keys(parameters).length === 0
      ? ({ key: 'silhouette', value: own(FITS, attribute.value) ?? 'regular', kind: 'fit' } as const)
      : undefined,
  ].filter((wish) => wish !== undefined)

/** What stands for a look in this block; nothing where no garment can show the look. */
export const lookParts = (look: string, block: Block): Wish[] | undefined =>
  own(LOOK_PARTS, look)?.(block).filter((wish) => wish !== undefined)

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

/** Is the look's name deserved: one of the parts that stand for it is there. */
export const deserves = (spec: StyleSpec, block: Block, look: string): boolean => {
  const parts = lookParts(look, block)
  if (parts === undefined) return true
  const inColour = parts.every(({ kind }) => kind === 'colour')
  return parts.some((wish) => (inColour || wish.kind !== 'colour') && meets(spec, block, wish))
}

/** Looks a style may be named after, with the trend that says so. */
export const deservedLooks = (spec: StyleSpec, block: Block, trend: BriefTrend): string[] =>
  looksOf(trend).filter((look) => own(LOOK_PARTS, look) !== undefined && deserves(spec, block, look))

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
    case 'parameter':
      return both(
        `${wish.parameter.label.zh}${wish.place >= 0.5 ? '偏大' : '偏小'}`,
        `${wish.place >= 0.5 ? 'more' : 'less'} ${wish.parameter.label.en.toLowerCase()}`,
      )
    case 'texture':
      return both(wish.value, wish.value)
    case 'colour':
      return colourById(wish.value)?.name ?? both(wish.value, wish.value)
  }
}
