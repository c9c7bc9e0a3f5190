import { random } from '../../core/random.ts'
import type { Marker } from '../types.ts'
import { bodiesOf, layOf, markerOf } from './bodies.ts'
import {
  begin,
  type Begun,
  DEFAULT_ITERATIONS,
  type Job,
  laidOut,
  methodName,
  type NestCloth,
  type NestOptions,
  type NestRequest,
  prepare,
} from './nest.ts'
import { type Layout, Nester, OrderSearch, shaken } from './search.ts'
import type { Lay } from './lying.ts'
import type { Body } from './meetings.ts'
import { Separator } from './separate.ts'

export interface ImproveOptions extends NestOptions {
  /** How long to search, ms. */
  budgetMs: number
  /**
   * Rounds of the search that lets pieces overlap, after `iterations` moves of the order search, instead of the time:
   * the same marker on every machine.
   */
  rounds?: number
  /** The marker to beat, of the same pieces: the answer when nothing shorter is found. */
  beat?: Marker
}

/** Steps of a search between two looks at the clock and the mailbox. */
const SLICE_MS = 40
/**
 * Steps without a better marker after which the search of orders sets out anew from a shaken starting order: several
 * walks differ by 2 to 3 % of length, one long walk gains far less.
 */
const STUCK_STEPS = 200
/** Share of the time that goes to orders where pieces may then be let overlap: that search gains more from any start. */
const ORDERS_SHARE = 0.1
/** Strips the best order is laid again on at the end, mm: finer covers leave less between the pieces. */
const POLISH_STRIPS = [4, 3, 2, 1.5] as const
/**
 * Pieces are let overlap on coarse places along the cloth and with simple outlines first, until this share of the time
 * or of the rounds is over, or so many lengths were given up one after the other; then finer and finer, each about where it
 * lies: what a simple outline reaches beyond the true one, and a place to the next step, is cloth between all pieces.
 */
const STAGES = [
  { stepMm: 2, reachMm: 0.6, until: 0.72, failures: 4 },
  { stepMm: 1, reachMm: 0.4, until: 0.88, failures: 6, anywhere: 0 },
  { stepMm: 0.5, reachMm: 0.12, until: 1, failures: Infinity, anywhere: 0 },
] as const
const [COARSE] = STAGES
type Stage = (typeof STAGES)[number]

/** Runs a search until its time is over or it is called off; looks up between slices. */
async function whileLeft(left: () => number, step: () => void, told: () => void): Promise<void> {
  while (left() > 0) {
    const slice = performance.now() + Math.min(SLICE_MS, left())
    do step()
    while (performance.now() < slice)
    told()
    await new Promise((resolve) => setImmediate(resolve))
  }
  told()
}

/**
 * Search on while time lasts, on the thread's own event loop (it looks up every 40 ms, so a signal or a message is
 * heard): orders first, the best of them laid again on finer strips; then, unless pieces match a repeat, the lay is cut
 * shorter bit by bit and what overlaps is moved apart ({@link Separator}). A good marker to beat is where that sets
 * out at once. Never longer than `beat`, nor than {@link nest} finds with the same options before its first move. An
 * aborted search answers with the best so far. How far it gets depends on the machine, unless `rounds` are given: for
 * pictures of what is possible and for the cutting room, never for a hash.
 */
export async function improve(
  pieces: readonly NestRequest[],
  cloth: NestCloth,
  options: ImproveOptions,
): Promise<Marker> {
  const { seed = 1, budgetMs, beat, signal, onProgress } = options
  const job = prepare(pieces, cloth, options)
  const start = begin(job, seed, undefined)
  if (!start) return laidOut(job, undefined, 'empty')
  const began = performance.now()
  const search: Search = {
    job,
    options,
    left: (share) => (signal?.aborted ? 0 : began + budgetMs * share - performance.now()),
    tell: (lengthMm) =>
      onProgress?.({ done: Math.min(budgetMs, performance.now() - began), total: budgetMs, lengthMm }),
  }
  const bodies = bodiesOf(job, COARSE.reachMm)
  if (bodies && beat && beat.lengthMm <= start.search.best.lengthMm) {
    const from = layOf(job, bodies, beat, COARSE.stepMm)
    if (from) return movedApart(search, bodies, from, beat)
  }
  const ordered = await byOrders(search, pieces, cloth, start, bodies ? ORDERS_SHARE : 1)
  const from = bodies && layOf(job, bodies, ordered, COARSE.stepMm)
  const found = bodies && from ? await movedApart(search, bodies, from, ordered) : ordered
  return beat && beat.lengthMm > 0 && beat.lengthMm <= found.lengthMm ? beat : found
}

type Bodies = readonly (readonly Body[])[]

interface Search {
  job: Job
  options: ImproveOptions
  /** Time left until a share of it is over, ms. */
  left(share: number): number
  tell(lengthMm: number): void
}

async function byOrders(
  { job, options, left, tell }: Search,
  pieces: readonly NestRequest[],
  cloth: NestCloth,
  start: Begun,
  share: number,
): Promise<Marker> {
  const { seed = 1, iterations = DEFAULT_ITERATIONS, rounds, signal } = options
  const orders = new Walks(start, seed)
  if (rounds === undefined)
    await whileLeft(
      () => left(share),
      () => orders.step(),
      () => tell(orders.best.lengthMm),
    )
  else while (orders.steps < iterations && !signal?.aborted) orders.step()
  return polished(pieces, cloth, options, job, orders)
}

/** The marker with its pieces let overlap and moved apart again, if that is shorter. */
async function movedApart(search: Search, bodies: Bodies, from: Lay, marker: Marker): Promise<Marker> {
  const { job, options } = search
  let best: { lay: Lay; stepMm: number } | undefined
  const walked: number[] = []
  for (const stage of STAGES) {
    const own = stage === COARSE ? bodies : bodiesOf(job, stage.reachMm)
    const start = stage === COARSE ? from : own && startOf(job, own, stage, best, marker)
    if (!own || !start) break
    const apart = await apartOn(search, own, stage, start, best?.lay.lengthMm ?? marker.lengthMm)
    walked.push(apart.rounds)
    if (apart.best) best = { lay: apart.best, stepMm: stage.stepMm }
  }
  if (!best || best.lay.lengthMm >= marker.lengthMm) return marker
  const steps = `${best.stepMm} mm steps, ${job.bed.gapMm} mm gap`
  return markerOf(job, best.lay, best.stepMm, `moved apart, ${steps}; ${walked.join(', ')} rounds, seed ${options.seed ?? 1}`) // prettier-ignore
}

/** Where a finer stage sets out: from the shortest lay so far, else from the marker itself. */
function startOf(
  job: Job,
  bodies: Bodies,
  { stepMm }: Stage,
  best: { lay: Lay; stepMm: number } | undefined,
  marker: Marker,
): Lay | undefined {
  if (!best) return layOf(job, bodies, marker, stepMm)
  const scale = best.stepMm / stepMm
  return { ...best.lay, y: best.lay.y.map((y) => y * scale) }
}

async function apartOn(
  { job, options, left, tell }: Search,
  bodies: Bodies,
  { stepMm, until, failures, ...rest }: Stage,
  from: Lay,
  most: number,
): Promise<Separator> {
  const { seed = 1, rounds, signal } = options
  const apart = new Separator(
    job.items.map(({ kind }) => kind),
    bodies,
    { widthMm: job.bed.widthMm, stepMm, ...rest },
    from,
    seed,
  )
  if (rounds === undefined)
    await whileLeft(
      () => (apart.failures < failures ? left(until) : 0),
      () => apart.step(),
      () => tell(Math.min(most, apart.best?.lengthMm ?? Infinity)),
    )
  else while (apart.rounds < rounds * until && apart.failures < failures && !signal?.aborted) apart.step()
  return apart
}

/** The search over orders, setting out anew where it is stuck. */
class Walks {
  readonly #start: Begun
  readonly #seed: number
  readonly #chance: () => number
  #search: OrderSearch
  best: Layout
  steps = 0
  walks = 1

  constructor(start: Begun, seed: number) {
    this.#start = start
    this.#seed = seed
    this.#chance = random(seed)
    this.#search = start.search
    this.best = start.search.best
  }

  step(): void {
    this.#search.step()
    this.steps++
    if (this.#search.best.cost < this.best.cost) this.best = this.#search.best
    if (this.#search.idle <= STUCK_STEPS) return
    const { orders, nester } = this.#start
    const order = shaken(orders[this.walks % orders.length]!, this.#chance)
    this.#search = new OrderSearch(nester, nester.lay(order)!, this.#seed + this.walks++)
  }
}

/** The best order, laid on finer strips where that is shorter. */
function polished(
  pieces: readonly NestRequest[],
  cloth: NestCloth,
  options: ImproveOptions,
  job: Job,
  { best, walks, steps }: Walks,
): Marker {
  const method = `5 orders, ${walks} walks of ${steps} moves, seed ${options.seed ?? 1}`
  let found = laidOut(job, best, methodName(job.bed, method))
  for (const stripMm of POLISH_STRIPS) {
    if (options.signal?.aborted || stripMm >= job.bed.stripMm) continue
    const fine = prepare(pieces, cloth, { ...options, stripMm })
    const layout = new Nester(fine.bed, fine.items, fine.kinds).lay(best.order)
    const marker = laidOut(fine, layout, methodName(fine.bed, method))
    if (marker.lengthMm < found.lengthMm) found = marker
  }
  return found
}
