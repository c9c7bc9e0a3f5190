import { problem } from '../../core/errors.ts'
import type { Marker, Piece } from '../types.ts'
import { nest, type NestCloth, type NestOptions, type NestRequest } from './nest.ts'

/** One lay on the cutting table: a marker with this many garments by size, spread in this many plies. */
export interface Spread {
  ratio: Readonly<Record<string, number>>
  garments: number
  plies: number
  marker: Marker
  /** Cloth for the whole lay, ends of the plies included, mm. */
  clothMm: number
}

export interface CutPlan {
  spreads: readonly Spread[]
  /** Running cloth for the order, mm, before the material's own waste and shrinkage. */
  clothMm: number
  garments: number
  /** Area of all cut pieces ÷ area of all cloth spread. */
  utilisation: number
}

export interface CutPlanOptions extends NestOptions {
  /** Most garments in one marker: a table's length and a spreader's patience. */
  maxGarments?: number
  /** Most plies a knife cuts cleanly; a factory lays fewer of a thick melton. */
  maxPlies?: number
  /** Cloth lost at the two ends of every ply, mm: half at each. */
  endLossMm?: number
}

/** What a cutting room lays, unless it is said otherwise: see {@link CutPlanOptions}. */
export const CUTTING = { maxGarments: 6, maxPlies: 40, endLossMm: 40 } as const

interface Section {
  ratio: Map<string, number>
  plies: number
}

/** A marker spread in so many plies; an empty one takes no cloth. */
export function spreadOf(
  ratio: ReadonlyMap<string, number>,
  plies: number,
  marker: Marker,
  endLossMm: number = CUTTING.endLossMm,
): Spread {
  const garments = [...ratio.values()].reduce((sum, count) => sum + count, 0)
  const clothMm = marker.lengthMm === 0 ? 0 : plies * (marker.lengthMm + endLossMm)
  return { ratio: Object.fromEntries(ratio), garments, plies, marker, clothMm }
}

/** Garments a new marker is worth: drawing, spreading and cutting one more is paid for in time. */
const SECTION_PRICE = 1.5
/** What laying garments together saves, against single-size markers: measured on our own coats and shirts. */
const SHARES: readonly (readonly [garments: number, share: number])[] = [
  [1, 1],
  [2, 0.96],
  [4, 0.94],
]
const SHARE = (garments: number): number => SHARES.find(([most]) => garments <= most)?.[1] ?? 0.93
const BEAM = 24

/**
 * Cut-order planning for the real quantities of a lot: ratio markers of up to `maxGarments` garments and the plies of
 * each, so that exactly what was ordered is cut, with few lays and full ones (a beam search over the choices).
 * Then every marker is nested.
 * @param pieces of each size, as drafted
 * @param quantities garments by size; sizes with 0 are left out
 * @throws Problem 422 when a size has no pieces or a quantity is not a whole number ≥ 0
 */
export function mixedMarker(
  pieces: Readonly<Record<string, readonly Piece[]>>,
  cloth: NestCloth,
  quantities: Readonly<Record<string, number>>,
  options: CutPlanOptions = {},
): CutPlan {
  const { maxGarments, maxPlies, endLossMm } = { ...CUTTING, ...options }
  const wanted = Object.entries(quantities).filter(([size, count]) => {
    if (!Number.isInteger(count) || count < 0 || !pieces[size])
      throw problem(
        'marker.quantities',
        422,
        {
          en: `Size "${size}": ${count} is not a quantity this style can be cut in. Sizes drafted: ${Object.keys(pieces).join(', ')}.`,
          zh: `尺码“${size}”的数量 ${count} 无法裁剪。已出版型的尺码：${Object.keys(pieces).join('、')}。`,
        },
        { field: 'quantities' },
      )
    return count > 0
  })
  const spreads = planSections(new Map(wanted), maxGarments, maxPlies).map(({ ratio, plies }) => {
    const requests: NestRequest[] = [...ratio].flatMap(([size, copies]) =>
      pieces[size]!.filter((piece) => piece.role === cloth.role).map((piece) => ({ piece, size, copies })),
    )
    return spreadOf(ratio, plies, nest(requests, cloth, options), endLossMm)
  })
  const clothMm = spreads.reduce((sum, spread) => sum + spread.clothMm, 0)
  const cut = spreads.reduce((sum, s) => sum + s.plies * s.marker.utilisation * s.marker.lengthMm, 0)
  return {
    spreads,
    clothMm,
    garments: wanted.reduce((sum, [, count]) => sum + count, 0),
    utilisation: clothMm > 0 ? cut / clothMm : 0,
  }
}

/**
 * Which garments lie together, and how often: sections whose ratio × plies add up to the wanted quantities exactly.
 * Exported for its test: a plan that cuts one garment too many or too few is worthless.
 * @param known the ratios that there are markers of, each size alone among them; any ratio without
 */
export function planSections(
  wanted: ReadonlyMap<string, number>,
  maxGarments: number,
  maxPlies: number,
  known?: readonly ReadonlyMap<string, number>[],
): readonly Section[] {
  interface State {
    left: Map<string, number>
    sections: Section[]
    cost: number
  }
  let beam: State[] = [{ left: new Map(wanted), sections: [], cost: 0 }]
  let done: State | undefined
  while (beam.length > 0) {
    const next: State[] = []
    for (const state of beam)
      for (const section of known
        ? knownChoices(state.left, known, maxPlies)
        : choices(state.left, maxGarments, maxPlies)) {
        const left = new Map(state.left)
        for (const [size, count] of section.ratio) {
          const rest = left.get(size)! - count * section.plies
          if (rest > 0) left.set(size, rest)
          else left.delete(size)
        }
        const garments = [...section.ratio.values()].reduce((sum, count) => sum + count, 0)
        const cost = state.cost + garments * section.plies * SHARE(garments) + SECTION_PRICE
        const grown = { left, sections: [...state.sections, section], cost }
        if (done && cost >= done.cost) continue
        if (left.size === 0) done = grown
        else next.push(grown)
      }
    const outlook = (state: State): number => state.cost + [...state.left.values()].reduce((a, b) => a + b, 0)
    beam = next.sort((a, b) => outlook(a) - outlook(b)).slice(0, BEAM)
  }
  return done?.sections ?? []
}

/** Each known ratio that cuts no more than is left, in as many plies as it can. */
function knownChoices(
  left: ReadonlyMap<string, number>,
  known: readonly ReadonlyMap<string, number>[],
  maxPlies: number,
): Section[] {
  return known.flatMap((ratio) => {
    const plies = Math.min(maxPlies, ...[...ratio].map(([size, copies]) => Math.floor((left.get(size) ?? 0) / copies)))
    return plies > 0 ? [{ ratio: new Map(ratio), plies }] : []
  })
}

/** For every useful number of plies: the fullest ratio that cuts no more than is left. */
function choices(left: ReadonlyMap<string, number>, maxGarments: number, maxPlies: number): Section[] {
  const counts = new Set<number>()
  for (const count of left.values())
    for (let share = 1; share <= maxGarments; share++) {
      const plies = Math.min(maxPlies, Math.floor(count / share))
      if (plies > 0) counts.add(plies)
    }
  return [...counts].map((plies) => {
    const ratio = new Map<string, number>()
    let room = maxGarments
    // Largest remainder first: the size that is furthest behind gets the next place in the marker.
    while (room > 0) {
      let pick: string | undefined
      let most = plies - 1
      for (const [size, count] of left) {
        const rest = count - (ratio.get(size) ?? 0) * plies
        if (rest > most) {
          most = rest
          pick = size
        }
      }
      if (pick === undefined) break
      ratio.set(pick, (ratio.get(pick) ?? 0) + 1)
      room--
    }
    return { ratio, plies }
  })
}
