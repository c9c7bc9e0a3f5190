/** Tileable noise. Nothing here depends on the clock, the machine or the order of calls. */

/** A value of −1…1 for an integer lattice point. */
export function hash(x: number, y: number, seed: number): number {
  let h = Math.imul(x, 374761393) ^ Math.imul(y, 668265263) ^ Math.imul(seed, 1274126177)
  h = Math.imul(h ^ (h >>> 13), 1103515245)
  return ((h ^ (h >>> 16)) >>> 0) / 2147483648 - 1
}

/** Smooth value noise of −1…1, repeating every `wrap` lattice units in both directions. */
export function noise(x: number, y: number, seed: number, wrap = 4096): number {
  const xi = Math.floor(x)
  const yi = Math.floor(y)
  let fx = x - xi
  let fy = y - yi
  fx = fx * fx * fx * (fx * (fx * 6 - 15) + 10)
  fy = fy * fy * fy * (fy * (fy * 6 - 15) + 10)
  const x0 = ((xi % wrap) + wrap) % wrap
  const y0 = ((yi % wrap) + wrap) % wrap
  const x1 = (x0 + 1) % wrap
  const y1 = (y0 + 1) % wrap
  const a = hash(x0, y0, seed)
  const b = hash(x1, y0, seed)
  const c = hash(x0, y1, seed)
  const d = hash(x1, y1, seed)
  return a + (b - a) * fx + (c - a) * fy + (a - b - c + d) * fx * fy
}
