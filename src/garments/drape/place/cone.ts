/** Panels of a flared skirt, rolled to the cone that they make together, in the order in which they are sewn to the waist. */
import { outerSeams } from '../panels.ts'
import { zeroHeight } from './trunk.ts'
import type { Place, Placing } from './types.ts'

/** Cloth starts this much wider than its cone. */
const WIDE = 1.12

export function onCone(placing: Placing, bandHeight: number): ReadonlyMap<string, Place> {
  const { size, form, panels } = placing
  const chain = outerSeams(size)
    .flatMap(({ a, b }) => [a.stretches, b.stretches])
    .map((stretches) => stretches.filter(({ piece }) => piece.startsWith('skirtPanel')))
    .reduce((best, stretches) => (stretches.length > best.length ? stretches : best), [])
  const places = new Map<string, Place>()
  const first = panels.find(({ part }) => part === 'sector')
  if (!first || chain.length < 2) return places
  const top = first.piece.anchors?.['topRight'] ?? { x: 0, y: 1 }
  const half = Math.abs(Math.atan2(top.x, top.y))
  const inner = Math.hypot(top.x, top.y)
  const n = chain.length
  const share = Math.min(0.999, (half * n) / Math.PI)
  const slope = Math.sqrt(1 - share * share)
  // With a bodice the zip is at the back, without one at the wearer's left side.
  const bodice = panels.some(({ part }) => part === 'front')
  const start = bodice ? Math.PI : Math.PI / 2
  const waist = bodice ? form.y.waist - 6 : zeroHeight(first, form, bandHeight)
  chain.forEach((stretch, k) => {
    const panel = panels.find(({ key }) => key === `${stretch.piece}#${stretch.copy}`)
    if (!panel) return
    const enter = panel.ring.at(stretch.from).x
    const leave = panel.ring.at(stretch.from + stretch.length).x
    const way = leave > enter ? 1 : -1
    places.set(panel.key, (x, y) => {
      const local = (way * Math.atan2(x, y)) / share
      const r = Math.hypot(x, y)
      const angle = start - ((k + 0.5) / n) * 2 * Math.PI - local * 0.985
      const out = r * share * WIDE
      return [out * Math.sin(angle) * 1.08, waist - (r - inner) * slope, -4 + out * Math.cos(angle) * 0.94]
    })
  })
  return places
}
