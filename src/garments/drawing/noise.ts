/** Tileable noise. Nothing here depends on the clock, the machine or the order of calls. */

/** A value of −1…1 for an integer lattice point. */
export const hash = (x: number, y: number, seed: number): number =>
  stirred(Math.imul(x, X) ^ Math.imul(y, Y) ^ Math.imul(seed, SEED))

const X = 374761393
const Y = 668265263
const SEED = 1274126177

function stirred(h: number): number {
  h = Math.imul(h ^ (h >>> 13), 1103515245)
  return ((h ^ (h >>> 16)) >>> 0) / 2147483648 - 1
}

/** Lattice units after which it repeats, less one: a power of two. */
const WRAP = 4096 - 1

/** Smooth value noise of −1…1, repeating every 4096 lattice units in both directions. */
export function noise(x: number, y: number, seed: number): number {
  const xi = Math.floor(x)
  const yi = Math.floor(y)
  let fx = x - xi
  let fy = y - yi
  fx = fx * fx * fx * (fx * (fx * 6 - 15) + 10)
  fy = fy * fy * fy * (fy * (fy * 6 - 15) + 10)
  const s = Math.imul(seed, SEED)
  const x0 = Math.imul(xi & WRAP, X) ^ s
  const x1 = Math.imul((xi + 1) & WRAP, X) ^ s
  const y0 = Math.imul(yi & WRAP, Y)
  const y1 = Math.imul((yi + 1) & WRAP, Y)
  const a = stirred(x0 ^ y0)
  const b = stirred(x1 ^ y0)
  const c = stirred(x0 ^ y1)
  const d = stirred(x1 ^ y1)
  return a + (b - a) * fx + (c - a) * fy + (a - b - c + d) * fx * fy
}
