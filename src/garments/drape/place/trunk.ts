/** Round the trunk: an upright ellipse that fronts and backs are rolled on, drawn together towards the shoulders. */
import { boxOf } from '../../geometry.ts'
import type { Form } from '../form/form.ts'
import type { Panel } from '../panels.ts'
import { type Place, sideOf, type V3 } from './types.ts'

/** Points of an ellipse by their way along it from its front, towards the wearer's left. */
export function ellipse(a: number, b: number): { round: number; at: (s: number) => { x: number; z: number } } {
  const n = 720
  const way = new Float64Array(n + 1)
  for (let i = 1; i <= n; i++) {
    const [t0, t1] = [((i - 1) / n) * 2 * Math.PI, (i / n) * 2 * Math.PI]
    way[i] = way[i - 1]! + Math.hypot(a * (Math.sin(t1) - Math.sin(t0)), b * (Math.cos(t1) - Math.cos(t0)))
  }
  const round = way[n]!
  return {
    round,
    at: (s) => {
      const mm = ((s % round) + round) % round
      let low = 0
      let high = n
      while (high - low > 1) {
        const middle = (low + high) >> 1
        if (way[middle]! <= mm) low = middle
        else high = middle
      }
      const t = ((low + (mm - way[low]!) / (way[low + 1]! - way[low]!)) / n) * 2 * Math.PI
      return { x: a * Math.sin(t), z: b * Math.cos(t) }
    },
  }
}

/** Room between the form and the cloth at its sides, and before and behind it, mm. */
const AIR = { side: 38, depth: 58 }
/** Cloth starts this far above the shoulder, mm. */
const LIFT = 14

export interface Trunk {
  /** Half of the way round. */
  half: number
  /** @param s way from the middle of the front, mm @param y height @param out further from the form, mm */
  at: (s: number, y: number, out?: number) => V3
}

export function trunkOf({ section, y }: Pick<Form, 'section' | 'y'>): Trunk {
  const a = Math.max(section(y.bust).a, section(y.seat).a) + AIR.side
  const b = Math.max(section(y.bust).b, section(y.seat).b) + AIR.depth
  const base = ellipse(a, b)
  return {
    half: base.round / 2,
    at: (s, height, out = 0) => {
      const p = base.at(s)
      const t = Math.max(0, Math.min(1, (height - y.armpit) / (y.hps - y.armpit)))
      const more = 1 + out / b
      return [p.x * more, height, -10 + p.z * (1 - 0.66 * t * t) * more]
    },
  }
}

/** Height of a piece's y = 0: tops hang from the high point of the shoulder, skirts from the waist. */
export function zeroHeight(panel: Panel, form: Form, bandHeight: number): number {
  const { piece } = panel
  if (piece.id.startsWith('skirt')) return form.y.waist - bandHeight / 2
  const top = piece.anchors?.['neck'] ?? piece.anchors?.['neckStart']
  return form.y.hps + LIFT + (top?.y ?? 0)
}

/** A front or a back: its x runs from the middle, the wearer's left at +x of the first copy. */
export function onTrunk(panel: Panel, trunk: Trunk, zero: number, out: number, turned: boolean): Place {
  const { x0, x1 } = boxOf(panel.piece.seam)
  // One of two halves lies wholly on its side, whichever way it is drafted.
  const drafted = x0 + x1 >= 0 ? 1 : -1
  const flip = (panel.piece.count > 1 ? drafted * sideOf(panel) : 1) * (turned && panel.part === 'back' ? -1 : 1)
  return panel.part === 'back'
    ? (x, y) => trunk.at(trunk.half - flip * x, zero - y, out)
    : (x, y) => trunk.at(flip * x, zero - y, out)
}
