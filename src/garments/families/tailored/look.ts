/** What a coat or jacket is like: its choices, and what all its panels are drawn from. */
import type { Field } from '../../drawing/folds.ts'
import type { Path } from '../../drawing/geometry.ts'
import type { PackshotInput } from '../../drawing/input.ts'
import { choose } from '../../drawing/input.ts'
import type { Seam } from '../../drawing/layout.ts'
import type { UpperFrame } from '../../drawing/frame.ts'
import type { lapels } from './lapels.ts'

/** What was asked of a coat or jacket, read from its construction. */
export function coatStyle({ category, construction: c }: PackshotInput) {
  const jacket = category === 'jacket'
  const coat = !jacket
  const closure = choose(
    c,
    ['closure', 'front', 'fastening'],
    [
      ['double', /double|db/],
      ['zip', /zip/],
      ['concealed', /conceal|fly|hidden/],
      ['single', /single|button|sb/],
    ],
    coat ? 'double' : 'single',
  )
  const collarKind = choose(
    c,
    ['collar', 'lapel'],
    [
      ['fur', /fur/],
      ['peaked', /peak/],
      ['shawl', /shawl/],
      ['stand', /stand|mandarin|funnel|mao|band/],
      ['shirt', /shirt/],
      ['notched', /notch|lapel|tailor/],
      ['turned', /turn|ulster|storm|convertible|cloth|flat|peter/],
      ['none', /none|collarless/],
    ],
    coat ? (closure === 'double' ? 'peaked' : 'notched') : 'notched',
  )
  const pockets = choose(
    c,
    ['pocket', 'pockets'],
    [
      ['patch-flap', /patch.*flap|bellow/],
      ['patch', /patch/],
      ['flap', /flap/],
      ['welt', /welt|jet|slant|slash/],
      ['none', /none/],
    ],
    'flap',
  )
  const belted = choose(
    c,
    ['belt'],
    [
      ['none', /none|no|without/],
      ['tied', /tie|sash|soft/],
      ['half', /half|back|martingale/],
      ['buckle', /belt|buckle|full|self|waist|yes/],
    ],
    'none',
  )
  const cuffKind = choose(
    c,
    ['cuff', 'cuffs', 'sleeve'],
    [
      ['turned', /turn|gauntlet|deep/],
      ['tab', /tab|strap/],
      ['vent', /vent|button/],
      ['plain', /plain|none|hem/],
    ],
    coat ? 'turned' : 'vent',
  )
  const shoulder = choose(
    c,
    ['shoulder', 'shoulders', 'epaulette', 'epaulettes'],
    [
      ['epaulette', /epaul|strap/],
      ['plain', /./],
    ],
    'plain',
  )
  return { jacket, coat, closure, collarKind, pockets, belted, cuffKind, shoulder }
}

export type CoatStyle = ReturnType<typeof coatStyle>

/** A coat or jacket laid out up to its body: what its front and its back are drawn on. */
export interface CoatBody {
  f: UpperFrame
  style: CoatStyle
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
  hasBelt: boolean
}
