import { problem } from '../../core/errors.ts'
import type { Marker, MaterialRole, Piece, Placement } from '../types.ts'
import { type Bed, type Item, type Layout, Nester, OrderSearch, startingOrders } from './search.ts'
import { type Cut, polygonArea, prepareCut, rasterise, type Shape, UNITS_PER_MM } from './shape.ts'

/** One piece of one size, for as many garments as `copies` says; each garment takes `piece.count` cuts of it. */
export interface NestRequest {
  piece: Piece
  size: string
  copies: number
}

/** The cloth a marker lies on. `usableWidthMm` is between the selvedges, after the cloth has been relaxed. */
export interface NestCloth {
  role: MaterialRole
  usableWidthMm: number
  /** Nap or a one-way pattern: every piece lies the same way up. */
  nap: boolean
  /** Check or stripe to match, mm; 0 or absent = nothing to match in that direction. */
  repeat?: { alongMm: number; acrossMm: number }
}

export interface NestProgress {
  done: number
  total: number
  lengthMm: number
}

export interface NestOptions {
  /** Seed of the order search. */
  seed?: number
  /** Moves of the order search after the five starting orders; the same number gives the same marker. */
  iterations?: number
  /** Room for the knife between two pieces, mm. */
  gapMm?: number
  /** Height of the strips pieces are covered with, mm: finer is tighter and slower. */
  stripMm?: number
  /**
   * A marker of the same pieces in another size: its order is tried beside the usual ones, and few moves are needed
   * after it. Cuts it does not know come last.
   */
  like?: Marker
  signal?: AbortSignal
  onProgress?: (progress: NestProgress) => void
}

export const DEFAULT_GAP_MM = 4
export const DEFAULT_STRIP_MM = 6
export const DEFAULT_ITERATIONS = 60
/** A nesting job made ready: shapes covered, misfits put aside. */
export interface Job {
  cloth: NestCloth
  bed: Bed
  cuts: { piece: string; size: string; copy: number; mirrored: boolean }[]
  items: Item[]
  kinds: Shape[][]
  /** What each kind was cut from, and whether it lies mirrored. */
  sources: { cut: Cut; mirrored: boolean }[]
  misfits: { piece: string; size: string; needMm: number }[]
  mix: Record<string, number>
}

/**
 * Lay pieces on cloth: grain kept along the cloth, turned by 180° only where there is no nap, left and right mirrored,
 * the gap kept. Bottom-left over five starting orders, then a seeded search over orders; deterministic.
 * A piece wider than the cloth is reported with the width it needs and left out of the marker.
 * @returns the marker; its utilisation is the area of the laid pieces ÷ (usable width × length)
 * @throws Problem 422 for cloth without a width, a piece without an outline, a count that is not a whole number;
 *   the signal's reason when it is aborted
 */
export function nest(pieces: readonly NestRequest[], cloth: NestCloth, options: NestOptions = {}): Marker {
  const { seed = 1, iterations = DEFAULT_ITERATIONS, like, signal, onProgress } = options
  const job = prepare(pieces, cloth, options)
  const begun = begin(job, seed, signal, like)
  if (!begun) return laidOut(job, undefined, 'empty')
  const { search } = begun
  for (let done = 0; done < iterations; done++) {
    signal?.throwIfAborted()
    search.step()
    if (onProgress && (done + 1) % 20 === 0)
      onProgress({ done: done + 1, total: iterations, lengthMm: search.best.lengthMm })
  }
  return laidOut(
    job,
    search.best,
    methodName(job.bed, `${begun.orders.length} orders + ${iterations} moves, seed ${seed}`),
  )
}

export const methodName = (bed: Bed, search: string): string =>
  `bottom-left, ${Number(bed.stripMm.toFixed(2))} mm strips, ${bed.gapMm} mm gap; ${search}`

export interface Begun {
  nester: Nester
  search: OrderSearch
  /** The starting orders, best marker first. */
  orders: (readonly number[])[]
}

export function begin(job: Job, seed: number, signal: AbortSignal | undefined, like?: Marker): Begun | undefined {
  signal?.throwIfAborted()
  if (job.items.length === 0) return undefined
  const nester = new Nester(job.bed, job.items, job.kinds)
  const laid = [...(like ? [orderOf(like, job)] : []), ...startingOrders(job.items, job.kinds)]
    .flatMap((order) => nester.lay(order) ?? [])
    .sort((a, b) => a.cost - b.cost)
  const search = new OrderSearch(nester, laid[0]!, seed)
  return { nester, search, orders: laid.map((layout) => layout.order) }
}

/** The order a marker was laid in, for a job of the same pieces. */
function orderOf(marker: Marker, job: Job): number[] {
  const places = new Map(marker.placements.map((placement, i) => [`${placement.piece}/${placement.copy}`, i]))
  const place = ({ piece, copy }: Job['cuts'][number]): number => places.get(`${piece}/${copy}`) ?? Infinity
  const wanted = job.cuts.map(place)
  return job.items
    .map((_, i) => i)
    .sort((a, b) =>
      wanted[a] === wanted[b] ? job.items[b]!.area - job.items[a]!.area || a - b : wanted[a]! - wanted[b]!,
    )
}

export function prepare(pieces: readonly NestRequest[], cloth: NestCloth, options: NestOptions): Job {
  const { gapMm = DEFAULT_GAP_MM, stripMm = DEFAULT_STRIP_MM } = options
  if (!(cloth.usableWidthMm > 0))
    throw problem(
      'marker.width',
      422,
      {
        en: `The ${cloth.role} cloth has no usable width. Give the material a width in mm greater than 0.`,
        zh: `“${cloth.role}”面料缺少可用门幅，请填写大于 0 的门幅（毫米）。`,
      },
      { field: 'usableWidthMm' },
    )
  const along = cloth.repeat?.alongMm ?? 0
  // Strips divide the repeat, so that "on the repeat" is exact and not a strip away.
  const strip = along > 0 ? along / Math.max(1, Math.round(along / stripMm)) : stripMm
  const bed: Bed = {
    widthMm: cloth.usableWidthMm,
    stripMm: strip,
    gapMm,
    alongMm: along,
    acrossMm: cloth.repeat?.acrossMm ?? 0,
  }
  const job: Job = { cloth, bed, cuts: [], items: [], kinds: [], sources: [], misfits: [], mix: {} }
  let shapeId = 0
  for (const { piece, size, copies } of pieces) {
    check(piece, copies)
    job.mix[size] = Math.max(job.mix[size] ?? 0, copies)
    const total = copies * piece.count
    if (total === 0) continue
    const cut = prepareCut(piece, gapMm)
    const area = polygonArea(piece.cut)
    const shapesOf = (mirrored: boolean): Shape[] =>
      (cloth.nap ? ([0] as const) : ([0, 180] as const)).map((rotation) =>
        rasterise(cut, mirrored, rotation, shapeId++, strip, gapMm, along > 0),
      )
    const straight = shapesOf(false)
    const need = narrowest(straight[0]!, bed)
    if (need > bed.widthMm) {
      job.misfits.push({ piece: piece.id, size, needMm: Math.ceil(need) })
      continue
    }
    const kind = job.kinds.push(straight) - 1
    job.sources.push({ cut, mirrored: false })
    let other = kind
    if (piece.mirrored && piece.count > 1) {
      other = job.kinds.push(shapesOf(true)) - 1
      job.sources.push({ cut, mirrored: true })
    }
    for (let copy = 0; copy < total; copy++) {
      const mirrored = piece.mirrored && (copy % piece.count) % 2 === 1
      job.items.push({ kind: mirrored ? other : kind, area })
      job.cuts.push({ piece: piece.id, size, copy, mirrored })
    }
  }
  return job
}

/** Cloth width a shape needs: its own, or where it must stand on a stripe, up to the first stripe that lets it in. */
function narrowest(shape: Shape, bed: Bed): number {
  if (bed.acrossMm <= 0) return shape.width
  const half = shape.width / 2
  return Math.ceil(half / bed.acrossMm - 1 / UNITS_PER_MM / bed.acrossMm) * bed.acrossMm + half
}

function check(piece: Piece, copies: number): void {
  if (!Number.isInteger(copies) || copies < 0 || !Number.isInteger(piece.count) || piece.count < 0)
    throw problem('marker.count', 422, {
      en: `Piece "${piece.id}": the number to cut must be a whole number, 0 or more.`,
      zh: `裁片“${piece.name.zh}”的裁剪数量必须是不小于 0 的整数。`,
    })
  if (piece.cut.length < 3 || !piece.cut.every((p) => Number.isFinite(p.x) && Number.isFinite(p.y)))
    throw problem('marker.outline', 422, {
      en: `Piece "${piece.id}" has no closed cut outline, so it cannot be laid. Check the draft of this size.`,
      zh: `裁片“${piece.name.zh}”没有完整的裁剪轮廓，无法排料，请检查该尺码的版型。`,
    })
}

/** The marker of a bottom-left layout. */
export function laidOut(job: Job, layout: Layout | undefined, method: string): Marker {
  const { stripMm, gapMm } = job.bed
  const laid = (layout?.order ?? []).map((item, i): Laid => {
    const { shape, x, y } = layout!.spots[i]!
    return { item, shape, left: x / UNITS_PER_MM, top: y * stripMm + shape.inset - gapMm / 2 }
  })
  return toMarker(job, laid, layout?.lengthMm ?? 0, method)
}

/** An item where it lies, mm from the left edge and the start of the marker to its outline's box. */
export interface Laid {
  item: number
  shape: Shape
  left: number
  top: number
}

export function toMarker(
  { cloth, bed, mix, misfits, items, cuts }: Job,
  laid: readonly Laid[],
  length: number,
  method: string,
): Marker {
  const lengthMm = Math.max(0, Math.ceil(length - 1e-6))
  const placements: Placement[] = []
  let area = 0
  for (const { item, shape, left, top } of laid) {
    area += items[item]!.area
    placements.push({
      ...cuts[item]!,
      x: left,
      y: top,
      rotation: shape.rotation,
      outline: shape.outline.map((p) => ({ x: p.x + left, y: p.y + top })),
    })
  }
  // Left out of the sum: what does not fit is not in this marker.
  const utilisation = lengthMm > 0 ? area / (bed.widthMm * lengthMm) : 0
  return { role: cloth.role, widthMm: bed.widthMm, lengthMm, mix, utilisation, placements, misfits, method }
}
