/** Tape that stiffens a fitted waistband: slit to its width and bought by the metre, where styles before cut it from cloth. */
import { taped } from '../blocks/common.ts'
import { boxOf } from '../geometry.ts'
import type { BomRow, Draft, SizeDraft, StyleSpec } from '../types.ts'
import { both, bySize, chosen, each, round, type Trim } from './trim.ts'

/** Non-woven with an edge that folds, fused on; weight of makers' tapes for trousers and skirts (ours). */
const GSM = 90
/** Assumed price of a metre, CNY fen for each mm of width. */
const FEN_PER_MM = 1.1

const CODE = 'TAPE-WAIST-'
export const isWaistTape = ({ code }: Pick<BomRow, 'code'>): boolean => code.startsWith(CODE)

const bandOf = (size: SizeDraft) => size.pieces.find(({ id }) => id === 'waistband')

/** The tape of a waistband that is fused, along the whole band with its extension; a band that elastic gathers has none. */
export function waistTape(spec: StyleSpec, draft: Draft): Trim[] {
  if (!taped(spec.recipe) || chosen(spec, 'waist') === 'elastic' || !draft.sizes.some(bandOf)) return []
  const lengths = each(draft, (size) => {
    const band = bandOf(size)
    if (!band) return 0
    const { x0, x1 } = boxOf(band.seam)
    return Math.round(x1 - x0)
  })
  // Tape is slit to whole millimetres; wider than the band it would lie in the fold.
  const widthMm = Math.floor(Math.min(...draft.sizes.map(({ measures }) => measures.waistband ?? Infinity)))
  const words = bySize(lengths, both('mm', 'mm'))
  return [
    {
      role: 'trim',
      code: `${CODE}${widthMm}`,
      name: both(`${widthMm} mm 腰衬带`, `Waistband tape, ${widthMm} mm`),
      specification: both(
        `涤纶无纺粘合衬带，${GSM} g/m²，宽 ${widthMm} mm，裁长 ${words.zh}`,
        `fusible polyester non-woven tape, ${GSM} g/m², ${widthMm} mm wide, cut length ${words.en}`,
      ),
      placement: both('腰头面，对折线以外', 'Outside of the waistband, up to its fold'),
      unit: 'm',
      quantity: each(draft, (size) => round((lengths[size.size] ?? 0) / 1000, 3)),
      wastePercent: 3,
      fen: Math.round(widthMm * FEN_PER_MM),
      grams: round((GSM * widthMm) / 1000, 2),
      colourFrom: [],
    },
  ]
}
