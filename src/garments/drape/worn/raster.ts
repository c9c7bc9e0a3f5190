/** Which triangle of the cloth is seen at every sample of a picture, and where on it. */
import type { Scene } from './scene.ts'

/** Samples along each side of a pixel. */
export const FINE = 2

export interface Frame {
  /** Middle of what is seen and its height, mm. */
  middle: readonly [x: number, y: number]
  tall: number
}
export interface Shot {
  width: number
  height: number
  /** Degrees that the garment is turned. */
  turn: number
  frame: Frame
  /** mm of a pixel. */
  mm: number
  /** Of every sample: number of its triangle, −1 for the wall; whether it is seen from inside; where on it; how near. */
  triangle: Int32Array
  inside: Uint8Array
  shares: Float32Array
  depth: Float32Array
}

/** Share of the picture that the garment fills, across and upright. */
const FILL = [0.86, 0.82] as const

/** The garment as large as its pictures have it, the same from all sides, so that views can be held beside each other. */
export function frameOf({ fine: { at, particle } }: Scene, width: number, height: number): Frame {
  let [low, high, wide] = [Infinity, -Infinity, 0]
  // Welded particles leave numbers behind that no vertex has.
  for (const p of particle) {
    const i = 3 * p
    low = Math.min(low, at[i + 1]!)
    high = Math.max(high, at[i + 1]!)
    wide = Math.max(wide, Math.hypot(at[i]!, at[i + 2]!))
  }
  const tall = Math.max((high - low) / FILL[1], (2 * wide * height) / width / FILL[0])
  // A little above the middle: the mark of an AI design has its place below.
  return { middle: [0, (low + high) / 2 - 0.02 * tall], tall }
}

export function shotOf(scene: Scene, turn: number, frame: Frame, width: number, height: number): Shot {
  const [w, h] = [width * FINE, height * FINE]
  const shot: Shot = {
    width,
    height,
    turn,
    frame,
    mm: frame.tall / height,
    triangle: new Int32Array(w * h).fill(-1),
    inside: new Uint8Array(w * h),
    shares: new Float32Array(2 * w * h),
    depth: new Float32Array(w * h).fill(-Infinity),
  }
  const { particle, triangles, at } = scene.fine
  const [c, s] = [Math.cos((turn * Math.PI) / 180), Math.sin((turn * Math.PI) / 180)]
  const scale = h / frame.tall
  const seen = new Float64Array(at.length)
  for (let i = 0; i < at.length; i += 3) {
    seen[i] = (c * at[i]! - s * at[i + 2]! - frame.middle[0]) * scale + w / 2
    seen[i + 1] = (frame.middle[1] - at[i + 1]!) * scale + h / 2
    seen[i + 2] = s * at[i]! + c * at[i + 2]!
  }
  for (let t = 0; t < triangles.length; t += 3)
    draw(shot, seen, w, h, t / 3, 3 * particle[triangles[t]!]!, 3 * particle[triangles[t + 1]!]!, 3 * particle[triangles[t + 2]!]!) // prettier-ignore
  return shot
}

function draw(shot: Shot, p: Float64Array, w: number, h: number, t: number, a: number, b: number, c: number): void {
  const [ax, ay, bx, by, cx, cy] = [p[a]!, p[a + 1]!, p[b]!, p[b + 1]!, p[c]!, p[c + 1]!]
  const area = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay)
  if (Math.abs(area) < 1e-9) return
  const x0 = Math.max(0, Math.ceil(Math.min(ax, bx, cx) - 0.5))
  const x1 = Math.min(w - 1, Math.floor(Math.max(ax, bx, cx) - 0.5))
  const y0 = Math.max(0, Math.ceil(Math.min(ay, by, cy) - 0.5))
  const y1 = Math.min(h - 1, Math.floor(Math.max(ay, by, cy) - 0.5))
  // y runs down in the picture: what turns against the clock there faces away.
  const away = area > 0 ? 1 : 0
  for (let y = y0; y <= y1; y++)
    for (let x = x0; x <= x1; x++) {
      const [qx, qy] = [x + 0.5, y + 0.5]
      const v = ((qx - ax) * (cy - ay) - (cx - ax) * (qy - ay)) / area
      const u = ((bx - ax) * (qy - ay) - (qx - ax) * (by - ay)) / area
      if (v < 0 || u < 0 || u + v > 1) continue
      const z = (1 - u - v) * p[a + 2]! + v * p[b + 2]! + u * p[c + 2]!
      const o = y * w + x
      if (z <= shot.depth[o]!) continue
      shot.depth[o] = z
      shot.triangle[o] = t
      shot.inside[o] = away
      shot.shares[2 * o] = v
      shot.shares[2 * o + 1] = u
    }
}
