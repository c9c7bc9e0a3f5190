/**
 * A drape made smooth for its picture: one step of Loop's subdivision (1987), panel by panel. Places on the pattern go
 * through the same weights as places in space, so that a check printed on the cloth stays straight where the cloth is;
 * seams and free edges are curves of their own. Particles that seams share stay shared.
 */
export interface Fine {
  /** Of every vertex its particle, its place on the pattern (two numbers, mm) and its panel. */
  particle: Uint32Array
  flat: Float64Array
  panelOf: Uint16Array
  triangles: Uint32Array
  /** Of every particle where it is, three numbers, mm. */
  at: Float64Array
  /** Of every particle the two of the step before that it lies between; the same one twice where it was there already. */
  parents: Uint32Array
}

interface Edge {
  a: number
  b: number
  /** Vertices opposite: one where the edge is an outline's. */
  opposite: number[]
  id: number
}

/** Edges between vertices, with a new vertex for each; and between particles, with a new particle for each. */
function edgesOf({ particle, triangles, at }: Fine) {
  const [vertices, particles] = [particle.length, at.length / 3]
  const key = (a: number, b: number, n: number): number => (a < b ? a * n + b : b * n + a)
  const edges = new Map<number, Edge>()
  const between = new Map<number, number>()
  const parents: number[] = []
  for (let t = 0; t < triangles.length; t += 3)
    for (let k = 0; k < 3; k++) {
      const a = triangles[t + k]!
      const b = triangles[t + ((k + 1) % 3)]!
      const opposite = triangles[t + ((k + 2) % 3)]!
      const known = edges.get(key(a, b, vertices))
      if (known) {
        known.opposite.push(opposite)
        continue
      }
      edges.set(key(a, b, vertices), { a, b, opposite: [opposite], id: vertices + edges.size })
      const joint = key(particle[a]!, particle[b]!, particles)
      if (between.has(joint)) continue
      between.set(joint, particles + between.size)
      parents.push(particle[a]!, particle[b]!)
    }
  return {
    edges,
    parents,
    vertex: (a: number, b: number): number => edges.get(key(a, b, vertices))!.id,
    joint: (a: number, b: number): number => between.get(key(particle[a]!, particle[b]!, particles))!,
  }
}

/** How a vertex that was there moves: by its neighbours inside, by its neighbours on the outline there, at a corner not. */
function weightsOf(flat: Float64Array, i: number, round: readonly number[], rim: readonly number[]) {
  const [p, q] = rim
  if (rim.length === 2 && p !== undefined && q !== undefined) {
    const [ax, ay] = [flat[2 * i]! - flat[2 * p]!, flat[2 * i + 1]! - flat[2 * p + 1]!]
    const [bx, by] = [flat[2 * q]! - flat[2 * i]!, flat[2 * q + 1]! - flat[2 * i + 1]!]
    const turn = Math.abs(Math.atan2(ax * by - ay * bx, ax * bx + ay * by))
    return turn < 0.5 ? { self: 0.75, ring: rim, each: 0.125 } : { self: 1, ring: [], each: 0 }
  }
  if (rim.length || !round.length) return { self: 1, ring: [], each: 0 }
  const each = round.length === 3 ? 3 / 16 : 3 / (8 * round.length)
  return { self: 1 - round.length * each, ring: round, each }
}

export function smoother(from: Fine): Fine {
  const { particle, flat, panelOf, triangles, at } = from
  const vertices = particle.length
  const { edges, parents, vertex, joint } = edgesOf(from)
  const total = vertices + edges.size
  const next: Fine = {
    particle: new Uint32Array(total),
    flat: new Float64Array(2 * total),
    panelOf: new Uint16Array(total),
    triangles: new Uint32Array(4 * triangles.length),
    at: new Float64Array(at.length + 1.5 * parents.length),
    parents: new Uint32Array((2 * at.length) / 3 + parents.length),
  }
  for (let i = 0; i < at.length / 3; i++) next.parents.fill(i, 2 * i, 2 * i + 2)
  next.parents.set(parents, (2 * at.length) / 3)
  const round = Array.from({ length: vertices }, (): number[] => [])
  const rim = Array.from({ length: vertices }, (): number[] => [])
  for (const { a, b, opposite, id } of edges.values()) {
    const open = opposite.length !== 2
    for (const [i, j] of [[a, b], [b, a]] as const) (open ? [round, rim] : [round]).forEach((near) => near[i]!.push(j)) // prettier-ignore
    const p = joint(a, b)
    const [c, d] = [opposite[0]!, opposite[1] ?? opposite[0]!]
    const mid = (of: Float64Array, n: number, k: number, u: number, v: number, w: number, z: number): number => {
      const ends = of[n * u + k]! + of[n * v + k]!
      return open ? ends / 2 : (3 * ends + of[n * w + k]! + of[n * z + k]!) / 8
    }
    next.particle[id] = p
    next.panelOf[id] = panelOf[a]!
    for (let k = 0; k < 3; k++)
      next.at[3 * p + k] = mid(at, 3, k, particle[a]!, particle[b]!, particle[c]!, particle[d]!)
    for (let k = 0; k < 2; k++) next.flat[2 * id + k] = mid(flat, 2, k, a, b, c, d)
  }
  next.at.set(at)
  for (let i = 0; i < vertices; i++) {
    next.particle[i] = particle[i]!
    next.panelOf[i] = panelOf[i]!
    const { self, ring, each } = weightsOf(flat, i, round[i]!, rim[i]!)
    const p = particle[i]!
    for (let k = 0; k < 3; k++)
      next.at[3 * p + k] = ring.reduce((sum, j) => sum + each * at[3 * particle[j]! + k]!, self * at[3 * p + k]!)
    for (let k = 0; k < 2; k++)
      next.flat[2 * i + k] = ring.reduce((sum, j) => sum + each * flat[2 * j + k]!, self * flat[2 * i + k]!)
  }
  for (let t = 0; t < triangles.length; t += 3) {
    const [a, b, c] = [triangles[t]!, triangles[t + 1]!, triangles[t + 2]!]
    const [ab, bc, ca] = [vertex(a, b), vertex(b, c), vertex(c, a)]
    next.triangles.set([a, ab, ca, ab, b, bc, ca, bc, c, ab, bc, ca], 4 * t)
  }
  return next
}
