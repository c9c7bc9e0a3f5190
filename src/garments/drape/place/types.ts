/** Where pieces start round the form, before they are sewn. mm; y up, z to the front, x to the wearer's left. */
import type { SizeDraft } from '../../types.ts'
import type { Form } from '../form/form.ts'
import type { Panel } from '../panels.ts'
import type { Stitching } from '../stitches.ts'

export type V3 = readonly [x: number, y: number, z: number]
/** From a place on the piece to a place in the room. */
export type Place = (x: number, y: number) => V3

export interface Placed {
  place: Place
  /** The line it goes round: its face looks away from it. */
  round: 'trunk' | 'arm' | 'leg'
  /** Which half of the body an arm or a leg is on: 1 the wearer's left, −1 the right; 0 both. */
  side: 1 | -1 | 0
}
export interface Placing {
  size: SizeDraft
  form: Form
  panels: readonly Panel[]
  stitching: readonly Stitching[]
  /** The front that buttons over another: it starts further out. */
  over: number | undefined
  /** Fronts are sewn to the other half of the back than the one on their side as drafted: backs and sleeves are turned over. */
  turned: boolean
}

/** Arms start this far from the body, degrees; they are lowered while the cloth hangs. */
export const START_ANGLE = 42

/** Copy 0 is on the wearer's left, its mirror on the right; a piece that is cut once lies over both. */
export const sideOf = ({ piece, copy }: Panel): 1 | -1 => (piece.count > 1 && copy >= piece.count / 2 ? -1 : 1)
