import type { Localized, Minor } from '../../core/values.ts'
import type { BomRow, Draft, SizeDraft, StyleSpec } from '../types.ts'

/** A trim of one garment, before it is a row: prices in CNY fen (assumptions, as the cloth prices are). */
export interface Trim {
  role: Extract<BomRow['role'], 'trim' | 'label' | 'packaging'>
  code: string
  name: Localized
  specification: Localized
  placement: Localized
  unit: BomRow['unit']
  quantity: Readonly<Record<string, number>>
  wastePercent: number
  fen: Minor
  /** Mass of one unit, g. */
  grams: number
  /** Whose colour it takes: a key of the colourway, the next one where that is not named; none = not coloured. */
  colourFrom: readonly string[]
}

export const each = (draft: Draft, quantity: (size: SizeDraft) => number): Record<string, number> =>
  Object.fromEntries(draft.sizes.map((size) => [size.size, quantity(size)]))
export const round = (value: number, digits: number): number => Number(value.toFixed(digits))
export const both = (zh: string, en: string): Localized => ({ zh, en })

/** Lengths by size, in words: "S 620, M 635 mm"; one figure where all sizes agree. */
export function bySize(lengths: Readonly<Record<string, number>>, unit: Localized): Localized {
  const values = Object.entries(lengths)
  const same = values.every(([, value]) => value === values[0]?.[1])
  const say = (lang: 'zh' | 'en'): string =>
    same
      ? `${values[0]?.[1]} ${unit[lang]}`
      : `${values.map(([size, value]) => `${size}: ${value}`).join(lang === 'zh' ? '，' : ', ')} ${unit[lang]}`
  return { zh: say('zh'), en: say('en') }
}

export const chosen = (spec: StyleSpec, slot: string): string => spec.construction[slot] ?? 'none'
export const has = (spec: StyleSpec, slot: string): boolean => chosen(spec, slot) !== 'none'
