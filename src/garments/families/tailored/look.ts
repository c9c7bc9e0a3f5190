/** What a coat or jacket looks like, and what all its panels are drawn from. */
import type { Field } from '../../drawing/folds.ts'
import type { UpperFrame } from '../../drawing/frame.ts'
import type { Path } from '../../drawing/geometry.ts'
import type { Seam } from '../../drawing/layout.ts'
import type { lapels } from './lapels.ts'

/** As its category reads its choices. */
export interface TailoredLook {
  kind: 'coat' | 'jacket'
  closure: 'double' | 'single' | 'concealed'
  /** `notched` has lapels, the others close to the neck. */
  collar: 'notched' | 'fur' | 'stand'
  pockets: 'patch-flap' | 'patch' | 'flap' | 'welt' | 'none'
  /** Upright welts of a coat, the breast welt of a jacket. */
  chestPocket: boolean
  belt: 'half' | 'full' | 'none'
  cuff: 'turned' | 'vent' | 'plain'
  epaulettes: boolean
  lined: boolean
  /** Slit in the centre back of a jacket. */
  vent: boolean
  /** Buttons of a single row, where its closure names them. */
  buttons?: number
}

/** A coat or jacket laid out up to its body: what its front and its back are drawn on. */
export interface TailoredBody {
  f: UpperFrame
  look: TailoredLook
  /** Lapels, where the front has them, and where they begin to roll. */
  lp: ReturnType<typeof lapels> | undefined
  breakY: number
  /** How far the top panel reaches over the centre, and how far buttons stand from it when there are two columns, mm. */
  overlap: number
  column: number
  throat: number
  neckline: Path
  hem: Path
  folds: Field
  seams: readonly Seam[]
}
