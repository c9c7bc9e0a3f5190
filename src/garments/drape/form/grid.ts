/** A signed distance on a grid of points, read between them; symmetric left and right. mm. */

export interface Grid {
  nx: number
  ny: number
  nz: number
  x0: number
  y0: number
  z0: number
  cell: number
  d: Float32Array
}
interface Room {
  half: number
  low: number
  high: number
  back: number
  front: number
}

/** Spacing of the grid, mm: on a round of 50 mm it is a quarter of a millimetre off. */
const CELL = 10
/** Beyond the grid everything is this far away. */
export const FAR = 1000

export function gridOf(distance: (x: number, y: number, z: number) => number, room: Room, cell = CELL): Grid {
  const half = Math.ceil(room.half / cell) * cell
  const nx = (2 * half) / cell + 1
  const ny = Math.ceil((room.high - room.low) / cell) + 1
  const nz = Math.ceil((room.front - room.back) / cell) + 1
  const d = new Float32Array(nx * ny * nz)
  for (let k = 0; k < nz; k++)
    for (let j = 0; j < ny; j++) {
      const row = (k * ny + j) * nx
      for (let i = 0; i <= nx - 1 - i; i++) {
        const value = distance(-half + i * cell, room.low + j * cell, room.back + k * cell)
        d[row + i] = value
        d[row + nx - 1 - i] = value
      }
    }
  return { nx, ny, nz, x0: -half, y0: room.low, z0: room.back, cell, d }
}

/**
 * Distance at a place; the outward direction goes to `out` where it is nearer than 24 mm.
 * @param out three numbers
 */
export function read(grid: Grid, x: number, y: number, z: number, out: Float64Array): number {
  const fx = (x - grid.x0) / grid.cell
  const fy = (y - grid.y0) / grid.cell
  const fz = (z - grid.z0) / grid.cell
  const i = fx | 0
  const j = fy | 0
  const k = fz | 0
  const { nx, ny, nz, d } = grid
  if (fx < 0 || fy < 0 || fz < 0 || i >= nx - 1 || j >= ny - 1 || k >= nz - 1) return FAR
  const u = fx - i
  const v = fy - j
  const w = fz - k
  const o = (k * ny + j) * nx + i
  const up = o + nx
  const fore = o + nx * ny
  const both = fore + nx
  const a = d[o]!
  const b = d[o + 1]!
  const c = d[up]!
  const e = d[up + 1]!
  const a2 = d[fore]!
  const b2 = d[fore + 1]!
  const c2 = d[both]!
  const e2 = d[both + 1]!
  const x00 = a + (b - a) * u
  const x10 = c + (e - c) * u
  const x01 = a2 + (b2 - a2) * u
  const x11 = c2 + (e2 - c2) * u
  const low = x00 + (x10 - x00) * v
  const high = x01 + (x11 - x01) * v
  const value = low + (high - low) * w
  if (value < 24) {
    const gx = ((b - a) * (1 - v) + (e - c) * v) * (1 - w) + ((b2 - a2) * (1 - v) + (e2 - c2) * v) * w
    const gy = (x10 - x00) * (1 - w) + (x11 - x01) * w
    const gz = high - low
    const l = Math.sqrt(gx * gx + gy * gy + gz * gz) || 1
    out[0] = gx / l
    out[1] = gy / l
    out[2] = gz / l
  }
  return value
}
