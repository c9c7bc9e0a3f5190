/** What a mark on a piece is for, as it is said at the cutting table. */
import type { Localized } from '../../core/values.ts'
import { both } from '../blocks/common.ts'
import { boxOf } from '../geometry.ts'
import type { DrawnLine, Piece, SizeDraft } from '../types.ts'
import { LINE_WORDS } from './words.ts'

export const POSITION_WORDS = {
  lapel: both('驳口点；大小：驳头宽 × 驳口线长', 'Break point; extent: lapel width × roll line'),
  notch: both('驳角；大小：驳嘴长', 'Lapel tip; extent: length of the notch'),
  collar: both('领角；大小：领角长', 'Collar point; extent: its length'),
  belt: both('腰襻缝位', 'Belt, where it is set in'),
} as const

const WORDS = {
  flap: both('袋盖位', 'Pocket flap'),
  mouth: both('袋口位', 'Pocket mouth'),
  facing: both('挂面线', 'Facing line'),
  beltLoop: both('裤襻位', 'Belt loop'),
  eyelet: both('气眼位', 'Eyelet'),
} as const

/** Measures of a mark and of the piece that is sewn on there may differ by so much, mm. */
const ALIKE = 4
/** An eyelet is no wider than this, mm. */
const EYELET = 14

/** A pocket's mark is its flap's where it is as large as the flap; where it is a line it is the mouth. */
function pocketWords({ points }: DrawnLine, { pieces }: SizeDraft): Localized {
  const { x0, y0, x1, y1 } = boxOf(points)
  if (y1 - y0 < 1) return WORDS.mouth
  const isFlap = pieces.some(({ id, seam }) => {
    if (id !== 'flap') return false
    const flap = boxOf(seam)
    // Over a princess seam the mark ends before its flap does.
    return x1 - x0 < flap.x1 - flap.x0 + ALIKE && Math.abs(flap.y1 - flap.y0 - (y1 - y0)) < ALIKE
  })
  return isFlap ? WORDS.flap : LINE_WORDS.pocket
}

function guideWords({ points }: DrawnLine, { id }: Piece): Localized {
  const { x0, y0, x1, y1 } = boxOf(points)
  if (/waistband/i.test(id)) return WORDS.beltLoop
  if (y1 - y0 < 1 && x1 - x0 <= EYELET) return WORDS.eyelet
  return x1 - x0 < 1 ? WORDS.facing : LINE_WORDS.guide
}

/** @param piece that the mark lies on @param size whose other pieces say what is sewn on there */
export function markWords(mark: DrawnLine, piece: Piece, size: SizeDraft): Localized {
  if (mark.kind === 'pocket') return pocketWords(mark, size)
  return mark.kind === 'guide' ? guideWords(mark, piece) : LINE_WORDS[mark.kind]
}
