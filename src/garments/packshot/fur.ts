/** Fur: thousands of tapered hairs over a lit volume, in tufts, longest at the edge where they break the outline. */
import type { Part } from '../drawing/layout.ts'
import { inkIndex } from '../drawing/layout.ts'
import { bounds } from '../drawing/geometry.ts'
import { random } from '../../core/random.ts'
import { noise } from '../drawing/noise.ts'
import { boxOf, coverage, softCoverage } from './raster.ts'
import type { LightMap } from './shade.ts'
import { over } from './trims.ts'

export function drawFur(map: LightMap, part: Part, seed: number): void {
  if (!part.fur) return
  const view = { w: map.width, h: map.height, x0: map.x0, y0: map.y0, mmPerPx: map.mmPerPx }
  const { length, flow } = part.fur
  const box = boxOf(view, [part.outline], length * 1.6)
  if (!box) return
  const px = map.mmPerPx
  const cov = coverage(view, box, [part.outline])
  // volume of the pelt: rounded far into the piece, lumpy where tufts part
  const round = softCoverage(view, box, [part.outline], 20 / px)
  const edge = softCoverage(view, box, [part.outline], 5 / px)
  const b = bounds([part.outline])
  const ink = inkIndex(part.ink)
  const r = random(seed)
  const area = (b.x1 - b.x0) * (b.y1 - b.y0)
  const at = (f: Float32Array, x: number, y: number): number => {
    const cx = Math.min(box.w - 1, Math.max(0, x | 0))
    const cy = Math.min(box.h - 1, Math.max(0, y | 0))
    return f[cy * box.w + cx]!
  }
  // soft shadow under the fringe
  const cast = softCoverage(view, box, [part.outline], 7 / px)
  const sx = Math.round(5 / px)
  const sy = Math.round(9 / px)
  for (let y = 0; y < box.h; y++)
    for (let x = 0; x < box.w; x++) {
      const k = y * box.w + x
      const i = (y + box.y) * map.width + x + box.x
      if (cov[k]! > 0.5 || map.part[i] === 0) continue
      const c = at(cast, x - sx, y - sy)
      if (c > 0.02) {
        map.sA[i] = map.sA[i]! * (1 - 0.66 * c)
        map.add[i] = map.add[i]! * (1 - 0.66 * c)
      }
    }
  // underfur, so that no cloth shows between hairs
  for (let k = 0; k < cov.length; k++)
    if (cov[k]! > 0) {
      const i = (((k / box.w) | 0) + box.y) * map.width + (k % box.w) + box.x
      over(map, i, ink, cov[k]!, 0.4 * volume(k % box.w, (k / box.w) | 0))
    }
  function volume(x: number, y: number): number {
    const d = Math.max(2, 4 / px) | 0
    const gx = (at(round, x + d, y) - at(round, x - d, y)) * 3.4
    const gy = (at(round, x, y + d) - at(round, x, y - d)) * 3.4
    const n = 1 / Math.sqrt(1 + gx * gx + gy * gy)
    const lit = (gx * 0.5 + gy * 0.6 + 0.64) * n
    return (0.42 + 0.95 * Math.max(0, lit)) * (0.72 + 0.36 * at(edge, x, y))
  }
  const density = px > 0.6 ? 0.34 : 0.2
  const hairs = Math.min(26000, Math.round(area * density))
  const layers = 5
  for (let layer = 0; layer < layers; layer++) {
    const depth = layer / (layers - 1)
    for (let n = 0; n < hairs / layers; n++) {
      const mx = b.x0 + r() * (b.x1 - b.x0)
      const my = b.y0 + r() * (b.y1 - b.y0)
      const bx = (mx - view.x0) / px - box.x
      const by = (my - view.y0) / px - box.y
      const pick = r()
      const bend = r() - 0.5
      const long = r()
      if (bx < 0 || by < 0 || bx >= box.w || by >= box.h || at(cov, bx, by) < 0.5) continue
      const [fx, fy] = flow(mx, my)
      const tuft = noise(mx / 9, my / 9, seed) * 0.95 + noise(mx / 3.4, my / 3.4, seed + 3) * 0.45
      const dir = Math.atan2(fy, fx) + tuft + bend * 0.5
      const len = (length * (0.5 + 0.62 * long)) / px
      const light =
        volume(bx, by) * (0.5 + 0.62 * depth) * (0.62 + 0.72 * pick) * (1 + 0.22 * noise(mx / 7 + 5, my / 7, seed + 9))
      hair(
        map,
        box.x + bx,
        box.y + by,
        dir,
        len,
        bend * 1.1,
        Math.max(0.75, 0.85 / px) * (1.05 - 0.25 * depth),
        ink,
        light,
        pick > 0.9 && depth > 0.5 ? 0.02 : 0,
      )
    }
  }
}

/** One hair: a curved stroke that tapers to its tip. */
function hair(
  map: LightMap,
  x: number,
  y: number,
  dir: number,
  len: number,
  curl: number,
  wide: number,
  ink: number,
  light: number,
  add: number,
): void {
  const steps = Math.max(3, Math.ceil(len))
  let cx = x
  let cy = y
  let a = dir
  const turn = curl / steps
  for (let s = 0; s < steps; s++) {
    const t = s / steps
    const alpha = Math.min(1, wide) * (t < 0.1 ? 0.5 : 1) * (1 - t * t * 0.75) * 0.8
    const shade = light * (0.72 + 0.42 * t)
    // spread over the four pixels around the pen
    const xi = Math.floor(cx - 0.5)
    const yi = Math.floor(cy - 0.5)
    const fx = cx - 0.5 - xi
    const fy = cy - 0.5 - yi
    for (let q = 0; q < 4; q++) {
      const px = xi + (q & 1)
      const py = yi + (q >> 1)
      if (px < 0 || py < 0 || px >= map.width || py >= map.height) continue
      const k = ((q & 1) === 1 ? fx : 1 - fx) * (q >> 1 === 1 ? fy : 1 - fy)
      if (k > 0.06) over(map, py * map.width + px, ink, alpha * k * 1.25, shade, add)
    }
    cx += Math.cos(a)
    cy += Math.sin(a)
    a += turn
  }
}
