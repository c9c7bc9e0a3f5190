/** sRGB (IEC 61966-2-1) to CIE L*a*b* under D65, 2° observer (CIE 15): the one conversion of the house. */

/** A channel of sRGB to linear light; both 0–1. */
export const toLinear = (channel: number): number =>
  channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
/** Linear light to a channel of sRGB; both 0–1. */
export const fromLinear = (light: number): number =>
  light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055

/** L*, a* and b* of linear RGB, 0–1 each. */
export function labOfLinear(r: number, g: number, b: number): [l: number, a: number, b: number] {
  const f = (t: number): number => (t > 216 / 24389 ? Math.cbrt(t) : (24389 / 27) * (t / 116) + 16 / 116)
  const x = f((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047)
  const y = f(0.2126729 * r + 0.7151522 * g + 0.072175 * b)
  const z = f((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883)
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}
