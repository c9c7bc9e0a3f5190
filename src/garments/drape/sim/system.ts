/**
 * Constraints of cloth from its mesh: every edge keeps its length (stiffness by its direction on the grain), every pair of
 * triangles resists bending (linear, from the cotangents of the flat pattern; Bergou et al. 2006). mm, g, s.
 */
import { random } from '../../../core/random.ts'
import type { Cloth } from '../cloth.ts'
import type { ClothMesh } from '../mesh.ts'

export interface System {
  /** Particle of each vertex: sewn vertices share one. */
  particle: Uint32Array
  /** Inverse mass, 1/g; 0 for a vertex that is welded to another or held. */
  weight: Float64Array
  triangles: Uint32Array
  edges: Uint32Array
  rest: Float64Array
  /** Compliance divided by the square of the step. */
  give: Float64Array
  bends: Uint32Array
  bendFactor: Float64Array
  bendGive: Float64Array
  bendWeight: Float64Array
}

export interface SystemOptions {
  clothOf: (panel: number) => Cloth
  /** Gravity and bending are both taken so many times: what hangs keeps its shape, which is a matter of their ratio. */
  lightness: number
  /** Step, s. */
  step: number
  /** A factor on the length of an edge: bands that are cut shorter stay shorter; unevenness of the cloth. */
  rest?: (panel: number, x: number, y: number, across: number) => number
  /** A fold pressed in between two triangles: hardly any bending. */
  pressed?: (a: number, b: number) => boolean
}

interface EdgeSum {
  a: number
  b: number
  rest: number
  stiffness: number
  count: number
  /** Vertex across and first corner of the triangle, for each side. */
  sides: [across: number, corner: number, area: number][]
}

/** Stiffness of a lattice of edges that makes an even sheet: shares of its modulus that one edge carries. */
const LATTICE = 0.435
/** N/m to g/s². */
const GRAMS = 1e3

function edgesOf(mesh: ClothMesh, particle: Uint32Array, mass: Float64Array, options: SystemOptions): EdgeSum[] {
  const { flat, triangles, panelOf } = mesh
  const found = new Map<number, EdgeSum>()
  const X = (v: number): number => flat[2 * v]!
  const Y = (v: number): number => flat[2 * v + 1]!
  for (let t = 0; t < triangles.length; t += 3) {
    const corners = [triangles[t]!, triangles[t + 1]!, triangles[t + 2]!]
    const [i = 0, j = 0, k = 0] = corners
    const area = Math.abs((X(j) - X(i)) * (Y(k) - Y(i)) - (Y(j) - Y(i)) * (X(k) - X(i))) / 2
    const panel = panelOf[i]!
    const cloth = options.clothOf(panel)
    for (const v of corners) mass[particle[v]!]! += (area / 3) * cloth.gsm * 1e-6
    for (let e = 0; e < 3; e++) {
      const [a, b, across] = [corners[e]!, corners[(e + 1) % 3]!, corners[(e + 2) % 3]!]
      const [pa, pb] = [particle[a]!, particle[b]!]
      if (pa === pb) continue
      const [dx, dy] = [X(b) - X(a), Y(b) - Y(a)]
      const length = Math.hypot(dx, dy)
      const c = (dx / length) ** 2
      const s = (dy / length) ** 2
      const modulus = cloth.weft * c * c + cloth.warp * s * s + 2 * c * s * cloth.bias
      const rest = length * (options.rest?.(panel, (X(a) + X(b)) / 2, (Y(a) + Y(b)) / 2, c) ?? 1)
      const key = Math.min(pa, pb) * mesh.vertices + Math.max(pa, pb)
      const edge = found.get(key)
      if (edge) {
        edge.rest += rest
        edge.stiffness += modulus * GRAMS * LATTICE
        edge.count++
        edge.sides.push([across, t, area])
      } else
        found.set(key, {
          a: pa,
          b: pb,
          rest,
          stiffness: modulus * GRAMS * LATTICE,
          count: 1,
          sides: [[across, t, area]],
        })
    }
  }
  return [...found.values()]
}

/** In blocks, shuffled: a sweep from panel to panel would pull everything one way. */
function shuffled(edges: readonly EdgeSum[]): EdgeSum[] {
  const next = random(12345)
  const blocks: EdgeSum[][] = []
  for (let i = 0; i < edges.length; i += 64) blocks.push(edges.slice(i, i + 64))
  for (let i = blocks.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1))
    const [p, q] = [blocks[i]!, blocks[j]!]
    blocks[i] = q
    blocks[j] = p
  }
  return blocks.flat()
}

/** Cotangent of the angle at a corner of a flat triangle, kept within bounds for slivers. */
function cotangent(flat: Float64Array, at: number, p: number, q: number): number {
  const ax = flat[2 * p]! - flat[2 * at]!
  const ay = flat[2 * p + 1]! - flat[2 * at + 1]!
  const bx = flat[2 * q]! - flat[2 * at]!
  const by = flat[2 * q + 1]! - flat[2 * at + 1]!
  const value = (ax * bx + ay * by) / Math.max(1e-6, Math.abs(ax * by - ay * bx))
  return Math.max(-4, Math.min(4, value))
}

/** A seam's allowances lie double: it bends less. */
const SEAM_STIFFER = 2.5

function bendsOf(mesh: ClothMesh, particle: Uint32Array, edges: readonly EdgeSum[], options: SystemOptions) {
  const { flat, triangles, panelOf } = mesh
  const bends: number[] = []
  const factors: number[] = []
  const gives: number[] = []
  for (const { a, b, sides } of edges) {
    const [first, second] = sides
    if (!first || !second || sides.length !== 2) continue
    const [o1, t1, area1] = first
    const [o2, t2, area2] = second
    if (particle[o1] === particle[o2]) continue
    const ends = (t: number, across: number): [number, number] => {
      const others = [triangles[t]!, triangles[t + 1]!, triangles[t + 2]!].filter((v) => v !== across)
      const at = (p: number): number => others.find((v) => particle[v] === p) ?? others[0] ?? 0
      return [at(a), at(b)]
    }
    const [a1, b1] = ends(t1, o1)
    const [a2, b2] = ends(t2, o2)
    const [ca1, ca2] = [cotangent(flat, a1, b1, o1), cotangent(flat, a2, b2, o2)]
    const [cb1, cb2] = [cotangent(flat, b1, a1, o1), cotangent(flat, b2, a2, o2)]
    bends.push(a, b, particle[o1]!, particle[o2]!)
    factors.push(cb1 + cb2, ca1 + ca2, -(ca1 + cb1), -(ca2 + cb2))
    const [p1, p2] = [panelOf[triangles[t1]!]!, panelOf[triangles[t2]!]!]
    const seam = p1 !== p2 || a1 !== a2
    const rigid = Math.max(options.clothOf(p1).bend, options.clothOf(p2).bend)
    const unpressed = seam ? SEAM_STIFFER : 1
    const factor = options.pressed?.(t1, t2) ? 0.01 : unpressed
    const stiffness = rigid * 1e3 * options.lightness * factor
    gives.push((area1 + area2) / (3 * stiffness) / options.step ** 2)
  }
  return { bends, factors, gives }
}

/**
 * @param particle which particle each vertex is; sewn ones share one
 * @param held particles that do not move
 */
export function systemOf(
  mesh: ClothMesh,
  particle: Uint32Array,
  options: SystemOptions,
  held: readonly number[] = [],
): System {
  const mass = new Float64Array(mesh.vertices)
  const edges = shuffled(edgesOf(mesh, particle, mass, options))
  const weight = mass.map((m) => (m > 0 ? 1 / m : 0))
  for (const p of held) weight[p] = 0
  const { bends, factors, gives } = bendsOf(mesh, particle, edges, options)
  const bendWeight = Float64Array.from(gives, (_, i) => {
    let sum = 0
    for (let q = 0; q < 4; q++) sum += factors[4 * i + q]! ** 2 * weight[bends[4 * i + q]!]!
    return sum
  })
  return {
    particle,
    weight,
    triangles: mesh.triangles.map((v) => particle[v]!),
    edges: Uint32Array.from(edges.flatMap(({ a, b }) => [a, b])),
    rest: Float64Array.from(edges, ({ rest, count }) => rest / count),
    give: Float64Array.from(edges, ({ stiffness }) => 1 / stiffness / options.step ** 2),
    bends: Uint32Array.from(bends),
    bendFactor: Float64Array.from(factors),
    bendGive: Float64Array.from(gives),
    bendWeight,
  }
}
