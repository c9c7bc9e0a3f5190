/** What an order adds to a style before its documents can be drawn: the cutting plan of what was ordered, and the flats. */
import { clothOf } from '../derive.ts'
import { flatWithSpots } from '../flats/index.ts'
import { mixedMarker, type Spread } from '../marker.ts'
import { packshotInput } from '../packshot/input.ts'
import { MATERIAL_ROLES } from '../types.ts'
import type { BriefInput } from './brief.ts'
import type { FlatSpots } from './callouts.ts'

/** Search effort per marker: a lay is cut many plies deep, so a little search pays; see scripts/bench/marker.ts. */
const EFFORT = { stripMm: 6, iterations: 24, seed: 1 } as const

/**
 * The lays of every cloth that is cut, which together make exactly what was ordered.
 * @param quantities garments by size
 */
export function laysFor(
  { spec, draft }: Pick<BriefInput['style'], 'spec' | 'draft'>,
  quantities: Readonly<Record<string, number>>,
): Spread[] {
  const pieces = Object.fromEntries(draft.sizes.map((each) => [each.size, each.pieces]))
  return MATERIAL_ROLES.flatMap((role) => {
    const material = spec.materials[role]
    const isCut = draft.sizes.some((size) => size.pieces.some((piece) => piece.role === role))
    if (!material || !isCut) return []
    return mixedMarker(pieces, clothOf(role, material), quantities, EFFORT).spreads.filter(
      ({ marker }) => marker.lengthMm > 0,
    )
  })
}

/**
 * Front and back as line drawings of the base size, from the same measures as the pattern, and where on them each
 * construction feature is drawn.
 */
export function flatsFor({ spec, derived }: Pick<BriefInput['style'], 'spec' | 'derived'>): {
  front: string
  back: string
  spots: FlatSpots
} {
  const measures = derived.sizes.find(({ size }) => size === spec.sizes.base)?.measures ?? {}
  const drawn = (view: 'front' | 'back') =>
    flatWithSpots(packshotInput(spec, measures, spec.colourways[0]?.id ?? '', view), view)
  const [front, back] = [drawn('front'), drawn('back')]
  return { front: front.svg, back: back.svg, spots: { front: front.spots, back: back.spots } }
}
