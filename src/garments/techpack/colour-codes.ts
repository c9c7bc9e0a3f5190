/** Colours as others name them: the nearest chip of an open system, and the code that the house gives them. */
import { createRequire } from 'node:module'
import type * as Munsell from 'munsell'
import { labOfLinear } from '../../core/colour.ts'
import { labOf } from './colour.ts'

let opened: typeof Munsell | undefined
/** Its tables take a quarter of a second and 6 MB: who makes no brief does without. */
const book = (): typeof Munsell => (opened ??= createRequire(import.meta.url)('munsell') as typeof Munsell)

export interface Chip {
  /** `5GY 4/2`, `N 9/`. */
  notation: string
  /** ΔE*ab (CIE 1976) from the colour, one decimal. */
  deltaE: number
}

const HUES = ['R', 'YR', 'Y', 'GY', 'G', 'BG', 'B', 'PB', 'P', 'RP'] as const
/** A hue of the circle of 100: `2.5`, `5`, `7.5` or `10` and its letters. */
function hueName(hue: number): string {
  const turn = ((hue % 100) + 100) % 100
  const step = turn % 10
  // Ten of one hue is nought of the next.
  const family = Math.floor((step === 0 ? turn + 90 : turn) / 10) % 10
  return `${step === 0 ? 10 : step}${HUES[family]}`
}

const around = (value: number, step: number): number[] => {
  const low = Math.floor(value / step) * step
  return [low, low + step]
}

/**
 * The chip of the Munsell book nearest to a colour: the renotation of 1943, hue in steps of 2.5, whole value, even chroma.
 * Every dye house has the book or a table of it, and it belongs to nobody.
 * @throws RangeError for anything but six hex digits
 */
export function munsellOf(hex: string): Chip {
  const lab = labOf(hex)
  const { hexToMhvc, mhvcToLinearRgb } = book()
  const [hue, value, chroma] = hexToMhvc(hex)
  const chips = around(value, 1).flatMap((v) =>
    v < 1 || v > 9
      ? [{ h: 0, v: Math.min(9.5, Math.max(0.5, v)), c: 0 }]
      : [
          { h: 0, v, c: 0 },
          ...around(hue, 2.5).flatMap((h) => around(chroma, 2).flatMap((c) => (c >= 2 ? [{ h, v, c }] : []))),
        ],
  )
  let best: Chip | undefined
  for (const { h, v, c } of chips) {
    const other = labOfLinear(...mhvcToLinearRgb(h, v, c))
    const deltaE = Math.hypot(...other.map((part, i) => part - (lab[i] ?? 0)))
    const notation = c ? `${hueName(h)} ${v}/${c}` : `N ${v}/`
    if (!best || deltaE < best.deltaE) best = { notation, deltaE }
  }
  return { notation: best?.notation ?? '', deltaE: Math.round((best?.deltaE ?? 0) * 10) / 10 }
}

const CODE = /^\s*(#[0-9a-fA-F]{6})\s*[=:：＝]\s*(\S(?:.{0,38}\S)?)\s*$/

/**
 * A house's own codes as they are typed: a line per colour, `#4b5320 = 19-0509`.
 * @returns by colour in small letters; `bad` is the first line that is none
 */
export function readColourCodes(text: string): { codes: Record<string, string>; bad?: string } {
  const codes: Record<string, string> = {}
  for (const line of text.split('\n').filter((each) => each.trim() !== '')) {
    const [, hex, code] = CODE.exec(line) ?? []
    if (!hex || !code) return { codes, bad: line.trim() }
    codes[hex.toLowerCase()] = code
  }
  return { codes }
}
