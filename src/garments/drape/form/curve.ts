/** Smooth lines through given points, and soft joins of solids. */

/** A monotone cubic through points (Fritsch and Carlson 1980): no overshoot between them, level beyond their ends. */
export function curve(xs: readonly number[], ys: readonly number[]): (x: number) => number {
  const X = Float64Array.from(xs)
  const Y = Float64Array.from(ys)
  const last = X.length - 1
  const slope = (i: number): number => ((Y[i + 1] ?? 0) - (Y[i] ?? 0)) / ((X[i + 1] ?? 0) - (X[i] ?? 0))
  const M = Float64Array.from(X, (_, i) => {
    if (i === 0) return slope(0)
    if (i === last) return slope(last - 1)
    const [a, b] = [slope(i - 1), slope(i)]
    return a * b <= 0 ? 0 : (2 * a * b) / (a + b)
  })
  const x0 = X[0] ?? 0
  const xn = X[last] ?? 0
  return (x) => {
    if (x <= x0) return Y[0]!
    if (x >= xn) return Y[last]!
    let i = 0
    while (x > X[i + 1]!) i++
    const w = X[i + 1]! - X[i]!
    const t = (x - X[i]!) / w
    const t2 = t * t
    const t3 = t2 * t
    return (
      Y[i]! * (2 * t3 - 3 * t2 + 1) +
      M[i]! * w * (t3 - 2 * t2 + t) +
      Y[i + 1]! * (3 * t2 - 2 * t3) +
      M[i + 1]! * w * (t3 - t2)
    )
  }
}

/** The lesser of two distances, rounded over `k` mm where they meet (quadratic; Quilez). */
export function soft(a: number, b: number, k: number): number {
  const q = Math.max(k - Math.abs(a - b), 0) / k
  return Math.min(a, b) - (q * q * k) / 4
}

/** Girth of a super-ellipse with half axes a and b and exponent n. */
function girth(a: number, b: number, n: number): number {
  let sum = 0
  let [x0, y0] = [a, 0]
  const steps = 96
  for (let i = 1; i <= steps / 4; i++) {
    const t = (i / steps) * 2 * Math.PI
    const [x1, y1] = [a * Math.cos(t) ** (2 / n), b * Math.sin(t) ** (2 / n)]
    sum += Math.hypot(x1 - x0, y1 - y0)
    ;[x0, y0] = [x1, y1]
  }
  return 4 * sum
}

/** Half axes of a section with a girth (mm), a ratio of width to depth and an exponent. */
export function axes(mm: number, ratio: number, n: number): { a: number; b: number } {
  const b = mm / girth(ratio, 1, n)
  return { a: b * ratio, b }
}
