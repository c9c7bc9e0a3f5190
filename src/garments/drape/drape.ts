/**
 * One size of a garment, sewn and hung on its form: pieces start round it, stitches draw them together and are welded, the
 * cloth falls, the arms are lowered, and it comes to rest. The same input and seed give the same bytes on one engine.
 */
import { random } from '../../core/random.ts'
import type { Gender, MaterialRole, SizeDraft, StyleSpec } from '../types.ts'
import { backed, type Cloth, clothOf, fused } from './cloth.ts'
import { formOf, type Form } from './form/form.ts'
import { read } from './form/grid.ts'
import { ARM_ANGLE, armAt } from './form/shape.ts'
import { strayedOf } from './crossings.ts'
import { fastenings, lapped } from './fastenings.ts'
import { type ClothMesh, meshOf } from './mesh.ts'
import { type Panel, panelsOf } from './panels.ts'
import { placesOf } from './place/index.ts'
import { type Placed, sideOf, START_ANGLE } from './place/types.ts'
import { Contacts, type Order } from './sim/contact.ts'
import { type Held, type Obstacle, Sim, STEP } from './sim/sim.ts'
import { systemOf, type SystemOptions } from './sim/system.ts'
import { stitchingOf } from './stitches.ts'

/** Part of what is kept of a drape's identity: a change of how it is done is another drape. */
export const DRAPE_VERSION = 1

export interface DrapeInput {
  size: SizeDraft
  gender: Gender
  materials: StyleSpec['materials']
  seed: number
}
export interface DrapeOptions {
  /** Length of an edge, mm. */
  edge?: number
  /** Given up after so long, ms. */
  deadlineMs?: number
  /** A clock of milliseconds. */
  now?: () => number
  /** Told how far it is, 0–1. */
  onProgress?: (share: number) => void
}
export interface Draped {
  mesh: ClothMesh
  form: Form
  /** Which particle each vertex became; sewn ones share one. */
  particle: Uint32Array
  /** Where every vertex is, three numbers each, mm. */
  at: Float64Array
  /** Length of the edges' rest, for tension; as the solver has them. */
  edges: Uint32Array
  rest: Float64Array
  /** Widest gap before the seams were welded, mm. */
  gapMm: number
  /** Root mean square of the speed at the end, mm/s, of the cloth at its own weight. */
  speed: number
  steps: number
  /** Seams of the outside that were not sewn. */
  left: readonly string[]
  obstacle: Obstacle
}

/**
 * Why a garment is not draped. `body`: a measure is missing; `place`: nobody says where a piece goes, or there is no seam
 * graph; `cloth`: no material; `mesh`: an outline that cannot be triangulated; `deadline`: takes too long; `burst`: flew apart.
 */
export class DrapeError extends Error {
  override readonly name = 'DrapeError'
  readonly reason: 'body' | 'place' | 'cloth' | 'mesh' | 'deadline' | 'burst'

  constructor(reason: DrapeError['reason'], message: string, cause?: unknown) {
    super(message, { cause })
    this.reason = reason
  }
}

/** Gravity and bending at so much of their size: one pass a step holds cloth to its length (ratios are kept). */
export const LIGHTNESS = 0.15
const G = 9810
const EDGE = 18
/** Steps of each phase. */
const PHASES = { close: 440, relax: 160, lower: 320, hang: 1500, calm: 600 }
const MOST = PHASES.close + PHASES.relax + PHASES.hang + PHASES.calm
/** At rest, mm/s: as the solver moves, which is slower than the cloth by the root of its lightness. */
const REST = 1.6
/** Cotton on a stand's cover; figures for cloth on cloth lie between 0.2 and 0.6. */
const FRICTION = 0.3
const DEADLINE = 90_000

const tried = <T>(reason: DrapeError['reason'], what: () => T): T => {
  try {
    return what()
  } catch (error) {
    throw new DrapeError(reason, error instanceof Error ? error.message : String(error), error)
  }
}

/** Bands that are fused and hold their edge. */
const FIRM = /^(waistband|collarStand|standCollar|collar|underCollar|cuff)$/

function clothsOf(panels: readonly Panel[], { pieces, sewn }: SizeDraft, materials: StyleSpec['materials']): Cloth[] {
  const interlined = new Set(pieces.filter(({ role }) => role === 'interlining').map(({ id }) => id))
  // A waistband is fused, with cloth or with tape, unless elastic gathers it.
  const gathered = (sewn ?? []).some((seam) => seam.does === 'sewn' && seam.kind === 'elastic')
  const firm = ({ id, role }: Panel['piece']): boolean =>
    role === 'shell' && FIRM.test(id) && (id === 'waistband' ? !gathered : materials.interlining !== undefined)
  return panels.map(({ piece, layers }) => {
    const material = materials[piece.role as MaterialRole] ?? materials.shell
    if (!material) throw new Error(`there is no material for "${piece.role}"`)
    const cloth = clothOf(material, layers)
    if (firm(piece)) return fused(cloth)
    return interlined.has(`${piece.id}Interlining`) ? backed(cloth) : cloth
  })
}

/** Triangles turned so that their face looks away from what they go round. */
function facing(mesh: ClothMesh, places: readonly Placed[], start: Float64Array, form: Form): ClothMesh {
  const looks = new Float64Array(mesh.panels.length)
  const { triangles, panelOf } = mesh
  const axis = armAt(START_ANGLE)
  for (let t = 0; t < triangles.length; t += 3) {
    const [a, b, c] = [3 * triangles[t]!, 3 * triangles[t + 1]!, 3 * triangles[t + 2]!]
    const p = [0, 1, 2].map((k) => (start[a + k]! + start[b + k]! + start[c + k]!) / 3)
    const [u, v] = [b, c].map((o) => [0, 1, 2].map((k) => start[o + k]! - start[a + k]!))
    if (!u || !v) continue
    const n = [u[1]! * v[2]! - u[2]! * v[1]!, u[2]! * v[0]! - u[0]! * v[2]!, u[0]! * v[1]! - u[1]! * v[0]!]
    const panel = panelOf[triangles[t]!]!
    const { round, side } = places[panel]!
    const limb = round === 'arm' ? { ...form.arm, along: axis } : form.leg
    let out = [p[0]!, 0, p[2]! + 10]
    if (round !== 'trunk') {
      const rel = [p[0]! - side * limb.joint[0], p[1]! - limb.joint[1], p[2]! - limb.joint[2]]
      const along = [side * limb.along[0], limb.along[1], limb.along[2]]
      const q = rel[0]! * along[0]! + rel[1]! * along[1]! + rel[2]! * along[2]!
      out = rel.map((value, k) => value - along[k]! * q)
    }
    looks[panel]! += n[0]! * out[0]! + n[1]! * out[1]! + n[2]! * out[2]!
  }
  const turned = triangles.slice()
  for (let t = 0; t < turned.length; t += 3)
    if (looks[panelOf[turned[t]!]!]! < 0) {
      turned[t + 1] = triangles[t + 2]!
      turned[t + 2] = triangles[t + 1]!
    }
  return { ...mesh, triangles: turned }
}

/** The form, with arms held so many degrees out. */
export function obstacleOf(form: Form, angle: () => number): Obstacle {
  const { grid, arm } = form
  const [jx, jy, jz] = arm.joint
  const radii = Float64Array.from({ length: 34 }, (_, i) => arm.radius(Math.min(1, i / 32)))
  let degrees = Number.NaN
  let [ax, ay, az] = [0, -1, 0]
  return (x, y, z, out) => {
    const now = angle()
    if (now !== degrees) {
      degrees = now
      ;[ax, ay, az] = armAt(now)
    }
    const d = read(grid, x, y, z, out)
    if (x < 90 && x > -90) return d
    const side = x > 0 ? 1 : -1
    const px = x * side - jx
    const py = y - jy
    const pz = z - jz
    const along = px * ax + py * ay + pz * az
    const q = Math.min(Math.max(along, 0), arm.length)
    const dx = px - ax * q
    const dy = py - ay * q
    const dz = pz - az * q
    const l = Math.sqrt(dx * dx + dy * dy + dz * dz) || 1e-6
    const f = (q / arm.length) * 32
    const i = f | 0
    const e = l - (radii[i]! + (radii[i + 1]! - radii[i]!) * (f - i))
    if (e >= d) return d
    out[0] = (dx / l) * side
    out[1] = dy / l
    out[2] = dz / l
    return e
  }
}

const smooth = (t: number): number => t * t * (3 - 2 * t)

interface Watch {
  /** Counts a step; @throws DrapeError when it takes too long or flies apart */
  (sim: Sim): void
}
function watchOf({ deadlineMs = DEADLINE, now = () => performance.now(), onProgress }: DrapeOptions): Watch {
  const end = now() + deadlineMs
  return (sim) => {
    if (sim.steps % 40) return
    onProgress?.(Math.min(1, sim.steps / MOST))
    if (now() > end) throw new DrapeError('deadline', `not at rest within ${deadlineMs} ms`)
    if (!Number.isFinite(sim.speed())) throw new DrapeError('burst', 'the cloth flew apart')
  }
}

/** Everything before the first step. */
function prepared({ size, gender, materials, seed }: DrapeInput, edge: number) {
  const legged = size.measures.inseam !== undefined
  const form = tried('body', () => formOf(size.body, gender, legged ? 'apart' : 'together'))
  const panels = tried('place', () => panelsOf(size))
  if (!panels.length) throw new DrapeError('place', 'the draft has no seam graph')
  const { stitching, left } = stitchingOf(size, panels)
  const flat = tried('mesh', () => meshOf(panels, stitching, edge))
  const places = tried('place', () =>
    placesOf({ size, form, panels, stitching, over: lapped(panels, gender)?.over.index }),
  )
  const start = new Float64Array(flat.vertices * 3)
  const next = random(seed)
  for (let v = 0; v < flat.vertices; v++) {
    const place = places[flat.panelOf[v]!]!.place(flat.flat[2 * v]!, flat.flat[2 * v + 1]!)
    // Nothing hangs like a drawing: a millimetre or so of unevenness.
    for (let k = 0; k < 3; k++) start[3 * v + k] = place[k]! + (next() - 0.5) * 3
  }
  const cloths = tried('cloth', () => clothsOf(panels, size, materials))
  return { form, panels, left, mesh: facing(flat, places, start, form), start, cloths }
}

/** How far the arms are held out while a drape goes on. */
interface Arms {
  degrees: number
}

/** Stitches draw the pieces together. @returns the widest gap that is left, mm */
function close(sim: Sim, watch: Watch): number {
  sim.rules = { gravity: 0, drag: 25, friction: 0.04, fastest: 900, stitch: 1 }
  for (let i = 0; i < PHASES.close; i++) {
    sim.rules.stitch = 1e-2 * 0.5 ** (i / 28) + 1e-8
    if (i > 270) sim.rules.gravity = 0.03 * G
    sim.step()
    watch(sim)
  }
  return sim.gap()
}

/** The seams are welded: cloth finds its shape, falls, the arms come down, and it swings out. */
function hang(sim: Sim, watch: Watch, arms: Arms): void {
  sim.rules = { gravity: 0.4 * LIGHTNESS * G, drag: 12, friction: 0.15, fastest: 900, stitch: 1 }
  for (let i = 0; i < PHASES.relax; i++) {
    if (i % (2 * UNTANGLE) === 0) untangle(sim)
    if (i % (2 * UNTANGLE) === UNTANGLE) caught(sim)
    sim.step()
    watch(sim)
  }
  // Little friction until the arms are down: cloth that they took along would stay stretched.
  sim.rules = { gravity: LIGHTNESS * G, drag: 2, friction: 0.06, fastest: 1800, stitch: 1 }
  for (let i = 0; i < PHASES.hang; i++) {
    arms.degrees = START_ANGLE + (ARM_ANGLE - START_ANGLE) * smooth(Math.min(1, i / PHASES.lower))
    if (i > PHASES.lower + 150) sim.rules.friction = FRICTION
    // More and more of its swing is taken, so that it comes to rest where it hangs.
    if (i > PHASES.lower + 300) sim.rules.drag = 5
    if (i % (12 * UNTANGLE) === 0) untangle(sim)
    if (i % (12 * UNTANGLE) === UNTANGLE) caught(sim)
    sim.step()
    watch(sim)
    if (i > PHASES.lower + 400 && i % 50 === 0 && sim.speed() < REST) break
  }
  sim.rules.drag = 14
  caught(sim)
  for (let i = 0; i < PHASES.calm; i++) {
    sim.step()
    watch(sim)
    if (i > 100 && i % 50 === 0 && sim.speed() < REST) break
  }
}

/**
 * @throws DrapeError when a piece has no place, an outline no mesh, the body no measure, or it takes too long
 */
export function drape(input: DrapeInput, options: DrapeOptions = {}): Draped {
  const watch = watchOf(options)
  const { form, panels, left, mesh, start, cloths } = prepared(input, options.edge ?? EDGE)
  const arms: Arms = { degrees: START_ANGLE }
  const obstacle = obstacleOf(form, () => arms.degrees)
  const building: SystemOptions = { clothOf: (panel) => cloths[panel]!, lightness: LIGHTNESS, step: STEP }
  const apart = Uint32Array.from({ length: mesh.vertices }, (_, i) => i)
  const sim = new Sim(start, systemOf(mesh, apart, building), obstacle)
  sim.stitches = mesh.stitches
  sim.half = halvesOf(mesh, apart)
  sim.pushOut(9)
  const { ties, order } = fastenings(panels, mesh, input.gender)
  const thick = Math.max(2.5, ...cloths.map(({ thickness }) => Math.min(3.5, thickness + 0.6)))
  sim.ties = ties
  // What lies over what is kept from the beginning: it could not be told later.
  if (order) sim.contacts = new Contacts(thick, orderOf(sim, mesh, order))
  if (sim.contacts) sim.contacts.onlyOrdered = true
  const gapMm = close(sim, watch)

  const particle = sim.weld()
  sim.system = systemOf(mesh, particle, building)
  sim.ties = ties.map(({ a, b, rest }) => ({ a: particle[a]!, b: particle[b]!, rest }))
  sim.half = halvesOf(mesh, particle)
  sim.held = heldOf(panels, mesh, start, particle)
  sim.contacts = new Contacts(thick, order && orderOf(sim, mesh, order))
  hang(sim, watch, arms)

  options.onProgress?.(1)
  const at = new Float64Array(mesh.vertices * 3)
  for (let v = 0; v < mesh.vertices; v++) for (let k = 0; k < 3; k++) at[3 * v + k] = sim.x[3 * particle[v]! + k]!
  const { edges, rest } = sim.system
  const speed = sim.speed() / Math.sqrt(LIGHTNESS)
  return { mesh, form, particle, at, edges, rest, gapMm, speed, steps: sim.steps, left, obstacle }
}

/** A drape that was kept, back on its mesh and its form: nothing is simulated. @throws DrapeError as {@link drape} */
export function backToCloth(
  input: DrapeInput,
  kept: Pick<Draped, 'particle' | 'at' | 'gapMm' | 'speed' | 'steps'>,
): Draped {
  const { form, left, mesh, cloths } = prepared(input, EDGE)
  const { particle, at, gapMm, speed, steps } = kept
  const building: SystemOptions = { clothOf: (panel) => cloths[panel]!, lightness: LIGHTNESS, step: STEP }
  const { edges, rest } = systemOf(mesh, particle, building)
  return {
    mesh,
    form,
    particle,
    at,
    edges,
    rest,
    gapMm,
    speed,
    steps,
    left,
    obstacle: obstacleOf(form, () => ARM_ANGLE),
  }
}

/** Crossings are looked for so often, steps; what strayed has as long to come back. */
const UNTANGLE = 20

/** What strayed through cloth is let back through it. */
function untangle(sim: Sim): void {
  const { triangles, particle } = sim.system
  const strayed = strayedOf(sim.x, triangles, particle)
  sim.strayed = strayed
  if (sim.contacts) sim.contacts.free = new Set(strayed.map((each) => each.particle))
}
function caught(sim: Sim): void {
  sim.strayed = []
  if (sim.contacts) sim.contacts.free = new Set()
}

/** The legs of trousers keep to their halves, but for what is sewn across. */
function halvesOf({ panels, panelOf, stitches }: ClothMesh, particle: Uint32Array): Int8Array {
  const halves = new Int8Array(particle.length)
  const seen = new Uint8Array(particle.length)
  for (let v = 0; v < particle.length; v++) {
    const p = particle[v]!
    const panel = panels[panelOf[v]!]!
    const side = panel.part === 'legFront' || panel.part === 'legBack' ? sideOf(panel) : 0
    halves[p] = seen[p] && halves[p] !== side ? 0 : side
    seen[p] = 1
  }
  for (let i = 0; i < stitches.length; i += 2) {
    const [p, q] = [particle[stitches[i]!]!, particle[stitches[i + 1]!]!]
    if (halves[p] === halves[q]) continue
    halves[p] = 0
    halves[q] = 0
  }
  return halves
}

/** Layers have an order where they lie round the trunk; where cloth turns over, they are where they are. */
const orderOf =
  (sim: Sim, mesh: ClothMesh, order: (vertex: number, corner: number) => number): Order =>
  (p, t, nx, nz) => {
    const side = order(p, mesh.triangles[t]!)
    if (side === 0) return 0
    const [x, z] = [sim.x[3 * p]!, sim.x[3 * p + 2]! + 10]
    return nx * x + nz * z > 0.4 * Math.hypot(x, z) ? side : 0
  }

/** A waistband has its height on the body; a form is smoother than one and would let it creep. */
function heldOf(panels: readonly Panel[], mesh: ClothMesh, start: Float64Array, particle: Uint32Array): Held[] {
  const held = new Map<number, number>()
  for (let v = 0; v < mesh.vertices; v++)
    if (panels[mesh.panelOf[v]!]?.piece.id === 'waistband') held.set(particle[v]!, start[3 * v + 1]!)
  return [...held].map(([p, y]) => ({ particle: p, y }))
}
