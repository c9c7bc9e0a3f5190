/**
 * A garment as it is worn, pictured: the drape of its own pieces, from one side. What costs time (which cloth is seen, what
 * light reaches it) is worked out once for a view; a colourway is one more pass of paint.
 */
import type { Draped } from '../drape.ts'
import { frameOf, type Shot, shotOf } from './raster.ts'
import { reliefsOf } from './relief.ts'
import { type Scene, sceneOf } from './scene.ts'
import { type Dress, type Lit, painted } from './shade.ts'
import { LIGHT, StudioLight } from './studio-light.ts'

export const SIDES = { front: 0, 'three-quarter': -38, side: -90, back: 180 } as const
export type Side = keyof typeof SIDES
export const isSide = (word: string): word is Side => word in SIDES

export interface WornPicture {
  side: Side
  width: number
  height: number
  /** sRGB, three bytes a pixel. */
  rgb: Uint8Array
}

/** Cells of the wall's shadow, and how far the wall stands behind the garment, mm. */
const WALL = { cells: 72, behind: 300 } as const

function lightOf(scene: Scene, shot: Shot, studio: StudioLight): Pick<Lit, 'outside' | 'within'> {
  const { fine, lit } = scene
  const { particle, triangles, parents } = fine
  const particles = fine.at.length / 3
  // 1: seen from outside, 2: from inside, 3: both.
  const seen = new Uint8Array(lit)
  for (let o = 0; o < shot.triangle.length; o++) {
    const t = shot.triangle[o]!
    if (t < 0) continue
    for (let k = 0; k < 3; k++) {
      const p = particle[triangles[3 * t + k]!]!
      for (const parent of [parents[2 * p]!, parents[2 * p + 1]!]) seen[parent]! |= 1 << shot.inside[o]!
    }
  }
  const out = new Float64Array(LIGHT)
  const [outside, within] = [new Float32Array(LIGHT * particles), new Float32Array(LIGHT * particles)]
  for (const [bit, side, into] of [
    [1, 1, outside],
    [2, -1, within],
  ] as const) {
    for (let p = 0; p < lit; p++) {
      if (!(seen[p]! & bit)) continue
      out.fill(0)
      studio.gather(p, side, out, 0)
      into.set(out, LIGHT * p)
    }
    for (let p = lit; p < particles; p++)
      for (let q = 0; q < LIGHT; q++)
        into[LIGHT * p + q] = (into[LIGHT * parents[2 * p]! + q]! + into[LIGHT * parents[2 * p + 1]! + q]!) / 2
  }
  return { outside, within }
}

function wallOf({ frame, width, height, turn }: Shot, studio: StudioLight): Lit['wall'] {
  const h = WALL.cells
  const w = Math.max(2, Math.round((h * width) / height))
  let light: Float32Array = new Float32Array(w * h)
  const [c, s] = [Math.cos((turn * Math.PI) / 180), Math.sin((turn * Math.PI) / 180)]
  for (let j = 0; j < h; j++)
    for (let i = 0; i < w; i++) {
      const x = ((i + 0.5) / w - 0.5) * ((frame.tall * width) / height) + frame.middle[0]
      const y = frame.middle[1] - ((j + 0.5) / h - 0.5) * frame.tall
      light[j * w + i] = studio.wall(c * x - s * WALL.behind, y, -s * x - c * WALL.behind)
    }
  for (let pass = 0; pass < 3; pass++) light = blurred(light, w, h)
  return { w, h, light }
}

function blurred(of: Float32Array, w: number, h: number): Float32Array {
  const out = of.slice()
  for (let j = 1; j < h - 1; j++)
    for (let i = 1; i < w - 1; i++) {
      let sum = 0
      for (let b = -1; b <= 1; b++) for (let a = -1; a <= 1; a++) sum += of[(j + b) * w + i + a]!
      out[j * w + i] = sum / 9
    }
  return out
}

/**
 * Pictures of one drape: every side in every colouring, sides outermost.
 * @param height of a picture, px; it is four fifths as wide
 * @param onProgress told how far it is, 0–1
 */
export function wornPictures(
  draped: Draped,
  sides: readonly Side[],
  dresses: readonly Dress[],
  height: number,
  onProgress: (share: number) => void = () => undefined,
): WornPicture[] {
  const width = Math.round(0.8 * height)
  const scene = sceneOf(draped)
  const reliefs = reliefsOf(draped.mesh)
  const frame = frameOf(scene, width, height)
  const steps = sides.length * (2 + dresses.length)
  let done = 0
  const step = (): void => onProgress(++done / steps)
  return sides.flatMap((side) => {
    const turn = SIDES[side]
    const studio = new StudioLight(scene, turn)
    const shot = shotOf(scene, turn, frame, width, height)
    step()
    const lit: Lit = {
      mesh: draped.mesh,
      scene,
      shot,
      key: studio.key,
      ...lightOf(scene, shot, studio),
      reliefs,
      wall: wallOf(shot, studio),
    }
    step()
    return dresses.map((dress): WornPicture => {
      const rgb = painted(lit, dress)
      step()
      return { side, width, height, rgb }
    })
  })
}
