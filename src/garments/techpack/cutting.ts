/** What an order adds to a style before its documents can be drawn: the cutting plan of what was ordered, and the flats. */
import { clothOf } from '../derive.ts'
import { flatWithSpots } from '../flats/index.ts'
import type { Drawing } from '../linework/drawing.ts'
import { improve, mixedMarker, type NestRequest, type Spread } from '../marker.ts'
import { packshotInput } from '../packshot/input.ts'
import { type Draft, MATERIAL_ROLES, type MaterialRole } from '../types.ts'
import type { BriefInput } from './brief.ts'
import type { FlatSpots } from './callouts.ts'

/** Search effort per marker: a lay is cut many plies deep, so a little search pays; see scripts/bench/marker.ts. */
export const EFFORT = { stripMm: 6, iterations: 24, seed: 1 } as const
const LEAST_SEARCH_MS = 100

/** Cloths that are cut, in the order of their roles. */
export const rolesOf = ({ spec, draft }: Pick<BriefInput['style'], 'spec' | 'draft'>): MaterialRole[] =>
  MATERIAL_ROLES.filter(
    (role) => spec.materials[role] && draft.sizes.some(({ pieces }) => pieces.some((piece) => piece.role === role)),
  )

/** The pieces of one cloth that lie in a marker. @param ratio garments by size */
export const requestsOf = (draft: Draft, role: MaterialRole, ratio: Readonly<Record<string, number>>): NestRequest[] =>
  Object.entries(ratio).flatMap(([size, copies]) =>
    (draft.sizes.find((each) => each.size === size)?.pieces ?? [])
      .filter((piece) => piece.role === role)
      .map((piece) => ({ piece, size, copies })),
  )

/**
 * The lays of every cloth that is cut, which together make exactly what was ordered.
 * @param quantities garments by size
 */
export function laysFor(
  style: Pick<BriefInput['style'], 'spec' | 'draft'>,
  quantities: Readonly<Record<string, number>>,
): Spread[] {
  const pieces = Object.fromEntries(style.draft.sizes.map((each) => [each.size, each.pieces]))
  return rolesOf(style).flatMap((role) => {
    const material = style.spec.materials[role]
    if (!material) return []
    return mixedMarker(pieces, clothOf(role, material), quantities, EFFORT).spreads.filter(
      ({ marker }) => marker.lengthMm > 0,
    )
  })
}

/**
 * Search on for shorter markers while time lasts, the most where most cloth lies: a brief is made in the background, and
 * a centimetre of marker is a centimetre in every ply. How far it gets depends on the machine. Never longer than before.
 * @param budgetMs for all lays together, ms; a tenth of a second at least goes to each lay that is searched
 * @param options.seed another one for another search of the same lays: the same seed walks the same way again
 */
export async function improvedLays(
  { spec, draft }: Pick<BriefInput['style'], 'spec' | 'draft'>,
  lays: readonly Spread[],
  budgetMs: number,
  options: { seed?: number; signal?: AbortSignal; onProgress?: (share: number) => void } = {},
): Promise<Spread[]> {
  const { seed = EFFORT.seed } = options
  const worth = ({ marker, plies }: Spread): number =>
    plies * marker.lengthMm * (spec.materials[marker.role]?.pricePerMetre ?? 1)
  const whole = lays.reduce((sum, lay) => sum + worth(lay), 0)
  const done: Spread[] = []
  for (const lay of lays) {
    const { role } = lay.marker
    const material = spec.materials[role]
    const share = whole > 0 ? (budgetMs * worth(lay)) / whole : 0
    if (!material || share < LEAST_SEARCH_MS) {
      done.push(lay)
      continue
    }
    const marker = await improve(requestsOf(draft, role, lay.ratio), clothOf(role, material), {
      ...EFFORT,
      seed,
      budgetMs: share,
      beat: lay.marker,
      ...(options.signal ? { signal: options.signal } : {}),
    })
    done.push({ ...lay, marker, clothMm: lay.clothMm - lay.plies * (lay.marker.lengthMm - marker.lengthMm) })
    options.onProgress?.(done.length / lays.length)
  }
  return done
}

/**
 * Front and back as line drawings of the base size, from the measures and marks of the pattern, and where on them each
 * construction feature is drawn.
 */
export function flatsFor({ spec, draft }: Pick<BriefInput['style'], 'spec' | 'draft'>): {
  front: Drawing
  back: Drawing
  spots: FlatSpots
} {
  const base = draft.sizes.find(({ size }) => size === spec.sizes.base) ?? { measures: {} }
  const drawn = (view: 'front' | 'back') =>
    flatWithSpots(packshotInput(spec, base, spec.colourways[0]?.id ?? '', view), view)
  const [front, back] = [drawn('front'), drawn('back')]
  return { front: front.drawing, back: back.drawing, spots: { front: front.spots, back: back.spots } }
}
