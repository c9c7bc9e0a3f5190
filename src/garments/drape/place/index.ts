/** Every panel of a size round its form, by what part of the garment it is and what it is sewn to. */
import { boxOf } from '../../geometry.ts'
import { armSide, onSleeve } from './arm.ts'
import { onCone } from './cone.ts'
import { following } from './follow.ts'
import { onLeg } from './leg.ts'
import { onTrunk, trunkOf, zeroHeight } from './trunk.ts'
import { type Placed, type Placing, sideOf } from './types.ts'
import { besides } from './beside.ts'

/** Half of a doubled waistband's height as it is worn, 0 without one. */
function bandHeight({ panels }: Placing): number {
  const band = panels.find(({ piece }) => piece.id === 'waistband')
  if (!band) return 0
  const { y0, y1 } = boxOf(band.ring.points)
  return y1 - y0
}

/** Are fronts sewn across: x > 0 of a front to x < 0 of a back, both cut once? */
function sewnAcross({ panels, stitching }: Pick<Placing, 'panels' | 'stitching'>): boolean {
  let sum = 0
  for (const { a, b } of stitching) {
    const [p, q] = [panels[a.panel], panels[b.panel]]
    if (!p || !q || p.piece.count > 1 || q.piece.count > 1) continue
    if (!(p.part === 'front' && q.part === 'back') && !(p.part === 'back' && q.part === 'front')) continue
    sum += Math.sign(p.ring.at(a.from + a.length / 2).x * q.ring.at(b.from + b.length / 2).x)
  }
  return sum < 0
}

/** @throws Error naming a piece that has no place on the form */
export function placesOf(given: Omit<Placing, 'turned'>): Placed[] {
  const placing: Placing = { ...given, turned: sewnAcross(given) }
  const { form, panels } = placing
  const height = bandHeight(placing)
  const trunk = trunkOf(form)
  const cone = onCone(placing, height)
  const placed: (Placed | undefined)[] = panels.map((panel, i): Placed | undefined => {
    const side = sideOf(panel)
    switch (panel.part) {
      case 'front':
      case 'back': {
        // The front that buttons over the other lies further out.
        const over = i === placing.over
        return {
          place: onTrunk(panel, trunk, zeroHeight(panel, form, height), over ? 14 : 0, placing.turned),
          round: 'trunk',
          side: 0,
        }
      }
      case 'sleeve':
      case 'underSleeve':
        return { place: onSleeve(placing, i), round: 'arm', side: armSide(placing, panel) }
      case 'legFront':
      case 'legBack': {
        const part = panel.part === 'legFront' ? 'legBack' : 'legFront'
        const mate = panels.find((other) => other.part === part && other.copy === panel.copy)
        return mate && { place: onLeg(panel, mate, form), round: 'leg', side }
      }
      case 'sector': {
        const place = cone.get(panel.key)
        return place && { place, round: 'trunk', side: 0 }
      }
      default:
        return undefined
    }
  })
  // What goes on from others takes its place after them, as often as it takes.
  for (let round = 0; round < 4; round++)
    panels.forEach((panel, i) => {
      if (placed[i]) return
      const found = panel.part === 'trunk' ? besides(placing, i, placed, trunk) : following(placing, i, placed)
      if (found) placed[i] = found
    })
  return placed.map((found, i) => {
    if (found) return found
    throw new Error(`"${panels[i]?.key}" has no place on the form`)
  })
}
