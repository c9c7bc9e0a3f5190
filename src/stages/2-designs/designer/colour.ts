/** Colour arithmetic: sRGB hex ↔ CIE Lab (D65), the difference ΔE 1976, and relative luminance. */
import { labOfLinear, toLinear } from '../../../core/colour.ts'

export interface Lab {
  l: number
  a: number
  b: number
}

/** @param hex `#rrggbb` */
export function rgbOf(hex: string): [number, number, number] {
  const value = Number.parseInt(hex.slice(1), 16)
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255]
}

/** IEC 61966-2-1 to CIE XYZ to CIE 1976 L*a*b*, white point D65. Channels 0–255. */
export function labOfRgb(r: number, g: number, b: number): Lab {
  const [l, a, bLab] = labOfLinear(toLinear(r / 255), toLinear(g / 255), toLinear(b / 255))
  return { l, a, b: bLab }
}

export const labOf = (hex: string): Lab => labOfRgb(...rgbOf(hex))

/** ΔE*ab (CIE 1976): about 2.3 is just noticeable, 100 is black to white. */
export const deltaE = (p: Lab, q: Lab): number => Math.hypot(p.l - q.l, p.a - q.a, p.b - q.b)

export const chromaOf = ({ a, b }: Lab): number => Math.hypot(a, b)
/** Hue angle in degrees, 0–360. */
export const hueOf = ({ a, b }: Lab): number => (Math.atan2(b, a) * (180 / Math.PI) + 360) % 360
export const hueApart = (p: number, q: number): number => Math.min(Math.abs(p - q), 360 - Math.abs(p - q))

/** Darker (amount < 0) or lighter (> 0) by mixing with black or white; amount −1…1. */
export function shade(hex: string, amount: number): string {
  const target = amount < 0 ? 0 : 255
  const share = Math.min(1, Math.abs(amount))
  const mixed = rgbOf(hex).map((channel) => Math.round(channel + (target - channel) * share))
  return `#${mixed.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`
}
