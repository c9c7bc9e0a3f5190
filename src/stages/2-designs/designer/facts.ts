/** What can truthfully be said of a style: read from its parameters, so that words and data cannot part. */
import type { Localized } from '../../../core/values.ts'
import { FIBRES, type Block, type Parameter, type StyleSpec } from '../../../garments/index.ts'

export const both = (zh: string, en: string): Localized => ({ zh, en })

/** Where a parameter stands: −1 at its lower bound, 0 at the default, 1 at the upper bound. */
export function standing(spec: StyleSpec, parameter: Parameter | undefined): number {
  if (!parameter) return 0
  const value = spec.parameters[parameter.key] ?? parameter.default
  const span = value >= parameter.default ? parameter.max - parameter.default : parameter.default - parameter.min
  return span > 0 ? (value - parameter.default) / span : 0
}

/** The parameter that people mean by "length" of this garment. */
export const lengthParameter = (block: Block): Parameter | undefined =>
  ['bodyLength', 'length', 'outseam', 'inseam', 'skirtLength']
    .map((key) => block.parameters.find((parameter) => parameter.key === key))
    .find((parameter) => parameter !== undefined)

/** The eases that make a garment loose or slim. */
export const fitParameters = (block: Block): Parameter[] =>
  block.parameters.filter((p) => /^(chest|waist|hips|seat|hip|knee|thigh)Ease$/i.test(p.key))

export type LengthClass = 'short' | 'regular' | 'long' | 'extra-long'
export type FitClass = 'slim' | 'regular' | 'relaxed' | 'oversized'

export const LENGTH_LABELS: Readonly<Record<LengthClass, Localized>> = {
  short: both('短款', 'cropped'),
  regular: both('常规长度', 'regular-length'),
  long: both('长款', 'long'),
  'extra-long': both('超长款', 'extra-long'),
}
export const FIT_LABELS: Readonly<Record<FitClass, Localized>> = {
  slim: both('修身', 'slim'),
  regular: both('合体', 'regular-fit'),
  relaxed: both('宽松', 'relaxed'),
  oversized: both('廓形', 'oversized'),
}

export function lengthClass(spec: StyleSpec, block: Block): LengthClass {
  const at = standing(spec, lengthParameter(block))
  if (at < -0.35) return 'short'
  if (at > 0.7) return 'extra-long'
  return at > 0.3 ? 'long' : 'regular'
}

export function fitClass(spec: StyleSpec, block: Block): FitClass {
  const eases = fitParameters(block)
  const at = eases.length === 0 ? 0 : eases.reduce((sum, p) => sum + standing(spec, p), 0) / eases.length
  if (at < -0.3) return 'slim'
  if (at > 0.62) return 'oversized'
  return at > 0.25 ? 'relaxed' : 'regular'
}

/** A construction choice that shows on the finished garment, with its words. */
export interface Detail {
  slot: string
  option: string
  slotLabel: Localized
  label: Localized
  /** Chosen rather than the block's default. */
  special: boolean
}

const INVISIBLE = /^(none|no|plain|regular|standard|straight|hem|hemmed|fitted|full|unlined)$/

/** Details worth a word, special ones first. "None" is no detail. */
export function detailsOf(spec: StyleSpec, block: Block): Detail[] {
  return block.construction
    .flatMap((slot): Detail[] => {
      const option = slot.options.find(({ value }) => value === spec.construction[slot.slot])
      if (!option || INVISIBLE.test(option.value)) return []
      // A short sleeve ends in a hem, whatever cuff is kept for the long one.
      if (slot.slot === 'cuff' && spec.construction['sleeve'] === 'short') return []
      return [
        {
          slot: slot.slot,
          option: option.value,
          slotLabel: slot.label,
          label: option.label,
          special: option.value !== slot.default,
        },
      ]
    })
    .sort((a, b) => Number(b.special) - Number(a.special))
}

/** `羊毛80%、聚酰胺纤维20%` / `80% wool and 20% polyamide`. */
export function sayComposition(composition: readonly { fibre: string; percent: number }[]): Localized {
  const name = (fibre: string): Localized =>
    (FIBRES as Readonly<Record<string, Localized>>)[fibre] ?? both(fibre, fibre)
  const only = composition.length === 1 && composition[0] ? composition[0] : undefined
  if (only) return both(`100%${name(only.fibre).zh}`, `100% ${name(only.fibre).en}`)
  const en = composition.map((part) => `${part.percent}% ${name(part.fibre).en}`)
  return {
    zh: composition.map((part) => `${name(part.fibre).zh}${part.percent}%`).join('、'),
    en: `${en.slice(0, -1).join(', ')} and ${en.at(-1) ?? ''}`,
  }
}

/** Finished length of the base size in whole centimetres, where the block has such a parameter. */
export function lengthCm(spec: StyleSpec, block: Block): number | undefined {
  const parameter = lengthParameter(block)
  if (!parameter || parameter.unit !== 'mm') return undefined
  return Math.round((spec.parameters[parameter.key] ?? parameter.default) / 10)
}

/** A parameter's value for people: lengths in centimetres. */
export function sayValue(value: number, unit: string): Localized {
  const trim = (n: number) => String(Number(n.toFixed(1)))
  if (unit === 'mm')
    return Math.abs(value) >= 50
      ? both(`${trim(value / 10)} 厘米`, `${trim(value / 10)} cm`)
      : both(`${trim(value)} 毫米`, `${trim(value)} mm`)
  if (unit === 'pc') return both(trim(value), trim(value))
  return both(`${trim(value)}${unit}`, `${trim(value)}${unit}`)
}
