/** The facing of a back neck where no lining covers it: from the neck along the shoulder, and down the centre. */
import { between, chain, distance } from '../geometry.ts'
import type { Point } from '../types.ts'
import type { Drafted } from './engine.ts'
import type { Shape } from './types.ts'

/** Depth at the centre back, mm. */
const DEPTH = 65

/**
 * Half of it, drafted on the fold at x = 0 of the back's centre.
 * @param width along the shoulder: as wide as the front facing that it meets, mm
 */
export function backFacingShape(d: Drafted, back: string, width: number): Shape {
  const at = (name: string): Point => d.point(back, name)
  const [neck, shoulder, centre] = [at('neck'), at('shoulder'), at('cbNeck')]
  const onShoulder = between(neck, shoulder, Math.min(0.9, width / distance(neck, shoulder)))
  const outer = { x: onShoulder.x - centre.x, y: onShoulder.y }
  // Its centre is on the fold, wherever the back's own shaped seam begins.
  const onFold = (p: Point): Point => ({ x: p.x - centre.x, y: p.y })
  const neckline = chain(d.ring(back), centre, neck).map(onFold)
  const cbNeck = onFold(centre)
  const low = { x: 0, y: cbNeck.y + DEPTH }
  const edge = Array.from({ length: 13 }, (_, i): Point => {
    const [t, u] = [i / 12, 1 - i / 12]
    const [a, b] = [
      { x: outer.x * 0.92, y: outer.y + (low.y - outer.y) * 0.6 },
      { x: outer.x * 0.55, y: low.y },
    ]
    const mix = (p: number, q: number, r: number, s: number) =>
      u ** 3 * p + 3 * u * u * t * q + 3 * u * t * t * r + t ** 3 * s
    return { x: mix(outer.x, a.x, b.x, low.x), y: mix(outer.y, a.y, b.y, low.y) }
  })
  return { ring: [...neckline, ...edge], points: { cbNeck, neck: onFold(neck), outer, cbLow: low } }
}
