/**
 * What of a brief does not depend on the numbers of its order, made while the order is still gathering: the flats with
 * their callouts, and markers for the ratios that are likely. At the freezing of a lot its lays are put together from
 * these markers; nothing is drafted, drawn or searched then.
 */
import { clothOf } from '../derive.ts'
import { CUTTING, nest, planSections, type Spread, spreadOf } from '../marker.ts'
import type { Marker, MaterialRole } from '../types.ts'
import type { NumberedCallout } from './callouts.ts'
import type { BriefInput } from './brief.ts'
import { EFFORT, improvedLays, requestsOf, rolesOf } from './cutting.ts'
import type { TechPackInput } from './files.ts'

type Style = Pick<BriefInput['style'], 'spec' | 'draft'>
type Ratio = Readonly<Record<string, number>>

export interface ReadyMarker {
  role: MaterialRole
  ratio: Ratio
  marker: Marker
}

export interface ReadyStyle {
  flats: TechPackInput['flats']
  callouts: readonly NumberedCallout[]
  markers: readonly ReadyMarker[]
}

const { maxGarments, maxPlies } = CUTTING
/** How far the order may come from what is likely: the plans for these are prepared too. */
const SCALES = [1, 0.95, 1.05, 0.9, 1.1] as const

const keyOf = (ratio: Ratio): string => JSON.stringify(Object.entries(ratio).sort(([a], [b]) => (a < b ? -1 : 1)))

/** Ratios that orders like this one are cut in; each size alone is among them, so that any order can be put together. */
function likelyRatios(sizes: readonly string[], quantities: Ratio): Ratio[] {
  const found = new Map<string, Ratio>()
  const add = (ratio: Ratio) => void found.set(keyOf(ratio), ratio)
  const plan = (wanted: Ratio) => {
    const counts = new Map(Object.entries(wanted).filter(([, count]) => count > 0))
    for (const { ratio } of planSections(counts, maxGarments, maxPlies)) add(Object.fromEntries(ratio))
  }
  for (const scale of SCALES)
    plan(Object.fromEntries(Object.entries(quantities).map(([size, count]) => [size, Math.round(count * scale)])))
  for (const size of sizes) plan({ ...quantities, [size]: (quantities[size] ?? 0) + 1 })
  for (const size of sizes) for (const copies of [1, 2]) add({ [size]: copies })
  return [...found.values()]
}

/** A marker for each likely ratio of each cloth, those that are there already taken over. */
function markersFor(style: Style, quantities: Ratio, known: readonly ReadyMarker[]): ReadyMarker[] {
  const { spec, draft } = style
  const ratios = likelyRatios(
    draft.sizes.map(({ size }) => size),
    quantities,
  )
  return rolesOf(style).flatMap((role) => {
    const there = new Map(known.filter((each) => each.role === role).map((each) => [keyOf(each.ratio), each]))
    for (const ratio of ratios) {
      const material = spec.materials[role]
      if (!material || there.has(keyOf(ratio))) continue
      const marker = nest(requestsOf(draft, role, ratio), clothOf(role, material), EFFORT)
      there.set(keyOf(ratio), { role, ratio, marker })
    }
    return [...there.values()]
  })
}

/** The lays that make exactly what was ordered, of these markers alone. */
export function laysOf(style: Style, quantities: Ratio, markers: readonly ReadyMarker[]): Spread[] {
  const wanted = new Map(Object.entries(quantities).filter(([, count]) => count > 0))
  return rolesOf(style).flatMap((role) => {
    const ready = markers.filter((each) => each.role === role)
    const byRatio = new Map(ready.map((each) => [keyOf(each.ratio), each.marker]))
    const ratios = ready.map(({ ratio }) => new Map(Object.entries(ratio)))
    return planSections(wanted, maxGarments, maxPlies, ratios).flatMap(({ ratio, plies }): Spread[] => {
      const marker = byRatio.get(keyOf(Object.fromEntries(ratio)))
      return marker && marker.lengthMm > 0 ? [spreadOf(ratio, plies, marker)] : []
    })
  })
}

/**
 * Make markers ready for orders like this one, and search on for shorter ones where most cloth would lie.
 * @param known from an earlier time; none gets longer
 * @param markerMs time for the search, ms; none by default
 * @param round how often these were searched before: each round sets out in its own way from what is known
 */
export async function readyMarkers(
  style: Style,
  quantities: Ratio,
  {
    known = [],
    markerMs = 0,
    round = 0,
    signal,
  }: { known?: readonly ReadyMarker[]; markerMs?: number; round?: number; signal?: AbortSignal } = {},
): Promise<ReadyMarker[]> {
  const markers = markersFor(style, quantities, known)
  if (!markerMs) return markers
  const improved = await improvedLays(style, laysOf(style, quantities, markers), markerMs, {
    seed: EFFORT.seed + round,
    ...(signal ? { signal } : {}),
  })
  const better = new Map(improved.map(({ ratio, marker }) => [`${marker.role} ${keyOf(ratio)}`, marker]))
  return markers.map((each) => ({ ...each, marker: better.get(`${each.role} ${keyOf(each.ratio)}`) ?? each.marker }))
}
