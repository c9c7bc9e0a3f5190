/** What trousers and skirts share: their frame and their waist. y 0 is the upper edge of the waistband. */
import type { Hand } from './cloth.ts'
import { HANDS } from './cloth.ts'
import type { Path } from './geometry.ts'
import { pt, through } from './geometry.ts'
import type { Full, PackshotInput } from './input.ts'
import { random } from '../../core/random.ts'
import type { Piece } from './piece.ts'

/** What trousers and skirts are drawn with. */
export interface LowerFrame {
  input: PackshotInput
  m: Full
  back: boolean
  rng: () => number
  r: (a: number, b: number) => number
  hand: Hand
  lap: 1 | -1
}

/** The frame of one picture; its chance follows the style's seed. */
export const lowerFrame = (input: PackshotInput, m: Full): LowerFrame => {
  const rng = random(input.seed * 7919 + 13)
  return {
    input,
    m,
    back: input.view === 'back',
    rng,
    r: (a, b) => a + (b - a) * rng(),
    hand: HANDS[input.textures.shell?.texture ?? 'twill'],
    lap: input.gender === 'men' ? 1 : -1,
  }
}

/** Waist as an ellipse seen from slightly above: the front edge dips, the back edge shows behind it. */
export const waistCurve = (half: number, y: number, dip: number): Path =>
  through(
    [pt(-half, y), pt(-half * 0.62, y + dip * 0.68), pt(0, y + dip), pt(half * 0.62, y + dip * 0.68), pt(half, y)],
    8,
  )

/** The inside of the back waist with its label, seen over the front edge. */
export function waistInside(c: LowerFrame, half: number, dip: number, depth: number): Piece {
  const top = waistCurve(half - 1, 0, -dip * 0.75)
  const low = waistCurve(half - 1, depth, dip)
  const seam = waistCurve(half - 2, depth * 0.86 - 4, -dip * 0.3)
  return {
    parts: [
      {
        id: 'inside',
        belongs: 'inside',
        ink: c.input.textures.lining ? 'lining' : 'shell',
        outline: [...top, ...[...low].reverse()],
        surface: { kind: 'base', z: 2, dome: 0, bevel: 2.4 },
        shade: 0.52,
        seams: [{ path: seam, shows: 'waistband', width: 2, depth: 0.8 }],
      },
    ],
    trims: [{ kind: 'label', at: pt(0, depth * 0.34), width: 40, height: 18, over: 'inside' }],
  }
}
