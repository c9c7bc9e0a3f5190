/**
 * The drape test after ISO 9073-9, simulated: a disc of cloth of 30 cm lies on a plate of 18 cm, and the shadow of what hangs
 * over is measured. 100 % is a board, 0 % hangs straight down. It holds every class of cloth against what is published for
 * its kind.
 */
import { random } from '../../core/random.ts'
import { Ring } from '../sewing/ring.ts'
import type { Piece, Point } from '../types.ts'
import { type ClothClass, clothOfClass } from './cloth.ts'
import { LIGHTNESS } from './drape.ts'
import { FAR } from './form/grid.ts'
import { meshOf } from './mesh.ts'
import type { Panel } from './panels.ts'
import { Sim, STEP } from './sim/sim.ts'
import { systemOf } from './sim/system.ts'

const DISC = 150
const PLATE = 90
const EDGE = 11

/**
 * Drape coefficients by kind of cloth, percent, and the weight they are tried at. Ranges as the reviews of the trade give them
 * for a disc of 30 cm (Cusick 1968; Sanad, Cassidy and Cheung 2012; Fan, Yu and Hunter 2004): wide, because cloth is. Written
 * down from memory, and read by no textile engineer yet.
 */
export const PUBLISHED: Readonly<Record<ClothClass, { gsm: number; from: number; to: number }>> = {
  jersey: { gsm: 180, from: 10, to: 40 },
  rib: { gsm: 280, from: 12, to: 45 },
  fleece: { gsm: 320, from: 20, to: 60 },
  satin: { gsm: 80, from: 20, to: 60 },
  poplin: { gsm: 130, from: 40, to: 80 },
  linen: { gsm: 180, from: 50, to: 85 },
  twill: { gsm: 250, from: 50, to: 85 },
  canvas: { gsm: 340, from: 65, to: 98 },
  melton: { gsm: 520, from: 55, to: 90 },
  quilt: { gsm: 200, from: 65, to: 99 },
}

function disc(): Panel {
  const seam: Point[] = Array.from({ length: 96 }, (_, i) => {
    const t = (i / 96) * 2 * Math.PI
    return { x: DISC * Math.cos(t), y: DISC * Math.sin(t) }
  })
  const piece: Piece = {
    id: 'disc',
    name: { zh: '圆片', en: 'Disc' },
    role: 'shell',
    count: 1,
    mirrored: false,
    cut: seam,
    seam,
    grainDeg: 90,
    notches: [],
    lines: [],
  }
  return { key: 'disc#0', piece, copy: 0, part: 'front', ring: new Ring(seam), layers: 1, mouths: [] }
}

/** Area of the shadow of an outline round the middle, mm²: the furthest of it in every direction. */
function shadow(x: Float64Array, loop: Uint32Array): number {
  const n = 720
  let area = 0
  for (let k = 0; k < n; k++) {
    const t = (k / n) * 2 * Math.PI
    const [c, s] = [Math.cos(t), Math.sin(t)]
    let far = PLATE
    loop.forEach((vertex, i) => {
      const next = loop[(i + 1) % loop.length]!
      const [ax, az, bx, bz] = [x[3 * vertex]!, x[3 * vertex + 2]!, x[3 * next]!, x[3 * next + 2]!]
      // Across the ray, and along it.
      const [p, q] = [ax * -s + az * c, bx * -s + bz * c]
      if (p < 0 === q < 0) return
      const u = p / (p - q)
      far = Math.max(far, (ax + (bx - ax) * u) * c + (az + (bz - az) * u) * s)
    })
    area += (far * far * Math.PI) / n
  }
  return area
}

/** @returns the drape coefficient, percent */
export function drapeCoefficient(name: ClothClass, gsm: number, seed = 1): number {
  const mesh = meshOf([disc()], [], EDGE)
  const cloth = clothOfClass(name, gsm)
  const next = random(seed)
  const start = new Float64Array(mesh.vertices * 3)
  const held: number[] = []
  for (let v = 0; v < mesh.vertices; v++) {
    const [x, y] = [mesh.flat[2 * v]!, mesh.flat[2 * v + 1]!]
    const on = Math.hypot(x, y) <= PLATE
    start.set([x, on ? 0 : (next() - 0.5) * 2, y], 3 * v)
    if (on) held.push(v)
  }
  const particle = Uint32Array.from({ length: mesh.vertices }, (_, i) => i)
  const system = systemOf(mesh, particle, { clothOf: () => cloth, lightness: LIGHTNESS, step: STEP }, held)
  const sim = new Sim(start, system, () => FAR)
  sim.rules = { gravity: LIGHTNESS * 9810, drag: 3, friction: 0, fastest: 1800, stitch: 1 }
  for (let i = 0; i < 1800; i++) {
    if (i === 900) sim.rules.drag = 9
    sim.step()
    if (i > 1100 && i % 50 === 0 && sim.speed() < 0.5) break
  }
  const [loop = new Uint32Array(0)] = mesh.loops
  const plate = Math.PI * PLATE * PLATE
  return (100 * (shadow(sim.x, loop) - plate)) / (Math.PI * DISC * DISC - plate)
}
