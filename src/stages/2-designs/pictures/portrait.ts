/**
 * The front picture as 4:5, which shops and social feeds show: cut out of the square where the garment is narrow enough,
 * with more wall above and below where it is not. The garment is neither scaled nor cut.
 */
import type { RawPicture } from '../../../garments/index.ts'

const RATIO = 5 / 4
/** Wall left beside the garment, as a share of its width. */
const AIR = 0.09
/** Columns the wall's edge is averaged over: single ones would draw streaks. */
const REACH = 40

/** One row of wall, smoothed, as if it went on. */
function wallRow(data: Uint8Array, width: number, y: number): Float32Array {
  const row = new Float32Array(width * 3)
  for (let c = 0; c < 3; c++) {
    const sums = new Float64Array(width + 1)
    for (let x = 0; x < width; x++) sums[x + 1] = (sums[x] ?? 0) + (data[(y * width + x) * 3 + c] ?? 0)
    for (let x = 0; x < width; x++) {
      const [from, to] = [Math.max(0, x - REACH), Math.min(width, x + REACH + 1)]
      row[x * 3 + c] = ((sums[to] ?? 0) - (sums[from] ?? 0)) / (to - from)
    }
  }
  return row
}

/** A fixed pattern between 0 and 1 that keeps 8 bits of a slow gradient from showing as bands. */
const grain = (x: number, y: number): number => {
  const mixed = Math.imul(x ^ Math.imul(y, 0x9e3779b1), 0x85ebca6b)
  return ((mixed ^ (mixed >>> 13)) >>> 0) / 2 ** 32
}

/** @returns raw sRGB, 4 wide to 5 high, at most as wide as the square */
export function portraitOf({ width: side, height, data, silhouette }: RawPicture): {
  width: number
  height: number
  data: Uint8Array
} {
  const { box } = silhouette
  const narrowest = Math.round(height / RATIO)
  const width = Math.min(side, Math.max(narrowest, Math.round(box.w * (1 + 2 * AIR))))
  const left = Math.max(0, Math.min(side - width, Math.round(box.x + box.w / 2 - width / 2)))
  const tall = Math.round(width * RATIO)
  const above = Math.max(0, Math.round((tall - height) / 2))
  const out = new Uint8Array(width * tall * 3)
  const [top, bottom] = [wallRow(data, side, 0), wallRow(data, side, height - 1)]
  for (let y = 0; y < tall; y++) {
    const from = y - above
    if (from >= 0 && from < height) {
      const start = (from * side + left) * 3
      out.set(data.subarray(start, start + width * 3), y * width * 3)
      continue
    }
    const wall = from < 0 ? top : bottom
    for (let x = 0; x < width; x++)
      for (let c = 0; c < 3; c++)
        out[(y * width + x) * 3 + c] = Math.floor((wall[(left + x) * 3 + c] ?? 0) + grain(x, y))
  }
  return { width, height: tall, data: out }
}
