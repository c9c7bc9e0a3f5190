/** A plain shaded picture of surfaces from one side: for looking at a drape, without cloth's look. */
import type { Surface } from './form/surface.ts'

export interface Shown extends Surface {
  /** sRGB of its face. */
  colour: readonly [number, number, number]
}
export interface Picture {
  width: number
  height: number
  rgb: Uint8Array
}
export interface Window {
  /** What is seen, mm: middle of it and its height. */
  middle: readonly [x: number, y: number]
  tall: number
  width: number
  height: number
}

/** Normals at the vertices, by the areas round them. */
function normals({ at, triangles }: Surface): Float64Array {
  const out = new Float64Array(at.length)
  for (let i = 0; i < triangles.length; i += 3) {
    const [a, b, c] = [3 * triangles[i]!, 3 * triangles[i + 1]!, 3 * triangles[i + 2]!]
    const u = [0, 1, 2].map((k) => at[b + k]! - at[a + k]!)
    const v = [0, 1, 2].map((k) => at[c + k]! - at[a + k]!)
    const n = [u[1]! * v[2]! - u[2]! * v[1]!, u[2]! * v[0]! - u[0]! * v[2]!, u[0]! * v[1]! - u[1]! * v[0]!]
    for (const o of [a, b, c]) for (let k = 0; k < 3; k++) out[o + k]! += n[k]!
  }
  return out
}

/** Grey of a face that looks so: light from the upper left, a little from everywhere. */
function light(x: number, y: number, z: number): number {
  const l = Math.hypot(x, y, z) || 1
  const face = z < 0 ? -1 : 1
  const key = Math.max(0, (face * (-0.45 * x + 0.55 * y + 0.7 * z)) / l)
  const fill = Math.max(0, (face * (0.7 * x + 0.2 * y + 0.5 * z)) / l)
  return 0.2 + 0.68 * key + 0.14 * fill
}

/** @param turn degrees about the upright axis: 0 front, 180 back */
export function look(surfaces: readonly Shown[], turn: number, window: Window): Picture {
  const { width, height, tall, middle } = window
  const fine = 2
  const [w, h] = [width * fine, height * fine]
  const scale = h / tall
  const depth = new Float32Array(w * h).fill(-Infinity)
  const tint = new Float32Array(w * h * 3).fill(238)
  const [c, s] = [Math.cos((turn * Math.PI) / 180), Math.sin((turn * Math.PI) / 180)]
  for (const surface of surfaces) {
    const { at, triangles, colour } = surface
    const n = normals(surface)
    const count = at.length / 3
    const seen = new Float64Array(count * 3)
    const grey = new Float64Array(count)
    for (let i = 0; i < count; i++) {
      const [x, y, z] = [at[3 * i]!, at[3 * i + 1]!, at[3 * i + 2]!]
      seen[3 * i] = (c * x - s * z - middle[0]) * scale + w / 2
      seen[3 * i + 1] = (middle[1] - y) * scale + h / 2
      seen[3 * i + 2] = s * x + c * z
      grey[i] = light(c * n[3 * i]! - s * n[3 * i + 2]!, n[3 * i + 1]!, s * n[3 * i]! + c * n[3 * i + 2]!)
    }
    for (let t = 0; t < triangles.length; t += 3)
      fill({ seen, grey, colour, depth, tint, w, h }, triangles[t]!, triangles[t + 1]!, triangles[t + 2]!)
  }
  const rgb = new Uint8Array(width * height * 3)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let k = 0; k < 3; k++) {
        let sum = 0
        for (let j = 0; j < fine; j++)
          for (let i = 0; i < fine; i++) sum += tint[3 * ((y * fine + j) * w + x * fine + i) + k]!
        rgb[3 * (y * width + x) + k] = Math.max(0, Math.min(255, sum / (fine * fine)))
      }
  return { width, height, rgb }
}

interface Canvas {
  seen: Float64Array
  grey: Float64Array
  colour: readonly [number, number, number]
  depth: Float32Array
  tint: Float32Array
  w: number
  h: number
}

function fill({ seen, grey, colour, depth, tint, w, h }: Canvas, a: number, b: number, c: number): void {
  const [ax, ay, bx, by] = [seen[3 * a]!, seen[3 * a + 1]!, seen[3 * b]!, seen[3 * b + 1]!]
  const [cx, cy] = [seen[3 * c]!, seen[3 * c + 1]!]
  const area = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay)
  if (Math.abs(area) < 1e-9) return
  const [x0, x1] = [Math.max(0, Math.floor(Math.min(ax, bx, cx))), Math.min(w - 1, Math.ceil(Math.max(ax, bx, cx)))]
  const [y0, y1] = [Math.max(0, Math.floor(Math.min(ay, by, cy))), Math.min(h - 1, Math.ceil(Math.max(ay, by, cy)))]
  // y runs down in the picture: what turns against the clock there faces away.
  const away = area > 0
  for (let y = y0; y <= y1; y++)
    for (let x = x0; x <= x1; x++) {
      const p = ((bx - x - 0.5) * (cy - y - 0.5) - (cx - x - 0.5) * (by - y - 0.5)) / area
      const q = ((cx - x - 0.5) * (ay - y - 0.5) - (ax - x - 0.5) * (cy - y - 0.5)) / area
      const r = 1 - p - q
      if (p < 0 || q < 0 || r < 0) continue
      const z = p * seen[3 * a + 2]! + q * seen[3 * b + 2]! + r * seen[3 * c + 2]!
      const o = y * w + x
      if (z <= depth[o]!) continue
      depth[o] = z
      const value = (p * grey[a]! + q * grey[b]! + r * grey[c]!) * (away ? 0.62 : 1)
      for (let k = 0; k < 3; k++) tint[3 * o + k] = colour[k]! * value
    }
}
