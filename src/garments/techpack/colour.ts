/** sRGB (IEC 61966-2-1) as numbers a dye house and a PDF understand. */

/** '#4B5320' → [75, 83, 32]. @throws RangeError for anything but six hex digits */
export function rgbOf(hex: string): [number, number, number] {
  const digits = /^#?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(hex)
  if (!digits) throw new RangeError(`"${hex}" is not a colour like #4b5320`)
  return [1, 2, 3].map((i) => Number.parseInt(digits[i] ?? '', 16)) as [number, number, number]
}

/** CIELAB under D65, 2° observer, one decimal: what a laboratory dip is matched to (CIE 15). */
export function labOf(hex: string): [number, number, number] {
  const [r, g, b] = rgbOf(hex).map((v) => {
    const c = v / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  const [x, y, z] = [
    (0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047,
    0.2126729 * r + 0.7151522 * g + 0.072175 * b,
    (0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883,
  ].map((t) => (t > 216 / 24389 ? Math.cbrt(t) : (24389 / 27 / 116) * t + 16 / 116)) as [number, number, number]
  const round = (v: number) => Math.round(v * 10) / 10 + 0
  return [round(116 * y - 16), round(500 * (x - y)), round(200 * (y - z))]
}

/** Whether words on a colour should be light. */
export const isDark = (hex: string): boolean => labOf(hex)[0] < 55
