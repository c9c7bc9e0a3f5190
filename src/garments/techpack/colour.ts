/** sRGB (IEC 61966-2-1) as numbers a dye house and a PDF understand. */
import { labOfLinear, toLinear } from '../../core/colour.ts'

/** '#4B5320' → [75, 83, 32]. @throws RangeError for anything but six hex digits */
export function rgbOf(hex: string): [number, number, number] {
  const digits = /^#?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(hex)
  if (!digits) throw new RangeError(`"${hex}" is not a colour like #4b5320`)
  return [1, 2, 3].map((i) => Number.parseInt(digits[i] ?? '', 16)) as [number, number, number]
}

/** CIELAB under D65, 2° observer, one decimal: what a laboratory dip is matched to (CIE 15). */
export function labOf(hex: string): [number, number, number] {
  const [r, g, b] = rgbOf(hex).map((channel) => toLinear(channel / 255)) as [number, number, number]
  return labOfLinear(r, g, b).map((value) => Math.round(value * 10) / 10 + 0) as [number, number, number]
}

/** Whether words on a colour should be light. */
export const isDark = (hex: string): boolean => labOf(hex)[0] < 55
