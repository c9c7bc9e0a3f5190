/** The form as triangles, for looking at it: surface nets of its grid (Gibson 1998), arms as tubes. */
import type { Form } from './form.ts'
import type { Grid } from './grid.ts'
import type { Limb } from './shape.ts'

export interface Surface {
  /** Three numbers a vertex, mm. */
  at: Float64Array
  triangles: Uint32Array
}

/** Middle of where a cell's edges are cut; undefined where none is. */
function cut({ d, nx, ny }: Grid, i: number, j: number, k: number): [number, number, number] | undefined {
  const value = (a: number, b: number, c: number): number => d[((k + c) * ny + j + b) * nx + i + a] ?? 0
  let [x, y, z, n] = [0, 0, 0, 0]
  for (let edge = 0; edge < 12; edge++) {
    const axis = edge >> 2
    const [u, v] = [edge & 1, (edge >> 1) & 1]
    const [a, b, c] = [axis === 0 ? 0 : u, [u, 0, v][axis] ?? 0, axis === 2 ? 0 : v]
    const [p, q] = [value(a, b, c), value(a + Number(axis === 0), b + Number(axis === 1), c + Number(axis === 2))]
    if (p < 0 === q < 0) continue
    const t = p / (p - q)
    x += a + (axis === 0 ? t : 0)
    y += b + (axis === 1 ? t : 0)
    z += c + (axis === 2 ? t : 0)
    n++
  }
  return n ? [x / n, y / n, z / n] : undefined
}

export function surfaceOf(grid: Grid): Surface {
  const { nx, ny, nz, d, cell, x0, y0, z0 } = grid
  const ids = new Int32Array(nx * ny * nz).fill(-1)
  const at: number[] = []
  const triangles: number[] = []
  for (let k = 0; k < nz - 1; k++)
    for (let j = 0; j < ny - 1; j++)
      for (let i = 0; i < nx - 1; i++) {
        const found = cut(grid, i, j, k)
        if (!found) continue
        ids[(k * ny + j) * nx + i] = at.length / 3
        at.push(x0 + (i + found[0]) * cell, y0 + (j + found[1]) * cell, z0 + (k + found[2]) * cell)
      }
  const id = (i: number, j: number, k: number): number => ids[(k * ny + j) * nx + i] ?? -1
  const inside = (i: number, j: number, k: number): boolean => (d[(k * ny + j) * nx + i] ?? 0) < 0
  const quad = (a: number, b: number, c: number, e: number, flip: boolean): void => {
    if (a < 0 || b < 0 || c < 0 || e < 0) return
    if (flip) triangles.push(a, c, b, a, e, c)
    else triangles.push(a, b, c, a, c, e)
  }
  for (let k = 1; k < nz - 1; k++)
    for (let j = 1; j < ny - 1; j++)
      for (let i = 1; i < nx - 1; i++) {
        const s = inside(i, j, k)
        if (s !== inside(i + 1, j, k)) quad(id(i, j - 1, k - 1), id(i, j, k - 1), id(i, j, k), id(i, j - 1, k), !s)
        if (s !== inside(i, j + 1, k)) quad(id(i - 1, j, k - 1), id(i - 1, j, k), id(i, j, k), id(i, j, k - 1), !s)
        if (s !== inside(i, j, k + 1)) quad(id(i - 1, j - 1, k), id(i, j - 1, k), id(i, j, k), id(i - 1, j, k), !s)
      }
  return { at: Float64Array.from(at), triangles: Uint32Array.from(triangles) }
}

/** An arm as a tube with a round end. @param side 1 the wearer's left, −1 the right */
export function tubeOf({ joint, along, length, radius }: Limb, side: 1 | -1): Surface {
  const [rings, round] = [28, 28]
  const at: number[] = []
  const triangles: number[] = []
  const [ax, ay, az] = along
  const l = Math.hypot(ax, ay)
  const n = [-ay / l, ax / l, 0]
  const m = [-(n[1] ?? 0) * az, (n[0] ?? 0) * az, l]
  for (let i = 0; i <= rings; i++) {
    const t = Math.min(1, i / (rings - 1))
    const q = t * length + (i === rings ? radius(1) * 0.7 : 0)
    const r = i === rings ? 2 : radius(t)
    for (let k = 0; k < round; k++) {
      const a = (k / round) * 2 * Math.PI
      const [c, s] = [r * Math.cos(a), r * Math.sin(a)]
      const p = [0, 1, 2].map((x) => (joint[x] ?? 0) + (along[x] ?? 0) * q + (n[x] ?? 0) * c + (m[x] ?? 0) * s)
      at.push((p[0] ?? 0) * side, p[1] ?? 0, p[2] ?? 0)
    }
  }
  for (let i = 0; i < rings; i++)
    for (let k = 0; k < round; k++) {
      const [a, b] = [i * round + k, i * round + ((k + 1) % round)]
      const [p, q] = side > 0 ? [b, a] : [a, b]
      triangles.push(p, p + round, q, q, p + round, q + round)
    }
  return { at: Float64Array.from(at), triangles: Uint32Array.from(triangles) }
}

export const formSurfaces = (form: Pick<Form, 'grid' | 'arm'>): Surface[] => [
  surfaceOf(form.grid),
  tubeOf(form.arm, 1),
  tubeOf(form.arm, -1),
]
